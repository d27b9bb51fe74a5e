"""What is wrong with a term, before it is stored? Said in plain words."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from portal.base.languages import LANGUAGES


class ConceptForm(WagtailAdminModelForm):
    def clean(self) -> dict[str, Any]:
        wanted: dict[str, Any] = super().clean() or {}
        wordings, definitions = (list(self._rows(name)) for name in ("wordings", "definitions"))
        if self.formsets["wordings"].is_valid() and not wordings:
            self.add_error(None, ValidationError(_("A term needs a wording in at least one language.")))
        for (language, text), often in Counter((row["language"], _plain(row["text"])) for row in wordings).items():
            if often > 1:
                told = {"wording": text, "language": LANGUAGES[language].name}
                self.add_error(None, ValidationError(_("“%(wording)s” is here twice in %(language)s.") % told))
        for language in _twice(row["language"] for row in definitions):
            told = {"language": LANGUAGES[language].name}
            self.add_error(None, ValidationError(_("There are two definitions in %(language)s. Keep one.") % told))
        return wanted

    def _rows(self, name: str) -> Iterator[dict[str, Any]]:
        """The rows that will be stored and are right in themselves."""
        formset = self.formsets[name]
        formset.is_valid()
        for form in formset.forms:
            row = getattr(form, "cleaned_data", {})
            is_stored = {"language", "text"} <= row.keys() and not row.get("DELETE")
            if is_stored and (form.has_changed() or form.instance.pk):
                yield row


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _twice(values: Iterable[str]) -> list[str]:
    return [value for value, often in Counter(values).items() if often > 1]
