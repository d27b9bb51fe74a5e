"""What are AVIF and HEIC made of? Items in boxes; those that the main picture is made of stay (ISO/IEC 23008-12).

The file is written anew: the main item, the tiles that it is put together from, its transparency, and the properties
that say how to read them. Exif, XMP, thumbnails, depth maps, second pictures and films go, and so do messages that are
hidden in the compressed picture itself.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from media.ingest.kept import Damaged
from media.ingest.stripped import Stripped, colour_profile

AVIF_BRANDS = frozenset({b"avif", b"avis"})
HEIC_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"})
CODED, PUT_TOGETHER = {b"av01", b"hvc1"}, {b"grid", b"iovl", b"iden"}
#: What a reader must know: sizes, bits, codec, colours, turns, crop, pixel shape, what belongs to what, layers, light.
PROPERTIES = frozenset(
    {
        b"ispe", b"pixi", b"hvcC", b"av1C", b"colr", b"irot", b"imir", b"clap", b"pasp", b"auxC", b"a1op", b"a1lx",
        b"lsel", b"clli", b"mdcv", b"cclv",
    }
)  # fmt: skip
ALPHA = (b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\x00", b"urn:mpeg:hevc:2015:auxid:1\x00")
MADE_FROM, BELONGS_TO, IS_PREMULTIPLIED = b"dimg", b"auxl", b"prem"
#: A grid has at most 256 by 256 tiles; the largest phones make 192.
MOST_ITEMS = 4096
#: Open bitstream units of AV1 that hold pixels: sequence, delimiter, frame headers, tiles, frames (AV1, 6.2.2).
AV1_PIXELS = frozenset({1, 2, 3, 4, 6, 7, 8})
#: Units of HEVC that hold pixels or say how to read them: slices and the three parameter sets (H.265, table 7-1).
HEVC_PIXELS = frozenset({*range(32), 32, 33, 34})


@dataclass
class Item:
    kind: bytes = b""
    extents: list[tuple[int, int]] = field(default_factory=list)
    is_in_meta: bool = False
    #: Numbers of properties, from 1, and whether a reader must understand each.
    properties: list[tuple[int, bool]] = field(default_factory=list)


@dataclass
class Meta:
    """All that the file says about its items."""

    main: int = 0
    items: dict[int, Item] = field(default_factory=dict)
    properties: list[tuple[bytes, bytes]] = field(default_factory=list)
    references: list[tuple[bytes, int, list[int]]] = field(default_factory=list)
    inside: bytes = b""

    def item(self, number: int) -> Item:
        return self.items.setdefault(number, Item())


def is_avif(content: bytes) -> bool:
    return bool(brands(content) & AVIF_BRANDS)


def is_heic(content: bytes) -> bool:
    return bool(brands(content) & HEIC_BRANDS) and not is_avif(content)


def brands(content: bytes) -> set[bytes]:
    if content[4:8] != b"ftyp":
        return set()
    end = min(int.from_bytes(content[:4], "big"), 512)
    return {content[8:12], *(content[at : at + 4] for at in range(16, end - 3, 4))}


def stripped(content: bytes) -> Stripped:
    meta = meta_of(content)
    kept = sorted(needed(meta))
    width, height = size_of(meta)
    whole = written(meta, {number: pixels_of(content, meta, number) for number in kept})
    return Stripped(whole, width, height)


def boxes(content: bytes, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Names of boxes and where their bodies begin and end (ISO/IEC 14496-12, 4.2)."""
    while at + 8 <= end:
        length, head = int.from_bytes(content[at : at + 4], "big"), 8
        name = content[at + 4 : at + 8]
        if length == 1:
            length, head = int.from_bytes(content[at + 8 : at + 16], "big"), 16
        stop = end if length == 0 else at + length
        if stop > end or stop < at + head:
            raise Damaged("a box breaks off")
        yield name, at + head, stop
        at = stop


def meta_of(content: bytes) -> Meta:
    place = next(((at, end) for name, at, end in boxes(content, 0, len(content)) if name == b"meta"), None)
    if place is None:
        raise Damaged("no still picture")
    meta, readers = (
        Meta(),
        {b"pitm": _main, b"iinf": _kinds, b"iloc": _places, b"iprp": _properties, b"iref": _references},
    )
    for name, at, end in boxes(content, place[0] + 4, place[1]):
        if name == b"idat":
            meta.inside = content[at:end]
        elif name in readers:
            readers[name](meta, Numbers(content, at, end))
    if len(meta.items) > MOST_ITEMS or len(meta.properties) > MOST_ITEMS:
        raise Damaged("too many items")
    return meta


class Numbers:
    """Reads big-endian numbers one after the other, and never beyond the end of a box."""

    def __init__(self, content: bytes, at: int, end: int) -> None:
        self.content, self.at, self.end = content, at, end

    def take(self, length: int) -> bytes:
        if self.at + length > self.end:
            raise Damaged("a number breaks off")
        self.at += length
        return self.content[self.at - length : self.at]

    def next(self, length: int) -> int:
        return int.from_bytes(self.take(length), "big")

    def version_and_flags(self) -> tuple[int, int]:
        return self.next(1), self.next(3)


def _main(meta: Meta, numbers: Numbers) -> None:
    version, _ = numbers.version_and_flags()
    meta.main = numbers.next(4 if version else 2)


def _kinds(meta: Meta, numbers: Numbers) -> None:
    version, _ = numbers.version_and_flags()
    numbers.next(4 if version else 2)
    for name, at, end in boxes(numbers.content, numbers.at, numbers.end):
        entry = Numbers(numbers.content, at, end)
        version, _ = entry.version_and_flags()
        if name != b"infe" or version < 2:
            raise Damaged("an item of no kind")
        number = entry.next(4 if version == 3 else 2)
        is_protected = entry.next(2)
        meta.item(number).kind = b"" if is_protected else entry.take(4)


def _places(meta: Meta, numbers: Numbers) -> None:
    version, _ = numbers.version_and_flags()
    sizes = numbers.next(2)
    offset_size, length_size, base_size = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15
    index_size = sizes & 15 if version else 0
    for _item in range(numbers.next(4 if version == 2 else 2)):
        item = meta.item(numbers.next(4 if version == 2 else 2))
        method = numbers.next(2) & 15 if version else 0
        is_elsewhere = numbers.next(2)
        base = numbers.next(base_size)
        if is_elsewhere or method > 1:
            raise Damaged("pixels in another file")
        item.is_in_meta = method == 1
        for _extent in range(numbers.next(2)):
            numbers.take(index_size)
            item.extents.append((base + numbers.next(offset_size), numbers.next(length_size)))


def _properties(meta: Meta, numbers: Numbers) -> None:
    for name, at, end in boxes(numbers.content, numbers.at, numbers.end):
        if name == b"ipco":
            meta.properties += [(kind, numbers.content[a:b]) for kind, a, b in boxes(numbers.content, at, end)]
        elif name == b"ipma":
            _belonging(meta, Numbers(numbers.content, at, end))


def _belonging(meta: Meta, numbers: Numbers) -> None:
    version, flags = numbers.version_and_flags()
    length = 2 if flags & 1 else 1
    for _item in range(numbers.next(4)):
        item = meta.item(numbers.next(4 if version else 2))
        for _property in range(numbers.next(1)):
            number = numbers.next(length)
            top = 1 << 8 * length - 1
            item.properties.append((number & top - 1, bool(number & top)))


def _references(meta: Meta, numbers: Numbers) -> None:
    version, _ = numbers.version_and_flags()
    length = 4 if version else 2
    for name, at, end in boxes(numbers.content, numbers.at, numbers.end):
        entry = Numbers(numbers.content, at, end)
        source = entry.next(length)
        meta.references.append((name, source, [entry.next(length) for _ in range(entry.next(2))]))


def needed(meta: Meta) -> set[int]:
    """The main item, what it is put together from, and the transparency of these."""
    kept, waiting = set(), [meta.main]
    while waiting:
        number = waiting.pop()
        if number in kept:
            continue
        item = meta.items.get(number, Item())
        if item.kind not in CODED | PUT_TOGETHER or not item.extents:
            raise Damaged("an item that is no picture")
        kept.add(number)
        for name, source, targets in meta.references:
            if name == MADE_FROM and source == number:
                waiting += targets
            if name == BELONGS_TO and number in targets and is_transparency(meta, source):
                waiting.append(source)
    return kept


def is_transparency(meta: Meta, number: int) -> bool:
    bodies = [body[4:] for name, body in properties_of(meta, number) if name == b"auxC"]
    return any(body.startswith(ALPHA) for body in bodies)


def properties_of(meta: Meta, number: int) -> list[tuple[bytes, bytes]]:
    places = [place for place, _ in meta.items.get(number, Item()).properties]
    return [meta.properties[place - 1] for place in places if 0 < place <= len(meta.properties)]


def size_of(meta: Meta) -> tuple[int, int]:
    """Width and height of the main item, cropped and turned as its properties say."""
    found = dict(properties_of(meta, meta.main))
    body = found.get(b"ispe", b"")
    if len(body) < 12:
        raise Damaged("no size")
    width, height = struct.unpack(">II", body[4:12])
    if len(found.get(b"clap", b"")) >= 16:
        across, part, down, part_down = struct.unpack(">4I", found[b"clap"][:16])
        if not (part and part_down):
            raise Damaged("a crop of nothing")
        width, height = min(width, across // part), min(height, down // part_down)
    is_turned = found.get(b"irot", b"\x00")[:1] in (b"\x01", b"\x03")
    return (height, width) if is_turned else (width, height)


def pixels_of(content: bytes, meta: Meta, number: int) -> bytes:
    """The bytes of an item, without the units that are no pixels."""
    item = meta.items[number]
    source = meta.inside if item.is_in_meta else content
    if sum(length for _, length in item.extents) > len(source):
        raise Damaged("more pixels than bytes")
    # A length of 0 means: up to the end (ISO/IEC 14496-12, 8.11.3).
    parts = [source[at : at + length] if length else source[at:] for at, length in item.extents]
    if any(length and len(part) != length for part, (_, length) in zip(parts, item.extents, strict=True)):
        raise Damaged("pixels outside the file")
    whole = b"".join(parts)
    if item.kind == b"av01":
        return b"".join(av1_units(whole))
    if item.kind == b"hvc1":
        configuration = dict(properties_of(meta, number)).get(b"hvcC", b"")
        return b"".join(hevc_units(whole, length_size=(configuration[21] & 3) + 1 if len(configuration) > 21 else 4))
    return whole


def av1_units(whole: bytes) -> Iterator[bytes]:
    """The units of AV1 that hold pixels (AV1, 5.3)."""
    at = 0
    while at < len(whole):
        head, start = whole[at], at + (2 if whole[at] & 4 else 1)
        if head & 0x80:
            raise Damaged("no unit")
        length, body = leb128(whole, start) if head & 2 else (len(whole) - start, start)
        if body + length > len(whole):
            raise Damaged("a unit breaks off")
        if head >> 3 & 15 in AV1_PIXELS:
            yield whole[at : body + length]
        at = body + length


def leb128(whole: bytes, at: int) -> tuple[int, int]:
    """A number of variable length, and where it ends (AV1, 4.10.5)."""
    number = 0
    for place in range(8):
        byte = whole[at + place]
        number |= (byte & 0x7F) << 7 * place
        if not byte & 0x80:
            return number, at + place + 1
    raise Damaged("a number without end")


def hevc_units(whole: bytes, *, length_size: int) -> Iterator[bytes]:
    """The units of HEVC that hold pixels, each led by its length (ISO/IEC 14496-15, 4.3.3)."""
    at = 0
    while at < len(whole):
        length = int.from_bytes(whole[at : at + length_size], "big")
        end = at + length_size + length
        if end > len(whole) or not length:
            raise Damaged("a unit breaks off")
        if whole[at + length_size] >> 1 & 0x3F in HEVC_PIXELS:
            yield whole[at:end]
        at = end


def clean_property(name: bytes, body: bytes) -> tuple[bytes, bytes]:
    """The property, or an empty place in the row of them, in which others are known by their number."""
    if name == b"colr" and body[:4] in (b"prof", b"rICC"):
        profile = colour_profile(body[4:])
        return (name, body[:4] + profile) if profile else (b"free", b"")
    if name == b"colr":
        return (name, body[:11]) if body[:4] == b"nclx" else (b"free", b"")
    if name == b"auxC":
        kind = next((kind for kind in ALPHA if body[4:].startswith(kind)), b"")
        return (name, body[:4] + kind) if kind else (b"free", b"")
    if name == b"hvcC":
        return name, clean_configuration(body)
    if name == b"av1C":
        return name, body[:4] + b"".join(av1_units(body[4:]))
    return (name, body) if name in PROPERTIES else (b"free", b"")


def clean_configuration(body: bytes) -> bytes:
    """The decoder configuration of HEVC with its parameter sets only (ISO/IEC 14496-15, 8.3.3.1)."""
    numbers = Numbers(body, 22, len(body))
    kept = []
    for _array in range(numbers.next(1)):
        kind = numbers.next(1)
        units = [numbers.take(numbers.next(2)) for _ in range(numbers.next(2))]
        if kind & 0x3F in HEVC_PIXELS:
            packed = b"".join(len(unit).to_bytes(2, "big") + unit for unit in units)
            kept.append(bytes([kind & 0xBF]) + len(units).to_bytes(2, "big") + packed)
    return body[:22] + bytes([len(kept)]) + b"".join(kept)


def box(name: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return (len(body) + 8).to_bytes(4, "big") + name + body


def full_box(name: bytes, *parts: bytes, version: int = 0, flags: int = 0) -> bytes:
    return box(name, bytes([version]) + flags.to_bytes(3, "big"), *parts)


def written(meta: Meta, pixels: dict[int, bytes]) -> bytes:
    """A file with the items in `pixels`, each in one piece."""
    is_avif = any(meta.items[number].kind == b"av01" for number in pixels)
    brand, more = (b"avif", b"mif1miaf") if is_avif else (b"heic", b"mif1")
    head = box(b"ftyp", brand, bytes(4), brand, more)
    # Twice, because where the pixels begin depends on how long the directory is.
    start = len(head) + len(directory_of(meta, pixels, start=0)) + 8
    return b"".join([head, directory_of(meta, pixels, start=start), box(b"mdat", *pixels.values())])


def directory_of(meta: Meta, pixels: dict[int, bytes], *, start: int) -> bytes:
    places, at = [], start
    for number, content in pixels.items():
        places.append(struct.pack(">IHHHII", number, 0, 0, 1, at, len(content)))
        at += len(content)
    entries = [
        full_box(b"infe", struct.pack(">IH4s", number, 0, meta.items[number].kind), b"\x00", version=3)
        for number in pixels
    ]
    return full_box(
        b"meta",
        full_box(b"hdlr", bytes(4), b"pict", bytes(13)),
        full_box(b"pitm", struct.pack(">I", meta.main), version=1),
        full_box(b"iloc", struct.pack(">HI", 0x4400, len(places)), *places, version=2),
        full_box(b"iinf", struct.pack(">I", len(entries)), *entries, version=1),
        *references_of(meta, pixels),
        box(b"iprp", box(b"ipco", *properties_kept(meta, pixels)), belonging_of(meta, pixels)),
    )


def references_of(meta: Meta, pixels: dict[int, bytes]) -> list[bytes]:
    kept = [
        box(name, struct.pack(f">IH{len(targets)}I", source, len(targets), *targets))
        for name, source, targets in meta.references
        if name in (MADE_FROM, BELONGS_TO, IS_PREMULTIPLIED) and {source, *targets} <= pixels.keys()
    ]
    return [full_box(b"iref", *kept, version=1)] if kept else []


def properties_kept(meta: Meta, pixels: dict[int, bytes]) -> list[bytes]:
    """All properties in their places; of those that no kept item has, only the place."""
    used = {place for number in pixels for place, _ in meta.items[number].properties}
    return [
        box(*clean_property(*each)) if place in used else box(b"free") for place, each in enumerate(meta.properties, 1)
    ]


def belonging_of(meta: Meta, pixels: dict[int, bytes]) -> bytes:
    rows = []
    for number in pixels:
        kept = [
            (place, is_needed)
            for place, is_needed in meta.items[number].properties
            if 0 < place <= len(meta.properties) and clean_property(*meta.properties[place - 1])[0] != b"free"
        ]
        numbers = [place | (0x8000 if is_needed else 0) for place, is_needed in kept]
        rows.append(struct.pack(f">IB{len(numbers)}H", number, len(numbers), *numbers))
    return full_box(b"ipma", struct.pack(">I", len(rows)), *rows, version=1, flags=1)
