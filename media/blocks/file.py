"""A leaflet to download or print. What it says can be found in the pages that show it."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock
from wagtail.documents.blocks import DocumentChooserBlock

from media.findable import parts_of_leaflet
from portal.base.findable import LEAFLET, Part, anchor_of


class FileBlock(StructBlock):
    leaflet = DocumentChooserBlock(label=_("Leaflet"))
    title = CharBlock(label=_("Title"), required=False, max_length=160)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["anchor"] = anchor_of(LEAFLET, getattr(context.get("block"), "id", None))
        return context

    def findable_parts(self, value: Any, *, language: str, block_id: str) -> Iterable[Part]:
        if value["leaflet"] is None:
            return []
        return parts_of_leaflet(value["leaflet"], title=value["title"] or "", anchor=anchor_of(LEAFLET, block_id))

    class Meta:
        icon = "doc-full"
        label = _("File")
        template = "media/blocks/file.html"
