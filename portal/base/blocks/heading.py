"""A heading that the table of contents can point at."""

from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, StructBlock, StructValue


class HeadingValue(StructValue):
    @property
    def anchor(self) -> str:
        return anchor_of(self.get("text", ""))


def anchor_of(text: str) -> str:
    """An address inside the page; letters of every script are kept."""
    return slugify(text, allow_unicode=True) or "section"


class HeadingBlock(StructBlock):
    text = CharBlock(label=_("Heading"), max_length=160)
    level = ChoiceBlock(
        label=_("Level"),
        choices=[("2", _("Heading")), ("3", _("Smaller heading"))],
        default="2",
        required=True,
        search_index=False,
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "base/blocks/heading.html"
        value_class = HeadingValue
        preview_value: Any = {"text": "Orientation and informed choice", "level": "2"}
