"""Which tracks of a WebM are kept, and what may each of them say about itself?

The first video and the first sound: how they are packed, how large and how fast. No names, no attachments, no texts.
RFC 9559, 5.1.4; the codecs as in "Matroska Media Container Codec Specifications" and the WebM container guidelines.
"""

import math
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from media.ingest import ebml
from media.ingest.ebml import Element
from media.ingest.kept import Damaged, UnableToKeep
from media.ingest.ogg_headers import VORBIS_COMMENTS, checked_setup, opus_head, vorbis_head
from media.ingest.reading import Reading

TRACK, NUMBER, UID, TYPE, CODEC, PRIVATE = 0xAE, 0xD7, 0x73C5, 0x83, 0x86, 0x63A2
VIDEO, COLOUR, AUDIO, ENCODINGS, LANGUAGE = 0xE0, 0x55B0, 0xE1, 0x6D80, 0x22B59C
WIDTH, HEIGHT, SHOWN_WIDTH, SHOWN_HEIGHT, SHOWN_UNIT = 0xB0, 0xBA, 0x54B0, 0x54BA, 0x54B2
DEFAULT_DURATION, SAMPLING, CHANNELS = 0x23E383, 0xB5, 0x9F
IS_VIDEO, IS_SOUND = 1, 2
CODECS = {IS_VIDEO: (b"V_VP8", b"V_VP9", b"V_AV1"), IS_SOUND: (b"A_OPUS", b"A_VORBIS")}
#: A Vorbis track begins with tables of a few kilobytes, after comments of any length.
MOST_PRIVATE_BYTES = 2 * 1024 * 1024
MOST_TRACKS = 64
TEN_SECONDS = 10_000_000_000
#: Whole numbers that are kept, and how large each may be: lacing, times in nanoseconds.
OF_TRACK = {0x9C: 1, DEFAULT_DURATION: TEN_SECONDS, 0x56AA: TEN_SECONDS, 0x56BB: TEN_SECONDS}
#: Sizes, what is cut off at the edges, interlacing, two eyes.
OF_VIDEO = {
    WIDTH: 16_384, HEIGHT: 16_384, SHOWN_WIDTH: 65_535, SHOWN_HEIGHT: 65_535, SHOWN_UNIT: 4, 0x54AA: 16_384,
    0x54BB: 16_384, 0x54CC: 16_384, 0x54DD: 16_384, 0x9A: 2, 0x9D: 14, 0x53B8: 14,
}  # fmt: skip
#: Matrix, depth, subsampling, siting, range, transfer and primaries of the colours (ISO/IEC 23091-2).
OF_COLOUR = dict.fromkeys(range(0x55B1, 0x55BC), 255)
OF_AUDIO = {CHANNELS: 8, 0x6264: 64}
RATES = (SAMPLING, 0x78B5)
MOST_RATE = 384_000.0


@dataclass(frozen=True)
class Track:
    """One track; `settings` and `private` are written anew. `step` is how long each frame is shown, in nanoseconds."""

    number: int
    type: int
    codec: bytes
    private: bytes
    settings: bytes
    step: int = 0
    width: int = 0
    height: int = 0

    def written(self, number: int) -> bytes:
        known = (
            ebml.whole(NUMBER, number)
            + ebml.whole(UID, number)
            + ebml.whole(TYPE, self.type)
            + ebml.element(LANGUAGE, b"und")
            + ebml.element(CODEC, self.codec)
        )
        private = ebml.element(PRIVATE, self.private) if self.private else b""
        return ebml.element(TRACK, known + private + self.settings)


class Chosen(NamedTuple):
    video: Track | None
    sound: Track | None

    def kept(self) -> list[Track]:
        return [track for track in self if track is not None]


def chosen_tracks(reading: Reading, tracks: Element, *, sound_only: bool) -> Chosen:
    """The first video and the first sound. Raises UnableToKeep where they are of kinds that we cannot keep."""
    entries = [element for element in ebml.elements_in(reading, tracks) if element.name == TRACK]
    if len(entries) > MOST_TRACKS:
        raise Damaged("too many tracks")
    found = {type_: _first(reading, entries, type_) for type_ in (IS_VIDEO, IS_SOUND)}
    chosen = Chosen(None if sound_only else found[IS_VIDEO], found[IS_SOUND])
    if sound_only and chosen.sound is None:
        raise UnableToKeep(_("This video has no sound."), code="no_sound")
    if not chosen.kept() or len({track.number for track in chosen.kept()}) < len(chosen.kept()):
        raise Damaged("no tracks, or two of one number")
    return chosen


def _first(reading: Reading, entries: list[Element], type_: int) -> Track | None:
    for entry in entries:
        inside = {element.name: element for element in ebml.elements_in(reading, entry)}
        if _whole(reading, inside.get(TYPE)) == type_:
            return _track(reading, inside, type_)
    return None


def _track(reading: Reading, inside: dict[int, Element], type_: int) -> Track:
    codec = _content(reading, inside.get(CODEC), at_most=64).rstrip(b"\x00")
    if ENCODINGS in inside:
        message = _("This WebM file is locked or packed twice. Export it again as WebM or MP4, without protection.")
        raise UnableToKeep(message, code="encrypted")
    if codec not in CODECS[type_]:
        message = _("This WebM file is packed in a way that not every browser plays. Export it as MP4.")
        raise UnableToKeep(message, code="other_recording")
    private = _private(codec, _content(reading, inside.get(PRIVATE), at_most=MOST_PRIVATE_BYTES))
    numbers = _numbers(reading, inside, OF_TRACK)
    settings, width, height = (_video if type_ == IS_VIDEO else _sound)(reading, inside)
    number, step = _whole(reading, inside.get(NUMBER)), numbers.get(DEFAULT_DURATION, 0)
    return Track(number, type_, codec, private, _written(numbers) + settings, step, width, height)


def _video(reading: Reading, inside: dict[int, Element]) -> tuple[bytes, int, int]:
    """The settings of a video, written anew, and the size in which it is shown."""
    parts = _parts(reading, inside.get(VIDEO))
    numbers = _numbers(reading, parts, OF_VIDEO)
    width, height = numbers.get(WIDTH, 0), numbers.get(HEIGHT, 0)
    if not width or not height:
        raise Damaged("a video without a size")
    colours = _written(_numbers(reading, _parts(reading, parts.get(COLOUR)), OF_COLOUR))
    settings = _written(numbers) + (ebml.element(COLOUR, colours) if colours else b"")
    if not numbers.get(SHOWN_UNIT):
        width, height = numbers.get(SHOWN_WIDTH) or width, numbers.get(SHOWN_HEIGHT) or height
    return ebml.element(VIDEO, settings), width, height


def _sound(reading: Reading, inside: dict[int, Element]) -> tuple[bytes, int, int]:
    parts = _parts(reading, inside.get(AUDIO))
    settings = _written(_numbers(reading, parts, OF_AUDIO))
    for name in RATES:
        if name in parts:
            rate = ebml.real_number(_content(reading, parts[name], at_most=8))
            if not math.isfinite(rate) or not 1000 <= rate <= MOST_RATE:
                raise Damaged("an impossible rate")
            settings += ebml.real(name, float(round(rate)))
    return ebml.element(AUDIO, settings), 0, 0


def _parts(reading: Reading, outer: Element | None) -> dict[int, Element]:
    return {element.name: element for element in ebml.elements_in(reading, outer)} if outer else {}


def _content(reading: Reading, element: Element | None, *, at_most: int) -> bytes:
    return ebml.content_of(reading, element, at_most=at_most) if element else b""


def _whole(reading: Reading, element: Element | None) -> int:
    return ebml.whole_number(_content(reading, element, at_most=8))


def _numbers(reading: Reading, inside: dict[int, Element], limits: dict[int, int]) -> dict[int, int]:
    found = {name: _whole(reading, inside[name]) for name in limits if name in inside}
    if any(number > limits[name] for name, number in found.items()):
        raise Damaged("an impossible number")
    return found


def _written(numbers: dict[int, int]) -> bytes:
    return b"".join(ebml.whole(name, number) for name, number in numbers.items())


def _private(codec: bytes, content: bytes) -> bytes:
    """What a decoder must know beforehand, written anew."""
    if codec == b"A_OPUS":
        return opus_head(content).packet
    if codec == b"A_VORBIS":
        return _vorbis_headers(content)
    if codec == b"V_VP9":
        return _features(content)
    return content[:4] if codec == b"V_AV1" and content[:1] == b"\x81" and len(content) >= 4 else b""


def _vorbis_headers(content: bytes) -> bytes:
    """Three packets, with the lengths of the first two before them (Xiph's lacing)."""
    lengths, at = [], 1
    for _packet in range(2):
        length = 0
        while content[at : at + 1] == b"\xff":
            length, at = length + 255, at + 1
        lengths.append(length + int.from_bytes(content[at : at + 1], "big"))
        at += 1
    first, second = at + lengths[0], at + sum(lengths)
    if content[:1] != b"\x02" or second >= len(content):
        raise Damaged("no headers of Vorbis")
    head, setup = vorbis_head(content[at:first]).packet, checked_setup(content[second:])
    return bytes([2, len(head), len(VORBIS_COMMENTS)]) + head + VORBIS_COMMENTS + setup


def _features(content: bytes) -> bytes:
    """VP9: profile, level, depth and subsampling, each with its name and its length of one byte."""
    triples = [content[at : at + 3] for at in range(0, min(len(content), 12), 3)]
    return b"".join(triple for triple in triples if len(triple) == 3 and triple[0] in range(1, 5) and triple[1] == 1)
