"""How do words come in from a file that somebody made elsewhere?

WebVTT, SubRip (.srt), YouTube's .sbv, or plain text. Windows programs in Thailand still write TIS-620; those are read
only if the file is not Unicode, and only if what comes out is Thai.
"""

import codecs
import re
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from media.captions import markup
from media.captions.cues import MOST_BYTES, MOST_CUES, Cue, Problem, lines_of
from media.captions.parsing import ARROW, HEADER, TWO_TIMES, parsed
from media.captions.scripts import is_zawgyi, letters_in, looks_thai
from media.captions.writing import written

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
#: A place on the screen, as SubRip files borrow it from another format.
PLACE = re.compile(r"\{\\an?\d{1,2}\}")
BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
EMPTY_LINES = re.compile(r"\n\s*\n")
#: How long a paragraph takes if nobody knows how long the recording is.
MILLISECONDS_A_LETTER = 70


class UnableToImport(ValidationError):
    """The sentence says to the person who brought the file what is wrong with it, and what they can do."""


@dataclass(frozen=True)
class Imported:
    """What a file holds. `text` is what the editor shows if there are errors in it, so that nothing is lost."""

    cues: tuple[Cue, ...]
    problems: tuple[Problem, ...]
    text: str


def imported(content: bytes, *, language: str, seconds: int) -> Imported:
    """The words in a file; raises UnableToImport if it holds none that can be read."""
    text = decoded(content)
    if is_zawgyi(text):
        raise UnableToImport(_("These Burmese words are written for the Zawgyi font. Convert them to Unicode and bring "
                               "them again: without that font nobody can read them."))  # fmt: skip
    return timed(text) if _has_times(text) else spread(text, language=language, seconds=seconds)


def decoded(content: bytes) -> str:
    """The text in the bytes of a file."""
    if len(content) > MOST_BYTES:
        limit = {"limit": filesizeformat(MOST_BYTES)}
        raise UnableToImport(_("This file is larger than %(limit)s, which is more than a recording's words.") % limit)
    for name in _encodings(content):
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and (name != "cp874" or looks_thai(text)):
            return "\n".join(lines_of(text))
    raise UnableToImport(_("This file is not text that we can read. Save it as UTF-8 and bring it again."))


def _encodings(content: bytes) -> list[str]:
    for bom, name in BOMS:
        if content.startswith(bom):
            return [name]
    # Times and line ends are ASCII in every file; in UTF-16 one of their two bytes is nothing.
    nothing = content.find(b"\0")
    return ["utf-8", "cp874"] if nothing < 0 else ["utf-16-le" if nothing % 2 else "utf-16-be"]


def _has_times(text: str) -> bool:
    lines = lines_of(text)
    return ARROW in text or bool(HEADER.fullmatch(lines[0])) or any(map(TWO_TIMES.fullmatch, lines))


def timed(text: str) -> Imported:
    """The words with the times that the file gives them."""
    text = BREAK.sub("\n", PLACE.sub("", text))
    found = parsed(text, is_lenient=True)
    if found.errors:
        return Imported(found.cues, found.problems, text)
    # Other programs number their captions; the numbers are wrong as soon as somebody adds one.
    cues = tuple(replace(cue, identifier="" if cue.identifier.isdigit() else cue.identifier) for cue in found.cues)
    return Imported(cues, found.problems, written(cues))


def spread(text: str, *, language: str, seconds: int) -> Imported:
    """Paragraphs without times: each gets as much of the recording as it has letters."""
    paragraphs = [cleaned for part in EMPTY_LINES.split(text) if (cleaned := _as_words(part))]
    if not paragraphs:
        raise UnableToImport(_("This file is empty."))
    if len(paragraphs) > MOST_CUES:
        most = {"most": MOST_CUES}
        raise UnableToImport(_("These are more than %(most)d paragraphs. Divide the recording into parts.") % most)
    letters = [letters_in(part, language=language) for part in paragraphs]
    whole = seconds * 1000 or sum(letters) * MILLISECONDS_A_LETTER
    # However short the recording is, a cue must end after it begins.
    ends = [max(whole * sum_ // sum(letters), place) for place, sum_ in enumerate(accumulate(letters), 1)]
    cues = tuple(Cue(start, end, part) for (start, end), part in zip(pairwise([0, *ends]), paragraphs, strict=True))
    sentence = _(
        "The file has no times. The paragraphs were spread over the recording: set the times while you listen."
    )
    return Imported(cues, (Problem(sentence, is_error=False),), written(cues))


def _as_words(paragraph: str) -> str:
    """Plain text has no tags: what looks like one is text."""
    return markup.clean(paragraph.replace("&", "&amp;").replace("<", "&lt;"))
