"""Pages of manuals that were never saved: enough to ask the rules, without a database."""

import json
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from lessons.manuals.models import ManualPage, SectionPage
from lessons.manuals.structure import Tree

TODAY = date(2026, 11, 22)


def raw(kind: str, name: str, **value: Any) -> dict[str, Any]:
    """A block as it is stored; the same name gives the same id."""
    return {"type": kind, "value": value, "id": block_id(name)}


def block_id(name: str) -> str:
    return str(uuid5(NAMESPACE_URL, name))


def step(title: str, **value: Any) -> dict[str, Any]:
    whole = {
        "title": title, "who": "Social worker", "text": "<p>Ask her.</p>", "evidence": "A note", "do_no_harm": "Wait."
    }  # fmt: skip
    return raw("procedure_step", title, **{**whole, **value})


def decision(question: str, *branches: dict[str, Any], **value: Any) -> dict[str, Any]:
    items = [{"type": "item", "value": branch, "id": block_id(f"{question}{n}")} for n, branch in enumerate(branches)]
    return raw("decision", question, **{"question": question, "who": "The team", "branches": items, **value})


def way(answer: str, leads_to: str = "next", *, step: str = "", section: int | None = None) -> dict[str, Any]:
    return {"answer": answer, "leads_to": leads_to, "step": step, "section": section, "note": ""}


def section(*body: dict[str, Any], title: str = "Intake", language: str = "en", **fields: Any) -> SectionPage:
    stream = body or (step("Greet her"),)
    return _page(SectionPage(title=title, body=json.dumps(stream), **{"purpose": "Safety.", **fields}), language)


def whole(language: str = "en", **fields: Any) -> ManualPage:
    """A manual that misses nothing."""
    source = raw("source", "law", source="The Act", article="6", says="What it is.", checked_on="2026-10-01")
    everything = {
        "title": "Protection", "number": "KP-SOP-001", "centre_id": 1, "scope": "All.", "for_whom": "Everybody.",
        "review_owner_id": 1, "review_by": date(2027, 1, 1),
        "emergency": [raw("emergency", "e", title="Danger", actions=["<p>Stay with her.</p>"], then="")],
        "definitions": [raw("definition", "d", term="Case manager", meaning="<p>One person.</p>")],
        "sources": [source],
        "related": [raw("related", "r", page=None, why="")],
    }  # fmt: skip
    named = {**everything, **fields}
    return _page(ManualPage(**{name: _stored(value) for name, value in named.items()}), language)


def _stored(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, list) and value and isinstance(value[0], dict) else value


def _page(page: Any, language: str) -> Any:
    page.pk, page.__dict__["language_code"] = len(page.title), language
    page.translation_key = uuid5(NAMESPACE_URL, page.title)
    return page


def tree(*sections: SectionPage, manual: ManualPage | None = None) -> Tree:
    return Tree(manual or whole(), sections or (section(),))
