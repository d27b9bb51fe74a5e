"""A picture, with words for those who cannot see it."""

from collections.abc import Iterator
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BooleanBlock, CharBlock, StructBlock, StructValue
from wagtail.images.blocks import ImageChooserBlock


class PictureBlock(StructBlock):
    picture = ImageChooserBlock(label=_("Picture"))
    alt = CharBlock(
        label=_("Alternative text"), required=False, max_length=255,
        help_text=_("What the picture tells here. Left empty, what the library says about the picture is used."),
    )  # fmt: skip
    is_decorative = BooleanBlock(label=_("Only decorates"), required=False)
    caption = CharBlock(label=_("Caption"), required=False, max_length=300)

    def bulk_to_python(self, values: list[dict[str, Any]]) -> list[StructValue]:
        """With the renditions of all pictures of a page in one query."""
        shown = super().bulk_to_python(values)
        prefetch_related_objects([value["picture"] for value in shown if value["picture"]], "renditions")
        return shown

    def clean(self, value: StructValue) -> StructValue:
        """Whether there are words at all is asked when the page is published: `media.library.saying`."""
        value = super().clean(value)
        if value["is_decorative"]:
            value["alt"] = ""
        return value

    def findable_lines(self, value: Any, *, language: str) -> Iterator[str]:
        """What a reader is told of it, seeing or not. Who made it stands there too, but nobody looks for that."""
        if value["picture"] and not value["is_decorative"]:
            yield value["alt"] or value["picture"].alt_in(language).text
        yield value["caption"] or ""

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "media/blocks/picture.html"
