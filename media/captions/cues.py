"""What is a cue, and what can be wrong with one?"""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

#: Only these three end a line in WebVTT; Python's own `splitlines` knows a dozen more.
LINE_END = re.compile(r"\r\n|\r|\n")
#: More than this is not a recording's words but somebody's attempt to fill the memory.
MOST_BYTES = 2 * 1024 * 1024
MOST_CUES = 10_000


@dataclass(frozen=True)
class Cue:
    """Words and the time at which they belong, in milliseconds from the beginning.

    `text` may hold the few tags of `markup`; `line` is where its times stood in the file that it was read from.
    """

    start: int
    end: int
    text: str
    identifier: str = ""
    settings: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Problem:
    """A sentence about a line (or, if that is 0, about the whole); what is an error keeps the text from being saved."""

    sentence: str
    line: int = 0
    is_error: bool = True
    excerpt: str = ""

    def __str__(self) -> str:
        if not self.line:
            return self.sentence
        return _("Line %(number)d: %(sentence)s") % {"number": self.line, "sentence": self.sentence}


def lines_of(text: str) -> list[str]:
    return LINE_END.split(text.removeprefix("\ufeff"))
