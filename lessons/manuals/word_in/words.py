"""How many words of a file came through? Counted in the file itself, and again in the blocks."""

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from lessons.manuals.word_in.names import q

WORD = re.compile(r"\w+")
#: Markup in the middle of a word does not end it; paragraphs and lines do.
INLINE, MARKUP = re.compile(r"</?(?:b|i|a)(?:\s[^>]*)?>"), re.compile(r"<[^>]*>")
#: What stands between words though it is no letter.
GAPS = {q("w:tab"), q("w:br"), q("w:cr"), q("w:ptab"), q("w:p"), q("w:tc")}
LETTERS = {q("w:t"), q("m:t")}
#: What a reader of the file does not read: what was deleted, and what is told twice for old programs.
UNREAD = {q("w:del"), q("w:moveFrom"), q("w:instrText"), q("w:pPr"), q("w:rPr"), q("w:tblPr"), q("w:tcPr")}
#: Of a block, what is no words: kinds of lists, ids of pictures.
NO_WORDS = {"level", "kind", "picture", "file", "is_decorative", "id", "type"}


def words_of(text: str) -> Counter[str]:
    return Counter(WORD.findall(text))


def words_in_xml(root: Any) -> Counter[str]:
    """The words of one part of a Word file, tracked insertions with them."""
    return words_of("".join(pieces(root)))


def pieces(element: Any) -> Iterator[str]:
    # Not by recursion: people nest tables deeper than Python calls functions.
    waiting = [element]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield each
        elif each.tag in LETTERS:
            yield each.text or ""
        elif each.tag == q("mc:AlternateContent"):
            waiting.extend(reversed(list(chosen(each))))
        elif isinstance(each.tag, str) and each.tag not in UNREAD:
            if each.tag in GAPS:
                yield " "
                waiting.append(" ")
            waiting.extend(reversed(list(each)))


def chosen(alternates: Any) -> Iterable[Any]:
    """Of several forms of the same thing, the one that we read: the first that is there."""
    return next(iter(alternates.findall(q("mc:Choice")) or alternates.findall(q("mc:Fallback"))), ())


def words_in_blocks(blocks: Iterable[dict[str, Any]]) -> Counter[str]:
    return words_of(" ".join(text for block in blocks for text in texts_of(block["value"])))


def texts_of(value: Any) -> Iterator[str]:
    """The texts of a block's value as readers see them."""
    if isinstance(value, str):
        yield html.unescape(MARKUP.sub(" ", INLINE.sub("", value)))
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in NO_WORDS:
                yield from texts_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_of(inner)


def kept(before: Counter[str], after: Counter[str]) -> int:
    """How many of the words of `before` stand in `after`, each as often as it stood before, at most."""
    return sum(min(count, after[word]) for word, count in before.items())
