"""What else could a file be that a door does not know as its own, and what can the person do who brought it?

A door that knows none of its formats in a file raises `refusal_for(file, door="pictures")` (or "leaflets",
"recordings"). It never returns nothing: what nobody recognises gets the door's general sentence. Looks at the first
kilobytes and, of packed files, at the list of names; unpacks nothing.
"""

from collections.abc import Iterable
from typing import IO, TYPE_CHECKING, Literal

from django.utils.translation import gettext_lazy as _

from media.ingest.kept import UnableToKeep
from media.ingest.packed_names import COMPOUND, Packed, in_compound, in_zip

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Door = Literal["pictures", "leaflets", "recordings"]

HEAD = 40 * 1024
PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*")
PICTURE_BRANDS = {b"avif", b"avis", b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"}
RECORDINGS = (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa", b"OggS", b"\x1aE\xdf\xa3")
#: Pictures, sounds and videos that we do not take: where, which bytes, what people call them.
OTHER_PICTURES = (
    (0, b"BM", "BMP"), (0, b"\x00\x00\x01\x00", "ICO"), (0, b"\x00\x00\x02\x00", "CUR"), (0, b"8BPS", "Photoshop"),
    (0, b"\x00\x00\x00\x0cjP  ", "JPEG 2000"), (0, b"\xff\x4f\xff\x51", "JPEG 2000"), (0, b"\xff\x0a", "JPEG XL"),
    (0, b"\x00\x00\x00\x0cJXL ", "JPEG XL"), (0, b"FUJIFILM", "RAW"), (0, b"IIRO", "RAW"), (0, b"IIU\x00", "RAW"),
    (4, b"ftypcrx", "RAW"), (0, b"gimp xcf", "GIMP"), (0, b"DDS ", "DDS"), (0, b"v/1\x01", "OpenEXR"),
    (0, b"\xd7\xcd\xc6\x9a", "WMF"), (40, b" EMF", "EMF"), (0, b"II+\x00", "BigTIFF"), (0, b"MM\x00+", "BigTIFF"),
)  # fmt: skip
OTHER_RECORDINGS = (
    (0, b"fLaC", "FLAC"), (0, b"FORM", "AIFF"), (0, b"caff", "CAF"), (0, b"#!AMR", "AMR"), (0, b"MThd", "MIDI"),
    (0, b"RF64", "RF64"), (0, b"riff", "WAVE64"), (0, b"\xff\xf1", "AAC"), (0, b"\xff\xf9", "AAC"),
    (8, b"AVI ", "AVI"), (4, b"ftypqt  ", "QuickTime"), (4, b"moov", "QuickTime"), (0, b"FLV\x01", "FLV"),
    (0, b"0&\xb2u\x8ef\xcf\x11", "Windows Media"), (0, b"\x00\x00\x01\xba", "MPEG"), (0, b"\x00\x00\x01\xb3", "MPEG"),
    (0, b".RMF", "RealMedia"),
)  # fmt: skip
PROGRAMS = (b"\x7fELF", b"\xfe\xed\xfa", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"\x00asm",
            b"dex\n", b"FWS", b"CWS", b"ZWS", b"L\x00\x00\x00\x01\x14\x02\x00", b"!<arch>\n")  # fmt: skip
SCRIPTS = (b"#!", b"<?php", b"<?=", b"@echo", b"<script", b"javascript:", b"<%@", b"import ", b"function ", b"var ",
           b"$code", b"powershell", b"wscript", b"set shell", b"[internetshortcut]")  # fmt: skip
FONTS = (b"OTTO", b"ttcf", b"wOFF", b"wOF2", b"\x00\x01\x00\x00\x00", b"true\x00")
MARKUP = (b"<!doctype html", b"<html", b"<head", b"<body", b"<iframe")
ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"\xfd7zXZ\x00", b"BZh", b"\x28\xb5\x2f\xfd",
            b"\x04\x22\x4d\x18", b"MSCF", b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")  # fmt: skip

#: Characters that no text has.
CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b"))


def refusal_for(source: IO[bytes], *, door: Door) -> UnableToKeep:
    """Why `door` does not take this file, by what it is; the file is left wherever reading ended."""
    source.seek(0)
    head = source.read(HEAD)
    for refusal in (_nothing, _other_door, _packed, _program, _markup, _document, _other_media, _text):
        found = refusal(head, source, door)
        if found is not None:
            return found
    return UnableToKeep(GENERAL[door][0], code=GENERAL[door][1])


GENERAL: dict[str, tuple["_StrPromise", str]] = {
    "pictures": (
        _("This is not a picture that we can show. Save it as JPEG (photographs) or PNG (drawings)."),
        "invalid_image",
    ),
    "leaflets": (
        _("This is not a PDF, whatever its name says. Save the document as PDF and upload that."),
        "invalid_document",
    ),
    "recordings": (
        _("This is not a recording that we can play. Save sound as MP3 or WAV, and video as MP4."),
        "invalid_sound",
    ),
}


def _nothing(head: bytes, source: IO[bytes], door: Door) -> UnableToKeep | None:
    if head:
        return None
    message = _("This file is empty. Perhaps it was not copied to its end: copy it again, and upload that.")
    return UnableToKeep(message, code="empty")


def _other_door(head: bytes, source: IO[bytes], door: Door) -> UnableToKeep | None:
    """What another door would take, and a PDF that does not begin as one."""
    if b"%PDF-" in head[:1024]:
        return _pdf(door)
    if door != "pictures" and is_picture(head):
        return UnableToKeep(_("This is a picture: add it under Pictures."), code="is_picture")
    if door != "recordings" and is_recording(head):
        return UnableToKeep(_("This is a recording: add it under Recordings."), code="is_recording")
    return None


def _pdf(door: Door) -> UnableToKeep:
    if door != "leaflets":
        return UnableToKeep(_("This is a PDF: add it under Leaflets."), code="is_document")
    message = _(
        "Something stands before the beginning of this PDF, so it is not a PDF alone. Print it to a new PDF, and "
        "upload that."
    )
    return UnableToKeep(message, code="invalid_document")


def is_picture(head: bytes) -> bool:
    """Whether it begins like a picture that the pictures' door knows."""
    if head[4:8] == b"ftyp":
        return head[8:12] in PICTURE_BRANDS
    return head.startswith(PICTURES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP") or _is_svg(head)


def is_recording(head: bytes) -> bool:
    """Whether it begins like a recording that the recordings' door knows."""
    if head[4:8] == b"ftyp":
        return head[8:12] not in PICTURE_BRANDS | {b"crx ", b"qt  "}
    return head.startswith(RECORDINGS) or (head[:4] == b"RIFF" and head[8:12] == b"WAVE")


def _packed(head: bytes, source: IO[bytes], door: Door) -> UnableToKeep | None:
    """Office documents, and archives."""
    if head.startswith(COMPOUND):
        return _office(in_compound(source), macros=("vba", "_vba_project", "_vba_project_cur", "macros"))
    if not head.startswith(ARCHIVES) and head[257:262] != b"ustar":
        return None
    inside = in_zip(source) if head.startswith(b"PK") else Packed(frozenset())
    found = _office(inside, macros=("vbaproject.bin",)) if inside.has("[content_types].xml") else _zipped(head, inside)
    if found is not None:
        return found
    if inside.is_locked:
        message = _("This is an archive locked with a password. Unpack it, and upload the files one by one.")
        return UnableToKeep(message, code="locked_archive")
    message = _("This is an archive (such as ZIP). Unpack it, and upload the files one by one.")
    return UnableToKeep(message, code="archive")


#: Names inside of office documents: of what with macros, of what without, code.
OFFICE: tuple[tuple[tuple[str, ...], "_StrPromise", "_StrPromise", str], ...] = (
    (
        ("word/", "worddocument"),
        _("This is a Word document with macros (programs). Save it as PDF and upload that."),
        _("This is a Word document. Save it as PDF and upload that."),
        "word",
    ),
    (
        ("xl/", "workbook", "book"),
        _("This is an Excel table with macros (programs). Save what people should read as PDF and upload that."),
        _("This is an Excel table. Save what people should read as PDF and upload that."),
        "excel",
    ),
    (
        ("ppt/", "powerpoint document"),
        _("This is a PowerPoint presentation with macros (programs). Save it as PDF and upload that."),
        _("This is a PowerPoint presentation. Save it as PDF and upload that."),
        "powerpoint",
    ),
    (
        ("",),
        _("This is an office document with macros (programs). Save it as PDF and upload that."),
        _("This is an office document. Save it as PDF and upload that."),
        "office",
    ),
)


def _office(inside: Packed, *, macros: tuple[str, ...]) -> UnableToKeep | None:
    """The refusal of an Office document (ECMA-376 or [MS-CFB]) by the names inside."""
    if inside.has("encryptedpackage"):
        message = _("This office document is locked with a password. Open it, save it as PDF, and upload that.")
        return UnableToKeep(message, code="encrypted")
    for parts, acting, plain, code in OFFICE:
        if inside.has(*parts) or not inside.names:
            has_macros = any(name.rpartition("/")[2] in macros for name in inside.names)
            return UnableToKeep(acting if has_macros else plain, code=f"{code}_macros" if has_macros else code)
    return None


def _zipped(head: bytes, inside: Packed) -> UnableToKeep | None:
    """Other things that are ZIP archives under the hood; the first entry of some says which (ODF 1.3, part 2, 3.3)."""
    kind = head[38:120] if head[30:38] == b"mimetype" else b""
    if kind.startswith(b"application/vnd.oasis.opendocument"):
        if inside.has("basic/", "scripts/"):
            message = _("This is an OpenDocument file with macros (programs). Save it as PDF and upload that.")
            return UnableToKeep(message, code="opendocument_macros")
        message = _("This is an OpenDocument file, as LibreOffice writes. Save it as PDF and upload that.")
        return UnableToKeep(message, code="opendocument")
    if kind.startswith(b"application/epub+zip"):
        return UnableToKeep(_("This is an e-book (EPUB). Save it as PDF and upload that."), code="epub")
    if inside.has("meta-inf/manifest.mf", "androidmanifest.xml", ".class"):
        return _is_program()
    return None


def _program(head: bytes, source: IO[bytes], door: Door) -> UnableToKeep | None:
    # "MZ" begins some texts too: the header of a program is followed by bytes that no text has.
    if head.startswith(PROGRAMS) or (head.startswith((b"MZ", b"ZM")) and not _is_text(head)) or head[:4] == b"MZ\x90":
        return _is_program()
    if _plain(head).startswith(SCRIPTS) and not head.startswith(b"#!AMR"):
        message = _("This is a program written as text (a script). Only pages to read are kept: save them as PDF.")
        return UnableToKeep(message, code="script")
    if head.startswith(FONTS):
        message = _("This is a font. A PDF carries the fonts it needs: save the document as PDF and upload that.")
        return UnableToKeep(message, code="font")
    return None


def _is_program() -> UnableToKeep:
    message = _("This is a program, whatever its name says. Nobody should open it: delete it, and ask who sent it.")
    return UnableToKeep(message, code="program")


def _markup(head: bytes, source: IO[bytes], door: Door) -> UnableToKeep | None:
    start = _plain(head)
    if _is_svg(head):
        message = _("Drawings in SVG can carry programs. Save the drawing as a PNG, 1440 pixels wide or more.")
        return UnableToKeep(message, code="svg")
    if start.startswith(MARKUP) or (start.startswith(b"<") and any(tag in start for tag in MARKUP)):
        message = _("This is a web page (HTML), which can carry programs. Print it to PDF, and upload that.")
        return UnableToKeep(message, code="html")
    if start.startswith((b"<?xml", b"<!doctype", b"<!entity", b"<!--")):
        return UnableToKeep(_("This is an XML file. Save what people should read as PDF, and upload that."), code="xml")
    return None


def _document(head: bytes, source: IO[bytes], door: Door) -> UnableToKeep | None:
    found = next((entry for entry in DOCUMENTS if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(entry[0])), None)
    return UnableToKeep(found[1], code=found[2]) if found else None


DOCUMENTS: tuple[tuple[tuple[bytes, ...], "_StrPromise", str], ...] = (
    ((b"{\\rtf",), _("This is a text in RTF. Save it as PDF and upload that."), "rtf"),
    (
        (b"%!PS", b"\xc5\xd0\xd3\xc6"),
        _("This is PostScript, which is a program for printers. Print it to PDF, and upload that."),
        "postscript",
    ),
    ((b"AT&TFORM",), _("This is a scanned document in DjVu. Save it as PDF and upload that."), "djvu"),
    ((b"WEBVTT",), _("These are captions (WebVTT). Add them to their recording, under Recordings."), "captions"),
)


def _other_media(head: bytes, source: IO[bytes], door: Door) -> UnableToKeep | None:
    if (name := _named(head, OTHER_PICTURES)) and not _is_text(head):
        message = _("This is a picture in a format (%(format)s) that browsers do not show. Save it as JPEG or PNG.")
        return UnableToKeep(message, code="other_picture", params={"format": name})
    if name := _named(head, OTHER_RECORDINGS):
        message = _(
            "This is a recording in a format (%(format)s) that not every browser plays. Save sound as MP3 or WAV, and "
            "video as MP4."
        )
        return UnableToKeep(message, code="other_recording", params={"format": name})
    return None


def _text(head: bytes, source: IO[bytes], door: Door) -> UnableToKeep | None:
    if not _is_text(head):
        return None
    message = _("This is plain text, or a table as text (CSV). Save it as PDF and upload that.")
    return UnableToKeep(message, code="text")


def _named(head: bytes, signatures: Iterable[tuple[int, bytes, str]]) -> str:
    return next((name for at, magic, name in signatures if head.startswith(magic, at)), "")


def _plain(head: bytes) -> bytes:
    """The beginning as lower-case letters, whether it was written in UTF-8 or UTF-16."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "replace").encode()
    return head[:4096].removeprefix(b"\xef\xbb\xbf").lstrip().lower()


def _is_svg(head: bytes) -> bool:
    start = _plain(head)
    return start.startswith(b"<") and b"<svg" in start


def _is_text(head: bytes) -> bool:
    """Whether people could read it as it is: no control characters but those that end lines."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return head.translate(None, CONTROLS) == head
