"""How can the words of a drawn sheet be found, copied and read aloud, though the sheet is a picture?

As under a scan that a program has read: the same words lie on the page in letters that nobody sees (rendering mode 3,
ISO 32000-2, 9.3.6). Their font has no drawings; it only tells which letter each number is, and the numbers are those of
Unicode.
"""

from collections.abc import Iterable
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

LEADING, MARGIN, SIZE = 14, 40, 10
MOST_IN_A_TABLE = 100  # of one list of letters (Adobe Technical Note 5014)


def with_words(pdf: bytes, lines: Iterable[str]) -> bytes:
    """The same first page, with `lines` lying beneath; the same bytes each time."""
    kept = list(lines)
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as paper:
        page = paper.pages[0]
        page.Resources["/Font"] = Dictionary(Beneath=paper.make_indirect(_font(paper, "".join(kept))))
        page.contents_add("\n".join(_orders(kept, top=float(page.mediabox[3]))).encode())
        paper.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def _orders(lines: list[str], *, top: float) -> Iterable[str]:
    yield f"q BT 3 Tr /Beneath {SIZE} Tf"
    for number, line in enumerate(lines, 1):
        yield f"1 0 0 1 {MARGIN} {top - MARGIN - number * LEADING:.1f} Tm <{line.encode('utf-16-be').hex()}> Tj"
    yield "ET Q"


def _font(paper: Pdf, text: str) -> Dictionary:
    facts = Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0)
    shapes = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name("/Beneath"), CIDSystemInfo=facts, DW=500,
        FontDescriptor=Dictionary(Type=Name.FontDescriptor, FontName=Name("/Beneath"), Flags=4),
    )  # fmt: skip
    return Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/Beneath"), Encoding=Name("/Identity-H"),
        DescendantFonts=Array([paper.make_indirect(shapes)]), ToUnicode=paper.make_stream(_letters_of(text).encode()),
    )  # fmt: skip


def _letters_of(text: str) -> str:
    named = [f"<{ord(letter):04x}> <{ord(letter):04x}>" for letter in sorted(set(text))]
    tables = [named[at : at + MOST_IN_A_TABLE] for at in range(0, len(named), MOST_IN_A_TABLE)]
    listed = (line for table in tables for line in (f"{len(table)} beginbfchar", *table, "endbfchar"))
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def",
            "1 begincodespacerange <0000> <ffff> endcodespacerange", *listed, "endcmap end end",
        ]
    )  # fmt: skip
