"""How are cues stored and sent? As WebVTT, always written the same way."""

from collections.abc import Iterable

from media.captions.cues import Cue
from media.captions.times import clock

HEADER = "WEBVTT"


def written(cues: Iterable[Cue]) -> str:
    """The cues in the order given; what `parsing.parsed` reads of it is equal to them."""
    return "\n\n".join([HEADER, *map(_written_cue, cues)]) + "\n"


def _written_cue(cue: Cue) -> str:
    times = f"{clock(cue.start)} --> {clock(cue.end)} {cue.settings}".rstrip()
    return "\n".join([cue.identifier, times, cue.text] if cue.identifier else [times, cue.text])
