"""A heading that the table of contents and the search can point at."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, StructBlock, StructValue

from portal.base.findable import Part, anchor_of


@dataclass(frozen=True)
class Heading:
    """A heading as a table of contents shows it."""

    text: str
    level: str
    anchor: str


def headings_of(stream: Iterable[Any]) -> Iterator[Heading]:
    """The headings among the blocks of a page."""
    for child in stream:
        if isinstance(child.block, HeadingBlock):
            yield Heading(child.value["text"], child.value["level"], anchor_of("heading", child.id))


class HeadingBlock(StructBlock):
    text = CharBlock(label=_("Heading"), max_length=160)
    level = ChoiceBlock(
        label=_("Level"),
        choices=[("2", _("Heading")), ("3", _("Smaller heading"))],
        default="2",
        required=True,
        search_index=False,
    )
    opens_part = True

    def findable_parts(self, value: StructValue, *, language: str, block_id: str) -> Iterator[Part]:
        yield Part(text="", heading=value["text"], anchor=anchor_of("heading", block_id))

    def get_context(self, value: StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """With its anchor: of the block, not of the words, so that it outlives their correction and translation."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return {**context, "anchor": anchor_of("heading", context.get("id"))}

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "base/blocks/heading.html"
        preview_value: Any = {"text": "Orientation and informed choice", "level": "2"}
