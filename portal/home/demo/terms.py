"""Which terms does the demonstration's glossary hold? Those of one text file, the same after every loading."""

from typing import Any

import yaml
from django.db import transaction

from portal.glossary.models import Concept, Definition, Wording
from portal.home.demo.files import CONTENT

TERMS = CONTENT / "glossary" / "terms.yaml"


@transaction.atomic
def load_terms() -> int:
    """Add the terms that are missing; returns how many. What staff changed in a term stays as it is."""
    here = set(Concept.objects.values_list("pk", flat=True))
    missing = [term for term in yaml.safe_load(TERMS.read_text("utf-8")) if term["number"] not in here]
    for term in missing:
        _add(term)
    return len(missing)


def _add(term: dict[str, Any]) -> None:
    unverified = term.get("unverified", ())
    Concept(
        number=term["number"],
        wordings=[
            Wording(language=code, text=text, is_verified=code not in unverified, sort_order=order)
            for order, (code, text) in enumerate(term["names"].items())
        ],
        definitions=[
            Definition(language=code, text=text, sort_order=order)
            for order, (code, text) in enumerate(term["meanings"].items())
        ],
    ).save(force_insert=True)
