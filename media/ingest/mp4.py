"""What is left of an MP4 video or an M4A sound recording? One track of pictures, one of sound, and nothing else.

The file is written anew: a list of boxes that we make ourselves from numbers, the index first, so that playing can
begin before all is loaded, and behind it the samples of the two tracks in the order in which they were. What a camera
or a program wrote elsewhere (places, dates, names, previews, other tracks, bytes that no track uses) is never copied.
"""

import heapq
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import BinaryIO

from media.ingest.kept import Damaged
from media.ingest.mp4_boxes import box, outline
from media.ingest.mp4_index import index_of
from media.ingest.mp4_tracks import PICTURES, SOUND, Movie, Track, movie_in
from media.ingest.recorded import Recorded, RecordingFormat

PIECE = 256 * 1024
SOUND_BRANDS = frozenset({b"M4A ", b"M4B "})
#: Pictures (HEIC, AVIF, JPEG 2000, raw) are made of the same boxes.
STILL_BRANDS = frozenset(
    {
        b"mif1", b"mif2", b"msf1", b"miaf", b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"avif", b"avis",
        b"crx ", b"jp2 ", b"jpm ", b"jpx ", b"jxl ", b"j2ki",
    }
)  # fmt: skip
VIDEO_TYPE = box(b"ftyp", b"isom", (512).to_bytes(4, "big"), b"isom", b"iso6", b"mp42")
SOUND_TYPE = box(b"ftyp", b"M4A ", (512).to_bytes(4, "big"), b"M4A ", b"isom", b"iso6", b"mp42")
#: One chunk: where it is in the source, the number of its track, its own number.
Place = tuple[int, int, int]


def is_one(head: bytes) -> bool:
    """Is this MP4, M4A or QuickTime?"""
    return head[4:8] == b"ftyp" and len(head) >= 12 and head[8:12] not in STILL_BRANDS


def stripped(source: BinaryIO, into: BinaryIO, *, sound_only: bool = False) -> Recorded:
    """Write to `into` only what is seen and heard. Raises Damaged, and UnableToKeep where advice helps."""
    outlined = outline(source)
    movie = movie_in(outlined, kinds=(SOUND,) if sound_only else (PICTURES, SOUND))
    check_lies_within(movie, outlined.media)
    has_pictures = movie.tracks[0].kind == PICTURES
    write_head(movie, into, file_type=VIDEO_TYPE if has_pictures else SOUND_TYPE)
    for _at, track, chunk in in_file_order(movie):
        copy_chunk(source, into, movie.tracks[track], chunk)
    width, height = movie.tracks[0].size_as_shown if has_pictures else (0, 0)
    return Recorded(
        kind="video" if has_pictures else "audio",
        extension=".mp4" if has_pictures else ".m4a",
        content_type="video/mp4" if has_pictures else "audio/mp4",
        seconds=round(movie.seconds, 3),
        width=width,
        height=height,
        has_sound=movie.tracks[-1].kind == SOUND,
    )


def check_lies_within(movie: Movie, media: tuple[tuple[int, int], ...]) -> None:
    """Every chunk is in one of the file's boxes for media, and together they are not more than those hold."""
    starts, total = [start for start, _end in media], 0
    for at, track, chunk in in_file_order(movie):
        length = movie.tracks[track].samples.bytes_of(chunk)
        room = bisect_right(starts, at) - 1
        if room < 0 or at + length > media[room][1]:
            raise Damaged("a chunk outside")
        total += length
    if total > sum(end - start for start, end in media):
        raise Damaged("chunks lie over one another")


def in_file_order(movie: Movie) -> Iterator[Place]:
    return heapq.merge(*(_chunks(track, number) for number, track in enumerate(movie.tracks)))


def _chunks(track: Track, number: int) -> Iterator[Place]:
    at = track.samples.chunks.at
    # A list of a million numbers takes a tenth of the memory that there is, so only who needs it gets one.
    in_order = all(earlier <= later for earlier, later in pairwise(at))
    for chunk in range(len(at)) if in_order else sorted(range(len(at)), key=at.__getitem__):
        yield at[chunk], number, chunk


def write_head(movie: Movie, into: BinaryIO, *, file_type: bytes) -> None:
    """The type, the index, and the head of the box in which the samples follow."""
    places = [array("I", bytes(4 * len(track.samples.chunks))) for track in movie.tracks]
    # How long the index is does not hang on the places that are written in it.
    start = len(file_type) + len(index_of(movie, places=places)) + 8
    at = start
    for _at, track, chunk in in_file_order(movie):
        places[track][chunk] = at
        at += movie.tracks[track].samples.bytes_of(chunk)
    into.write(file_type)
    into.write(index_of(movie, places=places))
    into.write((8 + at - start).to_bytes(4, "big") + b"mdat")


def copy_chunk(source: BinaryIO, into: BinaryIO, track: Track, chunk: int) -> None:
    chunks = track.samples.chunks
    cleaned = track.descriptions[chunks.description[chunk]].cleaned
    source.seek(chunks.at[chunk])
    if cleaned is None:
        for length in _pieces(track.samples.bytes_of(chunk)):
            into.write(_exactly(source, length))
        return
    for sample in range(chunks.first[chunk], chunks.first[chunk + 1]):
        content = bytearray(_exactly(source, track.samples.sizes[sample]))
        cleaned(content)
        into.write(content)


def _pieces(length: int) -> Iterator[int]:
    for at in range(0, length, PIECE):
        yield min(PIECE, length - at)


def _exactly(source: BinaryIO, length: int) -> bytes:
    content = source.read(length)
    if len(content) < length:
        raise Damaged("breaks off")
    return content


def _is_sound(head: bytes) -> bool:
    return is_one(head) and head[8:12] in SOUND_BRANDS


def _is_video(head: bytes) -> bool:
    return is_one(head) and head[8:12] not in SOUND_BRANDS


#: Telephones call sound M4A whatever its brand says, so that name is right for both.
FORMATS = (
    RecordingFormat("M4A", (".m4a", ".m4b"), _is_sound, stripped),
    RecordingFormat("MP4", (".mp4", ".m4v", ".mov", ".m4a"), _is_video, stripped),
)
