"""What of the glossary can search find? Each concept, once in every language that has a name for it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils import translation

from portal.glossary.listing import anchor_of, complete_concepts, names_of


@dataclass(frozen=True)
class Entry:
    """A concept in one language: its preferred name, and all its names and its meaning in that language, a line each.

    `pk` is the number of the concept; `url` leads to its place on the page of that language.
    """

    pk: int
    language: str
    title: str
    text: str
    anchor: str
    url: str


def entries(pks: Iterable[int] | None = None) -> Iterator[Entry]:
    """The entries of these concepts, or of all; nothing for a number that is gone."""
    concepts = complete_concepts()
    for concept in concepts if pks is None else concepts.filter(pk__in=list(pks)):
        meanings = {definition.language: definition.text for definition in concept.definitions.all()}
        for called in names_of(concept.wordings.all()):
            code = called.language.code
            lines = [*(name.text for name in called.names), meanings.get(code, "")]
            yield Entry(
                pk=concept.number,
                language=code,
                title=called.names[0].text,
                text="\n".join(filter(None, lines)),
                anchor=anchor_of(concept.number),
                url=address_of(concept.number, language=code),
            )


def address_of(number: int, *, language: str) -> str:
    """Where a concept stands on the page of a language."""
    with translation.override(language):
        return f"{reverse('glossary')}#{anchor_of(number)}"
