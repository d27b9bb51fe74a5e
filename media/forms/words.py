"""How does an editor write one text in several languages?

Two languages are in sight, the site's first and the editor's own; the others are in a fold below them. It is one field
with one widget, so every form of Wagtail shows it the same way: page, chooser, many pictures at once.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.base.languages import LANGUAGES

LONGEST = 500


def languages_for_editor() -> list[str]:
    """All languages: the site's first, the editor's own, then the others."""
    first = [settings.LANGUAGE_CODE, get_language() or settings.LANGUAGE_CODE]
    return list(dict.fromkeys([code for code in first if code in LANGUAGES] + list(LANGUAGES)))


class WordsWidget(forms.Widget):
    """A text field for each language."""

    template_name = "media/library/words.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        texts = value if isinstance(value, Mapping) else {}
        own = {settings.LANGUAGE_CODE, get_language()}
        fields = [self._field(name, code, texts, context["widget"]["attrs"]) for code in languages_for_editor()]
        context["in_sight"] = [field for field in fields if field["language"].code in own]
        context["folded"] = [field for field in fields if field["language"].code not in own]
        context["longest"] = LONGEST
        return context

    def _field(self, name: str, code: str, texts: Mapping[str, str], attrs: dict[str, Any]) -> dict[str, Any]:
        return {
            "name": f"{name}_{code}",
            "id": f"{attrs.get('id', f'id_{name}')}_{code}",
            "language": LANGUAGES[code],
            "text": texts.get(code, ""),
        }

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        texts = {code: data.get(f"{name}_{code}", "").strip() for code in LANGUAGES}
        return {code: text for code, text in texts.items() if text}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return all(f"{name}_{code}" not in data for code in LANGUAGES)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_{languages_for_editor()[0]}" if id_ else id_


class WordsField(forms.Field):
    """A text in several languages, as {language: text}."""

    widget = WordsWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, **kwargs})

    def clean(self, value: dict[str, str]) -> dict[str, str]:
        for code, text in value.items():
            if len(text) > LONGEST:
                raise ValidationError(
                    _("The text in %(language)s is too long: %(length)s characters, and at most %(most)s fit."),
                    params={"language": LANGUAGES[code].english_name, "length": len(text), "most": LONGEST},
                )
        return value
