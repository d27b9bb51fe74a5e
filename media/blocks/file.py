"""A leaflet to download or print."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock
from wagtail.documents.blocks import DocumentChooserBlock


class FileBlock(StructBlock):
    leaflet = DocumentChooserBlock(label=_("Leaflet"))
    title = CharBlock(label=_("Title"), required=False, max_length=160)

    class Meta:
        icon = "doc-full"
        label = _("File")
        template = "media/blocks/file.html"
