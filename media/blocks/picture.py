"""A picture, with words for those who cannot see it."""

from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BooleanBlock, CharBlock, StructBlock, StructBlockValidationError, StructValue
from wagtail.images.blocks import ImageChooserBlock


class PictureBlock(StructBlock):
    picture = ImageChooserBlock(label=_("Picture"))
    alt = CharBlock(label=_("Alternative text"), required=False, max_length=255)
    is_decorative = BooleanBlock(label=_("Only decorates"), required=False)
    caption = CharBlock(label=_("Caption"), required=False, max_length=300)

    def bulk_to_python(self, values: list[dict[str, Any]]) -> list[StructValue]:
        """With the renditions of all pictures of a page in one query."""
        shown = super().bulk_to_python(values)
        prefetch_related_objects([value["picture"] for value in shown if value["picture"]], "renditions")
        return shown

    def clean(self, value: StructValue) -> StructValue:
        value = super().clean(value)
        if value["is_decorative"]:
            value["alt"] = ""
        if not value["alt"] and not value["is_decorative"]:
            message = _("Say what the picture shows, or tick that it only decorates.")
            raise StructBlockValidationError(block_errors={"alt": message})
        return value

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "media/blocks/picture.html"
