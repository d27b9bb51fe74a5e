"""What does a reader find in the glossary, and in which order?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet

from portal.base.languages import LANGUAGES, Language
from portal.base.page_cache.facts import remember
from portal.glossary.alphabet import place_of
from portal.glossary.dropping import TAG
from portal.glossary.models import Concept, Definition, Wording


@dataclass(frozen=True)
class Name:
    text: str
    is_verified: bool


@dataclass(frozen=True)
class Names:
    """What a concept is called in one language, the preferred name first."""

    language: Language
    names: Sequence[Name]


@dataclass(frozen=True)
class Meaning:
    language: Language
    text: str


@dataclass(frozen=True)
class Term:
    """A concept for a reader of one language. Where that has no name for it, `own` is another language's."""

    number: int
    own: Names
    others: Sequence[Names]
    meaning: Meaning | None

    @property
    def anchor(self) -> str:
        return anchor_of(self.number)

    @property
    def name(self) -> Name:
        return self.own.names[0]


@dataclass(frozen=True)
class Listing:
    """All terms: those with a name in the reader's language, and those that wait for one."""

    named: Sequence[Term]
    unnamed: Sequence[Term]


def anchor_of(number: int) -> str:
    """Where a concept stands on the page, in every language."""
    return f"term-{number}"


def listing(language: str) -> Listing:
    """All terms for a reader of a language; no query until a term is changed."""
    return remember(f"portal_glossary.listing:{language}", tags=[TAG], find=lambda: _listing(language))


def complete_concepts() -> QuerySet[Concept]:
    return Concept.objects.prefetch_related("wordings", "definitions")


def _listing(language: str) -> Listing:
    terms = [_term(concept, language) for concept in complete_concepts() if concept.wordings.all()]
    terms.sort(key=lambda term: place_of(term.name.text, language=term.own.language.code))
    return Listing(
        named=[term for term in terms if term.own.language.code == language],
        unnamed=[term for term in terms if term.own.language.code != language],
    )


def _term(concept: Concept, language: str) -> Term:
    called = names_of(concept.wordings.all())
    first, *others = sorted(called, key=lambda names: _nearness(names.language.code, language))
    return Term(number=concept.number, own=first, others=others, meaning=_meaning(concept.definitions.all(), language))


def names_of(wordings: Iterable[Wording]) -> list[Names]:
    """The names by language; wordings of a language that the site does not speak any more are left out."""
    found: dict[str, list[Name]] = {}
    for wording in wordings:
        if wording.language in LANGUAGES:
            found.setdefault(wording.language, []).append(Name(wording.text, wording.is_verified))
    return [Names(LANGUAGES[code], names) for code, names in found.items()]


def _meaning(definitions: Iterable[Definition], language: str) -> Meaning | None:
    """In the reader's language, else in the site's first one, else in whichever there is."""
    known = [definition for definition in definitions if definition.language in LANGUAGES]
    nearest = min(known, key=lambda definition: _nearness(definition.language, language), default=None)
    return Meaning(LANGUAGES[nearest.language], nearest.text) if nearest else None


def _nearness(code: str, language: str) -> tuple[bool, bool, int]:
    return code != language, code != settings.LANGUAGE_CODE, list(LANGUAGES).index(code)
