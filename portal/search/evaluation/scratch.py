"""How would the portal's own search answer, if it held these documents and nothing else?

Analysis, fields and ladder are those of production. Each document is one part of a page of its own, for everybody.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from portal.search import analysis, documents, queries
from portal.search.document import Document
from portal.search.evaluation.folders import Passage
from portal.search.evaluation.measuring import PLACES
from portal.search.queries import Word
from portal.search.whoosh_index import Index, Reader

EVERYTHING = Word("labels", documents.PART)


class ScratchIndex:
    """An index in a folder that the caller removes."""

    def __init__(self, passages: Sequence[Passage], *, folder: Path) -> None:
        self.language = most_common_language(passages)
        self.index = Index(folder)
        with self.index.turn():
            self.index.replace(map(document_of, passages))

    def find(self, question: str, *, language: str = "", most: int = PLACES) -> list[str]:
        """The ids of the best documents for somebody who reads in `language`, by default in that of most documents."""
        return ranked(self.index.reader(), question, language=language or self.language, most=most)

    def close(self) -> None:
        """Nothing is held open: the files were read."""


def most_common_language(passages: Iterable[Passage]) -> str:
    counted = Counter(passage.language for passage in passages if passage.language)
    return counted.most_common(1)[0][0] if counted else ""


def document_of(passage: Passage) -> Document:
    title, text = analysis.legible(passage.title), analysis.legible(passage.text)
    title_words = analysis.words_counted(title)
    return Document(
        owner=f"evaluation:{passage.id}",
        pk=passage.id,
        labels=frozenset({documents.PART, f"language:{passage.language}"}),
        terms={
            "all": analysis.words_counted(text) + title_words + title_words,
            "title": title_words,
            "pairs": Counter(analysis.pairs(title) + analysis.pairs(text)),
        },
        shown={"title": title, "text": text},
    )


def ranked(reader: Reader, text: str, *, language: str, most: int) -> list[str]:
    """The ids of the best documents for a question, as the ladder of production finds them."""
    question = queries.read(text)
    for rung in queries.LADDER if question.runs else ():
        if hits := reader.find(rung(question), among=EVERYTHING):
            return [hit.pk for hit in hits[:most]]
    return []
