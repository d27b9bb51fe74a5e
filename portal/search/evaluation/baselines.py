"""What do plain means find? SQLite's FTS5, any word of the question, ranked by its own BM25.

A word of a question is what stands between blanks, so in Thai a whole clause; over ICU words, a word of ICU's
dictionaries, in the text and in the question. Letters and their vowel signs belong together there; SQLite's own
tokenizer cuts at every sign.
"""

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing

from icu4py.breakers import WordBreaker

from portal.search.evaluation.folders import Passage
from portal.search.evaluation.measuring import PLACES

Cut = Callable[[str], list[str]]
UNICODE = "unicode61"
WHOLE_WORDS = "unicode61 categories 'L* N* Co M*'"


def icu_words(text: str) -> list[str]:
    return [word for word in WordBreaker(text.casefold(), "en") if any(letter.isalnum() for letter in word)]


class Fts5:
    """A table of its own in memory."""

    def __init__(self, passages: Iterable[Passage], *, cut: Cut, tokenizer: str) -> None:
        self._cut = cut
        self._database = sqlite3.connect(":memory:")
        self._database.execute(f'CREATE VIRTUAL TABLE entry USING fts5(id UNINDEXED, text, tokenize="{tokenizer}")')
        rows = ((passage.id, " ".join(cut(f"{passage.title}\n{passage.text}"))) for passage in passages)
        self._database.executemany("INSERT INTO entry VALUES (?, ?)", rows)

    def find(self, question: str) -> list[str]:
        words = [word.replace('"', "") for word in dict.fromkeys(self._cut(question.replace("\0", " ")))]
        match = " OR ".join(f'"{word}"' for word in words if any(letter.isalnum() for letter in word))
        if not match:
            return []
        asked = "SELECT id FROM entry WHERE entry MATCH ? ORDER BY bm25(entry) LIMIT ?"
        with closing(self._database.execute(asked, [match, PLACES])) as rows:
            return [key for (key,) in rows]

    def close(self) -> None:
        self._database.close()


def over_blanks(passages: Iterable[Passage]) -> Fts5:
    return Fts5(passages, cut=str.split, tokenizer=UNICODE)


def over_icu_words(passages: Iterable[Passage]) -> Fts5:
    return Fts5(passages, cut=icu_words, tokenizer=WHOLE_WORDS)
