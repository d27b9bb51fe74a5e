"""Is a file that is no manual, or more than one, refused in bounded memory and time, and for the right reason?"""

import json
import struct
import subprocess
import sys
import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from lessons.manuals.word_in.endings import Ending
from portal.settings.environment import ROOT
from tests.lessons.manuals.word_in import word_files as word
from tests.lessons.manuals.word_in.word_files import par

#: A small process in between: a child begins with the peak of whoever starts it, and this test run is large.
MEASURED = """
import resource, subprocess, sys
ended = subprocess.run(sys.argv[1:], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
print(ended.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
GOOD = word.packed(par("Good."))
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
DOCTYPE = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def compound(name: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + name.encode("utf-16-le") + b"\0" * 3000


def with_part(name: str, content: bytes) -> bytes:
    return word.packed(par("Good."), extra={name: content})


def declaring(doctype: str) -> bytes:
    inside = word.wrapped("document", f"<w:body>{par('&a;')}</w:body>").decode()
    return with_part("word/document.xml", inside.replace("?>", f"?>{doctype}", 1).encode())


def bomb_of_spaces() -> bytes:
    """A document of 300 megabytes in 300 kilobytes."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        with zipfile.ZipFile(BytesIO(GOOD)) as good:
            for entry in good.infolist():
                if entry.filename != "word/document.xml":
                    archive.writestr(entry.filename, good.read(entry))
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(300):
                part.write(b" " * 1024 * 1024)
    return made.getvalue()


def lying_about_its_size() -> bytes:
    """The list of a ZIP says a hundred bytes; 100 megabytes come out."""
    content = with_part("word/document.xml", b"<w:document>" + b" " * 100 * 1024 * 1024)
    at = content.rindex(b"PK\x01\x02", 0, content.rindex(b"word/document.xml"))
    return content[: at + 24] + struct.pack("<I", 100) + content[at + 28 :]


def locked() -> bytes:
    content = bytearray(GOOD)
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 4)
    return bytes(content)


def deep() -> bytes:
    return with_part("word/document.xml", b"<w:p xmlns:w='x'>" * 50_000)


REFUSED = {
    "nothing": (b"", Ending.EMPTY),
    "a program": (b"MZ" + b"\0" * 5000, Ending.NOT_WORD),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 500, Ending.NOT_WORD),
    "text": (b"Dear all, ...", Ending.NOT_WORD),
    "a packed folder": (word.zipped({"a.txt": b"hello"}), Ending.NOT_WORD),
    "half a file": (GOOD[: len(GOOD) // 2], Ending.DAMAGED),
    "a flipped byte": (GOOD[:60] + b"\xff\xff\xff" + GOOD[63:], Ending.DAMAGED),
    "an encrypted file": (compound("EncryptedPackage"), Ending.LOCKED),
    "an old document": (compound("WordDocument"), Ending.OLD_WORD),
    "locked entries": (locked(), Ending.LOCKED),
    "a macro document": (word.packed(par("x"), main=MACROS), Ending.HAS_MACROS),
    "macros inside": (with_part("word/vbaProject.bin", b"x"), Ending.HAS_MACROS),
    "active controls": (with_part("word/activeX/activeX1.xml", b"<x/>"), Ending.HAS_MACROS),
    "entities": (declaring(DOCTYPE), Ending.DECLARES_ENTITIES),
    "entities from elsewhere": (declaring(OUTSIDE), Ending.DECLARES_ENTITIES),
    "a bomb of spaces": (bomb_of_spaces(), Ending.UNPACKS_TO_TOO_MUCH),
    "broken XML": (with_part("word/document.xml", b"<w:document>"), Ending.DAMAGED),
    "XML without end": (deep(), Ending.DAMAGED),
}  # fmt: skip


def read(content: bytes, folder: Path, name: str = "m.docx") -> tuple[int, float, int]:
    """With which number the process ended, after how many seconds, and its most memory in megabytes."""
    (folder / name).write_bytes(content)
    (folder / "wording.json").write_text("{}")
    begun = time.monotonic()
    command = [
        sys.executable,
        "-s",
        "-m",
        "lessons.manuals.word_in",
        str(folder / name),
        str(folder),
        str(folder / "wording.json"),
    ]
    ended = subprocess.run([sys.executable, "-c", MEASURED, *command], cwd=ROOT, check=True, capture_output=True)
    code, kilobytes = map(int, ended.stdout.split())
    return code, time.monotonic() - begun, kilobytes // 1024


@pytest.mark.parametrize("what", REFUSED)
def test_refused_for_the_right_reason_is(what: str, tmp_path: Path) -> None:
    content, ending = REFUSED[what]
    code, seconds, megabytes = read(content, tmp_path)
    assert Ending(code) is ending
    assert seconds < 20
    assert megabytes < 400
    assert not (tmp_path / "manual.json").exists()


def test_a_file_that_lies_about_its_size_gives_no_more_than_it_told(tmp_path: Path) -> None:
    code, _, megabytes = read(lying_about_its_size(), tmp_path)
    assert code == Ending.DAMAGED
    assert megabytes < 400


def test_a_process_that_asks_for_too_much_gets_nothing() -> None:
    asked = "from lessons.manuals.word_in import bounds; bounds.keep_small(); bytearray(bounds.DATA)"
    ended = subprocess.run([sys.executable, "-s", "-c", asked], cwd=ROOT, check=False, capture_output=True, text=True)
    assert "MemoryError" in ended.stderr


def test_a_good_file_is_read_and_told_as_json(tmp_path: Path) -> None:
    assert read(GOOD, tmp_path)[0] == Ending.DONE
    assert json.loads((tmp_path / "manual.json").read_text())["intro"][0]["value"] == "<p>Good.</p>"


def test_text_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    assert read("Grüße".encode("latin-1"), tmp_path, "m.md")[0] == Ending.NOT_TEXT


def test_nothing_of_the_portal_is_loaded_to_read_a_file() -> None:
    asked = (
        "import sys, lessons.manuals.word_in.making, lessons.manuals.word_in.document, lessons.manuals.word_in.trees"
    )
    told = f"{asked}\nprint([name for name in sys.modules if name.split('.')[0] in {{'django', 'wagtail', 'portal'}}])"
    ended = subprocess.run([sys.executable, "-s", "-c", told], cwd=ROOT, check=True, capture_output=True, text=True)
    assert ended.stdout.strip() == "[]"
