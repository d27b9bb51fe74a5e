"""How do words in one language help somebody to write them in another? By their times, and beside the empty lines."""

from dataclasses import dataclass, replace

from media.captions import Cue, cues_of, written
from media.captions.markup import as_typed, plain
from media.models import RecordingText
from media.texts_admin.place import Place


@dataclass(frozen=True)
class Reference:
    """Other words of the same recording."""

    text: RecordingText

    @property
    def name(self) -> str:
        """As it stands in an address."""
        return f"{self.text.kind}.{self.text.language}"

    @property
    def cues(self) -> tuple[Cue, ...]:
        return cues_of(self.text.vtt)

    @property
    def facts(self) -> dict[str, object]:
        """What the script shows beside each cue."""
        cues = [[cue.start, cue.end, plain(cue.text)] for cue in self.cues]
        return {"language": self.text.language, "cues": cues}


def reference_called(name: str, *, place: Place) -> Reference | None:
    kind, _dot, language = name.partition(".")
    return next((other for other in references_for(place) if other.name == f"{kind}.{language}"), None)


def references_for(place: Place) -> list[Reference]:
    """All other words of the recording, those of the same kind first."""
    others = place.recording.texts.exclude(kind=place.kind, language=place.language)
    return [Reference(text) for text in sorted(others, key=lambda text: (text.kind != place.kind, text.language))]


def typed(cues: tuple[Cue, ...]) -> str:
    """Cues as a person reads and writes them."""
    return written(replace(cue, text=as_typed(cue.text)) for cue in cues)


def with_gaps_to_fill(cues: tuple[Cue, ...], *, reference: Reference) -> tuple[Cue, ...]:
    """`cues`, and an empty one wherever only the reference has words."""
    empty, place = [], 0
    for other in reference.cues:
        while place < len(cues) and cues[place].end <= other.start:
            place += 1
        if place == len(cues) or cues[place].start >= other.end:
            empty.append(replace(other, text="", identifier=""))
    return tuple(sorted([*cues, *empty], key=lambda cue: (cue.start, cue.end)))
