from contextlib import suppress
from io import BytesIO

import pikepdf
import pytest

from media.ingest import UnableToKeep, cleaned_leaflet
from tests.media import files
from tests.media.files import PLANTED, called


def stored(content: bytes, name: str = "a.pdf") -> bytes:
    return cleaned_leaflet(called(name, content)).read()


def unpacked(content: bytes) -> bytes:
    """A PDF with nothing compressed, so that whatever it says can be read."""
    out = BytesIO()
    with pikepdf.open(BytesIO(content)) as pdf:
        pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.all,
                 object_stream_mode=pikepdf.ObjectStreamMode.disable)  # fmt: skip
    return out.getvalue()


def test_who_made_a_leaflet_is_not_told() -> None:
    content = files.leaflet(PieceInfo="<< /Word << /Private (PLANTED) >> >>")
    assert PLANTED in unpacked(content)
    kept = unpacked(stored(content))
    assert PLANTED not in kept
    assert b"/Author" not in kept
    with pikepdf.open(BytesIO(kept)) as pdf:
        assert len(pdf.pages) == 1


def test_comments_in_the_margin_go_and_links_stay() -> None:
    pdf = pikepdf.open(BytesIO(files.leaflet()))
    pdf.pages[0]["/Annots"] = pikepdf.Array(
        [
            pikepdf.Dictionary(Subtype=pikepdf.Name.Text, T="PLANTED name", Contents="PLANTED"),
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 1, 1],
                A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.org/kept"),
            ),
        ]
    )  # fmt: skip
    out = BytesIO()
    pdf.save(out)
    kept = unpacked(stored(out.getvalue()))
    assert PLANTED not in kept
    assert b"example.org/kept" in kept


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"OpenAction": "<< /S /JavaScript /JS (app.alert\\(1\\)) >>"}, "program"),
        ({"OpenAction": "<< /S /URI /URI (https://example.org) >>"}, "when it is opened"),
        ({"AA": "<< /WC << /S /JavaScript /JS (x) >> >>"}, "program"),
        ({"Names": "<< /JavaScript << /Names [(a) << /S /JavaScript /JS (x) >>] >> >>"}, "program"),
        ({"Names": "<< /EmbeddedFiles << /Names [] >> >>"}, "other files"),
        ({"AcroForm": "<< /XFA [(a) (b)] /Fields [] >>"}, "program"),
        ({"Outlines": "<< /First << /A << /S /Launch /F (cmd.exe) >> >> >>"}, "program"),
    ],
)
def test_a_pdf_that_acts_or_carries_files_is_refused(changes: dict[str, str], sentence: str) -> None:
    with pytest.raises(UnableToKeep, match=sentence):
        stored(files.leaflet(**changes))


def test_turning_to_a_page_when_opened_is_no_harm() -> None:
    assert stored(files.leaflet(OpenAction="[0 /Fit]")).startswith(b"%PDF-")


@pytest.mark.parametrize("passwords", [("secret", "secret"), ("", "owner")])
def test_a_locked_pdf_is_refused(passwords: tuple[str, str]) -> None:
    pdf = pikepdf.open(BytesIO(files.leaflet()))
    out = BytesIO()
    pdf.save(out, encryption=pikepdf.Encryption(user=passwords[0], owner=passwords[1]))
    with pytest.raises(UnableToKeep, match="locked"):
        stored(out.getvalue())


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.pdf", b"<html><script>", "not a PDF"),
        ("a.pdf", b"PK\x03\x04", "not a PDF"),
        ("a.pdf", b"\n\n%PDF-1.4", "not a PDF"),
        ("a.docx", files.leaflet(), "Rename it"),
        ("a.pdf", b"%PDF-1.7\n" + b"x" * 500, "damaged"),
    ],
)
def test_what_is_no_pdf_is_refused_with_advice(name: str, content: bytes, sentence: str) -> None:
    with pytest.raises(UnableToKeep, match=sentence):
        stored(content, name)


def test_a_pdf_with_any_byte_changed_is_taken_or_refused_but_never_fails() -> None:
    whole = files.leaflet()
    for at in range(0, len(whole), 7):
        with suppress(UnableToKeep):
            stored(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
