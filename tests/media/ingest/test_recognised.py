import struct
import zipfile
from io import BytesIO

import pytest

from media.ingest.recognised import Door, refusal_for
from tests.media import files, pdf_files


def refusal(content: bytes, *, door: Door = "leaflets") -> tuple[str, str]:
    """The code and the sentence."""
    found = refusal_for(BytesIO(content), door=door)
    return str(found.code), found.messages[0]


def zipped(*names: str, first: bytes = b"") -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        if first:
            archive.writestr("mimetype", first)
        for name in names:
            archive.writestr(name, b"x")
    return out.getvalue()


def compound(*names: str) -> bytes:
    """An Office file of before 2007 with these names in its directory, which begins in the second sector."""
    header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    struct.pack_into("<H", header, 30, 9)
    struct.pack_into("<I", header, 48, 1)
    entries = [name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 2 * len(name) + 2) + bytes(62)
               for name in ("Root Entry", *names)]  # fmt: skip
    return bytes(header) + bytes(512) + b"".join(entries)


OFFICE = "[Content_Types].xml"
KINDS = [
    ("word", zipped(OFFICE, "word/document.xml")),
    ("word_macros", zipped(OFFICE, "word/document.xml", "word/vbaProject.bin")),
    ("excel", zipped(OFFICE, "xl/workbook.xml")),
    ("excel_macros", zipped(OFFICE, "xl/workbook.xml", "xl/vbaProject.bin")),
    ("powerpoint", zipped(OFFICE, "ppt/presentation.xml")),
    ("powerpoint_macros", zipped(OFFICE, "ppt/presentation.xml", "ppt/vbaProject.bin")),
    ("word", compound("WordDocument")),
    ("word_macros", compound("WordDocument", "Macros", "VBA")),
    ("excel", compound("Workbook")),
    ("excel_macros", compound("Workbook", "_VBA_PROJECT_CUR")),
    ("powerpoint", compound("PowerPoint Document")),
    ("encrypted", compound("EncryptionInfo", "EncryptedPackage")),
    ("office", compound("Contents")),
    ("opendocument", zipped("content.xml", first=b"application/vnd.oasis.opendocument.text")),
    ("opendocument_macros", zipped("Basic/a.xml", first=b"application/vnd.oasis.opendocument.text")),
    ("epub", zipped("OEBPS/a.xhtml", first=b"application/epub+zip")),
    ("archive", zipped("a.jpg")),
    ("archive", b"Rar!\x1a\x07\x01\x00" + bytes(30)),
    ("archive", b"7z\xbc\xaf\x27\x1c" + bytes(30)),
    ("archive", b"\x1f\x8b\x08\x00" + bytes(30)),
    ("archive", b"\xfd7zXZ\x00" + bytes(30)),
    ("archive", b"BZh91AY&SY" + bytes(30)),
    ("archive", b"a.txt".ljust(257, b"\0") + b"ustar\x00" + bytes(300)),
    ("program", zipped("META-INF/MANIFEST.MF", "A.class")),
    ("program", b"MZ\x90\x00" + bytes(60)),
    ("program", b"\x7fELF\x02\x01" + bytes(60)),
    ("program", b"\xcf\xfa\xed\xfe" + bytes(60)),
    ("program", b"\xca\xfe\xba\xbe\x00\x00\x00\x34" + bytes(60)),
    ("script", b"#!/bin/sh\nrm -rf /\n"),
    ("script", b"<?php system($_GET['a']);"),
    ("script", "<script>alert(1)</script>".encode("utf-16")),
    ("font", b"wOF2" + bytes(40)),
    ("font", b"OTTO" + bytes(40)),
    ("html", b"<!DOCTYPE html><p>Hello"),
    ("html", b"\xef\xbb\xbf  \n<HTML><body>"),
    ("xml", b"<?xml version='1.0'?><a/>"),
    ("rtf", b"{\\rtf1\\ansi Hello}"),
    ("postscript", b"%!PS-Adobe-3.0\n"),
    ("djvu", b"AT&TFORM\x00\x00\x00\x00DJVU"),
    ("captions", b"WEBVTT\n\n00:00.000 --> 00:01.000\nHello"),
    ("other_picture", b"BM\x46\x00\x00\x00" + bytes(60)),
    ("other_picture", b"8BPS\x00\x01" + bytes(60)),
    ("other_recording", b"fLaC" + bytes(60)),
    ("other_recording", b"RIFF\x00\x00\x00\x00AVI LIST" + bytes(60)),
    ("other_recording", b"\x00\x00\x00\x14ftypqt  " + bytes(60)),
    ("text", b"Name;Place\nA;B\n"),
    ("text", "ชื่อ\n".encode()),
    ("empty", b""),
    ("is_picture", files.photograph("JPEG")),
    ("is_picture", files.photograph("WEBP")),
    ("is_picture", b"\x00\x00\x00\x1cftypheic" + bytes(30)),
    ("is_picture", b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'),
    ("is_recording", files.recording()),
    ("is_recording", b"\x00\x00\x00\x20ftypisom" + bytes(30)),
    ("is_recording", b"ID3\x04" + bytes(30)),
    ("invalid_document", b" %PDF-1.4"),
    ("invalid_document", bytes(range(256))),
]  # fmt: skip


@pytest.mark.parametrize(("code", "content"), KINDS)
def test_each_kind_of_file_has_its_own_refusal(code: str, content: bytes) -> None:
    assert refusal(content)[0] == code


def test_a_refusal_says_what_it_is_and_what_to_do() -> None:
    sentence = refusal(zipped(OFFICE, "word/document.xml", "word/vbaProject.bin"))[1]
    assert sentence == "This is a Word document with macros (programs). Save it as PDF and upload that."
    assert refusal(b"fLaC" + bytes(60), door="recordings")[1].startswith("This is a recording in a format (FLAC)")


@pytest.mark.parametrize("door", ["pictures", "leaflets", "recordings"])
def test_every_door_sends_to_the_others_and_has_a_sentence_for_the_rest(door: Door) -> None:
    homes: dict[str, bytes] = {
        "pictures": files.photograph(),
        "leaflets": pdf_files.saved(pdf_files.paper()),
        "recordings": files.recording(),
    }
    codes = {"pictures": "is_picture", "leaflets": "is_document", "recordings": "is_recording"}
    for other in homes.keys() - {door}:
        assert refusal(homes[other], door=door)[0] == codes[other]
    assert refusal(bytes(range(256)), door=door)[0].startswith("invalid_")


def test_a_locked_archive_is_called_so() -> None:
    content = bytearray(zipped("a.txt"))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(content))[0] == "locked_archive"


@pytest.mark.parametrize("content", [zipped(OFFICE, "word/document.xml"), compound("WordDocument", "VBA")])
def test_a_file_that_lies_about_its_inside_is_refused_all_the_same(content: bytes) -> None:
    for at in range(len(content)):
        changed = content[:at] + b"\xff" + content[at + 1 :]
        assert refusal(changed)[1]
        assert refusal(content[:at])[1]
