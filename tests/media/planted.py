"""Sixty files in fourteen formats, in each of which somebody wrote where, with what, by whom and why it was made.

Every file has a word of its own, written wherever its format lets people and programs write: as it is, in UTF-16, and
packed. Whoever finds that word in something that the portal keeps or serves has found a leak.
"""

import base64
import re
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from io import BytesIO

import pikepdf
import pillow_heif
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image, PngImagePlugin, TiffImagePlugin, TiffTags

from media.ingest.png import chunk_of
from tests.media import mp4_files, pdf_files, picture_files, sound_files

COUNT = 60
SIZE = (520, 300)
#: Tags of EXIF that Windows writes in UTF-16: title, comment, author, keywords, subject.
WIDE_TAGS = (0x9C9B, 0x9C9C, 0x9C9D, 0x9C9E, 0x9C9F)
MAKER_NOTE, USER_COMMENT, PLACE = 0x927C, 0x9286, 0x8825
#: A place as EXIF packs it, in both orders of bytes.
PLACES = tuple(
    struct.pack(f"{order}6I", *(13, 1, 44, 1, 7, 1)) for order in "<>"
)  # fmt: skip
ZLIB = re.compile(rb"x[\x01\x5e\x9c\xda]")


@dataclass(frozen=True)
class Planted:
    """A file as somebody brings it, and the word that nobody may find again."""

    name: str
    word: bytes
    content: bytes


def forms_of(word: bytes) -> list[bytes]:
    """All ways in which `word` could be written."""
    text = word.decode("ascii")
    inside = [base64.b64encode(bytes(skipped) + word)[4 if skipped else 0 : -4] for skipped in range(3)]
    return [word, word.lower(), text.encode("utf-16-le"), text.encode("utf-16-be"), word.hex().encode(),
            word.hex().upper().encode(), *inside]  # fmt: skip


def readable(content: bytes) -> Iterator[bytes]:
    """`content`, and whatever in it was packed."""
    yield content
    if content.startswith(b"%PDF"):
        yield pdf_files.unpacked(content)
    for found in ZLIB.finditer(content):
        try:
            yield zlib.decompressobj().decompress(content[found.start() :], 1_000_000)
        except zlib.error:
            continue


def found_in(content: bytes, *words: bytes) -> list[bytes]:
    """Which forms of `words`, and which places, stand in `content`."""
    forms = [*PLACES, *(form for word in words for form in forms_of(word))]
    return [form for piece in readable(content) for form in forms if form in piece]


@cache
def all_planted() -> list[Planted]:
    makers = [*pictures(), *papers(), *recordings()]
    planted = []
    for number, (ending, make) in enumerate(makers):
        word = b"Plant%02dXqz" % number
        planted.append(Planted(f"file{number}.{ending}", word, make(word)))
    return planted


Maker = tuple[str, Callable[[bytes], bytes]]


# Pictures


def pictures() -> Iterator[Maker]:
    for format_, ending in picture_files.EXTENSIONS.items():
        yield ending, partial(written_everywhere, format_=format_, orientation=1)
        yield ending, partial(written_everywhere, format_=format_, orientation=6)
        yield ending, partial(as_windows_writes, format_=format_)
        yield ending, partial(in_corners, format_=format_)


def written_everywhere(word: bytes, *, format_: str, orientation: int) -> bytes:
    return picture_files.picture(format_, word, SIZE, orientation)


def as_windows_writes(word: bytes, *, format_: str) -> bytes:
    """Author and comment in UTF-16, a maker's note, and where it was."""
    return with_exif(exif_with(word), format_=format_, word=word)


def exif_with(word: bytes) -> Image.Exif:
    wide = word.decode().encode("utf-16-le")
    block = Image.Exif()
    for tag in WIDE_TAGS:
        block[tag] = wide + b"\0\0"
    block[MAKER_NOTE] = b"Camera\0" + word
    block[USER_COMMENT] = b"UNICODE\0" + word.decode().encode("utf-16-be")
    block[PLACE] = {1: "N", 2: (13.0, 44.0, 7.0), 3: "E", 4: (100.0, 30.0, 9.0)}
    return block


def with_exif(block: Image.Exif, *, format_: str, word: bytes) -> bytes:
    out = BytesIO()
    image = picture_files.pixels(*SIZE)
    if format_ == "HEIC":
        pillow_heif.register_heif_opener()
        image.save(out, "HEIF", exif=block.tobytes(), quality=80)
    elif format_ == "TIFF":
        image.save(out, "TIFF", tiffinfo=directory_with(block))
    elif format_ == "GIF":
        image.save(out, "GIF", comment=word.decode().encode("utf-16-le"))
    else:
        image.save(out, format_, exif=block)
    return out.getvalue()


def directory_with(block: Image.Exif) -> TiffImagePlugin.ImageFileDirectory_v2:
    """The same in the directory of a TIFF, which knows fewer kinds of values."""
    found = TiffImagePlugin.ImageFileDirectory_v2()
    for tag in (*WIDE_TAGS, MAKER_NOTE, USER_COMMENT):
        found.tagtype[tag] = TiffTags.UNDEFINED
        found[tag] = block[tag]
    found[PLACE] = block[PLACE]
    return found


def in_corners(word: bytes, *, format_: str) -> bytes:
    """Where each format has a corner of its own; for the others, behind the end."""
    content = with_exif(exif_with(word), format_=format_, word=word)
    corner = CORNERS.get(format_)
    return corner(content, word) if corner else content + b"\0" * 8 + word + zlib.compress(word)


def corners_of_jpeg(content: bytes, word: bytes) -> bytes:
    """A thumbnail of which the EXIF speaks, IPTC, continued XMP, and a second picture behind the first."""
    small = picture_files.picture("JPEG", word, (64, 48))
    segments = (
        (0xE1, b"http://ns.adobe.com/xmp/extension/\0" + word), (0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0" + word),
        (0xE2, b"MPF\0" + word), (0xEA, word), (0xFE, word.decode().encode("utf-16-le")), (0xEF, small),
    )  # fmt: skip
    packed = b"".join(b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body for marker, body in segments)
    return content[:2] + packed + content[2:] + small


def corners_of_png(content: bytes, word: bytes) -> bytes:
    text = PngImagePlugin.PngInfo()
    text.add_itxt("Author", word.decode(), zip=True)
    text.add_text("Comment", word.decode() * 30, zip=True)
    out = BytesIO()
    Image.open(BytesIO(content)).save(out, "PNG", pnginfo=text)
    whole = out.getvalue()
    profile = word + b"\0\0" + zlib.compress(picture_files.SRGB)
    return whole[:33] + chunk_of(b"iCCP", profile) + chunk_of(b"prVt", word) + whole[33:] + word


def corners_of_webp(content: bytes, word: bytes) -> bytes:
    chunk = b"OWN " + struct.pack("<I", len(word) + len(word) % 2) + word + bytes(len(word) % 2)
    whole = content + chunk
    return whole[:4] + struct.pack("<I", len(whole) - 8) + whole[8:]


def corners_of_gif(content: bytes, word: bytes) -> bytes:
    """XMP as an application of its own, which has no lengths, and a text that is drawn over the picture."""
    xmp = b"\x21\xff\x0bXMP DataXMP" + bytes([len(word)]) + word + b"\0"
    return content[:-1] + xmp + b"\x21\xfe" + bytes([len(word)]) + word + b"\0;" + word


CORNERS: dict[str, Callable[[bytes, bytes], bytes]] = {
    "JPEG": corners_of_jpeg, "PNG": corners_of_png, "WEBP": corners_of_webp, "GIF": corners_of_gif,
}  # fmt: skip


# Papers


def papers() -> Iterator[Maker]:
    for plant in (authors, packed_metadata, photographs, notes, programs, remarks, form, layers):
        yield "pdf", partial(paper, plant=plant)


def paper(word: bytes, *, plant: Callable[[Pdf, bytes], None]) -> bytes:
    pdf = pdf_files.paper()
    plant(pdf, word)
    return pdf_files.saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.generate) + word


def authors(pdf: Pdf, word: bytes) -> None:
    for key in ("/Author", "/Creator", "/Producer", "/Title", "/Company"):
        pdf.docinfo[key] = pikepdf.String(b"\xfe\xff" + word.decode().encode("utf-16-be"))


def packed_metadata(pdf: Pdf, word: bytes) -> None:
    xmp = b"<x:xmpmeta><dc:creator>" + word + b"</dc:creator></x:xmpmeta>"
    for part in (pdf.Root, pdf.pages[0].obj, pdf.pages[0].obj["/Resources"]["/Font"]["/F1"]):
        part["/Metadata"] = pdf.make_stream(xmp * 20)


def photographs(pdf: Pdf, word: bytes) -> None:
    content = corners_of_jpeg(picture_files.picture("JPEG", word, (64, 48)), word)
    pdf_files.show(pdf, pdf_files.photograph(pdf, content, size=(64, 48)))


def notes(pdf: Pdf, word: bytes) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 1, 1], T=word, Contents=word, NM=word)
    pdf.pages[0].obj["/Annots"].append(pdf.make_indirect(note))
    pdf.pages[0].obj["/Annots"].append(pdf_files.link(f"file:///home/{word.decode()}/a.docx"))


def programs(pdf: Pdf, word: bytes) -> None:
    private = Dictionary(Private=pdf.make_stream(word), LastModified=word)
    pdf.pages[0].obj["/PieceInfo"] = Dictionary(Word=private)
    pdf.trailer["/AdditionalStreams"] = Array([Name.text, pdf.make_stream(word)])
    pdf.trailer["/ID"] = Array([pikepdf.String(word), pikepdf.String(word)])


def remarks(pdf: Pdf, word: bytes) -> None:
    pdf.pages[0].contents_add(b"% " + word + b"\nBT (100%) Tj ET\n")
    behind = pikepdf.Stream(pdf, zlib.compress(b"q Q") + word, Filter=Name.FlateDecode)
    pdf.pages[0].contents_add(behind)


def form(pdf: Pdf, word: bytes) -> None:
    field = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=word, TU=word, DV=word, Rect=[0, 0, 9, 9], DA="/F1 9 Tf"
    )
    fields = Array([pdf.make_indirect(field)])
    pdf.pages[0].obj["/Annots"].append(fields[0])
    pdf.Root["/AcroForm"] = Dictionary(Fields=fields)


def layers(pdf: Pdf, word: bytes) -> None:
    usage = Dictionary(CreatorInfo=Dictionary(Creator=word), User=Dictionary(Name=word))
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="Map", Usage=usage))
    pdf.Root["/OCProperties"] = Dictionary(OCGs=Array([layer]), D=Dictionary(Creator=word, Order=Array([layer])))
    measure = pdf.make_indirect(Dictionary(Type=Name.Measure, Subtype=Name.GEO, GCS=Dictionary(WKT=word)))
    pdf.pages[0].obj["/VP"] = Array([Dictionary(Name=word, Measure=measure)])


# Recordings


def recordings() -> Iterator[Maker]:
    yield "mp4", mp4_files.mp4_video
    yield "mp4", partial(mp4_files.mp4_video, turn=mp4_files.TURNED)
    yield "mp4", mp4_files.h264_video
    yield "mp4", mp4_files.hevc_video
    yield "m4a", mp4_files.m4a_sound
    yield "m4a", lambda word: mp4_files.m4a_sound(word) + mp4_files.archive(word)
    yield "m4a", lambda word: sound_only(word, index_first=True)
    yield "m4a", lambda word: sound_only(word, index_first=False) + word.decode().encode("utf-16-le")
    yield "webm", sound_files.webm_video
    yield "webm", partial(sound_files.webm_video, unknown=True)
    yield "webm", partial(sound_files.webm_video, pictures=False)
    yield "webm", lambda word: sound_files.webm_video(word, seconds=2) + word
    yield "mp3", sound_files.mp3_sound
    yield "mp3", partial(sound_files.mp3_sound, frames=60)
    yield "mp3", lambda word: sound_files.mp3_sound(word) + b"TAG" + word.ljust(125, b"\0")
    yield "mp3", lambda word: with_cover(sound_files.mp3_sound(word), word)
    yield "wav", sound_files.wav_sound
    yield "wav", partial(sound_files.wav_sound, format_=struct.pack("<HHIIHH", 1, 2, 8000, 32_000, 4, 16))
    yield "wav", lambda word: sound_files.wav_sound(word) + word
    yield "wav", lambda word: sound_files.wav_sound(word).replace(b"iXML", b"aXML")
    yield "ogg", sound_files.ogg_opus
    yield "ogg", sound_files.ogg_vorbis
    yield "ogg", partial(sound_files.ogg_opus, packets=120)
    yield "ogg", lambda word: sound_files.ogg_opus(word) + word.decode().encode("utf-16-be")


def sound_only(word: bytes, *, index_first: bool) -> bytes:
    return mp4_files.movie(mp4_files.aac(word), planted=word, brand=b"M4A ", index_first=index_first)


def with_cover(content: bytes, word: bytes) -> bytes:
    """An ID3 tag with the photograph of a cover, as telephones write it, in UTF-16."""
    picture = picture_files.picture("JPEG", word, (64, 48))
    body = b"\x01image/jpeg\0\x03" + word.decode().encode("utf-16") + b"\0\0" + picture
    frame = b"APIC" + struct.pack(">I", len(body)) + b"\0\0" + body
    size = bytes(len(frame) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\x00\x00" + size + frame + content
