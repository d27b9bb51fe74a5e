"""A way on, to a page of the portal. Other sites are not linked like this: nobody should leave by accident."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, PageChooserBlock, StructBlock

from portal.base.findable import Part
from portal.base.reading import is_open


class CallToActionBlock(StructBlock):
    text = CharBlock(label=_("Text"), max_length=120)
    page = PageChooserBlock(label=_("Page"))

    def findable_parts(self, value: Any, *, language: str, block_id: str) -> tuple[Part, ...]:
        """None: its words are about another page, and whoever may not know of that one does not see them."""
        return ()

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """A way to a page that the reader may not know of is not there."""
        page = value.get("page")
        shown = {**value, "page": page if page and is_open(page) else None}
        context: dict[str, Any] = super().get_context(shown, parent_context=parent_context)
        return context

    class Meta:
        icon = "arrow-right"
        label = _("Call to action")
        template = "base/blocks/call_to_action.html"
