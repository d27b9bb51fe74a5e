"""Are these captions that a browser can show? WebVTT, checked in the order that an editor reads it."""

import re
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
CUE = re.compile(rf"{TIME}[ \t]+-->[ \t]+{TIME}(?:[ \t].*)?")


def check_captions(text: str) -> None:
    """Raises ValidationError with the number of the line that is wrong. Source: W3C WebVTT, 4.1."""
    lines = text.removeprefix("\ufeff").splitlines()
    if not lines or not re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]):
        raise ValidationError(_("Captions begin with a line that says WEBVTT."), code="no_header")
    timings = [(number, line) for number, line in enumerate(lines, 1) if "-->" in line]
    if not timings:
        raise ValidationError(_("There is no caption yet. A caption begins with its times, for example %(example)s.")
                              % {"example": "00:01.000 --> 00:04.000"}, code="no_cues")  # fmt: skip
    cues = [(number, *_times_in(line, number=number)) for number, line in timings]
    for number, start, end in cues:
        if end <= start:
            raise _wrong(_("Line %(number)d: the caption ends before it begins."), number)
        if not _has_text(lines, number):
            raise _wrong(_("Line %(number)d: there is no text below the times."), number)
    for (_before, earlier, _end), (number, start, _until) in pairwise(cues):
        if start < earlier:
            raise _wrong(_("Line %(number)d: this caption begins before the one above it."), number)


def _times_in(line: str, *, number: int) -> tuple[int, int]:
    """Begin and end in milliseconds."""
    found = CUE.fullmatch(line.strip())
    if not found:
        raise _wrong(_("Line %(number)d: write the times as 00:01.000 --> 00:04.000."), number)
    parts = [int(part or 0) for part in found.groups()]
    return _milliseconds(*parts[:4]), _milliseconds(*parts[4:])


def _milliseconds(hours: int, minutes: int, seconds: int, thousandths: int) -> int:
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths


def _has_text(lines: list[str], number: int) -> bool:
    return number < len(lines) and bool(lines[number].strip())


def _wrong(sentence: str, number: int) -> ValidationError:
    return ValidationError(sentence % {"number": number}, code="captions")
