"""A blank form or an annex: what it is called, when it is used, and the sheet itself if there is one."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, RichTextBlock, StructBlock
from wagtail.documents.blocks import DocumentChooserBlock

from media.findable import parts_of_leaflet
from portal.base.blocks.paragraph import INLINE_FEATURES
from portal.base.findable import LEAFLET, Part, anchor_of, lines_of, one_text

FORM = "form"


class FormBlock(StructBlock):
    number = CharBlock(label=_("Number"), required=False, max_length=24, help_text=_("For example: Form 3, Annex B."))
    title = CharBlock(label=_("Title"), max_length=160)
    text = RichTextBlock(
        label=_("What it is for"), features=[*INLINE_FEATURES, "ul", "ol"], required=False,
        help_text=_("Blank forms only. Nothing that could point to a person belongs here."),
    )  # fmt: skip
    leaflet = DocumentChooserBlock(label=_("The sheet"), required=False)

    def findable_parts(self, value: Any, *, language: str, block_id: str) -> Iterator[Part]:
        heading = " ".join(filter(None, [value["number"], value["title"]]))
        text = one_text(lines_of(self.child_blocks["text"], value["text"]))
        yield Part(text=text, heading=heading, anchor=anchor_of(FORM, block_id))
        if value["leaflet"] is not None:
            for part in parts_of_leaflet(value["leaflet"], title=heading, anchor=anchor_of(FORM, block_id)):
                if part.text:
                    yield part

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return {**context, "anchor": anchor_of(FORM, context.get("id")), "kind": LEAFLET}

    class Meta:
        icon = "form"
        label = _("Form or annex")
        template = "manuals/blocks/form.html"
