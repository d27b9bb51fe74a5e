"""What does the player need to know about a recording? Everything is looked up here; its templates only show it.

A player stands in pages that are the same for everybody, so it asks for a language and never for a person.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.db.models import prefetch_related_objects

from media.captions import cues_of
from media.captions.markup import plain
from media.models import Recording, RecordingText
from media.words import FALLBACKS
from portal.base.findable import anchor_of
from portal.base.languages import LANGUAGES

#: What the player of a recording shows besides its own row; `with_all_that_plays` fetches it for many at once.
PARTS = ("texts__spoken", "variants", "poster__renditions")
#: A film stands in a column of text: the poster need not be larger. Older browsers than those that know WebP show none.
POSTERS = tuple(f"width-{width}|format-webp" for width in (960, 1440, 480))
#: What is best to read where there is no sound: who speaks and what is heard, then what is said.
READ_FIRST = ("transcript", "captions", "narration")
#: Films of these shapes keep their place while the poster stands for them, whatever shape that has.
SHAPES = {"wide": 16 / 9, "classic": 4 / 3, "square": 1.0, "tall": 9 / 16}
TRACKS = ("captions", "descriptions")
VOICE = re.compile(r"<v\s+([^>]+)>")


@dataclass(frozen=True)
class Choice:
    """One way to take in a recording: "whole", "small", "sound", "spoken" or "read"; `size` is in bytes."""

    name: str
    url: str
    size: int
    language: str = ""

    @property
    def language_name(self) -> str:
        return name_of(self.language)


@dataclass(frozen=True)
class Track:
    """Words that the browser itself shows or speaks while a video plays."""

    kind: str
    url: str
    language: str
    is_default: bool

    @property
    def language_name(self) -> str:
        return name_of(self.language)


@dataclass(frozen=True)
class Line:
    """A passage of a transcript, and from when to when it belongs, in seconds."""

    start: float
    end: float
    text: str
    is_description: bool = False
    place: str = ""
    """For addresses that lead here, "t150" for the first line of this second; empty for the others."""

    @property
    def clock(self) -> str:
        return clock(self.start)

    @property
    def starts(self) -> str:
        """For the script: a number that no language writes with a comma."""
        return f"{self.start:.3f}"

    @property
    def ends(self) -> str:
        return f"{self.end:.3f}"


@dataclass(frozen=True)
class Reading:
    """Where the words of a recording are, in one language, and whether somebody has checked them."""

    words: RecordingText
    descriptions: RecordingText | None
    is_unchecked: bool

    @property
    def language(self) -> str:
        return self.words.language

    @property
    def language_name(self) -> str:
        return name_of(self.language)

    @cached_property
    def lines(self) -> list[Line]:
        described = lines_of(self.descriptions.vtt, are_descriptions=True) if self.descriptions else []
        # A description tells what can be seen while the words are spoken: it stands before them.
        return with_places(sorted([*described, *lines_of(self.words.vtt)], key=lambda line: line.start))


@dataclass(frozen=True)
class Playing:
    """A recording as a reader of `language` meets it."""

    recording: Recording
    language: str
    poster: str
    choices: list[Choice]
    tracks: list[Track]
    reading: Reading | None
    others: list[Reading] = field(default_factory=list)

    @property
    def length(self) -> str:
        return clock(self.recording.seconds) if self.recording.seconds else ""

    @property
    def shape(self) -> str:
        """The name of the film's shape, if it has one of the usual ones, give or take two in a hundred."""
        width, height = self.recording.width, self.recording.height
        return next((name for name, ratio in SHAPES.items() if height and abs(width / height / ratio - 1) < 0.02), "")

    @property
    def is_panorama(self) -> bool:
        return self.recording.kind == Recording.Kind.PANORAMA

    @property
    def is_foreign(self) -> bool:
        """Whether its words are in another language than the page."""
        return self.reading is not None and self.reading.language != self.language


def with_all_that_plays(recordings: Iterable[Recording | None]) -> None:
    """Fetch what the players of `recordings` show: a few queries, however many they are."""
    prefetch_related_objects([recording for recording in recordings if recording], *PARTS)


def playing_of(recording: Recording, *, language: str) -> Playing:
    """Without a query after `with_all_that_plays`."""
    with_all_that_plays([recording])
    texts: list[RecordingText] = list(recording.texts.all())
    readings = readings_of(texts, spoken=recording.language)
    chosen = first_understood(readings, language=language, spoken=recording.language)
    return Playing(
        recording=recording,
        language=language,
        poster=poster_of(recording),
        choices=choices_of(recording, texts, reading=chosen),
        tracks=tracks_of(texts, language=language),
        reading=chosen,
        others=[reading for reading in readings.values() if reading is not chosen],
    )


def readings_of(texts: list[RecordingText], *, spoken: str) -> dict[str, Reading]:
    """By language, in the order of the portal's languages."""
    written = {(text.kind, text.language): text for text in texts}
    found: dict[str, Reading] = {}
    for language in LANGUAGES:
        descriptions = written.get(("descriptions", language))
        words = next((text for kind in READ_FIRST if (text := written.get((kind, language)))), None)
        if words is not None:
            shown = [text for text in (words, descriptions) if text]
            is_unchecked = language != spoken and not all(text.is_checked for text in shown)
            found[language] = Reading(words, descriptions, is_unchecked)
    return found


def first_understood(readings: dict[str, Reading], *, language: str, spoken: str) -> Reading | None:
    """In the reader's language, else in the one that is spoken, else in what most can read."""
    order = (language, spoken, *FALLBACKS, *readings)
    return next((readings[choice] for choice in order if choice in readings), None)


def choices_of(recording: Recording, texts: list[RecordingText], *, reading: Reading | None) -> list[Choice]:
    """The whole recording first, then what is lighter, then who reads it aloud, then its words."""
    variants = {variant.kind: variant for variant in recording.variants.all()}
    lighter = [variants[kind] for kind in ("small", "sound") if kind in variants]
    read_aloud = [(text.spoken, text.language) for text in texts if text.spoken]
    choices = [
        Choice("whole", recording.url, recording.file_size),
        *(Choice(variant.kind, variant.url, variant.file_size) for variant in lighter),
        *(Choice("spoken", spoken.url, spoken.file_size, language) for spoken, language in read_aloud),
    ]
    if reading is not None:
        choices.append(Choice("read", "", sum(len(line.text.encode()) for line in reading.lines)))
    return choices


def tracks_of(texts: list[RecordingText], *, language: str) -> list[Track]:
    """Captions in the reader's own language are on from the start."""
    return [
        Track(text.kind, text.url, text.language, text.kind == "captions" and text.language == language)
        for text in texts
        if text.kind in TRACKS
    ]


def poster_of(recording: Recording) -> str:
    """The address of a middling size of the poster; "" as long as the task worker has not made it."""
    if recording.poster is None:
        return ""
    made: dict[str, Any] = {rendition.filter_spec: rendition for rendition in recording.poster.renditions.all()}
    return next((str(made[spec].url) for spec in POSTERS if spec in made), "")


def lines_of(vtt: str, *, are_descriptions: bool = False) -> list[Line]:
    """The cues of stored words, in plain words."""
    return [Line(cue.start / 1000, cue.end / 1000, in_plain_words(cue.text), are_descriptions) for cue in cues_of(vtt)]


def with_places(lines: list[Line]) -> list[Line]:
    """Every second of a recording has at most one address, so that no id stands in a page twice."""
    taken = set[int]()
    placed = []
    for line in lines:
        second = int(line.start)
        placed.append(line if second in taken else replace(line, place=f"t{second}"))
        taken.add(second)
    return placed


def anchor_of_player(recording: Recording, block_id: str | None) -> str:
    """Where in a page its player stands. The same recording may stand there twice, each time in a block of its own."""
    return anchor_of(f"recording-{recording.pk}", block_id) or f"recording-{recording.pk}"


def in_plain_words(text: str) -> str:
    """Who speaks stands before what is said. Composed, so that a search finds it however it was typed."""
    return unicodedata.normalize("NFC", plain(VOICE.sub(r"\1: ", text)))


def clock(seconds: float) -> str:
    """As a player shows it: 0:04, 12:30, 1:02:03."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d}" if minutes >= 60 else f"{minutes}:{rest:02d}"


def name_of(language: str) -> str:
    """What its speakers call a language."""
    return LANGUAGES[language].name if language in LANGUAGES else language
