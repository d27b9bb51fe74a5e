"""Recordings as people bring them: short, playable, and with what recorders and programs planted in them.

What is `planted` stands wherever the formats let somebody write; nothing of it may be left behind a door.
"""

import struct
import wave
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

from PIL import Image

from media.ingest import ebml
from media.ingest.ogg import BEGINS, CONTINUED, ENDS, Page

Maker = Callable[..., bytes]
#: One frame of silence, 20 milliseconds long, as an encoder of Opus writes it.
OPUS_SILENCE = b"\xf8\xff\xfe"
OPUS_HEAD = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 312, 48_000, 0, 0)
VORBIS_HEAD = b"\x01vorbis" + struct.pack("<IBIiiiBB", 0, 1, 44_100, 0, 64_000, 0, 0xB8, 1)
VORBIS_SETUP = b"\x05vorbis" + bytes(range(200)) * 3
MP3_HEAD = b"\xff\xfb\x90\x64"
MP3_SIZE, MP3_SIDE = 417, 32
KEY = 0x80


def archive(planted: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as packed:
        packed.writestr("planted.txt", planted)
    return out.getvalue()


# WAV


def chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)


def riff(*chunks: bytes) -> bytes:
    body = b"WAVE" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def samples(seconds: float = 0.5) -> bytes:
    return bytes(range(256)) * int(seconds * 16_000 / 256)


def wav_sound(planted: bytes = b"", *, format_: bytes = struct.pack("<HHIIHH", 1, 1, 8000, 16_000, 2, 16)) -> bytes:
    if not planted:
        return riff(chunk(b"fmt ", format_), chunk(b"data", samples()))
    before = [chunk(b"bext", planted.ljust(602, b"\x00")), chunk(b"LIST", b"INFO" + chunk(b"IART", planted))]
    behind = [
        chunk(b"iXML", b"<BWFXML>" + planted), chunk(b"id3 ", b"ID3" + planted), chunk(b"cue ", planted),
        chunk(b"LIST", b"adtl" + chunk(b"labl", bytes(4) + planted)),
    ]  # fmt: skip
    whole = riff(*before, chunk(b"fmt ", format_ + planted), *before, chunk(b"data", samples()), *behind)
    return whole + archive(planted)


def samples_in(content: bytes) -> bytes:
    with wave.open(BytesIO(content)) as sound:
        return sound.readframes(sound.getnframes())


# MP3


def mp3_frame(main: bytes = b"", *, back: int = 0, length: int = 0, filling: bytes = b"") -> bytes:
    """128,000 bits a second, stereo, silent; its sound of `length` bytes begins `back` bytes before it."""
    side = (back << 247 | length * 8 << 224).to_bytes(MP3_SIDE, "big")
    room = MP3_SIZE - 4 - MP3_SIDE - len(main)
    return (
        MP3_HEAD + side + main + (filling * room)[:room] if filling else (MP3_HEAD + side + main).ljust(MP3_SIZE, b"\0")
    )


def id3(planted: bytes) -> bytes:
    frames = {
        b"COMM": b"\x00eng\x00" + planted, b"TXXX": b"\x00place\x00" + planted, b"TPE1": b"\x00" + planted,
        b"GEOB": b"\x00a/b\x00" + planted, b"APIC": b"\x00image/png\x00\x03\x00" + planted + MP3_HEAD,
    }  # fmt: skip
    body = b"".join(name + struct.pack(">IH", len(text), 0) + text for name, text in frames.items())
    size = len(body)
    return b"ID3\x04\x00\x00" + bytes([size >> 21 & 127, size >> 14 & 127, size >> 7 & 127, size & 127]) + body


def ape(planted: bytes) -> bytes:
    item = struct.pack("<II", len(planted), 0) + b"Artist\x00" + planted
    head, foot = (
        b"APETAGEX" + struct.pack("<IIII", 2000, len(item) + 32, 1, flags) + bytes(8)
        for flags in (0xA0000000, 0x80000000)
    )
    return head + item + foot


def mp3_header_frame(planted: bytes) -> bytes:
    """As LAME writes it: the length, and the encoder's own words."""
    hundredths = (planted + bytes(100))[:100]
    return mp3_frame(b"Xing" + struct.pack(">III", 7, 999, 999) + hundredths + b"LAME3.100" + planted)


def mp3_sound(planted: bytes = b"", *, frames: int = 40) -> bytes:
    if not planted:
        return mp3_frame() * frames
    half = mp3_frame(filling=planted) * (frames // 2)
    lyrics = b"LYRICSBEGIN" + planted + b"LYRICS200"
    tag = b"TAG" + planted[:30].ljust(125, b"\x00")
    begin = id3(planted) + ape(planted) + mp3_header_frame(planted)
    return begin + half + id3(planted) + b"junk" + planted + half + lyrics + ape(planted) + tag + archive(planted)


# OGG


def pages(packets: list[bytes], *, stream: int = 7, time: int = 0, number: int = 0, flags: int = 0) -> list[Page]:
    """Packets on as few pages as they need; each page ends at `time`."""
    lacing = b"".join(b"\xff" * (len(packet) // 255) + bytes([len(packet) % 255]) for packet in packets)
    body, found = b"".join(packets), list[Page]()
    while lacing:
        here, lacing = lacing[:255], lacing[255:]
        length = sum(here)
        continued = CONTINUED if found and found[-1].is_cut else 0
        found.append(Page(flags | continued, time, stream, number + len(found), here, body[:length]))
        body = body[length:]
    return found


def comments(name: bytes, planted: bytes, *, end: bytes = b"") -> bytes:
    entries = [b"LOCATION=" + planted, b"ARTIST=" + planted, b"METADATA_BLOCK_PICTURE=" + planted * 3000]
    listed = b"".join(struct.pack("<I", len(entry)) + entry for entry in entries) if planted else b""
    count = len(entries) if planted else 0
    return name + struct.pack("<I", len(planted)) + planted + struct.pack("<I", count) + listed + end


def ogg(head: bytes, further: list[bytes], packets: list[bytes], planted: bytes = b"", *, step: int = 960) -> bytes:
    beginning = pages([head], flags=BEGINS)
    headers = pages(further, number=1)
    sound: list[Page] = []
    for at in range(0, len(packets), 10):
        number = 1 + len(headers) + len(sound)
        flags = ENDS if at + 10 >= len(packets) else 0
        sound += pages(packets[at : at + 10], number=number, time=(at + 10) * step, flags=flags)
    if planted:
        beginning += pages([b"fishead\x00" + planted], stream=8, flags=BEGINS)
        sound[1:1] = pages([planted], stream=8, number=1, flags=ENDS)
    whole = b"".join(page.written() for page in [*beginning, *headers, *sound])
    return whole + (archive(planted) if planted else b"")


def ogg_opus(planted: bytes = b"", *, packets: int = 50) -> bytes:
    """One second of silence."""
    return ogg(OPUS_HEAD + planted, [comments(b"OpusTags", planted)], [OPUS_SILENCE] * packets, planted)


def ogg_vorbis(planted: bytes = b"") -> bytes:
    """What looks like Vorbis to everything but a decoder."""
    further = [comments(b"\x03vorbis", planted, end=b"\x01"), VORBIS_SETUP]
    sound = [bytes([number]) * (number * 9) for number in range(1, 60)]
    return ogg(VORBIS_HEAD + planted, further, sound, planted, step=1024)


# WebM


def vp8_picture(shade: int, *, width: int = 160, height: int = 90) -> bytes:
    """A whole picture: inside of a lossy WebP is exactly a key frame of VP8."""
    out = BytesIO()
    Image.new("RGB", (width, height), (shade, 120, 255 - shade)).save(out, "WEBP", quality=60)
    content = out.getvalue()
    at = content.index(b"VP8 ")
    return content[at + 8 : at + 8 + int.from_bytes(content[at + 4 : at + 8], "little")]


def block(track: int, time: int, content: bytes, *, flags: int = KEY) -> bytes:
    return ebml.element(0xA3, bytes([0x80 | track]) + struct.pack(">hB", time, flags) + content)


def grouped(track: int, time: int, content: bytes, *, planted: bytes = b"") -> bytes:
    inner = ebml.element(0xA1, bytes([0x80 | track]) + struct.pack(">hB", time, 0) + content) + ebml.whole(0x9B, 20)
    extra = ebml.element(0x75A1, ebml.element(0xA6, ebml.element(0xA5, planted))) if planted else b""
    return ebml.element(0xA0, extra + inner + ebml.signed(0x75A2, 1000))


def video_track(planted: bytes = b"") -> bytes:
    settings = ebml.whole(0xB0, 160) + ebml.whole(0xBA, 90) + ebml.element(0x55B0, ebml.whole(0x55B1, 1))
    named = ebml.element(0x536E, planted) + ebml.element(0x22B59C, planted) + ebml.element(0x258688, planted)
    entry = ebml.whole(0xD7, 1) + ebml.element(0x73C5, planted[:8] or b"\x05") + ebml.whole(0x83, 1)
    private = ebml.element(0x63A2, planted) if planted else b""
    settings += ebml.element(0x2EB524, planted) if planted else b""
    codec = ebml.element(0x86, b"V_VP8")
    return ebml.element(0xAE, entry + codec + (named + private if planted else b"") + ebml.element(0xE0, settings))


def sound_track(
    planted: bytes = b"", *, codec: bytes = b"A_OPUS", private: bytes = OPUS_HEAD, more: bytes = b""
) -> bytes:
    entry = ebml.whole(0xD7, 3) + ebml.whole(0x73C5, 99) + ebml.whole(0x83, 2) + ebml.element(0x86, codec)
    settings = ebml.element(0xB5, struct.pack(">f", 48_000)) + ebml.whole(0x9F, 1)
    named = ebml.element(0x536E, planted) if planted else b""
    return ebml.element(
        0xAE, entry + named + ebml.element(0x63A2, private + planted) + ebml.element(0xE1, settings) + more
    )


def words_track(planted: bytes) -> bytes:
    entry = (
        ebml.whole(0xD7, 9) + ebml.whole(0x73C5, 9) + ebml.whole(0x83, 0x11) + ebml.element(0x86, b"D_WEBVTT/SUBTITLES")
    )
    return ebml.element(0xAE, entry + ebml.element(0x536E, planted))


def clusters(seconds: int, *, unknown: bool, planted: bytes = b"", pictures: bool = True) -> bytes:
    """Each second a picture, and every 20 milliseconds silence."""
    whole = b""
    for second in range(seconds):
        body = ebml.whole(0xE7, second * 1000)
        if planted:
            body += ebml.element(0xEC, planted) + block(9, 0, planted) + ebml.element(0xAF, planted)
        body += block(1, 0, vp8_picture(second * 60 % 256)) if pictures else b""
        body += b"".join(block(3, time, OPUS_SILENCE) for time in range(0, 980, 20))
        body += grouped(3, 980, OPUS_SILENCE, planted=planted)
        length = b"\x01" + b"\xff" * 7 if unknown else ebml.length_of(len(body))
        whole += ebml.name_of(0x1F43B675) + length + body
    return whole


def webm(segment: bytes, *, kind: bytes = b"webm", unknown: bool = False) -> bytes:
    header = ebml.element(0x1A45DFA3, ebml.element(0x4282, kind) + ebml.whole(0x4287, 4) + ebml.whole(0x4285, 2))
    length = b"\x01" + b"\xff" * 7 if unknown else ebml.length_of(len(segment))
    return header + ebml.name_of(0x18538067) + length + segment


def webm_video(planted: bytes = b"", *, seconds: int = 3, unknown: bool = False, pictures: bool = True) -> bytes:
    """A video of plain colours with silence; with `unknown` as browsers record, who know no lengths."""
    about = (
        ebml.whole(0x2AD7B1, 1_000_000) + ebml.element(0x4D80, planted or b"a") + ebml.element(0x5741, planted or b"b")
    )
    about += ebml.real(0x4489, seconds * 1000.0) if not unknown else b""
    tracks = (video_track(planted) if pictures else b"") + sound_track(planted)
    before = behind = b""
    if planted:
        about += ebml.element(0x7BA9, planted) + ebml.element(0x4461, planted[:8]) + ebml.element(0x73A4, planted)
        about += ebml.element(0x7384, planted) + ebml.element(0xBF, planted[:4])
        tracks += words_track(planted)
        tags = ebml.element(0x7373, ebml.element(0x67C8, ebml.element(0x45A3, planted) + ebml.element(0x4487, planted)))
        attached = ebml.element(0x61A7, ebml.element(0x466E, planted) + ebml.element(0x465C, archive(planted)))
        before = ebml.element(0xEC, planted) + ebml.element(0x1254C367, tags)
        behind = ebml.element(0x1941A469, attached) + ebml.element(0x1043A770, planted) + ebml.element(0x1254C367, tags)
    whole = before + ebml.element(0x1549A966, about) + ebml.element(0x1654AE6B, tracks)
    whole += clusters(seconds, unknown=unknown, planted=planted, pictures=pictures) + behind
    return webm(whole, unknown=unknown) + (archive(planted) if planted else b"")
