"""What a word means here."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, RichTextBlock, StructBlock

from portal.base.blocks.paragraph import INLINE_FEATURES


class DefinitionBlock(StructBlock):
    term = CharBlock(label=_("Term"), max_length=120)
    meaning = RichTextBlock(label=_("Meaning"), features=INLINE_FEATURES)

    class Meta:
        icon = "glasses"
        label = _("Definition")
        template = "base/blocks/definition.html"
