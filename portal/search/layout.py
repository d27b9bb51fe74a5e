"""How is an answer laid out: what narrows it, what could narrow it, and where are its other pages?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page

from portal.base.languages import LANGUAGES
from portal.search.asked import DATE, FACETS, RELEVANCE, Asked
from portal.search.facets import Choice, Facet
from portal.search.finding import Findings

#: Choices of a facet that are shown at once; the others are folded.
MOST_CHOICES = 7


@dataclass(frozen=True)
class Way:
    """A link to the same question, asked a little differently. `language` is that of the name, where it is foreign."""

    name: str
    address: str
    count: int = 0
    is_chosen: bool = False
    language: str = ""


@dataclass(frozen=True)
class Narrowing:
    """A facet as it stands on the page."""

    title: str
    shown: Sequence[Way]
    folded: Sequence[Way]


def laid_out(findings: Findings) -> dict[str, Any]:
    """What the page of results shows besides the findings themselves."""
    asked = narrowed_as_found(findings)
    return {
        "asked": asked,
        "chips": chips(asked, findings),
        "narrowings": [_narrowing(facet, asked) for facet in findings.facets if facet.choices],
        "orders": orders(asked),
        "leaves": _leaves(asked, findings),
        "everywhere": asked.widened().address() if asked.is_narrowed else "",
        "did_you_mean": [Way(words, asked.put(words).address()) for words in findings.did_you_mean],
        "has_signs": '"' in asked.question.text or " -" in f" {asked.question.text}",
    }


def narrowed_as_found(findings: Findings) -> Asked:
    """What was asked; without a page to search below if there is none, whether it is hidden or never was."""
    return findings.asked if findings.within else findings.asked.but(within=None, number=findings.asked.number)


def chips(asked: Asked, findings: Findings) -> list[Way]:
    """What narrows the search now; each leads to the search without it."""
    found = [_chip_within(asked, findings.within)] if findings.within else []
    for name in FACETS:
        if value := getattr(asked, name):
            label, language = _named(name, value, findings.facets)
            found.append(Way(label, asked.but(**{name: ""}).address(), language=language))
    return found


def _chip_within(asked: Asked, page: Page) -> Way:
    name = _("Only in “%(title)s”") % {"title": page.title}
    return Way(name, asked.but(within=None).address())


def _named(name: str, value: str, facets: Iterable[Facet]) -> tuple[str, str]:
    """What readers call a value, and in which language; the value itself where nothing is found that has it."""
    for facet in facets:
        for choice in facet.choices:
            if facet.name == name and choice.value == value:
                return choice.name, choice.language
    return (LANGUAGES[value].name, value) if name == "language" else (value, "")


def _narrowing(facet: Facet, asked: Asked) -> Narrowing:
    """The first choices, and with them whatever is chosen."""
    ways = [_way(facet, choice, asked) for choice in facet.choices]
    shown = [way for place, way in enumerate(ways) if place < MOST_CHOICES or way.is_chosen]
    folded = [way for way in ways if way not in shown]
    return Narrowing(facet.title, shown + folded, []) if len(folded) < 2 else Narrowing(facet.title, shown, folded)


def _way(facet: Facet, choice: Choice, asked: Asked) -> Way:
    """A choice leads to what has it; once it is chosen, back."""
    other = asked.but(**{facet.name: "" if choice.is_chosen else choice.value})
    return Way(choice.name, other.address(), choice.count, choice.is_chosen, choice.language)


def orders(asked: Asked) -> list[Way]:
    names = {RELEVANCE: _("Best match first"), DATE: _("Newest first")}
    return [Way(name, asked.but(sort=sort).address(), is_chosen=sort == asked.sort) for sort, name in names.items()]


def _leaves(asked: Asked, findings: Findings) -> dict[str, str]:
    """Where the pages before and after this one are."""
    leaf = findings.leaf
    if leaf is None or not leaf.has_other_pages():
        return {}
    return {
        "previous": asked.but(number=leaf.number - 1).address() if leaf.has_previous() else "",
        "next": asked.but(number=leaf.number + 1).address() if leaf.has_next() else "",
    }
