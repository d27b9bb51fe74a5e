"""How do drawings become a film without a film maker's tools? A lossy WebP picture is one key frame of VP8, and a WebM
is little more than such frames, one after the other, each with its time.

Sources: RFC 6386 (VP8), RFC 9649 (WebP), RFC 9559 (Matroska).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from media.ingest.ebml import element, real, whole

WIDE, SMALL = (854, 480), (426, 240)
#: Seconds that every drawing is seen, in how many frames, and how far across it the eye travels meanwhile.
SECONDS_EACH, FRAMES_EACH, PAN = 5, 8, 0.12
MILLISECONDS = 1000 * SECONDS_EACH // FRAMES_EACH
PROGRAM = b"media.drawings"


@dataclass(frozen=True)
class Frame:
    at: int  # milliseconds
    content: bytes


def slide_film(drawings: Sequence[Image.Image], *, size: tuple[int, int], quality: int) -> bytes:
    """A silent film in which every drawing is seen for five seconds, with a slow pan."""
    frames = [
        Frame(MILLISECONDS * number, key_frame(picture, quality=quality))
        for number, picture in enumerate(panned(drawings, size=size))
    ]
    return webm(frames, size=size, milliseconds=1000 * SECONDS_EACH * len(drawings))


def panned(drawings: Iterable[Image.Image], *, size: tuple[int, int]) -> Iterator[Image.Image]:
    """Every other drawing is crossed from the right, so that the eye goes to and fro."""
    for number, drawing in enumerate(drawings):
        steps = range(FRAMES_EACH) if number % 2 == 0 else reversed(range(FRAMES_EACH))
        for step in steps:
            yield seen(drawing.convert("RGB"), size=size, progress=step / (FRAMES_EACH - 1))


def seen(drawing: Image.Image, *, size: tuple[int, int], progress: float) -> Image.Image:
    """The part of a drawing that the film shows when so much of the way is gone, from 0 to 1."""
    across = drawing.width * (1 - PAN)
    down = min(drawing.height, across * size[1] / size[0])
    left, top = progress * (drawing.width - across), (drawing.height - down) * (0.35 + 0.3 * progress)
    return drawing.resize(size, Image.Resampling.BICUBIC, box=(left, top, left + across, top + down), reducing_gap=2)


def key_frame(picture: Image.Image, *, quality: int) -> bytes:
    """The bitstream inside the WebP: behind RIFF, length, WEBP, "VP8 " and its own length."""
    out = BytesIO()
    picture.save(out, "WEBP", quality=quality, method=3)
    webp = out.getvalue()
    if webp[12:16] != b"VP8 ":
        raise ValueError("This is not a simple lossy WebP.")
    return webp[20 : 20 + int.from_bytes(webp[16:20], "little")]


def webm(frames: Sequence[Frame], *, size: tuple[int, int], milliseconds: int) -> bytes:
    """One video track. The index of where which second begins stands before the pictures, so that one can jump."""
    info, tracks = _info(milliseconds), _tracks(size)
    clusters = [_cluster(frame) for frame in frames]
    # The index tells places that depend on its own length: its numbers have a fixed width.
    first = len(info) + len(tracks) + len(_index(frames, [0] * len(frames)))
    places = [first + sum(map(len, clusters[:number])) for number in range(len(clusters))]
    segment = b"".join([info, tracks, _index(frames, places), *clusters])
    return _head() + element(0x18538067, segment)


def _head() -> bytes:
    version = [whole(0x4286, 1), whole(0x42F7, 1), whole(0x42F2, 4), whole(0x42F3, 8)]
    return element(0x1A45DFA3, b"".join([*version, element(0x4282, b"webm"), whole(0x4287, 2), whole(0x4285, 2)]))


def _info(milliseconds: int) -> bytes:
    names = element(0x4D80, PROGRAM) + element(0x5741, PROGRAM)
    return element(0x1549A966, whole(0x2AD7B1, 1_000_000) + real(0x4489, float(milliseconds)) + names)


def _tracks(size: tuple[int, int]) -> bytes:
    picture = element(0xE0, whole(0xB0, size[0]) + whole(0xBA, size[1]))
    duration = whole(0x23E383, 1_000_000 * MILLISECONDS)
    facts = [whole(0xD7, 1), whole(0x73C5, 1), whole(0x9C, 0), whole(0x83, 1), element(0x86, b"V_VP8"), duration]
    return element(0x1654AE6B, element(0xAE, b"".join([*facts, picture])))


def _cluster(frame: Frame) -> bytes:
    """One picture: track 1, at the cluster's own time, a key frame."""
    return element(0x1F43B675, whole(0xE7, frame.at) + element(0xA3, b"\x81\x00\x00\x80" + frame.content))


def _index(frames: Iterable[Frame], places: Iterable[int]) -> bytes:
    points = (
        element(0xBB, whole(0xB3, frame.at) + element(0xB7, whole(0xF7, 1) + element(0xF1, place.to_bytes(4, "big"))))
        for frame, place in zip(frames, places, strict=True)
    )
    return element(0x1C53BB6B, b"".join(points))
