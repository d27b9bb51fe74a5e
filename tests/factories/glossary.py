"""A glossary of a few terms, and the field's own word list where it is at hand."""

import csv
import os
from pathlib import Path

import pytest

from portal.glossary.models import Concept, Definition, Wording
from portal.settings.environment import ROOT

GLOSSARY = Path(os.environ.get("SHARED_DATA", ROOT.parent / "shared" / "data")) / "glossary.csv"
needs_the_word_list = pytest.mark.skipif(
    not GLOSSARY.exists(), reason="the word list of the field is not here: set SHARED_DATA to its folder"
)
LANGUAGES = ("en", "th", "lo", "my", "km", "vi")


def word_list() -> list[dict[str, str]]:
    with GLOSSARY.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def make_concept(*, number: int | None = None, meanings: dict[str, str] | None = None, **names: str) -> Concept:
    """A concept with these names by language, all verified; "|" parts several names of one language."""
    said = [(code, text) for code, texts in names.items() for text in texts.split("|")]
    concept = Concept(
        wordings=[
            Wording(language=code, text=text, is_verified=True, sort_order=order)
            for order, (code, text) in enumerate(said)
        ],
        definitions=[Definition(language=code, text=text) for code, text in (meanings or {}).items()],
    )
    if number:
        concept.number = number
    concept.save()
    return concept
