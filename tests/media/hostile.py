"""A thousand files that should never have been brought, always the same ones.

Each is made by a family of its own: bombs, polyglots, files cut off or damaged, sizes and names that lie, programs
under the names of pictures. Nothing here is dangerous by itself; what would run is a marker that can be looked for.
"""

import gzip
import random
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import islice, product
from zipfile import ZIP_DEFLATED, ZipFile

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from media.ingest.png import SIGNATURE, chunk_of
from tests.media import files, mp4_files, pdf_files, sound_files

COUNT = 1000
HTML = b"<html><script>alert('hostile')</script></html>"
PHP = b"<?php system('hostile'); ?>"
SCRIPT = b"/*hostile*/=1;<script>alert(1)</script>/*"
PROGRAM = b"MZ\x90\x00\x03\x00hostile" + bytes(40)
#: What must be in no file that was kept.
MARKERS = (b"hostile", b"<script", b"<?php", b"PK\x03\x04", b"MZ\x90\x00")


@dataclass(frozen=True)
class Hostile:
    """A file as somebody brings it; `family` says what is wrong with it."""

    family: str
    name: str
    content: bytes


Family = Callable[[random.Random], Iterator[Hostile]]


@cache
def good() -> dict[str, bytes]:
    """A small file of each kind, by the end of its name."""
    pictures = {"jpg": "JPEG", "png": "PNG", "gif": "GIF", "webp": "WEBP", "avif": "AVIF", "tif": "TIFF"}
    return {
        **{ending: picture(format_) for ending, format_ in pictures.items()},
        "pdf": pdf_files.saved(pdf_files.paper()),
        "mp4": mp4_files.mp4_video(),
        "m4a": mp4_files.m4a_sound(),
        "webm": sound_files.webm_video(),
        "ogg": sound_files.ogg_opus(),
        "mp3": sound_files.mp3_sound(),
        "wav": files.recording(seconds=1),
    }


def picture(format_: str) -> bytes:
    out = BytesIO()
    files.pixels(64, 48).save(out, format_)
    return out.getvalue()


@cache
def zipped(*names: str) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name in names or ("hostile.txt",):
            archive.writestr(name, b"hostile")
    return out.getvalue()


@cache
def all_hostile() -> list[Hostile]:
    """COUNT files; what the families leave open is filled with noise."""
    families: tuple[Family, ...] = (
        wrong_types, bombs, papers_that_act, polyglots, lying_names, cut_off, damaged, lying_sizes, nested, misplaced,
        noise,
    )  # fmt: skip
    chances = ((family, random.Random(family.__name__)) for family in families)  # noqa: S311 (the same each time)
    return list(islice((file for family, chance in chances for file in family(chance)), COUNT))


def wrong_types(chance: random.Random) -> Iterator[Hostile]:
    office = ("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")
    contents = (
        PROGRAM, b"\x7fELF\x02\x01\x01" + bytes(60), HTML, PHP, b"#!/bin/sh\nhostile\n", zipped(), zipped(*office),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), b"7z\xbc\xaf\x27\x1c" + bytes(30), b"Rar!\x1a\x07\x00hostile",
        gzip.compress(b"hostile", mtime=0), b"{\\rtf1 hostile}", b"<?xml version='1.0'?><hostile/>", b"%!PS\nhostile",
        b"\xca\xfe\xba\xbe\x00\x00\x00\x34" + bytes(60), b"wOF2" + bytes(60), b"BM" + bytes(60), b"8BPS\x00\x01",
        b"fLaC" + bytes(60), b"RIFF\x24\x00\x00\x00AVI LIST", b"hostile,csv\n1,2\n", b"", b"\x00", b"\xff", bytes(2000),
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>hostile</script></svg>", b"MThd\x00\x00\x00\x06",
    )  # fmt: skip
    for content, ending in product(contents, ("jpg", "png", "webp", "avif", "pdf", "mp4", "mp3", "wav", "ogg", "webm")):
        yield Hostile("wrong type", f"holiday.{ending}", content)


def bombs(chance: random.Random) -> Iterator[Hostile]:
    yield from picture_bombs()
    yield from drawing_bombs()
    yield from paper_bombs()


def picture_bombs() -> Iterator[Hostile]:
    for side in (8_000, 30_000, 65_535, 2_000_000, 2**31 - 1):
        yield Hostile("bomb", "a.png", files.bomb(side, side))
    small, zeros = good()["png"], zlib.compress(bytes(60_000_000), 9)
    for name, head in ((b"iCCP", b"x\x00\x00"), (b"zTXt", b"x\x00\x00"), (b"iTXt", b"x\x00\x01\x00\x00\x00")):
        yield Hostile("bomb", "a.png", small[:33] + chunk_of(name, head + zeros) + small[33:])
    header = struct.pack(">IIBBBBB", 64, 48, 8, 2, 0, 0, 0)
    pixels = chunk_of(b"IHDR", header) + chunk_of(b"IDAT", zeros) + chunk_of(b"IEND", b"")
    yield Hostile("bomb", "a.png", SIGNATURE + pixels)
    for side in (20_000, 65_535):
        yield Hostile("bomb", "a.gif", b"GIF89a" + struct.pack("<HH", side, side) + good()["gif"][10:])
        yield Hostile("bomb", "a.jpg", with_size_of_jpeg(good()["jpg"], side))
    webp = bytearray(good()["webp"])
    webp[26:30] = b"\xff\x3f\xff\x3f"
    yield Hostile("bomb", "a.webp", bytes(webp))
    for tag in (256, 257, 273, 278, 279):
        yield Hostile("bomb", "a.tif", with_entry_of_tiff(good()["tif"], tag, 2**31 - 1))
    at = good()["avif"].index(b"ispe") + 8
    for side in (40_000, 2**31 - 1):
        yield Hostile("bomb", "a.avif", good()["avif"][:at] + struct.pack(">II", side, side) + good()["avif"][at + 8 :])


def with_size_of_jpeg(content: bytes, side: int) -> bytes:
    at = content.index(b"\xff\xc0") + 5
    return content[:at] + struct.pack(">HH", side, side) + content[at + 4 :]


def with_entry_of_tiff(content: bytes, tag: int, value: int) -> bytes:
    """`content` with another value in its directory (TIFF 6.0, section 2)."""
    start = struct.unpack_from("<I", content, 4)[0]
    changed = bytearray(content)
    for at in range(start + 2, len(content) - 11, 12):
        if struct.unpack_from("<H", content, at)[0] == tag:
            struct.pack_into("<HII", changed, at + 2, 4, 1, value)
            break
    return bytes(changed)


def drawing_bombs() -> Iterator[Hostile]:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    laughs = f'<!DOCTYPE svg [<!ENTITY a0 "hostile">{entities}]><svg xmlns="http://www.w3.org/2000/svg">&a11;</svg>'
    outside = (
        '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg">&x;</svg>'
    )
    deep = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">' + "<g>" * 20_000 + "</g>" * 20_000 + "</svg>"
    fetching = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="http://127.0.0.1/hostile"/></svg>'
    )
    for text in (laughs, outside, deep, fetching):
        yield Hostile("drawing", "a.svg", text.encode())
        yield Hostile("drawing", "a.png", text.encode())
    yield Hostile("drawing", "a.svgz", gzip.compress(laughs.encode(), mtime=0))
    yield Hostile("drawing", "a.svgz", gzip.compress(b"<svg" + bytes(50_000_000), mtime=0))


def paper_bombs() -> Iterator[Hostile]:
    for change in (unpacks_far, unpacks_twice, unpacks_for_ever, many_filters, lists_in_lists, pages_in_pages, loop):
        pdf = pdf_files.paper()
        change(pdf)
        yield Hostile("paper bomb", "a.pdf", pdf_files.saved(pdf))
    plain = pdf_files.saved(pdf_files.paper(), object_stream_mode=pikepdf.ObjectStreamMode.disable)
    yield Hostile("paper bomb", "a.pdf", plain.replace(b"/Count 1", b"/Count 2147483647"))
    yield Hostile("paper bomb", "a.pdf", b"%PDF-1.7\n1 0 obj\n" + b"[" * 200_000 + b"\nendobj\n")
    for old in (b"startxref\n", b"/Size ", b"/Prev "):
        yield Hostile("paper bomb", "a.pdf", plain.replace(old, old + b"0"))
    yield Hostile("paper bomb", "a.pdf", bomb_of_objects())


def unpacks_far(pdf: Pdf) -> None:
    pdf.pages[0]["/Contents"] = pikepdf.Stream(pdf, zlib.compress(bytes(140_000_000), 9), Filter=Name.FlateDecode)


def unpacks_twice(pdf: Pdf) -> None:
    packed = zlib.compress(zlib.compress(bytes(140_000_000), 9), 9)
    pdf.pages[0]["/Contents"] = pikepdf.Stream(pdf, packed, Filter=Array([Name.FlateDecode, Name.FlateDecode]))


def unpacks_for_ever(pdf: Pdf) -> None:
    runs = bytes([129, 0]) * 2_000_000
    pdf.pages[0]["/Contents"] = pikepdf.Stream(pdf, runs, Filter=Name.RunLengthDecode)


def many_filters(pdf: Pdf) -> None:
    pdf.pages[0]["/Contents"] = pikepdf.Stream(pdf, b"x", Filter=Array([Name.ASCIIHexDecode] * 5000))


def lists_in_lists(pdf: Pdf) -> None:
    deep = Array([])
    for _ in range(400):
        deep = Array([deep])
    pdf.pages[0]["/MediaBox"] = deep


def pages_in_pages(pdf: Pdf) -> None:
    kids = pdf.Root["/Pages"]["/Kids"]
    for _ in range(20_000):
        kids = Array([pdf.make_indirect(Dictionary(Type=Name.Pages, Kids=kids, Count=1))])
    pdf.Root["/Pages"]["/Kids"] = kids


def loop(pdf: Pdf) -> None:
    pdf.Root["/Pages"]["/Kids"].append(pdf.Root["/Pages"])


def bomb_of_objects() -> bytes:
    """A PDF whose list of objects is itself packed, and unpacks to 200 MB."""
    packed = zlib.compress(b"1 0 " + bytes(200_000_000), 9)
    head = b"%%PDF-1.5\n1 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n" % len(
        packed
    )
    tail = b"\nendstream\nendobj\ntrailer\n<< /Root 2 0 R /Size 3 >>\nstartxref\n0\n%%EOF"
    return head + packed + tail


def papers_that_act(chance: random.Random) -> Iterator[Hostile]:
    act = "<< /S /JavaScript /JS (hostile) >>"
    for changes in (
        {"OpenAction": act}, {"AA": f"<< /WC {act} >>"}, {"Names": f"<< /JavaScript << /Names [(a) {act}] >> >>"},
        {"AcroForm": "<< /XFA (hostile) /Fields [] >>"}, {"OpenAction": "<< /S /Launch /F (hostile.exe) >>"},
        {"Names": "<< /EmbeddedFiles << /Names [(a) << /EF << >> >>] >> >>"}, {"URI": "<< /Base (hostile) >>"},
        {"OpenAction": "<< /S /URI /URI (http://hostile) >>"}, {"Collection": "<< /D (hostile) >>"},
        {"Metadata": "(hostile)"}, {"StructTreeRoot": "<< /AF [ << >> ] >>"}, {"Perms": "<< /DocMDP (hostile) >>"},
    ):  # fmt: skip
        yield Hostile("acts", "a.pdf", files.leaflet(**changes))


def polyglots(chance: random.Random) -> Iterator[Hostile]:
    for ending, content in good().items():
        for payload in (HTML, zipped(), good()["pdf"], PROGRAM):
            yield Hostile("polyglot", f"a.{ending}", content + payload)
    jpeg, gif, png = good()["jpg"], good()["gif"], good()["png"]
    for payload in (PHP, SCRIPT, HTML):
        yield Hostile(
            "polyglot", "a.jpg", b"\xff\xd8\xff\xfe" + struct.pack(">H", len(payload) + 2) + payload + jpeg[2:]
        )
        yield Hostile("polyglot", "a.png", png[:33] + chunk_of(b"tEXt", b"Comment\x00" + payload) + png[33:])
        yield Hostile(
            "polyglot", "a.pdf", good()["pdf"].replace(b"\n", b"\n%" + payload.replace(b"\n", b"") + b"\n", 1)
        )
    # The width of a screen that begins a comment of JavaScript.
    yield Hostile("polyglot", "a.gif", b"GIF89a/*" + gif[8:] + b"*/=1;" + SCRIPT)
    for ending in ("mp4", "m4a"):
        free = struct.pack(">I", 8 + len(HTML)) + b"free" + HTML
        yield Hostile("polyglot", f"a.{ending}", good()[ending] + free)


def lying_names(chance: random.Random) -> Iterator[Hostile]:
    names = (
        "a\x00.{0}", "a.exe\x00.{0}", "../../etc/passwd.{0}", "..\\..\\windows\\a.{0}", "/etc/passwd.{0}", "CON.{0}",
        "aux.{0}", "NUL", "\u202efdp.{0}", "a.{0}.exe", "a.exe.{0}", "a.php.{0}", "a.{0}.", "a.{0} ", ".{0}",
        ".htaccess", "a" * 300 + ".{0}", "ก" * 120 + ".{0}", "a\n.{0}", "<script>.{0}", "'; --.{0}", "a.{0}::$DATA",
        "%2e%2e%2fa.{0}", "~/.ssh/a.{0}", "a.{0};.jpg", "ａ.{0}", "a.\u200b{0}", "-rf.{0}", "a" * 300, "\u0000", " ",
        "...",
    )  # fmt: skip
    for name, ending in product(names, ("wav", "mp3")):
        yield Hostile("name", name.format(ending), good()[ending])
    for name, ending in zip(names, ("png", "pdf", "gif", "webp") * 8, strict=True):
        yield Hostile("name", name.format(ending), good()[ending])


def cut_off(chance: random.Random) -> Iterator[Hostile]:
    for ending, content in good().items():
        for _ in range(6 if ending == "pdf" else 14):
            yield Hostile("cut off", f"a.{ending}", content[: chance.randrange(1, len(content) - 2)])


def damaged(chance: random.Random) -> Iterator[Hostile]:
    for ending, content in good().items():
        is_unpacked = ending in {"jpg", "png", "gif", "webp", "avif", "tif", "pdf"}
        for _ in range(4 if is_unpacked else 16):
            changed = bytearray(content)
            for _flip in range(chance.randrange(1, 9)):
                changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
            yield Hostile("damaged", f"a.{ending}", bytes(changed))


def lying_sizes(chance: random.Random) -> Iterator[Hostile]:
    lies = (0, 1, 7, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
    for size, ending in product(lies, ("wav", "webp")):
        content = good()[ending]
        for at in (4, 16):
            yield Hostile("lying size", f"a.{ending}", content[:at] + struct.pack("<I", size) + content[at + 4 :])
        if ending == "wav":
            at = content.index(b"data") + 4
            yield Hostile("lying size", "a.wav", content[:at] + struct.pack("<I", size) + content[at + 4 :])
    for size, ending in product(lies, ("mp4", "m4a", "avif")):
        content = good()[ending]
        for kind in (b"ftyp", b"moov" if ending != "avif" else b"meta", b"mdat"):
            at = content.index(kind) - 4
            yield Hostile("lying size", f"a.{ending}", content[:at] + struct.pack(">I", size) + content[at + 4 :])
    yield from lying_frames(lies)


def lying_frames(lies: tuple[int, ...]) -> Iterator[Hostile]:
    for size in lies:
        yield Hostile("lying size", "a.png", good()["png"][:8] + struct.pack(">I", size) + good()["png"][12:])
        spread = bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))
        yield Hostile("lying size", "a.mp3", b"ID3\x04\x00\x00" + spread + good()["mp3"])
        yield Hostile("lying size", "a.ogg", good()["ogg"][:26] + bytes([size & 255]) + good()["ogg"][27:])
    webm = good()["webm"]
    for width in range(1, 9):
        # All ones: a size that is not known, in each of the lengths that EBML allows (RFC 8794, 6.2).
        unknown = bytes([(1 << (9 - width)) - 1]) + b"\xff" * (width - 1)
        yield Hostile("lying size", "a.webm", webm[:4] + unknown + webm[5:])
        yield Hostile("lying size", "a.webm", b"\x1aE\xdf\xa3" + unknown + webm[4:40] * 20)
    for depth in (20, 2_000, 20_000):
        boxes = b"".join(struct.pack(">I", 8 * (depth - level)) + b"moov" for level in range(depth))
        yield Hostile("deep", "a.mp4", b"\x00\x00\x00\x10ftypisom\x00\x00\x02\x00" + boxes)
        yield Hostile("deep", "a.webm", webm[:40] + b"\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff" * depth)


def nested(chance: random.Random) -> Iterator[Hostile]:
    inner = zipped()
    for _ in range(4):
        out = BytesIO()
        with ZipFile(out, "w", ZIP_DEFLATED) as archive:
            archive.writestr("hostile.zip", inner)
        inner = out.getvalue()
        for ending in ("jpg", "pdf", "mp4"):
            yield Hostile("nested", f"a.{ending}", inner)
    pdf = pdf_files.paper()
    stream = pdf.make_stream(good()["pdf"], Type=Name.EmbeddedFile)
    pdf.Root["/Names"] = Dictionary(EmbeddedFiles=Dictionary(Names=Array(["a", Dictionary(EF=Dictionary(F=stream))])))
    yield Hostile("nested", "a.pdf", pdf_files.saved(pdf))
    for ending in ("png", "jpg"):
        icon = struct.pack("<HHHBBBBHHII", 0, 1, 1, 64, 48, 0, 0, 1, 32, len(good()[ending]), 22) + good()[ending]
        yield Hostile("nested", "a.png", icon)


def misplaced(chance: random.Random) -> Iterator[Hostile]:
    """What begins as something else, and is called what comes after it."""
    for ending, content in good().items():
        for head in (b"\n", b"\x00", b"MZ\x90\x00", b"<html>", b"GIF89a", b"%PDF-1.4\n", b"\xef\xbb\xbf"):
            if not (ending in {"gif", "pdf"} and content.startswith(head[:4])):
                yield Hostile("misplaced", f"a.{ending}", head + content)
    for ending, other in product(good(), ("exe", "html", "svg", "php", "")):
        yield Hostile("misplaced", f"a.{other}", good()[ending])


def noise(chance: random.Random) -> Iterator[Hostile]:
    """What begins as it should, and goes on at random."""
    kinds = [ending for ending in good() if ending not in {"avif", "tif"}]
    while True:
        for ending in kinds:
            yield Hostile("noise", f"a.{ending}", good()[ending][:24] + chance.randbytes(chance.randrange(200)))
