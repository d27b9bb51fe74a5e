"""May this text be stored as it is? The last question, asked by the model whoever brings the text."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from media.captions.cues import MOST_BYTES, Problem, lines_of
from media.captions.parsing import ARROW, HEADER, parsed
from media.captions.times import EXACT

TIMES = re.compile(rf"{EXACT.pattern}[ \t]+{ARROW}[ \t]+{EXACT.pattern}(?:[ \t].*)?")


def check_captions(text: str) -> None:
    """Raises ValidationError about the first line that a browser would not show. Source: W3C WebVTT, 4.1."""
    lines = lines_of(text)
    if len(text.encode("utf-8", "replace")) > MOST_BYTES:
        raise ValidationError(_("These are more words than a recording can have."), code="too_long")
    if not HEADER.fullmatch(lines[0]):
        raise ValidationError(_("Captions begin with a line that says WEBVTT."), code="no_header")
    for problem in parsed(text).errors:
        raise ValidationError(str(problem), code="captions")
    for number, line in enumerate(lines, 1):
        if ARROW in line and not TIMES.fullmatch(line.strip()):
            wrong = Problem(_("Write the times as 00:01.000 --> 00:04.000."), line=number)
            raise ValidationError(str(wrong), code="captions")
