"""What do Opus and Vorbis say before the first sound, and what of it stays?

How the sound is packed. Who packed it, and what they wrote about it, becomes empty. WebM holds the same headers.
RFC 7845, 5 (Opus); Vorbis I specification, 4.2 and 5 (Vorbis).
"""

import struct
from dataclasses import dataclass

from media.ingest.kept import Damaged

OPUS, VORBIS = b"OpusHead", b"\x01vorbis"
OPUS_COMMENTS = b"OpusTags" + bytes(8)
VORBIS_COMMENTS = b"\x03vorbis" + bytes(8) + b"\x01"
VORBIS_COMMENTS_BEGIN, VORBIS_SETUP_BEGINS = b"\x03vorbis", b"\x05vorbis"
#: A Vorbis setup has a few kilobytes of tables.
MOST_SETUP_BYTES = 1024 * 1024


@dataclass(frozen=True)
class SoundHead:
    """The first header, written anew; samples a second; how many samples at the beginning are not played."""

    packet: bytes
    rate: int
    channels: int
    skipped: int = 0

    @property
    def is_vorbis(self) -> bool:
        return self.packet.startswith(VORBIS)


def head_in(packet: bytes) -> SoundHead | None:
    """What the first packet of a stream tells, if it is one of Opus or Vorbis."""
    if packet.startswith(OPUS):
        return opus_head(packet)
    if packet.startswith(VORBIS):
        return vorbis_head(packet)
    return None


def opus_head(packet: bytes) -> SoundHead:
    if len(packet) < 19 or not packet.startswith(OPUS):
        raise Damaged("no Opus")
    version, channels, skipped, rate, gain, family = struct.unpack("<BBHIhB", packet[8:19])
    tables = packet[19 : 21 + channels] if family == 1 else b""
    is_right = version >> 4 == 0 and (1 <= channels <= 2 if family == 0 else family == 1 and 1 <= channels <= 8)
    if not is_right or (family == 1 and not _maps_channels(tables, channels)):
        raise Damaged("an impossible kind of Opus")
    rate = rate if rate <= 192_000 else 0
    written = OPUS + struct.pack("<BBHIhB", 1, channels, skipped, rate, gain, family) + tables
    return SoundHead(written, rate=48_000, channels=channels, skipped=skipped)


def _maps_channels(tables: bytes, channels: int) -> bool:
    """Streams, how many of them are pairs, and for each channel which of them it plays (RFC 7845, 5.1.1)."""
    if len(tables) != 2 + channels:
        return False
    streams, pairs = tables[0], tables[1]
    playable = streams + pairs
    return pairs <= streams != 0 and playable <= 8 and all(at < playable or at == 255 for at in tables[2:])


def vorbis_head(packet: bytes) -> SoundHead:
    if len(packet) < 30 or not packet.startswith(VORBIS):
        raise Damaged("no Vorbis")
    version, channels, rate, _most, usual, _least, blocks, end = struct.unpack("<IBIiiiBB", packet[7:30])
    shorter, longer = blocks & 15, blocks >> 4
    if version or not 1 <= channels <= 8 or not 1000 <= rate <= 384_000 or not 6 <= shorter <= longer <= 13 or not end:
        raise Damaged("an impossible kind of Vorbis")
    usual = usual if 0 < usual < 1_000_000 else 0
    written = VORBIS + struct.pack("<IBIiiiBB", 0, channels, rate, 0, usual, 0, blocks, 1)
    return SoundHead(written, rate=rate, channels=channels)


def checked_setup(packet: bytes) -> bytes:
    if len(packet) < 16 or not packet.startswith(VORBIS_SETUP_BEGINS) or len(packet) > MOST_SETUP_BYTES:
        raise Damaged("no setup of Vorbis")
    return packet
