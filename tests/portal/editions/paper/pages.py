"""How is it seen whether everything stands on its page? Typst draws the pages of a document, and the margins must be
empty; what is in the PDF is read from its content streams."""

import hashlib
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pikepdf
import typst
from PIL import Image

from portal.editions.paper import fonts, press, printing
from portal.editions.paper.setting import Imprint, Look, set_in_type

#: Dots an inch: one dot is a third of a millimetre.
DOTS = 72
MILLIMETRE = DOTS / 25.4
#: Where nothing but white may be: at the left, at the right, above and below, in millimetres.
EMPTY: Mapping[str, tuple[float, float, float, float]] = {"a4": (22.5, 20.5, 5, 4), "large": (11.5, 11.5, 5, 3)}
IMPRINT = Imprint(
    address="https://learn.example.org/e/KP-SOP-012.3",
    centre="Learning Centre",
    sha256="ab" * 32,
    issued_at=datetime(2026, 11, 1, 3, tzinfo=UTC),
    in_force_from=datetime(2026, 12, 1, 2, tzinfo=UTC),
)


@dataclass
class Kept:
    """What lies under digests."""

    things: dict[str, bytes] = field(default_factory=dict)

    def keep(self, thing: str | bytes) -> str:
        content = thing.encode() if isinstance(thing, str) else thing
        sha256 = hashlib.sha256(content).hexdigest()
        self.things[sha256] = content
        return sha256

    def text(self, sha256: str) -> str:
        return self.things[sha256].decode()

    def file(self, sha256: str) -> bytes:
        return self.things[sha256]


def edition(
    kept: Kept, *pages: Mapping[str, str], code: str = "KP-SOP-012", titles: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """An edition whose root has the given titles, and a page for each of `pages`: language to HTML."""
    languages = sorted({language for page in pages for language in page})
    names = titles or dict.fromkeys(languages, "A manual")
    root = {"key": "root", "parent": "", "versions": {code: _version(kept, names[code], "") for code in languages}}
    below = [
        {
            "key": f"page-{number}",
            "parent": "root",
            "versions": {code: _version(kept, f"Section {number}", html) for code, html in page.items()},
        }
        for number, page in enumerate(pages, start=1)
    ]
    signed = [("author", "2026-10-20"), ("reviewer", "2026-10-25"), ("approver", "2026-10-31")]
    return {
        "format": 1, "subject": "subject", "code": code, "number": 3, "previous": "cd" * 32, "languages": languages,
        "change": {
            "kind": "new_required", "summary": "Two people hold the first conversation.", "effective_from": "",
            "retrain_by": "",
            "notes": [{"key": "page-1", "what": "Step 2.", "why": "Somebody had waited.", "lesson": ""}],
        },
        "pages": [root, *below],
        "files": {},
        "signatures": [
            {"capacity": capacity, "person": "opaque", "at": f"{day}T03:00:00+00:00", "statement": "I have read it."}
            for capacity, day in signed
        ],
    }  # fmt: skip


def _version(kept: Kept, title: str, html: str) -> dict[str, Any]:
    return {"title": title, "slug": "slug", "unchecked": False, "limits": {}, "html": kept.keep(html)}


def printed(content: Mapping[str, Any], kept: Kept, *, language: str | None = "en", look: Look = "a4") -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf_of(content, kept, language=language, look=look)))


def pdf_of(content: Mapping[str, Any], kept: Kept, *, language: str | None = "en", look: Look = "a4") -> bytes:
    return printing.make(
        content, fragments=kept.text, files=kept.file, imprint=IMPRINT, language=language, look=look
    )  # fmt: skip


def drawn(
    content: Mapping[str, Any], kept: Kept, folder: Path, *, language: str | None = "en", look: Look = "a4"
) -> Sequence[Image.Image]:
    """The pages as pictures, the cover first."""
    setting = set_in_type(content, fragments=kept.text, imprint=IMPRINT, language=language, pages=None, look=look)
    printing.lay_out(setting, folder, files=kept.file, address=IMPRINT.address)
    known = press.pictures_in(folder, fonts=fonts.folder())
    (folder / "pictures.json").write_text(json.dumps(known), encoding="utf-8")
    letters = typst.Fonts(include_system_fonts=False, font_paths=[str(fonts.folder())])
    compiler = typst.Compiler(str(folder / "manual.typ"), root=str(folder), font_paths=letters)
    made = compiler.compile(format="png", ppi=DOTS)
    return [Image.open(io.BytesIO(page)).convert("L") for page in (made if isinstance(made, list) else [made]) if page]


def strayed(pages: Sequence[Image.Image], *, look: Look = "a4") -> list[int]:
    """The numbers of the pages (the cover is 1, and not looked at) on which something stands in a margin."""
    return [number for number, page in enumerate(pages[1:], start=2) if _has_strayed(page, look)]


def _has_strayed(page: Image.Image, look: Look) -> bool:
    left, right, top, bottom = (int(side * MILLIMETRE) for side in EMPTY[look])
    width, height = page.size
    edges = [(0, 0, left, height), (width - right, 0, width, height), (0, 0, width, top),
             (0, height - bottom, width, height)]  # fmt: skip
    darkest: list[Any] = [page.crop(edge).getextrema()[0] for edge in edges]
    return any(shade < 250 for shade in darkest)


def words_in(pdf: pikepdf.Pdf) -> str:
    """All text of a PDF as a reader takes it that knows `ActualText`, without white space."""
    return "".join("".join(_words_on(page)) for page in pdf.pages).translate({32: None, 10: None, 0x200B: None})


def _words_on(page: pikepdf.Page) -> Iterator[str]:
    letters = {name: _letters_of(font) for name, font in page.Resources.get("/Font", {}).items()}
    font, replaced = {}, 0
    instructions: Any = pikepdf.parse_content_stream(page)
    for operands, operator in instructions:
        name = str(operator)
        if name == "Tf":
            font = letters[str(operands[0])]
        elif name == "BDC" and len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary):
            replaced += 1 if "/ActualText" in operands[1] or replaced else 0
            if "/ActualText" in operands[1]:
                yield str(operands[1]["/ActualText"])
        elif name in {"BMC", "BDC"} and replaced:
            replaced += 1
        elif name == "EMC" and replaced:
            replaced -= 1
        elif name in {"Tj", "TJ"} and not replaced:
            shown = operands[0] if name == "TJ" else [operands[0]]
            for piece in shown:
                if isinstance(piece, pikepdf.String):
                    raw = bytes(piece)
                    yield "".join(font.get(raw[at : at + 2], "") for at in range(0, len(raw), 2))


def _letters_of(font: pikepdf.Object) -> dict[bytes, str]:
    written = font.ToUnicode.read_bytes().decode("ascii")
    letters: dict[bytes, str] = {}
    for kind, lines in re.findall(r"beginbf(char|range)(.*?)endbf", written, re.DOTALL):
        for line in lines.strip().splitlines():
            first, *middle, text = [bytes.fromhex(part) for part in re.findall(r"<([0-9A-Fa-f]*)>", line)]
            last = middle[0] if kind == "range" else first
            begin = text.decode("utf-16-be")
            for further in range(int.from_bytes(last) - int.from_bytes(first) + 1):
                code = (int.from_bytes(first) + further).to_bytes(2)
                letters[code] = begin[:-1] + chr(ord(begin[-1]) + further)
    return letters
