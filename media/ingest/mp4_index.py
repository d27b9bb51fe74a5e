"""How is the index of an MP4 written (`moov`; ISO/IEC 14496-12, 8.2 to 8.8)? From numbers, without dates or names."""

import struct
from array import array

from media.ingest.mp4_boxes import box, full_box
from media.ingest.mp4_tables import written
from media.ingest.mp4_tracks import PICTURES, UNTURNED, Movie, Track

#: Fixed-point numbers: one, and the one of the last column of a matrix.
ONE, LAST_ONE = 1 << 16, 1 << 30
#: A track is switched on, and part of the movie.
ON, SELF_CONTAINED = 3, 1


def index_of(movie: Movie, *, places: list["array[int]"]) -> bytes:
    """The index with the chunks of each track at its `places`."""
    tracks = [
        _track(track, number, movie=movie, places=chunks)
        for number, (track, chunks) in enumerate(zip(movie.tracks, places, strict=True), 1)
    ]
    rate_and_volume = struct.pack(">IH10x", ONE, 0x100)
    tail = struct.pack(">24xI", len(tracks) + 1)
    times = _times(struct.pack(">I", movie.time_scale), movie.length)
    head = _timed(b"mvhd", movie.length, times, rate_and_volume, _matrix(UNTURNED, 0, 0), tail)
    return box(b"moov", head, *tracks)


def _times(scale: bytes, length: int) -> bytes:
    """Created and changed never; `scale` (or what stands in its place), and the length."""
    wide = _is_long(length)
    return bytes(16 if wide else 8) + scale + length.to_bytes(8 if wide else 4, "big")


def _timed(kind: bytes, length: int, *parts: bytes, flags: int = 0) -> bytes:
    return full_box(kind, *parts, version=int(_is_long(length)), flags=flags)


def _is_long(length: int) -> bool:
    return length >= 1 << 32


def _track(track: Track, number: int, *, movie: Movie, places: "array[int]") -> bytes:
    length = track.length(time_scale=movie.time_scale)
    is_picture = track.kind == PICTURES
    size = (track.width, track.height) if is_picture else (0, 0)
    head = _timed(
        b"tkhd",
        length,
        _times(struct.pack(">I4x", number), length),
        struct.pack(">8xHHHxx", 0, 0, 0 if is_picture else 0x100),
        _matrix(track.turn, *size),
        struct.pack(">II", size[0] * ONE, size[1] * ONE),
        flags=ON,
    )
    return box(b"trak", head, _edits(track), _media(track, places=places))


def _matrix(turn: tuple[int, ...], width: int, height: int) -> bytes:
    """The turn, and a move that brings the turned picture back to where it began."""
    right, down, right_of_down, down_of_down = turn
    across = -min(0, right * width) - min(0, right_of_down * height)
    below = -min(0, down * width) - min(0, down_of_down * height)
    rows = (right * ONE, down * ONE, 0, right_of_down * ONE, down_of_down * ONE, 0, across * ONE, below * ONE, LAST_ONE)
    return struct.pack(">9i", *rows)


def _edits(track: Track) -> bytes:
    if not track.edits:
        return b""
    wide = any(_is_long(edit.length) or _is_long(edit.start * 2) for edit in track.edits)
    layout = ">QqI" if wide else ">IiI"
    rows = b"".join(struct.pack(layout, edit.length, edit.start, ONE) for edit in track.edits)
    return box(b"edts", full_box(b"elst", struct.pack(">I", len(track.edits)), rows, version=int(wide)))


def _media(track: Track, *, places: "array[int]") -> bytes:
    length = track.samples.duration
    language = struct.pack(">Hxx", track.language)
    head = _timed(b"mdhd", length, _times(struct.pack(">I", track.time_scale), length), language)
    name = full_box(b"hdlr", bytes(4), track.kind, bytes(12), b"\x00")
    look = full_box(b"vmhd", bytes(8), flags=1) if track.kind == PICTURES else full_box(b"smhd", bytes(4))
    here = full_box(b"url ", flags=SELF_CONTAINED)
    where = box(b"dinf", full_box(b"dref", struct.pack(">I", 1), here))
    entries = [description.content for description in track.descriptions]
    descriptions = full_box(b"stsd", struct.pack(">I", len(entries)), *entries)
    table = box(b"stbl", descriptions, written(track.samples, places=places))
    return box(b"mdia", head, name, box(b"minf", look, where, table))
