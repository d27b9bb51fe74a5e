"""What is a WAV made of? RIFF chunks; the format and the samples stay, in that order.

INFO, bext, iXML, ID3, cue points and whatever else recorders add are never copied. Microsoft's "Multimedia Programming
Interface and Data Specifications 1.0" describes the chunks, RFC 2361 the registered formats.
"""

import struct
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from media.ingest.kept import Damaged, UnableToKeep
from media.ingest.reading import Reading, checked_seconds
from media.ingest.recorded import Recorded, RecordingFormat

PCM, FLOAT, EXTENSIBLE = 0x0001, 0x0003, 0xFFFE
#: Behind the two bytes of the format, the identifier of an extensible WAV goes on like this.
REST_OF_IDENTIFIER = bytes.fromhex("000000001000800000aa00389b71")
BITS = {PCM: (8, 16, 24, 32), FLOAT: (32, 64)}
SPEAKERS = 0x3FFFF


@dataclass(frozen=True)
class Samples:
    """How samples are written: `bits` for each, of which `valid_bits` count; `speakers` says where channels belong."""

    format: int
    channels: int
    rate: int
    bits: int
    valid_bits: int = 0
    speakers: int = 0
    is_extensible: bool = False

    @property
    def frame(self) -> int:
        """Bytes of one sample of all channels."""
        return self.channels * self.bits // 8

    def written(self) -> bytes:
        plain = (self.channels, self.rate, self.rate * self.frame, self.frame, self.bits)
        if not self.is_extensible:
            return struct.pack("<HHIIHH", self.format, *plain)
        extension = struct.pack("<HHIH", 22, self.valid_bits, self.speakers, self.format) + REST_OF_IDENTIFIER
        return struct.pack("<HHIIHH", EXTENSIBLE, *plain) + extension


def is_one(head: bytes) -> bool:
    return head[:4] == b"RIFF" and head[8:12] == b"WAVE"


def stripped(source: BinaryIO, into: BinaryIO, *, sound_only: bool = False) -> Recorded:
    reading = Reading(source)
    samples, length = beginning_of_samples(reading)
    length -= length % samples.frame
    if not length:
        raise Damaged("no samples")
    format_ = samples.written()
    padding = length % 2
    into.write(b"RIFF" + struct.pack("<I", 4 + 8 + len(format_) + 8 + length + padding) + b"WAVE")
    into.write(b"fmt " + struct.pack("<I", len(format_)) + format_)
    into.write(b"data" + struct.pack("<I", length))
    reading.copy(length, into=into)
    into.write(bytes(padding))
    seconds = checked_seconds(length / samples.frame / samples.rate)
    return Recorded("audio", ".wav", "audio/wav", seconds=seconds)


def beginning_of_samples(reading: Reading) -> tuple[Samples, int]:
    """The format, and how many bytes of samples follow from where `reading` now is."""
    if not is_one(reading.take(12)):
        raise Damaged("no WAV")
    samples: Samples | None = None
    while True:
        reading.count()
        name, length = struct.unpack("<4sI", reading.take(8))
        end = reading.at + length
        if name == b"fmt " and samples is None:
            samples = samples_in(reading.take(length))
        elif name == b"data":
            if samples is None or end > reading.size:
                raise Damaged("samples without a format, or fewer than were promised")
            return samples, length
        reading.go_to(end + length % 2)


def samples_in(body: bytes) -> Samples:
    if len(body) < 16:
        raise Damaged("the format breaks off")
    format_, channels, rate, _each_second, frame, bits = struct.unpack("<HHIIHH", body[:16])
    samples = Samples(format_, channels, rate, bits)
    if format_ == EXTENSIBLE:
        samples = _extensible(samples, body)
    if samples.format not in BITS:
        message = _("This WAV file is packed in a way that browsers cannot play. Save it as WAV with PCM, or as MP3.")
        raise UnableToKeep(message, code="invalid_sound")
    is_right = bits in BITS[samples.format] and 1 <= channels <= 18 and 1000 <= rate <= 768_000
    if not is_right or frame != samples.frame:
        raise Damaged("samples of an impossible format")
    return samples


def _extensible(samples: Samples, body: bytes) -> Samples:
    if len(body) < 40 or body[26:40] != REST_OF_IDENTIFIER:
        raise Damaged("the extended format breaks off")
    valid_bits, speakers, format_ = struct.unpack("<HIH", body[18:26])
    if valid_bits > samples.bits:
        raise Damaged("more bits than there are")
    speakers &= SPEAKERS
    return Samples(format_, samples.channels, samples.rate, samples.bits, valid_bits, speakers, is_extensible=True)


FORMATS = (RecordingFormat("WAV", (".wav",), is_one, stripped),)
