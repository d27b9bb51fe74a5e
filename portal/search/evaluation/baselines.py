"""What do plain means find? SQLite's FTS5, any word of the question, ranked by its own BM25.

A word of a question is what stands between blanks, so in Thai a whole clause; over ICU words, a word of ICU's
dictionaries, in the text and in the question. Letters and their vowel signs belong together there; SQLite's own
tokenizer cuts at every sign.
"""

import sqlite3
from collections.abc import Callable, Iterable

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
        self.database = sqlite3.connect(":memory:")
        self.database.execute(f'CREATE VIRTUAL TABLE entry USING fts5(id UNINDEXED, text, tokenize="{tokenizer}")')
        rows = ((passage.id, " ".join(cut(f"{passage.title}\n{passage.text}"))) for passage in passages)
        self.database.executemany("INSERT INTO entry VALUES (?, ?)", rows)

    def find(self, question: str) -> list[str]:
        match = self.any_word(question)
        if not match:
            return []
        asked = "SELECT id FROM entry WHERE entry MATCH ? ORDER BY bm25(entry) LIMIT ?"
        return [key for (key,) in self.database.execute(asked, [match, PLACES]).fetchall()]

    def any_word(self, text: str) -> str:
        """The question as FTS5 is asked; nothing in it is syntax."""
        words = [word.replace('"', "") for word in dict.fromkeys(self._cut(text.replace("\0", " ")))]
        return " OR ".join(f'"{word}"' for word in words if any(letter.isalnum() for letter in word))

    def close(self) -> None:
        self.database.close()


def over_blanks(passages: Iterable[Passage]) -> Fts5:
    return Fts5(passages, cut=str.split, tokenizer=UNICODE)


def over_icu_words(passages: Iterable[Passage]) -> Fts5:
    return Fts5(passages, cut=icu_words, tokenizer=WHOLE_WORDS)
