"""What must an editor say about a leaflet?"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from wagtail.documents.forms import BaseDocumentForm

from media import ingest
from media.forms.doors import put_door

#: Whoever brings a scan learns it here: the leaflet is stored all the same, for those who can see it.
NO_WORDS = _lazy(
    "No words were found in this PDF: perhaps it is a scan. Nobody can search it, and screen readers read nothing. If "
    "you can, save it from the program that it was written in."
)


class LeafletForm(BaseDocumentForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        text = _("PDF. Author, program and dates are taken out of the file.")
        put_door(self, door=ingest.cleaned_leaflet, accept=".pdf", help_text=self._with_what_is_missing(text))

    def _with_what_is_missing(self, text: str) -> str:
        return f"{text} {NO_WORDS}" if self.instance.pk and self.instance.has_no_words() else text
