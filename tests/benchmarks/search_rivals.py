"""Against what is our search measured? Against a plain use of Whoosh, and against SQLite's FTS5.

Both get the words that ICU cuts, so that speed is compared and not what they fail to find.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from whoosh import fields, index, query
from whoosh.analysis import SpaceSeparatedTokenizer

from portal.search.evaluation.baselines import WHOLE_WORDS, Fts5, icu_words
from portal.search.evaluation.folders import Passage

SHOWN_ON_A_PAGE, SUGGESTED = 10, 8


class PlainWhoosh:
    """The pattern of many projects: for each question the index is opened, and all that was found is fetched."""

    def __init__(self, passages: Sequence[Passage], *, folder: Path) -> None:
        self._folder = str(folder)
        schema = fields.Schema(
            id=fields.ID(stored=True),
            title=fields.STORED(),
            text=fields.STORED(),
            words=fields.TEXT(analyzer=SpaceSeparatedTokenizer()),
        )
        writer = index.create_in(self._folder, schema).writer(limitmb=256)
        for passage in passages:
            words = " ".join(icu_words(f"{passage.title}\n{passage.text}"))
            writer.add_document(id=passage.id, title=passage.title, text=passage.text, words=words)
        writer.commit()

    def any_word(self, text: str) -> list[dict[str, Any]]:
        return self._found(query.Or([query.Term("words", word) for word in icu_words(text)]))

    def all_words(self, text: str) -> list[dict[str, Any]]:
        return self._found(query.And([query.Term("words", word) for word in icu_words(text)]))

    def beginning(self, text: str) -> list[dict[str, Any]]:
        return self._found(query.Prefix("words", text.casefold()))

    def _found(self, asked: query.Query) -> list[dict[str, Any]]:
        with index.open_dir(self._folder).searcher() as searcher:
            return [hit.fields() for hit in searcher.search(asked, limit=None)]


class Fts5Pages(Fts5):
    """FTS5 over ICU words, with what a page of results and a list of suggestions need."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        super().__init__(passages, cut=icu_words, tokenizer=WHOLE_WORDS)

    def page(self, text: str) -> tuple[int, list[tuple[str, str]]]:
        """How many hold any of the words, and the best ten with the words marked where they stand."""
        match = self.any_word(text)
        (count,) = self.database.execute("SELECT count(*) FROM entry WHERE entry MATCH ?", [match]).fetchone()
        asked = (
            "SELECT id, snippet(entry, 1, '<mark>', '</mark>', '…', 40) FROM entry "
            "WHERE entry MATCH ? ORDER BY bm25(entry) LIMIT ?"
        )
        return count, self.database.execute(asked, [match, SHOWN_ON_A_PAGE]).fetchall()

    def suggestions(self, text: str) -> list[tuple[str]]:
        asked = "SELECT id FROM entry WHERE entry MATCH ? ORDER BY bm25(entry) LIMIT ?"
        return self.database.execute(asked, [f'"{text}"*', SUGGESTED]).fetchall()
