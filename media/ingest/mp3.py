"""What is an MP3 made of? Frames, one after the other; every other byte belongs to somebody's tag, and goes.

Only frames of MPEG audio, layer III, that follow each other and agree with the first are copied: no ID3, APE or lyrics
tag, no picture, no archive behind the end. In the frames themselves the bytes that no decoder uses are blanked:
programs sign their names there. A header frame with the length is made anew, for exact seeking.

ISO/IEC 11172-3 and 13818-3 describe the frames, id3.org ("ID3v2.4.0 structure", 3.1) the tag that is skipped whole.
"""

import re
import struct
from dataclasses import dataclass, field
from typing import BinaryIO

from media.ingest.kept import Damaged
from media.ingest.mp3_frames import BEFORE, Frame, Reservoir, frame_in
from media.ingest.reading import Reading, checked_seconds
from media.ingest.recorded import Recorded, RecordingFormat

#: So many frames in a row make us believe that it is sound; in other data the first two bytes of one are common.
IN_A_ROW = 3
LONGEST_FRAME = 1441
#: Junk between frames that we search through, in all; more is the end of the sound.
MOST_JUNK = 1024 * 1024
#: What one interruption counts at least: searching takes time.
LEAST_JUNK = 1024
SEARCHED_AT_ONCE = 64 * 1024
BEGINNING = re.compile(rb"\xff[\xe2\xe3\xf2\xf3\xfa\xfb]")
#: The header frame holds after its side information: name, flags, frames, bytes, and where each hundredth begins.
HEADER = struct.Struct(">4sIII100s")
HAS_FRAMES_BYTES_AND_HUNDREDTHS = 7
MOST_MARKS = 4096


def is_one(head: bytes) -> bool:
    return head[:3] == b"ID3" or frame_in(head) is not None


def stripped(source: BinaryIO, into: BinaryIO, *, sound_only: bool = False) -> Recorded:
    reading = Reading(source)
    first = next_frames(reading, like=None)
    if first is None:
        raise Damaged("no frames")
    header = first.large_enough_for(HEADER.size)
    into.write(bytes(header.size))
    length = Length(header, total=header.size)
    copied(reading, into, length, first)
    if length.frames < IN_A_ROW:
        raise Damaged("too few frames")
    end = into.tell()
    into.seek(0)
    into.write(length.as_frame())
    into.seek(end)
    seconds = checked_seconds(length.frames * first.samples / first.rate)
    return Recorded("audio", ".mp3", "audio/mpeg", seconds=seconds)


@dataclass
class Length:
    """How many frames and bytes there are, and where some of them begin: each `apart`th, never more than a few."""

    header: Frame
    total: int
    marks: list[int] = field(default_factory=list)
    frames: int = 0
    apart: int = 1
    bit_rates: int = 0

    def add(self, frame: Frame) -> None:
        if self.frames % self.apart == 0:
            self.marks.append(self.total)
        if len(self.marks) > MOST_MARKS:
            self.marks, self.apart = self.marks[::2], self.apart * 2
        self.frames += 1
        self.total += frame.size
        self.bit_rates |= 1 << frame.bit_rate

    def hundredth(self, number: int) -> int:
        """Where this hundredth of the time begins, in 256ths of the bytes."""
        mark = self.marks[number * self.frames // 100 // self.apart]
        return mark * 256 // self.total

    def as_frame(self) -> bytes:
        """A silent frame that tells the length, as Xing's encoder was the first to write."""
        hundredths = bytes(self.hundredth(number) for number in range(100))
        is_constant = self.bit_rates & (self.bit_rates - 1) == 0
        name = b"Info" if is_constant else b"Xing"
        body = HEADER.pack(name, HAS_FRAMES_BYTES_AND_HUNDREDTHS, self.frames, self.total, hundredths)
        return (self.header.head + bytes(self.header.side) + body).ljust(self.header.size, b"\x00")


def copied(reading: Reading, into: BinaryIO, length: Length, first: Frame) -> None:
    """Write all frames that agree with the first."""
    reservoir = Reservoir(into)
    frame: Frame | None = first
    is_first = True
    while frame is not None:
        content = reading.up_to(frame.size)
        if len(content) < frame.size:
            break
        if not (is_first and tells_length(frame, content)):
            reservoir.add(frame, content)
            length.add(frame)
        is_first = False
        frame = next_frames(reading, like=first)
    reservoir.finish()


def tells_length(frame: Frame, content: bytes) -> bool:
    """Whether this is a header frame of another program: of Xing and LAME, or of Fraunhofer's VBRI."""
    at = 4 + frame.side
    return content[at : at + 4] in (b"Xing", b"Info") or content[36:40] == b"VBRI"


def next_frames(reading: Reading, *, like: Frame | None) -> Frame | None:
    """The frame that begins here, or after the tags and the junk that begin here; none at the end of the sound."""
    at = reading.at
    if like is not None:
        reading.count()
        frame = frame_in(reading.up_to(BEFORE))
        reading.go_to(at)
        if frame is not None and frame.agrees_with(like):
            return frame
    while skipped_tag(reading):
        pass
    return found(reading, like=like)


def skipped_tag(reading: Reading) -> bool:
    """Go behind the ID3v2 or APEv2 tag that begins here, if one does."""
    at = reading.at
    head = reading.up_to(32)
    length = 0
    if head[:3] == b"ID3" and len(head) >= 10 and max(head[6:10]) < 0x80:
        size = head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9]
        length = 10 + size + (10 if head[5] & 0x10 else 0)
    elif head[:8] == b"APETAGEX" and len(head) == 32:
        length = 32 + int.from_bytes(head[12:16], "little")
    reading.count()
    reading.go_to(at + length)
    return length > 0


def found(reading: Reading, *, like: Frame | None) -> Frame | None:
    """Search the junk that begins here for frames in a row."""
    while reading.junk < MOST_JUNK:
        at = reading.at
        window = reading.up_to(SEARCHED_AT_ONCE)
        is_last = len(window) < SEARCHED_AT_ONCE
        searched = max(0, len(window) - (0 if is_last else IN_A_ROW * LONGEST_FRAME + BEFORE))
        for match in BEGINNING.finditer(window):
            start = match.start()
            if start >= searched:
                break
            frame = in_a_row(window, start, like=like)
            if frame is not None:
                reading.junk += start + LEAST_JUNK
                reading.go_to(at + start)
                return frame
        if is_last:
            return None
        reading.junk += searched
        reading.go_to(at + searched)
    return None


def in_a_row(window: bytes, start: int, *, like: Frame | None) -> Frame | None:
    """The frame at `start`, if others like it follow."""
    first = frame_in(window[start : start + BEFORE])
    like = like or first
    at = start
    for _number in range(IN_A_ROW):
        frame = frame_in(window[at : at + BEFORE])
        if frame is None or like is None or not frame.agrees_with(like):
            return None
        at += frame.size
    return first if at <= len(window) else None


FORMATS = (RecordingFormat("MP3", (".mp3",), is_one, stripped),)
