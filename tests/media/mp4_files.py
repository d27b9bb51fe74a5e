"""MP4 and M4A files as cameras, telephones and programs write them, with something planted in every corner.

They play: the pictures are AV1 that Pillow makes, the sound is silence in AAC. H.264 and HEVC have the form of such
streams, with pictures that no decoder would know.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from itertools import zip_longest

from PIL import Image, ImageDraw

#: Two channels in which every number is zero (ISO/IEC 14496-3, 4.4.2).
SILENCE = bytes.fromhex("20 00 00 00 00 00 0e")
UNTURNED = (1, 0, 0, 1)
#: On its side: to the right becomes down, down becomes to the left.
TURNED = (0, 1, -1, 0)


@dataclass(frozen=True)
class Made:
    """A track as it is put into a file."""

    kind: bytes
    entry: bytes
    samples: tuple[bytes, ...]
    time_scale: int = 1000
    delta: int = 250
    size: tuple[int, int] = (0, 0)
    turn: tuple[int, ...] = UNTURNED
    edits: tuple[tuple[int, int], ...] = ()
    keys: tuple[int, ...] = ()
    shifts: tuple[int, ...] = ()
    flags: int = 3
    long_places: bool = False
    #: Chunks of so many samples.
    chunk: int = 3
    replaced: dict[bytes, bytes] = field(default_factory=dict)

    @property
    def chunks(self) -> list[bytes]:
        return [b"".join(self.samples[at : at + self.chunk]) for at in range(0, len(self.samples), self.chunk)]


def box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def full(kind: bytes, *parts: bytes, version: int = 0, flags: int = 0) -> bytes:
    return box(kind, struct.pack(">I", version << 24 | flags), *parts)


def mp4_video(planted: bytes = b"", *, turn: tuple[int, ...] = UNTURNED) -> bytes:
    """Two seconds of AV1, 160 by 96 pixels, with AAC; what a camera leaves in a file says `planted`."""
    tracks = [replace(av1(planted), turn=turn), aac(planted)]
    return movie(*tracks, *([movements(planted)] if planted else []), planted=planted)


def h264_video(planted: bytes = b"") -> bytes:
    """The form of H.264 with AAC: `planted` stands between the pictures."""
    return movie(h264(planted), aac(planted), planted=planted)


def hevc_video(planted: bytes = b"") -> bytes:
    return movie(hevc(planted), planted=planted)


def m4a_sound(planted: bytes = b"") -> bytes:
    """Two seconds of AAC with a cover."""
    return movie(aac(planted), *([cover(planted)] if planted else []), planted=planted, brand=b"M4A ")


def movie(*tracks: Made, planted: bytes = b"", brand: bytes = b"isom", index_first: bool = False) -> bytes:
    """The whole file: chunks of all tracks in turn, with slack between them, and boxes that nobody shows."""
    head = box(b"ftyp", brand, b"\x00\x00\x02\x00", brand, planted[:4])
    if planted:
        head += box(b"free", planted) + box(b"uuid", bytes(range(16)), b"<x:xmpmeta>", planted, b"</x:xmpmeta>")
    rest = box(b"uuid", bytes(16), planted) + box(b"skip", planted) + archive(planted) if planted else b""
    length = len(_index(tracks, [[0] * len(track.chunks) for track in tracks], planted)) if index_first else 0
    content, places = _content(tracks, planted, start=len(head) + length + 8)
    index = _index(tracks, places, planted)
    media = box(b"mdat", content)
    return head + (index + media if index_first else media + index) + rest


def fragmented(*tracks: Made, planted: bytes = b"") -> bytes:
    """The same written while it was made: an index without samples, then a piece for every chunk."""
    empty = [replace(track, samples=(), keys=(), shifts=()) for track in tracks]
    usual = [full(b"trex", struct.pack(">5I", number, 1, 0, 0, 0)) for number in range(1, len(tracks) + 1)]
    head = box(b"ftyp", b"iso5", b"\x00\x00\x02\x00", b"iso5", planted[:4])
    index = _index(empty, [[] for _track in tracks], planted)[8:]
    content = bytearray(head + box(b"moov", index, box(b"mvex", *usual)))
    for row in range(max(len(track.chunks) for track in tracks)):
        for number, track in enumerate(tracks, 1):
            if samples := track.samples[row * track.chunk : (row + 1) * track.chunk]:
                content += _fragment(track, number, samples, first=row * track.chunk, planted=planted)
    return bytes(content)


def _fragment(track: Made, number: int, samples: Sequence[bytes], *, first: int, planted: bytes) -> bytes:
    flags = [0 if not track.keys or at in track.keys else 0x10000 for at in range(first + 1, first + len(samples) + 1)]
    shifts = track.shifts[first : first + len(samples)] or [0] * len(samples)
    rows = [struct.pack(">IIi", len(sample), *said) for sample, *said in zip(samples, flags, shifts, strict=True)]

    def index(at: int) -> bytes:
        run = full(b"trun", struct.pack(">Ii", len(rows), at), *rows, version=1, flags=0xE01)
        due = full(b"tfdt", struct.pack(">Q", first * track.delta), version=1)
        usual = full(b"tfhd", struct.pack(">II", number, track.delta), flags=0x20008)
        told = box(b"uuid", bytes(16), planted) if planted else b""
        return box(b"moof", full(b"mfhd", bytes(4)), box(b"traf", usual, due, run, told), told)

    return index(len(index(0)) + 8 + len(planted)) + box(b"mdat", planted, *samples, planted)


def archive(planted: bytes) -> bytes:
    """What makes a file a ZIP as well."""
    return b"PK\x03\x04\x14" + bytes(25) + planted + b"PK\x05\x06" + bytes(18)


def _content(tracks: Sequence[Made], planted: bytes, *, start: int) -> tuple[bytes, list[list[int]]]:
    content = bytearray(planted)
    places: list[list[int]] = [[] for _track in tracks]
    for row in zip_longest(*(track.chunks for track in tracks)):
        for track, chunk in enumerate(row):
            if chunk is not None:
                places[track].append(start + len(content))
                content += chunk + planted
    return bytes(content), places


def _index(tracks: Sequence[Made], places: list[list[int]], planted: bytes) -> bytes:
    length = max(len(track.samples) * track.delta * 1000 // track.time_scale for track in tracks)
    times = struct.pack(">IIIH10x", 1000, length, 1 << 16, 256)
    head = full(b"mvhd", _born(planted), times, matrix(UNTURNED), bytes(24), struct.pack(">I", 9))
    traks = [_track(track, number, places[number - 1], planted) for number, track in enumerate(tracks, 1)]
    return box(b"moov", head, *traks, _told(planted))


def _born(planted: bytes) -> bytes:
    """Created and changed, as four bytes each."""
    return (planted + bytes(4))[:4] * 2


def _told(planted: bytes) -> bytes:
    """Where people find place, author and comment: QuickTime's, 3GPP's, Apple's."""
    if not planted:
        return b""
    text = struct.pack(">HH", len(planted), 0x15C7) + planted
    places = box(b"\xa9xyz", text) + full(b"loci", b"\x15\xc7", planted, b"\x00", bytes(13), planted, b"\x00\x00")
    named = box(b"\xa9cmt", box(b"data", b"\x00\x00\x00\x01", bytes(4), planted))
    listed = full(b"hdlr", bytes(4), b"mdirappl", bytes(9)) + box(b"ilst", named, box(b"\xa9ART", named))
    nested = box(b"udta", box(b"udta", box(b"meta", planted)))
    return (
        box(b"udta", places, full(b"meta", listed), nested) + full(b"meta", listed) + box(b"uuid", bytes(16), planted)
    )


def matrix(turn: tuple[int, ...]) -> bytes:
    one = 1 << 16
    return struct.pack(">9i", turn[0] * one, turn[1] * one, 0, turn[2] * one, turn[3] * one, 0, 0, 0, 1 << 30)


def _track(track: Made, number: int, places: list[int], planted: bytes) -> bytes:
    length = len(track.samples) * track.delta
    shown = length * 1000 // track.time_scale
    width, height = track.size
    head = full(
        b"tkhd",
        *(_born(planted), struct.pack(">III8xHHHxx", number, 0, shown, 0, 0, 0), matrix(track.turn)),
        struct.pack(">II", width << 16, height << 16),
        flags=track.flags,
    )
    rows = b"".join(struct.pack(">IiI", *edit, 1 << 16) for edit in track.edits)
    edits = box(b"edts", full(b"elst", struct.pack(">I", len(track.edits)), rows)) if rows else b""
    times = full(b"mdhd", _born(planted), struct.pack(">IIHH", track.time_scale, length, 0x15C7, 0))
    name = full(b"hdlr", b"mhlr", track.kind, planted[:4].ljust(12, b"\x00"), b"Handler ", planted, b"\x00")
    where = box(b"dinf", full(b"dref", struct.pack(">I", 1), full(b"url ", planted, flags=1)))
    look = full(b"vmhd", (planted + bytes(8))[:8], flags=1) if track.kind == b"vide" else full(b"smhd", bytes(4))
    media = box(b"mdia", times, name, box(b"minf", look, where, _tables(track, places, planted)))
    return box(b"trak", head, edits, box(b"tref", box(b"cdsc", planted)) if planted else b"", media, _told(planted))


def _tables(track: Made, places: list[int], planted: bytes) -> bytes:
    count = len(track.samples)
    sizes = b"".join(len(sample).to_bytes(4, "big") for sample in track.samples)
    rest = count % track.chunk
    rows = [(1, track.chunk, 1)] if count >= track.chunk else []
    rows += [(count // track.chunk + 1, rest, 1)] if rest else []
    place, layout = (b"co64", ">Q") if track.long_places else (b"stco", ">I")
    found = {
        b"stsd": full(b"stsd", struct.pack(">I", 1), track.entry),
        b"stts": full(b"stts", struct.pack(">III", 1, count, track.delta)),
        b"stsc": full(b"stsc", struct.pack(">I", len(rows)), *(struct.pack(">III", *row) for row in rows)),
        b"stsz": full(b"stsz", bytes(4), struct.pack(">I", count), sizes),
        b"stco": full(place, struct.pack(">I", len(places)), *(struct.pack(layout, at) for at in places)),
    }
    if track.keys:
        found[b"stss"] = full(b"stss", struct.pack(f">{1 + len(track.keys)}I", len(track.keys), *track.keys))
    if track.shifts:
        shifts = [struct.pack(">Ii", 1, shift) for shift in track.shifts]
        found[b"ctts"] = full(b"ctts", struct.pack(">I", len(track.shifts)), *shifts, version=1)
    if planted:
        found[b"sgpd"] = full(b"sgpd", b"roll", planted)
        found[b"sdtp"] = full(b"sdtp", planted)
        found[b"uuid"] = box(b"uuid", bytes(16), planted)
    return box(b"stbl", *(found | track.replaced).values())


def visual_entry(codec: bytes, setting: bytes, planted: bytes, *, size: tuple[int, int]) -> bytes:
    maker, program = planted[:4].ljust(4, b"\x00"), planted[:31].rjust(31)
    head = struct.pack(">6xHHH4s8xHHIIIH", 1, 0, 0, maker, *size, 72 << 16, 72 << 16, 0, 1)
    head += bytes([len(planted[:31])]) + program + struct.pack(">Hh", 24, -1)
    extra = box(b"pasp", struct.pack(">II", 1, 1)) + box(b"colr", b"nclx", struct.pack(">HHHB", 1, 1, 1, 0))
    if planted:
        extra += box(b"colr", b"prof", bytes(120), planted) + box(b"clap", planted) + box(b"btrt", planted)
    return box(codec, head, setting, extra)


def av1(planted: bytes = b"") -> Made:
    """Eight pictures out of a moving AVIF; each says `planted` in metadata that no player shows."""
    frames, avif = [], BytesIO()
    for number in range(8):
        frame = Image.new("RGB", (160, 96), (20 * number, 80, 160))
        ImageDraw.Draw(frame).rectangle((number * 12, 20, number * 12 + 30, 60), fill=(240, 200, 40))
        frames.append(frame)
    frames[0].save(avif, "AVIF", save_all=True, append_images=frames[1:], duration=250, quality=50, speed=8)
    content = avif.getvalue()
    index = content[content.index(b"moov") :]
    count = int.from_bytes(index[index.index(b"stsz") + 12 :][:4], "big")
    sizes = struct.unpack_from(f">{count}I", index, index.index(b"stsz") + 16)
    (at,) = struct.unpack_from(">I", index, index.index(b"stco") + 12)
    start = index.index(b"av1C") - 4
    setting = index[start : start + int.from_bytes(index[start : start + 4], "big")]
    samples = []
    for size in sizes:
        samples.append(content[at : at + size] + av1_metadata(planted))
        at += size
    if planted:
        setting = box(b"av1C", setting[8:], av1_metadata(planted))
    entry = visual_entry(b"av01", setting, planted, size=(160, 96))
    return Made(b"vide", entry, tuple(samples), size=(160, 96), keys=(1,))


def av1_metadata(planted: bytes) -> bytes:
    """A unit of metadata with a text "according to ITU-T T.35", and one of padding."""
    if not planted:
        return b""
    text = b"\x04\xb5" + planted + b"\x80"
    return bytes([5 << 3 | 2, len(text)]) + text + bytes([15 << 3 | 2, len(text)]) + text


def aac(planted: bytes = b"") -> Made:
    """Two seconds of silence; each sample begins with its number, in an element that is not played."""
    samples = tuple(b"\x80\x02" + number.to_bytes(2, "big") + SILENCE for number in range(87))
    return Made(b"soun", aac_entry(planted), samples, time_scale=44100, delta=1024, chunk=11)


def aac_entry(planted: bytes = b"", *, stream: int = 0x40, setting: bytes = b"\x12\x10") -> bytes:
    words = planted[:11].ljust(11, b"\x00")
    decoder = bytes([stream, 0x15]) + words + bytes([5, len(setting)]) + setting
    told = b"\x00\x01\x00" + bytes([4, len(decoder)]) + decoder + b"\x06\x01\x02"
    setting_box = full(b"esds", b"\x03\x80\x80", bytes([len(told)]), told, planted)
    head = struct.pack(">6xHHH4sHHHHHH", 1, 0, 0, planted[:4].ljust(4, b"\x00"), 2, 16, 0, 0, 44100, 0)
    return box(b"mp4a", head, setting_box, box(b"uuid", bytes(16), planted) if planted else b"")


def sei(*messages: tuple[int, bytes]) -> bytes:
    """Messages as H.264 and HEVC put them between pictures (ITU-T H.264, 7.3.2.3.1)."""
    return (
        b"".join(
            b"\xff" * (kind // 255)
            + bytes([kind % 255])
            + b"\xff" * (len(body) // 255)
            + bytes([len(body) % 255])
            + body
            for kind, body in messages
        )
        + b"\x80"
    )


def unit(head: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(head) + len(body)) + head + body


def h264(planted: bytes = b"") -> Made:
    """Access units: timing and texts in SEI, a slice, filler, and units of a kind that the standard does not use."""
    timing = (1, b"\x12\x34")
    asides = [
        sei((5, bytes(range(1, 17)) + planted), timing),
        sei(timing, (4, b"\xb5\x00\x31" + planted), (200, planted)),
        sei((5, planted * 40)),
        sei((5, b"\x00\x00\x03\x00" + planted)),
        sei((5, planted))[:-2],
    ]
    settings = [unit(b"\x67", b"\x42\x00\x1e\x95"), unit(b"\x68", b"\xce\x38\x80")]
    samples = []
    for number in range(12):
        slice_ = unit(b"\x65" if number % 4 == 0 else b"\x41", b"\x88" + bytes([number + 1]) * (20 + number))
        before = b"".join(unit(b"\x06", aside) for aside in asides) if planted else unit(b"\x06", sei(timing))
        unknown = unit(b"\x1f", planted) if planted else b""
        behind = unit(b"\x0c", planted) + unit(b"\x18", planted) + unit(b"\x09", planted) if planted else b""
        samples.append(unit(b"\x09", b"\xf0") + unknown + b"".join(settings) + before + slice_ + behind)
    sets = b"\xe1" + settings[0][2:] + b"\x01" + settings[1][2:]
    entry = visual_entry(b"avc1", box(b"avcC", b"\x01\x42\x00\x1e\xff", sets, planted), planted, size=(64, 48))
    keys, shifts = (1, 5, 9), tuple((0, 500, -250, 0)[number % 4] for number in range(12))
    return Made(b"vide", entry, tuple(samples), size=(64, 48), keys=keys, shifts=shifts, long_places=True)


def hevc(planted: bytes = b"") -> Made:
    sets = [(32, b"\x40\x01\x0c"), (33, b"\x42\x01\x01"), (34, b"\x44\x01\xc1")]
    if planted:
        sets.append((39, b"\x4e\x01" + sei((5, planted * 200))))
    arrays = b"".join(bytes([0x80 | kind]) + struct.pack(">HH", 1, len(body)) + body for kind, body in sets)
    setting = box(b"hvcC", b"\x01" + bytes(20) + b"\x03", bytes([len(sets)]), arrays, planted)
    text = [unit(b"\x4e\x01", sei((4, planted), (137, bytes(range(1, 25)))))] if planted else []
    late = [unit(b"\x50\x01", sei((5, planted))), unit(b"\x7c\x01", planted)] if planted else []
    samples = [b"".join([*text, unit(b"\x26\x01", bytes([number + 1] * 30)), *late]) for number in range(6)]
    return Made(b"vide", visual_entry(b"hvc1", setting, planted, size=(64, 48)), tuple(samples), size=(64, 48))


def movements(planted: bytes) -> Made:
    """What some cameras write beside the pictures: where they were, how fast, at which height."""
    entry = box(b"gpmd", struct.pack(">6xHI", 1, 0), planted)
    return Made(b"meta", entry, tuple(b"GPS5" + planted + bytes([number]) for number in range(8)))


def cover(planted: bytes) -> Made:
    """The cover of an album, as a track of pictures."""
    picture = b"\xff\xd8\xff\xe0" + planted + b"\xff\xd9"
    return Made(b"vide", visual_entry(b"jpeg", b"", planted, size=(64, 64)), (picture,), delta=2000, size=(64, 64))


def boxes_in(content: bytes, *path: bytes) -> list[bytes]:
    """What is in all boxes at this path."""
    found, at = [], 0
    while path and at < len(content):
        length, kind = struct.unpack_from(">I4s", content, at)
        if kind == path[0]:
            body = content[at + 8 : at + length]
            found += boxes_in(body, *path[1:]) if path[1:] else [body]
        at += length
    return found


def samples_in(content: bytes) -> dict[bytes, list[bytes]]:
    """The samples of each track as a player finds them, by the kind of track."""
    found = {}
    for track in boxes_in(content, b"moov", b"trak"):
        (table,) = boxes_in(track, b"mdia", b"minf", b"stbl")
        places, sizes, rows = (_numbers(boxes_in(table, kind)[0]) for kind in (b"stco", b"stsz", b"stsc"))
        samples, sizes_left = [], list(sizes[2:])
        for number, at in enumerate(places[1:], 1):
            row = max(row for row in range(1, len(rows), 3) if rows[row] <= number)
            for _sample in range(rows[row + 1]):
                size = sizes_left.pop(0)
                samples.append(content[at : at + size])
                at += size
        assert not sizes_left
        found[boxes_in(track, b"mdia", b"hdlr")[0][8:12]] = samples
    return found


def _numbers(body: bytes) -> tuple[int, ...]:
    return struct.unpack(f">{len(body) // 4 - 1}I", body[4:])
