"""In which codecs are the samples of a track, and what must a player know about them?

A sample entry (ISO/IEC 14496-12, 8.5.2) and its settings are written anew from the numbers that a decoder needs. Names
of programs and makers, colour profiles, comments in the settings and boxes that we do not know are left out.
"""

import struct
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from media.ingest.kept import Damaged, UnableToKeep
from media.ingest.mp4_asides import Cleaner, cleaner_of_av1, cleaner_of_h264, cleaner_of_hevc
from media.ingest.mp4_boxes import box, boxes, found, needed, unpacked
from media.ingest.mp4_sound import SOUNDS

MOST_DESCRIPTIONS = 8
MOST_SETTING_BYTES = 1024
#: Pictures that do not move: covers of albums and chapters. They are left out without a word.
STILLS = frozenset({b"jpeg", b"png ", b"mjpa", b"mjpb", b"tiff", b"gif "})
LOCKED = frozenset({b"encv", b"enca", b"drmi", b"drms"})
SPS, PPS, HEVC_SETS, AV1_SEQUENCE = 7, 8, (32, 33, 34), 1


@dataclass(frozen=True)
class Description:
    """A sample entry written anew; `cleaned` overwrites what a sample says beside its pictures, in place."""

    content: bytes
    width: int = 0
    height: int = 0
    cleaned: Cleaner | None = None


def codecs_in(table: memoryview) -> tuple[bytes, ...]:
    """The four letters of each description in an `stbl`."""
    names = tuple(kind for kind, _body in boxes(needed(table, b"stsd")[8:]))
    if not 1 <= len(names) <= MOST_DESCRIPTIONS:
        raise Damaged("no description, or too many")
    if LOCKED.intersection(names):
        message = _("This recording is locked (copy protection or a password). Upload one that is not.")
        raise UnableToKeep(message, code="locked")
    return names


def is_playable(codecs: tuple[bytes, ...]) -> bool:
    return all(codec in PICTURES or codec in SOUNDS for codec in codecs)


def not_playable(codec: bytes) -> UnableToKeep:
    message = _(
        "Browsers cannot play what is in this recording (%(codec)s). Export it as MP4 with H.264 pictures and AAC"
        " sound."
    )
    name = "".join(chr(letter) for letter in codec if chr(letter).isalnum() and letter < 128)
    return UnableToKeep(message, code="codec", params={"codec": name or "?"})


def descriptions_in(table: memoryview) -> tuple[Description, ...]:
    entries = boxes(needed(table, b"stsd")[8:])
    return tuple(_picture(kind, body) if kind in PICTURES else _sound(kind, body) for kind, body in entries)


def _picture(codec: bytes, body: memoryview) -> Description:
    width, height = unpacked("HH", body, 24)
    if not (width and height):
        raise Damaged("a picture without size")
    settings = body[78:]
    setting, cleaned = PICTURES[codec](settings)
    head = struct.pack(">6xH16xHHIIIH32xHh", 1, width, height, 72 << 16, 72 << 16, 0, 1, 24, -1)
    return Description(box(codec, head, setting, _pixel_shape(settings), _colours(settings)), width, height, cleaned)


def _sound(codec: bytes, body: memoryview) -> Description:
    version, channels, rate = unpacked("H6xH6xH", body, 8)
    if version not in (0, 1) or not 1 <= channels <= 8:
        raise not_playable(codec)
    # QuickTime's version 1 has four more numbers, and may put the settings one box deeper.
    settings = body[28 if version == 0 else 44 :]
    wave = found(settings, b"wave")
    setting = SOUNDS[codec](wave if wave is not None and found(settings, b"esds") is None else settings)
    head = struct.pack(">6xH8xHH4xHH", 1, channels, 16, rate, 0)
    return Description(box(codec, head, setting))


def _pixel_shape(settings: memoryview) -> bytes:
    shape = found(settings, b"pasp")
    if shape is None:
        return b""
    across, down = unpacked("II", shape)
    is_sane = 0 < across < 2**16 and 0 < down < 2**16
    return box(b"pasp", struct.pack(">II", across, down)) if is_sane else b""


def _colours(settings: memoryview) -> bytes:
    """How numbers become colours, if said with numbers (12.1.5); profiles have names, so they go."""
    for kind, body in boxes(settings):
        form = bytes(body[:4])
        if kind == b"colr" and form in (b"nclx", b"nclc"):
            numbers = unpacked("HHH", body, 4)
            is_full = unpacked("B", body, 10)[0] & 0x80 if form == b"nclx" else 0
            return box(b"colr", b"nclx", struct.pack(">HHHB", *numbers, is_full))
    return b""


def _h264(settings: memoryview) -> tuple[bytes, Cleaner]:
    """ISO/IEC 14496-15, 5.3.3: the sets of parameters; nothing else is let through."""
    body = needed(settings, b"avcC")
    version, profile, constraints, level, length, count = unpacked("6B", body)
    if version != 1:
        raise Damaged("avcC")
    pictures, at = _units(body, 6, count=count & 31)
    (count,) = unpacked("B", body, at)
    details, at = _units(body, at + 1, count=count)
    _check_are_sets(pictures, are_right=[unit[2] & 31 == SPS for unit in pictures])
    _check_are_sets(details, are_right=[unit[2] & 31 == PPS for unit in details])
    tail = b""
    if profile not in (66, 77, 88) and len(body) >= at + 3:
        tail = struct.pack(">4B", body[at] | 0xFC, body[at + 1] | 0xF8, body[at + 2] | 0xF8, 0)
    head = struct.pack(">5B", 1, profile, constraints, level, length | 0xFC)
    sets = bytes([0xE0 | len(pictures)]) + b"".join(pictures) + bytes([len(details)]) + b"".join(details)
    return box(b"avcC", head, sets, tail), cleaner_of_h264(length_bytes=(length & 3) + 1)


def _hevc(settings: memoryview) -> tuple[bytes, Cleaner]:
    """ISO/IEC 14496-15, 8.3.3: the same in groups, of which SEI is one that is left out."""
    body = needed(settings, b"hvcC")
    if unpacked("B", body)[0] != 1:
        raise Damaged("hvcC")
    (groups,), at, kept = unpacked("B", body, 22), 23, []
    for _number in range(groups):
        kind, count = unpacked("BH", body, at)
        units, at = _units(body, at + 3, count=count)
        if kind & 63 in HEVC_SETS and units:
            _check_are_sets(units, are_right=[unit[2] >> 1 & 63 == kind & 63 for unit in units])
            kept.append(struct.pack(">BH", kind & 0xBF, len(units)) + b"".join(units))
    content = box(b"hvcC", bytes(body[:22]), bytes([len(kept)]), b"".join(kept))
    return content, cleaner_of_hevc(length_bytes=(body[21] & 3) + 1)


def _units(body: memoryview, at: int, *, count: int) -> tuple[list[bytes], int]:
    """So many units with their lengths in front, and where they end."""
    units = []
    for _number in range(count):
        (length,) = unpacked("H", body, at)
        unit = bytes(body[at : at + 2 + length])
        if not length or len(unit) < 2 + length:
            raise Damaged("a unit breaks off")
        units.append(unit)
        at += 2 + length
    return units, at


def _check_are_sets(units: list[bytes], *, are_right: list[bool]) -> None:
    """Each is of the kind that is said, and none is so long that it could be something else."""
    if not all(are_right) or any(len(unit) > MOST_SETTING_BYTES for unit in units):
        raise Damaged("not a set of parameters")


def _av1(settings: memoryview) -> tuple[bytes, Cleaner]:
    """AV1 codec ISO media file format binding, 2.3: four bytes, and the head of the sequence."""
    body = needed(settings, b"av1C")
    if len(body) < 4 or body[0] != 0x81:
        raise Damaged("av1C")
    return box(b"av1C", bytes(body[:4]), _sequence(body[4:])), cleaner_of_av1


def _sequence(units: memoryview) -> bytes:
    """The first unit if it is the head of a sequence of less than 128 bytes; otherwise the samples have it."""
    if len(units) < 3 or units[0] != AV1_SEQUENCE << 3 | 2 or not 0 < units[1] < 128 or len(units) < 2 + units[1]:
        return b""
    return bytes(units[: 2 + units[1]])


def _vp9(settings: memoryview) -> tuple[bytes, None]:
    """VP codec ISO media file format binding: numbers only; what may follow them VP9 does not use."""
    body = needed(settings, b"vpcC")
    if len(body) < 12 or body[0] != 1:
        raise Damaged("vpcC")
    return box(b"vpcC", bytes(body[:10]), bytes(2)), None


PICTURES: dict[bytes, Callable[[memoryview], tuple[bytes, Cleaner | None]]] = {
    b"avc1": _h264,
    b"avc3": _h264,
    b"hvc1": _hevc,
    b"hev1": _hevc,
    b"av01": _av1,
    b"vp09": _vp9,
}
