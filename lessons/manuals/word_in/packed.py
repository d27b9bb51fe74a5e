"""What is in a Word file, and which do we not open?

A .docx is a ZIP of XML and pictures. What acts (macros), is locked or unpacks to far more than it is, is refused by
its list of names and sizes, before anything is unpacked; and no part is unpacked beyond what its list entry told.
"""

import posixpath
import zipfile
import zlib
from pathlib import Path
from typing import Any

from lxml import etree

from lessons.manuals.word_in import bounds
from lessons.manuals.word_in.endings import Ending, Unreadable

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: In the directory of a compound file, in UTF-16: an encrypted new document, and a document of Word 97.
ENCRYPTED, OLD_DOCUMENT = ("EncryptedPackage".encode("utf-16-le"), "WordDocument".encode("utf-16-le"))
DOCUMENT_TYPE = "/officeDocument"
MACROS = ("vbaproject.bin", "vbadata.xml", "activex")
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, KeyError, UnicodeDecodeError)
#: Fixed places of what Word calls parts, for files that leave out their relations.
USUAL_DOCUMENT = "word/document.xml"


class Packed:
    """An open Word file. Raises Unreadable."""

    def __init__(self, path: Path) -> None:
        check_beginning(path)
        try:
            self.zip = zipfile.ZipFile(path)
        except BROKEN as error:
            raise Unreadable(Ending.DAMAGED) from error
        self.names = {entry.filename.lstrip("/"): entry for entry in self.zip.infolist()}
        check_entries(self.zip.infolist())
        self.document = self._place_of_document()
        if self.document not in self.names:
            raise Unreadable(Ending.NOT_WORD)
        self.check_kind()

    def check_kind(self) -> None:
        types = self.names.get("[Content_Types].xml")
        told = self.bytes_of("[Content_Types].xml", most=bounds.LARGEST_XML).lower() if types else b""
        if b"macroenabled" in told or b"vbaproject" in told:
            raise Unreadable(Ending.HAS_MACROS)

    def bytes_of(self, name: str, *, most: int) -> bytes:
        entry = self.names[name]
        if entry.file_size > most:
            raise Unreadable(Ending.UNPACKS_TO_TOO_MUCH)
        try:
            with self.zip.open(entry) as part:
                # No more than the list told: a part that goes on is a trap.
                return part.read(most)
        except BROKEN as error:
            raise Unreadable(Ending.DAMAGED) from error

    def xml_of(self, name: str) -> Any:
        """The root of one part, or None if the file has none of that name."""
        if name not in self.names:
            return None
        return parsed(self.bytes_of(name, most=bounds.LARGEST_XML))

    def relations_of(self, name: str) -> dict[str, tuple[str, str, bool]]:
        """By id: the end of the type, the place, and whether it lies outside the file."""
        folder, file = posixpath.split(name)
        root = self.xml_of(posixpath.join(folder, "_rels", f"{file}.rels"))
        found = {}
        for relation in root if root is not None else ():
            if not isinstance(relation.tag, str):
                continue
            target, is_outside = relation.get("Target", ""), relation.get("TargetMode") == "External"
            place = target if is_outside else posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[relation.get("Id", "")] = (relation.get("Type", ""), place, is_outside)
        return found

    def part_of_kind(self, kind: str) -> str:
        """The place of, for example, "footnotes" of the document, or nothing."""
        for type_, place, is_outside in self.relations_of(self.document).values():
            if type_.endswith(f"/{kind}") and not is_outside:
                return place
        return ""

    def _place_of_document(self) -> str:
        for type_, place, is_outside in self.relations_of("").values():
            if type_.endswith(DOCUMENT_TYPE) and not is_outside:
                return place
        return USUAL_DOCUMENT


def check_beginning(path: Path) -> None:
    with path.open("rb") as file:
        beginning = file.read(8)
        if beginning.startswith(COMPOUND):
            told = file.read(4 * bounds.MEGABYTE)
            file.seek(-min(path.stat().st_size, bounds.MEGABYTE), 2)
            told += file.read()
            raise Unreadable(Ending.LOCKED if ENCRYPTED in told else Ending.OLD_WORD)
    if not beginning:
        raise Unreadable(Ending.EMPTY)
    if not beginning.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        raise Unreadable(Ending.NOT_WORD)


def check_entries(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > bounds.MOST_ENTRIES or sum(entry.file_size for entry in entries) > bounds.MOST_UNPACKED:
        raise Unreadable(Ending.UNPACKS_TO_TOO_MUCH)
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise Unreadable(Ending.LOCKED)
        if any(mark in entry.filename.lower() for mark in MACROS):
            raise Unreadable(Ending.HAS_MACROS)
        is_large = entry.file_size > bounds.MEGABYTE
        if is_large and entry.file_size > bounds.MOST_PACKED_TIMES * max(entry.compress_size, 1):
            raise Unreadable(Ending.UNPACKS_TO_TOO_MUCH)


def parsed(content: bytes) -> Any:
    """The root of some XML; nothing outside of it is opened, and entities are refused, which Word never declares."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, remove_comments=True,
        remove_pis=True, huge_tree=False,
    )  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(Ending.DECLARES_ENTITIES if b"<!ENTITY" in content else Ending.DAMAGED) from error
    if root.getroottree().docinfo.doctype:
        raise Unreadable(Ending.DECLARES_ENTITIES)
    return root
