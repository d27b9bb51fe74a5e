"""What must an editor say about a leaflet?"""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm

from media import ingest
from media.forms.doors import put_door


class LeafletForm(BaseDocumentForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        text = _("PDF. Author, program and dates are taken out of the file.")
        put_door(self, door=ingest.cleaned_leaflet, accept=".pdf", help_text=text)
