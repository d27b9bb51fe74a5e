"""What does a stream of pictures say beside its pictures, and how is that blanked without moving anything?

Cameras write the place, the date and their own number between the pictures, and encoders their settings. Units that
hold pictures, or what is needed to draw them, stay as they are. Everything else becomes filler of the same length,
which decoders skip: "supplemental enhancement information" (ITU-T H.264 and H.265, annex D) of payload type 3.
"""

from collections.abc import Callable, Iterator

from media.ingest.kept import Damaged

#: Overwrites in place what one sample says beside its pictures.
Cleaner = Callable[[bytearray], None]

#: How many units a sample may have, whatever its size, and one more for each so many bytes.
MOST_UNITS, BYTES_A_UNIT = 32, 32
#: ITU-T H.264, table 7-1; H.265, table 7-1: slices, sets of parameters, where pictures, sequences and streams end.
H264_KEPT, H264_SLICES = frozenset({1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 13, 14, 15, 19, 20}), frozenset({1, 2, 5})
H264_SHORT, HEVC_SHORT, MOST_SHORT_BYTES = frozenset({9, 10, 11}), frozenset({35, 36, 37}), 4
HEVC_KEPT, HEVC_SLICES = frozenset({*range(10), *range(16, 22), *range(32, 38)}), frozenset(range(32))
H264_SEI, HEVC_SEI, HEVC_LATE_SEI, H264_FILLER = 6, 39, 40, 12
#: Messages of numbers only: timing, where to begin, how to show and pack pictures, parameter sets, brightness.
NUMBERS = frozenset({0, 1, 6, 45, 47, 129, 137, 144, 147})
FILLER, MOST_MESSAGE_BYTES = 3, 255
#: What may not stand inside a unit without an extra byte (7.4.1).
MARKS = (b"\x00\x00\x00", b"\x00\x00\x01", b"\x00\x00\x02", b"\x00\x00\x03")
#: AV1 bitstream, 6.2.2: metadata, padding, and the kinds that draw pictures; 6.7.1: metadata that are numbers.
AV1_METADATA, AV1_PADDING, AV1_NUMBERS, MOST_NUMBER_BYTES = 5, 15, frozenset({1, 2, 3}), 64
AV1_KEPT = frozenset({1, 2, 3, 4, 6, 7, 8})


def cleaner_of_h264(*, length_bytes: int) -> Cleaner:
    def cleaned(sample: bytearray) -> None:
        has_slices = False
        for start, end in units(sample, length_bytes=length_bytes):
            kind = sample[start] & 31
            has_slices = has_slices or kind in H264_SLICES
            if kind == H264_SEI:
                sample[start + 1 : end] = _quiet(bytes(sample[start + 1 : end]))
            elif kind not in H264_KEPT or (kind in H264_SHORT and end - start > MOST_SHORT_BYTES):
                # Behind the first slice there may be no SEI, before it no other filler (7.4.1.2.3).
                sample[start] = H264_FILLER if has_slices else H264_SEI
                sample[start + 1 : end] = _blank(end - start - 1, is_sei=not has_slices)

    return cleaned


def cleaner_of_hevc(*, length_bytes: int) -> Cleaner:
    def cleaned(sample: bytearray) -> None:
        has_slices = False
        for start, end in units(sample, length_bytes=length_bytes):
            if end - start < 2:
                raise Damaged("a unit without a head")
            kind = sample[start] >> 1 & 63
            has_slices = has_slices or kind in HEVC_SLICES & HEVC_KEPT
            if kind in (HEVC_SEI, HEVC_LATE_SEI):
                sample[start + 2 : end] = _quiet(bytes(sample[start + 2 : end]))
            elif kind not in HEVC_KEPT or (kind in HEVC_SHORT and end - start > MOST_SHORT_BYTES):
                sample[start] = (HEVC_LATE_SEI if has_slices else HEVC_SEI) << 1 | sample[start] & 1
                sample[start + 2 : end] = _blank(end - start - 2)

    return cleaned


def units(sample: bytearray, *, length_bytes: int) -> Iterator[tuple[int, int]]:
    """Where each unit begins and ends; its length stands before it (ISO/IEC 14496-15, 4.3.2)."""
    at = 0
    for _number in range(MOST_UNITS + len(sample) // BYTES_A_UNIT):
        start = at + length_bytes
        end = start + int.from_bytes(sample[at:start], "big")
        if end > len(sample):
            raise Damaged("a unit breaks off")
        if end > start:
            yield start, end
        if end == len(sample):
            return
        at = end
    raise Damaged("too many units")


def _quiet(content: bytes) -> bytes:
    """The messages of an SEI unit, as long as before; all are filler but those that hold only numbers."""
    quiet, at = bytearray(content), 0
    try:
        while len(content) - at > 1:
            kind, size_at = _number(content, at)
            size, body = _number(content, size_at)
            if body + size > len(content):
                return _blank(len(content))
            if kind not in NUMBERS or size > MOST_MESSAGE_BYTES:
                quiet[at : body + size] = _filler(body + size - at)
            at = body + size
    except IndexError:
        return _blank(len(content))
    # Bytes that were put in between (7.4.1) would have moved the lengths; then nothing is certain.
    is_plain = content[at:] == b"\x80" and not any(mark in known for mark in MARKS for known in (content, quiet))
    return bytes(quiet) if is_plain else _blank(len(content))


def _number(content: bytes, at: int) -> tuple[int, int]:
    """A number written as so many times 255 and a rest (7.3.2.3.1), and where it ends."""
    number = 0
    while content[at] == 255:
        number, at = number + 255, at + 1
    return number + content[at], at + 1


def _blank(length: int, *, is_sei: bool = True) -> bytes:
    """A unit's content in which nothing stands; the last byte ends it."""
    if length < 3 or not is_sei:
        return b"\xff" * (length - 1) + b"\x80" * min(length, 1)
    return _filler(length - 1) + b"\x80"


def _filler(length: int) -> bytes:
    """Messages of type 3 that take exactly `length` bytes, of which there are two or more."""
    size = length - 2 - (length - 2) // 256
    if 2 + size // 255 + size > length:
        # A byte of content more would need a byte of length more, too: two messages do it.
        return bytes([FILLER, 0]) + _filler(length - 2)
    return bytes([FILLER]) + b"\xff" * (size // 255) + bytes([size % 255]) + b"\xff" * size


def cleaner_of_av1(sample: bytearray) -> None:
    """Metadata that is not about brightness becomes padding; padding becomes empty (AV1, 5.3.1 and 5.7)."""
    at = 0
    for _number in range(MOST_UNITS + len(sample) // BYTES_A_UNIT):
        if at == len(sample):
            return
        head = sample[at]
        start = at + (2 if head & 4 else 1)
        length, start = _leb128(sample, start) if head & 2 else (len(sample) - start, start)
        if head & 0x80 or length < 0 or start + length > len(sample):
            raise Damaged("a unit breaks off")
        kind = head >> 3 & 15
        is_numbers = kind == AV1_METADATA and 0 < length <= MOST_NUMBER_BYTES and sample[start] in AV1_NUMBERS
        if kind not in AV1_KEPT and not is_numbers:
            sample[at] = head & 0x87 | AV1_PADDING << 3
            sample[start : start + length] = (bytes(length - 1) + b"\x80") if length else b""
        at = start + length
    raise Damaged("too many units")


def _leb128(content: bytearray, at: int) -> tuple[int, int]:
    """A number of seven bits a byte, the lowest first (AV1, 4.10.5), and where it ends."""
    number = 0
    for place in range(8):
        if at + place >= len(content):
            break
        number |= (content[at + place] & 0x7F) << 7 * place
        if not content[at + place] & 0x80:
            return number, at + place + 1
    raise Damaged("a number without end")
