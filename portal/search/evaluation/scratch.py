"""How would the portal's own search answer, if it held these documents and nothing else?

Analysis, fields and ladder are those of production. Each document is one part of a page of its own, for everybody.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from portal.search import asking, part_documents, queries
from portal.search.dictionary import Dictionary
from portal.search.document import Document
from portal.search.evaluation.folders import Passage
from portal.search.evaluation.measuring import PLACES
from portal.search.queries import Word
from portal.search.whoosh_index import Hit, Index

EVERYTHING = Word("labels", part_documents.PART)


class ScratchIndex:
    """An index in a folder that the caller removes."""

    def __init__(self, passages: Sequence[Passage], *, folder: Path, dictionary: Dictionary) -> None:
        self._dictionary = dictionary
        self._language = most_common_language(passages)
        self.index = Index(folder)
        with self.index.turn():
            self.index.replace(map(self.document_of, passages))

    def document_of(self, passage: Passage) -> Document:
        return part_documents.of_passage(
            passage.title, passage.text, pk=passage.id, language=passage.language, dictionary=self._dictionary
        )

    def update(self, passages: Sequence[Passage]) -> None:
        """Write these anew, together, as the worker writes what has changed."""
        documents = [self.document_of(passage) for passage in passages]
        with self.index.turn():
            self.index.write(documents, instead_of=[document.owner for document in documents])

    def find(self, question: str, *, language: str = "", most: int = PLACES) -> list[str]:
        """The ids of the best documents for somebody who reads in `language`, by default in that of most documents."""
        return [hit.pk for hit in self.hits(question, language=language or self._language, most=most)]

    def hits(self, question: str, *, language: str, most: int = PLACES) -> list[Hit]:
        asked = queries.read(question, glossary=self._dictionary)
        return asking.ranked(self.index.reader(), asked, among=EVERYTHING, language=language, most=most)

    def close(self) -> None:
        """Nothing is held open: the files were read."""


def most_common_language(passages: Iterable[Passage]) -> str:
    counted = Counter(passage.language for passage in passages if passage.language)
    return counted.most_common(1)[0][0] if counted else ""
