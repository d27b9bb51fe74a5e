"""PDFs as people bring them: with what office programs, cameras and readers planted in them."""

import re
import unicodedata
from collections.abc import Iterator
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String


def words_of(text: str) -> bytes:
    return b"BT /F1 12 Tf 72 720 Td (%s) Tj ET\n" % text.encode()


def paper(*, pages: int = 1, text: str = "Your rights") -> Pdf:
    """Pages with a line of text each, and a link."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    for number in range(pages):
        page = pdf.add_blank_page(page_size=(595, 842))
        page.obj["/Resources"] = Dictionary(Font=Dictionary(F1=font))
        page.obj["/Contents"] = pdf.make_stream(words_of(f"{text} {number + 1}"))
        page.obj["/Annots"] = Array([link("https://example.org/rights")])
    return pdf


def link(address: str) -> Dictionary:
    return Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=Dictionary(S=Name.URI, URI=address), Border=[0, 0, 0]
    )


def show(pdf: Pdf, picture: pikepdf.Stream, *, page: int = 0) -> None:
    """Put a picture on a page."""
    pdf.pages[page].obj["/Resources"]["/XObject"] = Dictionary(I1=picture)
    pdf.pages[page].contents_add(b"q 200 0 0 200 72 72 cm /I1 Do Q")


def photograph(pdf: Pdf, jpeg: bytes, *, size: tuple[int, int]) -> pikepdf.Stream:
    return pikepdf.Stream(
        pdf, jpeg, Type=Name.XObject, Subtype=Name.Image, Width=size[0], Height=size[1], BitsPerComponent=8,
        ColorSpace=Name.DeviceRGB, Filter=Name.DCTDecode,
    )  # fmt: skip


def saved(pdf: Pdf, **options: object) -> bytes:
    out = BytesIO()
    pdf.save(out, **({"fix_metadata_version": False} | options))  # type: ignore[arg-type]
    return out.getvalue()


def unpacked(content: bytes) -> bytes:
    """A PDF with nothing compressed, so that whatever it says can be read."""
    with pikepdf.open(BytesIO(content)) as pdf:
        return saved(
            pdf, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )  # fmt: skip


def typeset(*lines: str, gap: float = 0.0, tells: bool = True) -> Pdf:
    """Lines as browsers print them: letter by letter, from the beginning of the line, in glyphs of an own numbering.

    A mark of Thai that stands on another one is moved, and its glyph belongs to no letter; `tells` what the letters
    really are. `gap` sets them apart, in thousandths of their size.
    """
    pdf = pikepdf.new()
    letters = sorted(set("".join(lines)))
    glyphs = {letter: number for number, letter in enumerate(letters, 1)}
    page = pdf.add_blank_page(page_size=(595, 842))
    page.obj["/Resources"] = Dictionary(Font=Dictionary(F1=pdf.make_indirect(composite_font(pdf, glyphs))))
    orders = [order for number, line in enumerate(lines) for order in _orders(line, glyphs, number, gap, tells)]
    page.obj["/Contents"] = pdf.make_stream("\n".join(orders).encode())
    return pdf


#: The glyph of a moved mark, which no table of letters knows.
MOVED = 999
EM = 600


def composite_font(pdf: Pdf, glyphs: dict[str, int]) -> Dictionary:
    widths = [part for letter, glyph in glyphs.items() for part in (glyph, [0 if is_mark(letter) else EM])]
    named = [f"<{glyph:04x}> <{letter.encode('utf-16-be').hex()}>" for letter, glyph in glyphs.items()]
    named.append(f"<{MOVED:04x}> <0000>")
    table = "\n".join(
        [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def",
            "1 begincodespacerange <0000> <ffff> endcodespacerange",
            f"{len(named)} beginbfchar", *named, "endbfchar endcmap end end",
        ]
    )  # fmt: skip
    info = Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0)
    inner = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name("/Looped"), CIDSystemInfo=info, DW=0,
        W=Array(widths), FontDescriptor=Dictionary(Type=Name.FontDescriptor, FontName=Name("/Looped"), Flags=4),
    )  # fmt: skip
    return Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/Looped"), Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(inner)]), ToUnicode=pdf.make_stream(table.encode()),
    )  # fmt: skip


def is_mark(letter: str) -> bool:
    return unicodedata.category(letter) == "Mn"


def _orders(line: str, glyphs: dict[str, int], number: int, gap: float, tells: bool) -> Iterator[str]:
    yield f"BT /F1 12 Tf 1 0 0 1 72 {780 - 20 * number} Tm"
    way = 0.0
    for cluster in re.findall(r"[^\u0e31\u0e34-\u0e3a\u0e47-\u0e4e][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*\u0e33?", line):
        if tells:
            yield f"/Span <</ActualText <feff{cluster.encode('utf-16-be').hex()}>>> BDC"
        for place, letter in enumerate(cluster):
            yield f"{way:.2f} 0 Td <{MOVED if place > 1 else glyphs[letter]:04x}> Tj"
            is_last = place + 1 == len(cluster)
            way = 12 * ((0 if is_mark(letter) else EM) + (gap if is_last else 0)) / 1000
        if tells:
            yield "EMC"
    yield "ET"
