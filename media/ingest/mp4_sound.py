"""What must a player know about sound in an MP4: AAC, MP3, Opus and FLAC?"""

import struct
from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from media.ingest.kept import Damaged, UnableToKeep
from media.ingest.mp4_boxes import box, full_box, needed, unpacked

#: ISO/IEC 14496-1, 7.2.2: the tags of descriptors, and the kinds of streams that are sound we know.
STREAM, DECODER, SETTING, SYNC = 3, 4, 5, 6
AAC, MP3 = frozenset({0x40, 0x66, 0x67, 0x68}), frozenset({0x69, 0x6B})
#: ISO/IEC 14496-3, table 1.17: AAC Main, LC, SSR and LTP; what widens it (SBR, parametric stereo).
AAC_KINDS, SBR, STEREO, EXTENDED, STEREO_EXTENDED = frozenset({1, 2, 3, 4}), 5, 29, 0x2B7, 0x548
STREAM_INFO_BYTES, CHECKSUM_BYTES = 34, 16


def _mp4a(settings: memoryview) -> bytes:
    """An `esds` with the kind of sound and its settings (ISO/IEC 14496-1, 7.2.6.5)."""
    stream = _descriptor(needed(settings, b"esds")[4:], STREAM)
    (flags,) = unpacked("B", stream, 2)
    if flags & 0xE0:
        raise Damaged("a stream that needs another")
    decoder = _descriptor(stream[3:], DECODER)
    (kind,) = unpacked("B", decoder)
    if kind in AAC:
        setting = _aac(bytes(_descriptor(decoder[13:], SETTING)))
        told = _described(DECODER, bytes([kind, 0x15]) + bytes(11), _described(SETTING, setting))
    elif kind in MP3:
        told = _described(DECODER, bytes([kind, 0x15]) + bytes(11))
    else:
        message = _("Browsers cannot play the sound of this recording. Export it with AAC sound.")
        raise UnableToKeep(message, code="codec")
    return full_box(b"esds", _described(STREAM, bytes(3), told, _described(SYNC, b"\x02")))


def _descriptor(body: memoryview, tag: int) -> memoryview:
    """The content of the descriptor with which `body` begins; its length has seven bits a byte (8.3.3)."""
    if unpacked("B", body)[0] != tag:
        raise Damaged("another descriptor")
    length = 0
    for at in range(1, 5):
        (byte,) = unpacked("B", body, at)
        length = length << 7 | byte & 0x7F
        if not byte & 0x80:
            break
    if at + 1 + length > len(body):
        raise Damaged("a descriptor breaks off")
    return body[at + 1 : at + 1 + length]


def _described(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    return bytes([tag, len(content)]) + content


class Bits:
    """Numbers of any width from the front of some bytes; zeros follow the end."""

    def __init__(self, content: bytes) -> None:
        self.content, self.at = content, 0

    def __call__(self, width: int) -> int:
        whole, self.at = int.from_bytes(self.content, "big"), self.at + width
        return whole << self.at >> 8 * len(self.content) & (1 << width) - 1

    @property
    def left(self) -> int:
        return 8 * len(self.content) - self.at


def _aac(setting: bytes) -> bytes:
    """As much of an AudioSpecificConfig as says something (ISO/IEC 14496-3, 1.6.2.1 and 4.4.1)."""
    bits = Bits(setting[:16])
    kind = bits(5)
    _rate(bits)
    channels = bits(4)
    is_wide = kind in (SBR, STEREO)
    if is_wide:
        _rate(bits)
        kind = bits(5)
    if kind not in AAC_KINDS or not channels:
        message = _("Browsers cannot play the sound of this recording. Export it with AAC sound in stereo.")
        raise UnableToKeep(message, code="codec")
    bits(1)
    if bits(1):
        bits(14)
    bits(1)
    if not is_wide:
        _skip_extension(bits)
    if bits.left < 0:
        raise Damaged("AAC without settings")
    return _cut(setting, bits.at)


def _rate(bits: Bits) -> None:
    if bits(4) == 15:
        bits(24)


def _skip_extension(bits: Bits) -> None:
    """What older players do not know of: that the sound is wider than it says, and how (1.6.2.1, at the end)."""
    start = bits.at
    if bits.left < 16 or bits(11) != EXTENDED or bits(5) != SBR:
        bits.at = start
        return
    if not bits(1):
        return
    _rate(bits)
    start = bits.at
    if bits.left < 12 or bits(11) != STEREO_EXTENDED:
        bits.at = start
        return
    bits(1)


def _cut(content: bytes, bits: int) -> bytes:
    """The first `bits` of `content`, with zeros up to the end of the last byte."""
    length = (bits + 7) // 8
    unused = 8 * length - bits
    return (int.from_bytes(content[:length], "big") >> unused << unused).to_bytes(length, "big")


def _opus(settings: memoryview) -> bytes:
    """Encapsulation of Opus in ISO base media file format, 4.3.2."""
    body = needed(settings, b"dOps")
    version, channels, *_rest, family = unpacked("BBHIhB", body)
    length = 11 + (2 + channels if family else 0)
    if version != 0 or not 1 <= channels <= 8 or len(body) < length:
        raise Damaged("dOps")
    return box(b"dOps", bytes(body[:length]))


def _flac(settings: memoryview) -> bytes:
    """Encapsulation of FLAC in ISO base media file format, 3.3.2: of its metadata the first block, without checksum."""
    body = needed(settings, b"dfLa")
    kind, high, length = unpacked("BBH", body, 4)
    info = bytes(body[8 : 8 + STREAM_INFO_BYTES])
    if kind & 0x7F or high or length != STREAM_INFO_BYTES or len(info) < length:
        raise Damaged("dfLa")
    return full_box(b"dfLa", struct.pack(">BBH", 0x80, 0, length), info[:-CHECKSUM_BYTES], bytes(CHECKSUM_BYTES))


#: By the four letters of a sample entry.
SOUNDS: dict[bytes, Callable[[memoryview], bytes]] = {b"mp4a": _mp4a, b"Opus": _opus, b"fLaC": _flac}
