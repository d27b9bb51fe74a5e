"""The one sentence to remember."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import RichTextBlock, StructBlock

from portal.base.blocks.paragraph import INLINE_FEATURES


class KeyPointBlock(StructBlock):
    text = RichTextBlock(label=_("Text"), features=INLINE_FEATURES)

    class Meta:
        icon = "pin"
        label = _("Key point")
        template = "base/blocks/key_point.html"
