"""A way on, to a page of the portal. Other sites are not linked like this: nobody should leave by accident."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, PageChooserBlock, StructBlock


class CallToActionBlock(StructBlock):  # type: ignore[misc]
    text = CharBlock(label=_("Text"), max_length=120)
    page = PageChooserBlock(label=_("Page"))

    class Meta:
        icon = "arrow-right"
        label = _("Call to action")
        template = "base/blocks/call_to_action.html"
