"""Which tracks of an MP4 are seen and heard (ISO/IEC 14496-12, 8.2 to 8.6)?

A camera's file has tracks that nobody sees: places, times, movements of the hand, chapters, covers. One track of
pictures and one of sound are kept, as numbers.
"""

import struct
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from media.ingest.kept import Damaged, UnableToKeep
from media.ingest.mp4_boxes import Outline, boxes, found, in_fragments, needed, unpacked
from media.ingest.mp4_codecs import STILLS, Description, codecs_in, descriptions_in, is_playable, not_playable
from media.ingest.mp4_fragments import gathered
from media.ingest.mp4_tables import Samples, samples_in

PICTURES, SOUND = b"vide", b"soun"
MOST_TRACKS, MOST_EDITS, MOST_PIXELS = 64, 64, 16_384
MOST_SECONDS, MOST_TIME_SCALE = 24 * 60 * 60, 100_000_000
#: A player begins at a picture that needs no other, so a little may lie before and behind what is shown.
MOST_HIDDEN_SECONDS = 2
ONE = 1 << 16
UNTURNED = (1, 0, 0, 1)
NO_LANGUAGE = 0x55C4


@dataclass(frozen=True)
class Edit:
    """So long (in the movie's time scale) what begins at `start` (in the track's own) is shown; -1 is nothing."""

    length: int
    start: int


@dataclass(frozen=True)
class Track:
    """Width and height in pixels, before it is turned; `turn` is how, as a matrix of two rows of two."""

    kind: bytes
    time_scale: int
    language: int
    edits: tuple[Edit, ...]
    turn: tuple[int, ...]
    width: int
    height: int
    descriptions: tuple[Description, ...]
    samples: Samples

    def length(self, *, time_scale: int) -> int:
        """How long it is shown or heard, in units of the movie's `time_scale`."""
        if self.edits:
            return sum(edit.length for edit in self.edits)
        return -(-self.samples.duration * time_scale // self.time_scale)

    @property
    def size_as_shown(self) -> tuple[int, int]:
        return (self.width, self.height) if self.turn[0] else (self.height, self.width)


@dataclass(frozen=True)
class Movie:
    time_scale: int
    tracks: tuple[Track, ...]

    @property
    def length(self) -> int:
        return max(track.length(time_scale=self.time_scale) for track in self.tracks)

    @property
    def seconds(self) -> float:
        return self.length / self.time_scale


def movie_in(outline: Outline, *, kinds: tuple[bytes, ...]) -> Movie:
    """The first track of each of the `kinds` that browsers can play; UnableToKeep if there is one that they cannot."""
    head = needed(outline.index, b"mvhd")
    time_scale = _time_scale(head, wide=bool(unpacked("B", head)[0]))
    tracks = [body for kind, body in boxes(outline.index) if kind == b"trak"]
    if len(tracks) > MOST_TRACKS:
        raise Damaged("too many tracks")
    tracks = [body for body in tracks if _kind_of(body) in kinds]
    filled = [body for body in tracks if _count_of(body)]
    if outline.fragments and filled:
        raise in_fragments()
    chosen = [_chosen(tracks if outline.fragments else filled, kind) for kind in kinds]
    if not any(chosen):
        raise _nothing(kinds)
    return Movie(
        time_scale, tuple(_track(body, outline, movie_scale=time_scale) for body in chosen if body is not None)
    )


def _nothing(kinds: tuple[bytes, ...]) -> UnableToKeep:
    if PICTURES in kinds:
        return UnableToKeep(_("There are neither pictures nor sound in this recording."), code="nothing")
    return UnableToKeep(_("There is no sound in this recording."), code="no_sound")


def _chosen(tracks: list[memoryview], kind: bytes) -> memoryview | None:
    """The first that is switched on and playable. What is switched off is kept only if nothing else is there."""
    tracks = [body for body in tracks if _kind_of(body) == kind]
    tracks.sort(key=lambda body: not unpacked("I", needed(body, b"tkhd"))[0] & 1)
    codecs = [codecs_in(_table_of(body)) for body in tracks]
    for body, names in zip(tracks, codecs, strict=True):
        if is_playable(names):
            return body
    strange = next((name for names in codecs for name in names if name not in STILLS), None)
    if strange:
        raise not_playable(strange)
    return None


def _table_of(body: memoryview) -> memoryview:
    return needed(body, b"mdia", b"minf", b"stbl")


def _kind_of(body: memoryview) -> bytes:
    kind: bytes = unpacked("4s", needed(body, b"mdia", b"hdlr"), 8)[0]
    return kind


def _count_of(body: memoryview) -> int:
    table = _table_of(body)
    sizes = found(table, b"stsz")
    count: int = unpacked("I", needed(table, b"stz2") if sizes is None else sizes, 8)[0]
    return count


def _time_scale(body: memoryview, *, wide: bool) -> int:
    (units,) = unpacked("I", body, 20 if wide else 12)
    if not 1 <= units <= MOST_TIME_SCALE:
        raise Damaged("a strange time scale")
    return int(units)


def _track(body: memoryview, outline: Outline, *, movie_scale: int) -> Track:
    table, media = _table_of(body), needed(body, b"mdia", b"mdhd")
    _check_holds_itself(needed(body, b"mdia", b"minf", b"dinf", b"dref"))
    descriptions = descriptions_in(table)
    samples = _samples(body, outline, descriptions=len(descriptions))
    wide = bool(unpacked("B", media)[0])
    time_scale = _time_scale(media, wide=wide)
    if not 0 < samples.duration <= MOST_SECONDS * time_scale or min(samples.durations[1::2]) < 0:
        raise Damaged("takes no time, or too much")
    (language,) = unpacked("H", media, 32 if wide else 20)
    turn, width, height = _shape(needed(body, b"tkhd"), descriptions[0])
    return Track(
        kind=_kind_of(body),
        time_scale=time_scale,
        language=language if _is_language(language) else NO_LANGUAGE,
        edits=_edits(body, samples.duration, time_scale=time_scale, movie_scale=movie_scale),
        turn=turn,
        width=width,
        height=height,
        descriptions=descriptions,
        samples=samples,
    )


def _samples(body: memoryview, outline: Outline, *, descriptions: int) -> Samples:
    if not outline.fragments:
        return samples_in(_table_of(body), descriptions=descriptions)
    head = needed(body, b"tkhd")
    (number,) = unpacked("I", head, 20 if head[0] else 12)
    return gathered(outline.index, outline.fragments, track=number, descriptions=descriptions)


def _check_holds_itself(references: memoryview) -> None:
    """Samples may lie in other files (8.7.2); ours lie in this one."""
    if any(not unpacked("I", reference)[0] & 1 for _kind, reference in boxes(references[8:])):
        message = _("Parts of this recording are in another file. Export it as one complete file.")
        raise UnableToKeep(message, code="elsewhere")


def _is_language(code: int) -> bool:
    """Three letters of five bits each (8.4.2.3)."""
    return code < 1 << 15 and all(1 <= code >> shift & 31 <= 26 for shift in (0, 5, 10))


def _shape(head: memoryview, description: Description) -> tuple[tuple[int, ...], int, int]:
    """How the picture is turned (by quarters, or mirrored), and its size before that."""
    matrix = unpacked("9i", head, 52 if head[0] else 40)
    width, height = (-(-side // ONE) for side in unpacked("II", head, 88 if head[0] else 76))
    if not (0 < width <= MOST_PIXELS and 0 < height <= MOST_PIXELS):
        width, height = description.width, description.height
    turn = tuple((number > 0) - (number < 0) for number in (matrix[0], matrix[1], matrix[3], matrix[4]))
    is_quarter = abs(turn[0]) == abs(turn[3]) != abs(turn[1]) == abs(turn[2])
    return (turn if is_quarter else UNTURNED), width, height


def _edits(body: memoryview, duration: int, *, time_scale: int, movie_scale: int) -> tuple[Edit, ...]:
    """Which part of the track is shown when (8.6.6)."""
    outer = found(body, b"edts")
    listed = found(outer, b"elst") if outer is not None else None
    if listed is None:
        return ()
    version, count = unpacked("B3xI", listed)
    layout = "Qqhh" if version else "Iihh"
    if count > MOST_EDITS:
        raise _is_cut()
    edits = []
    for number in range(count):
        length, start, speed, _part = unpacked(layout, listed, 8 + number * struct.calcsize(f">{layout}"))
        if not -1 <= start <= duration or length > MOST_SECONDS * movie_scale:
            raise Damaged("shows what is not there")
        if speed != 1:
            raise _is_cut()
        edits.append(Edit(length or max(0, duration - start) * movie_scale // time_scale, start))
    scale = Fraction(time_scale, movie_scale)
    shown = sum(min(edit.length * scale, Fraction(duration - edit.start)) for edit in edits if edit.start >= 0)
    if edits and duration - shown > MOST_HIDDEN_SECONDS * time_scale:
        raise _is_cut()
    if edits and not shown:
        raise Damaged("shows nothing")
    return tuple(edits)


def _is_cut() -> UnableToKeep:
    message = _(
        "Parts of this recording were cut away, but they are still in the file, and others could see them. Open it in"
        " a video program and export it as a new MP4 file."
    )
    return UnableToKeep(message, code="cut")
