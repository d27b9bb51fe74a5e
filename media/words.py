"""Which words of several languages does a reader get?"""

from collections.abc import Mapping
from typing import NamedTuple


class Words(NamedTuple):
    """A text and its language, which may be another than the reader's: templates say so with `lang`."""

    text: str
    language: str


#: Whom a reader understands next best, if there is nothing in their own language.
FALLBACKS = ("en", "th")


def in_language(texts: Mapping[str, str], language: str) -> Words:
    """The text in `language`, or else in the first that there is."""
    for choice in (language, *FALLBACKS, *texts):
        if text := texts.get(choice, "").strip():
            return Words(text, choice)
    return Words("", language)
