"""How are words in several styles written as the rich text of the site?"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import escape

from lessons.manuals.word_in.parts import Span, Spans, plain

#: Where a sentence ends: in Thai and its neighbours nothing marks it, and a space stands between phrases.
SENTENCE_END = re.compile(r"(?<=[.!?:;…။។])[\"”’»)\]]*\s+|\n")
#: Of links to a place in the same file; the portal knows the address once the pages are made.
INSIDE = "import:"
SAFE = re.compile(r"(?:https?://|mailto:|tel:)[^\s<>\"]+\Z", re.IGNORECASE)


def rich(spans: Iterable[Span]) -> str:
    """Spans with the markup for bold, italic and links."""
    return "".join(marked(span) for span in spans)


def marked(span: Span) -> str:
    text = escape(span.text, quote=False).replace("\n", "<br/>")
    if not text.strip():
        return text
    if span.is_italic:
        text = f"<i>{text}</i>"
    if span.is_bold:
        text = f"<b>{text}</b>"
    return f'<a href="{escape(span.href)}">{text}</a>' if span.href else text


def paragraph(spans: Iterable[Span]) -> str:
    return f"<p>{rich(spans)}</p>"


def bold(spans: Iterable[Span]) -> Spans:
    return tuple(replace(span, is_bold=True) for span in spans)


def clean(text: str) -> str:
    """Without what no text field of a database takes."""
    return "".join(letter for letter in text if letter in "\n\t" or unicodedata.category(letter) not in {"Cc", "Cs"})


def first_sentence(spans: Spans, *, most: int) -> tuple[Spans, Spans]:
    """The first sentence, if it has at most `most` characters, and what follows; else nothing, and everything.

    Words in bold at the beginning count as a sentence: so people write what a step is called.
    """
    if is_lead(spans) and len(plain(spans[:1])) <= most:
        return spans[:1], lstripped(spans[1:])
    whole = "".join(span.text for span in spans)
    for found in SENTENCE_END.finditer(whole):
        if len(plain((Span(whole[: found.start()]),))) > most:
            break
        if ends_sentence(whole, found):
            return cut(spans, found.end())
    return (spans, ()) if len(plain(spans)) <= most else ((), spans)


def ends_sentence(whole: str, found: re.Match[str]) -> bool:
    """Not after "e.g." or "No.", and not where a sentence goes on in small letters."""
    before = whole[: found.start()].split()
    last = before[-1].rstrip("\"')]”’»") if before else ""
    if len(before) < 2 or whole[found.end() : found.end() + 1].islower():
        return False
    return not last.endswith(".") or (len(last) > 3 and "." not in last[:-1])


def is_lead(spans: Spans) -> bool:
    return len(spans) > 1 and spans[0].is_bold and not spans[1].is_bold and len(plain(spans[:1])) >= 3


def as_many(spans: Spans, *, most: int) -> tuple[Spans, Spans]:
    """As many words as fit into `most` characters, and the others; between sentences if there is such a place."""
    whole = "".join(span.text for span in spans)
    if len(plain(spans)) <= most:
        return spans, ()
    ends = [found.end() for found in SENTENCE_END.finditer(whole) if found.end() <= most]
    if ends and ends[-1] > most // 3:
        return cut(spans, ends[-1])
    space = whole.rfind(" ", 0, most)
    return cut(spans, space + 1 if space > most // 3 else whole_letter(whole, most))


def whole_letter(text: str, at: int) -> int:
    """A place not after `at` where no mark above or below a letter is cut off from it."""
    while at > 1 and unicodedata.category(text[at]).startswith("M"):
        at -= 1
    return at


def cut(spans: Sequence[Span], at: int) -> tuple[Spans, Spans]:
    """The first `at` characters, and the rest."""
    before: list[Span] = []
    for number, span in enumerate(spans):
        if len(span.text) > at or (at <= 0 and not span.note):
            rest = replace(span, text=span.text[at:]) if at > 0 else span
            head = [replace(span, text=span.text[:at])] if at > 0 else []
            return rstripped((*before, *head)), lstripped((rest, *spans[number + 1 :]))
        before.append(span)
        at -= len(span.text)
    return tuple(before), ()


def lstripped(spans: Spans) -> Spans:
    return (replace(spans[0], text=spans[0].text.lstrip()), *spans[1:]) if spans else spans


def rstripped(spans: Spans) -> Spans:
    return (*spans[:-1], replace(spans[-1], text=spans[-1].text.rstrip())) if spans else spans
