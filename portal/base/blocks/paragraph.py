"""Running text with links, emphasis and nothing that lists or headings do better."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import RichTextBlock

INLINE_FEATURES = ["bold", "italic", "link", "document-link"]


class ParagraphBlock(RichTextBlock):
    def __init__(self, **kwargs: object) -> None:
        super().__init__(features=INLINE_FEATURES, **kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Paragraph")
        template = "base/blocks/paragraph.html"
        preview_value = "<p>She decides herself what happens next.</p>"
