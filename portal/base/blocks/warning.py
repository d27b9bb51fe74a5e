"""Something that can hurt somebody when it is overlooked."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, RichTextBlock, StructBlock

from portal.base.blocks.paragraph import INLINE_FEATURES


class WarningBlock(StructBlock):
    title = CharBlock(label=_("Title"), required=False, max_length=120)
    text = RichTextBlock(label=_("Text"), features=INLINE_FEATURES)

    class Meta:
        icon = "warning"
        label = _("Warning")
        template = "base/blocks/warning.html"
