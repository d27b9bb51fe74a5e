"""How would the database answer, where SEARCH_URL is `database:` and the database is SQLite?

As `portal.search.backend.database` has django-modelsearch keep and ask its table of words: the words of our analysis
between blanks, all telling words of the question first, then any of them, ranked by BM25 and by how short a title is.
The table here is one in memory, so that nothing of the site is touched.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from statistics import fmean

from portal.search import analysis, queries
from portal.search.backend import plain
from portal.search.evaluation.folders import Passage
from portal.search.evaluation.measuring import PLACES

ALL, ANY = " AND ", " OR "


class DatabaseEngine:
    """Documents as modelsearch's table of words would hold them."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        rows = [(each.id, words_of(each.title), words_of(each.text)) for each in passages]
        mean = fmean([len(title) for _id, title, _text in rows if title] or [1])
        self._database = sqlite3.connect(":memory:")
        self._database.execute("CREATE VIRTUAL TABLE entry USING fts5(id UNINDEXED, norm UNINDEXED, title, body)")
        self._database.executemany(
            "INSERT INTO entry VALUES (?, ?, ?, ?)",
            [(key, mean / len(title) if title else 1.0, title, text) for key, title, text in rows],
        )

    def find(self, question: str) -> list[str]:
        words = asked_words(question)
        return (self._matching(words, ALL) or self._matching(words, ANY)) if words else []

    def _matching(self, words: Sequence[str], operator: str) -> list[str]:
        match = operator.join('"{}"'.format(word.replace('"', "")) for word in words)
        asked = "SELECT id FROM entry WHERE entry MATCH ? ORDER BY bm25(entry) * (norm + 1), rowid DESC LIMIT ?"
        return [key for (key,) in self._database.execute(asked, [match, PLACES]).fetchall()]

    def close(self) -> None:
        self._database.close()


def words_of(text: str) -> str:
    return " ".join(term for token in analysis.tokens(analysis.legible(text)) for term in token.terms)


def asked_words(question: str) -> list[str]:
    """The telling words of a question; all of them, if none tells much."""
    words = list(dict.fromkeys(plain.words(question)))
    telling = queries.read(question).telling_words
    return [word for word in words if word in telling] or words
