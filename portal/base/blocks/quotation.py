"""What somebody said or wrote, and who."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock, TextBlock


class QuotationBlock(StructBlock):
    text = TextBlock(label=_("Quotation"))
    attribution = CharBlock(
        label=_("Who"),
        required=False,
        max_length=160,
        help_text=_("A role or a source, never a resident's name."),
    )

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "base/blocks/quotation.html"
