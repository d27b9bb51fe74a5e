"""PDFs as people bring them: with what office programs, cameras and readers planted in them."""

from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf


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
