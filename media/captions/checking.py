"""Can everybody read these words in the time that they are given? Remarks, which keep nobody from saving.

Captions are read beside the picture, so they are measured. Sources: Netflix Timed Text Style Guide (7 seconds, two
lines, 42 letters, 20 letters a second, gaps); EBU-TT-D for the shortest gap. A transcript is read at leisure.
"""

from collections.abc import Iterator
from itertools import pairwise

from django.utils.translation import gettext as _

from media.captions.cues import Cue, Problem
from media.captions.markup import plain
from media.captions.scripts import is_zawgyi, letters_in

LONGEST = 7_000
MOST_LINES = 2
MOST_LETTERS = 42
LETTERS_A_SECOND = 20
#: Shorter than this, the eye sees a flicker and not a gap. No gap at all is no flicker.
SHORTEST_GAP = 80

READ_BESIDE_THE_PICTURE = frozenset({"captions"})
HEARD_OR_READ_IN_TURN = frozenset({"captions", "descriptions", "narration"})


def problems_in(cues: tuple[Cue, ...], *, kind: str, language: str, seconds: int) -> list[Problem]:
    """Remarks about words of this kind in this language for a recording of this length; Zawgyi alone is an error."""
    found = [_about_letters(cues)] if is_zawgyi("\n".join(cue.text for cue in cues)) else []
    for cue in cues:
        if seconds and cue.start >= seconds * 1000:
            found.append(_remark(cue, _("This caption begins after the end of the recording.")))
        if kind in READ_BESIDE_THE_PICTURE:
            found += [_remark(cue, sentence) for sentence in _hard_to_read(cue, language=language)]
    if kind in HEARD_OR_READ_IN_TURN:
        found += [_remark(cue, sentence) for cue, sentence in _out_of_turn(cues)]
    return sorted(found, key=lambda problem: problem.line)


def _hard_to_read(cue: Cue, *, language: str) -> Iterator[str]:
    lines = [letters_in(line, language=language) for line in plain(cue.text).split("\n")]
    length = cue.end - cue.start
    if length > LONGEST:
        yield _("This caption is shown for more than %(seconds)d seconds.") % {"seconds": LONGEST // 1000}
    if len(lines) > MOST_LINES:
        yield _("This caption has more than %(most)d lines.") % {"most": MOST_LINES}
    if max(lines) > MOST_LETTERS:
        numbers = {"letters": max(lines), "most": MOST_LETTERS}
        yield _("This caption has a line of %(letters)d letters; up to %(most)d are easy to read.") % numbers
    if sum(lines) * 1000 > LETTERS_A_SECOND * length:
        numbers = {"speed": round(sum(lines) * 1000 / length), "most": LETTERS_A_SECOND}
        yield _("This caption must be read at %(speed)d letters a second; up to %(most)d are easy to read.") % numbers


def _out_of_turn(cues: tuple[Cue, ...]) -> Iterator[tuple[Cue, str]]:
    for before, cue in pairwise(cues):
        gap = cue.start - before.end
        if gap < 0:
            yield cue, _("This caption begins before the one above it has ended.")
        elif 0 < gap < SHORTEST_GAP:
            yield cue, _("The gap before this caption is so short that it flickers. Leave none, or at least "
                         "%(gap)d thousandths of a second.") % {"gap": SHORTEST_GAP}  # fmt: skip


def _remark(cue: Cue, sentence: str) -> Problem:
    return Problem(sentence, line=cue.line, is_error=False)


def _about_letters(cues: tuple[Cue, ...]) -> Problem:
    sentence = _("These Burmese words are written for the Zawgyi font. Convert them to Unicode and bring them again: "
                 "without that font nobody can read them.")  # fmt: skip
    return Problem(sentence)
