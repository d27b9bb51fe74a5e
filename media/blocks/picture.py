"""A picture, with words for those who cannot see it."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BooleanBlock, CharBlock, StructBlock, StructBlockValidationError, StructValue
from wagtail.images.blocks import ImageChooserBlock


class PictureBlock(StructBlock):
    picture = ImageChooserBlock(label=_("Picture"))
    alt = CharBlock(label=_("Alternative text"), required=False, max_length=255)
    is_decorative = BooleanBlock(label=_("Only decorates"), required=False)
    caption = CharBlock(label=_("Caption"), required=False, max_length=300)

    def clean(self, value: StructValue) -> StructValue:
        value = super().clean(value)
        if not value["alt"] and not value["is_decorative"]:
            message = _("Say what the picture shows, or tick that it only decorates.")
            raise StructBlockValidationError(block_errors={"alt": message})
        return value

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "media/blocks/picture.html"
