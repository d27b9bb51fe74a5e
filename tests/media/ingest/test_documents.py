import zlib
from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from media.ingest import UnableToKeep, cleaned_leaflet
from tests.media import files, pdf_files
from tests.media.files import PLANTED, called
from tests.media.pdf_files import unpacked

#: The same word as programs write it for people whose letters are not Latin.
PLANTED_WIDE = PLANTED.decode().encode("utf-16-be")


def stored(content: bytes, name: str = "a.pdf") -> bytes:
    return cleaned_leaflet(called(name, content)).read()


def indirect(pdf: Pdf, **keys: object) -> pikepdf.Object:
    return pdf.make_indirect(Dictionary({f"/{key}": value for key, value in keys.items()}))


def test_who_made_a_leaflet_is_not_told() -> None:
    content = files.leaflet(PieceInfo="<< /Word << /Private (PLANTED) >> >>")
    assert PLANTED in unpacked(content)
    kept = unpacked(stored(content))
    assert PLANTED not in kept
    assert b"/Author" not in kept
    with pikepdf.open(BytesIO(kept)) as pdf:
        assert len(pdf.pages) == 1


def info(pdf: Pdf) -> None:
    pdf.docinfo["/Author"] = "PLANTED"
    pdf.docinfo["/Company"] = "PLANTED ผู้เขียน"


def packed_xmp(pdf: Pdf) -> None:
    pdf.pages[0]["/Metadata"] = pdf.make_stream(b"<x:xmpmeta>PLANTED</x:xmpmeta>")


def program_notes(pdf: Pdf) -> None:
    pdf.pages[0]["/PieceInfo"] = Dictionary(Illustrator=Dictionary(Private=pdf.make_stream(b"PLANTED")))
    pdf.pages[0]["/LastModified"] = "D:20260102PLANTED"


def place_of_a_map(pdf: Pdf) -> None:
    measure = indirect(pdf, Type=Name.Measure, Subtype=Name.GEO, GPTS=Array([13, 100]), Note="PLANTED")
    pdf.pages[0]["/VP"] = Array([Dictionary(Type=Name.Viewport, Name="PLANTED", Measure=measure)])


def file_behind_the_trailer(pdf: Pdf) -> None:
    pdf.trailer["/AdditionalStreams"] = Array([Name("/application#2Fodt"), pdf.make_stream(b"PLANTED")])
    pdf.trailer["/DocChecksum"] = Name("/PLANTED")
    pdf.trailer["/ID"] = Array([pikepdf.String(b"PLANTED"), pikepdf.String(b"PLANTED")])


def whose_layers(pdf: Pdf) -> None:
    usage = Dictionary(CreatorInfo=Dictionary(Creator="PLANTED"), User=Dictionary(Name="PLANTED"))
    layer = indirect(pdf, Type=Name.OCG, Name="Map", Usage=usage)
    pdf.Root["/OCProperties"] = Dictionary(OCGs=Array([layer]), D=Dictionary(Creator="PLANTED", Order=Array([layer])))


def whose_drawing(pdf: Pdf) -> None:
    owner = Dictionary(O=Name.UserProperties, P=Array([Dictionary(N="Author", V="PLANTED")]))
    pdf.Root["/StructTreeRoot"] = indirect(pdf, Type=Name.StructTreeRoot, K=Dictionary(S=Name.Figure, A=owner))


def margin_notes(pdf: Pdf) -> None:
    popup = indirect(pdf, Type=Name.Annot, Subtype=Name.Popup, Rect=[0, 0, 1, 1], Contents="PLANTED")
    pdf.pages[0]["/Annots"].append(
        indirect(
            pdf, Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 1, 1], T="PLANTED", Contents="PLANTED", Popup=popup
        )
    )
    pdf.pages[0]["/Annots"].append(indirect(pdf, Type=Name.Annot, Subtype=Name.Redact, Rect=[0, 0, 1, 1], RO="PLANTED"))


def links_to_ones_own_disk(pdf: Pdf) -> None:
    pdf.pages[0]["/Annots"].append(pdf_files.link("file:///C:/Users/PLANTED/paper.docx"))
    remote = Dictionary(S=Name.GoToR, F="../PLANTED/other.pdf", D=Array([0, Name.Fit]))
    pdf.pages[0]["/Annots"].append(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 1, 1], A=remote))
    outline = indirect(pdf, Title="Chapter", A=Dictionary(S=Name.URI, URI="file:///home/PLANTED"))
    pdf.Root["/Outlines"] = indirect(pdf, Type=Name.Outlines, First=outline, Last=outline, Count=1)
    outline["/Parent"] = pdf.Root["/Outlines"]


def remarks_between_orders(pdf: Pdf) -> None:
    pdf.pages[0].contents_add(b"% PLANTED author\nBT (100% \\(sure\\)) Tj ET % PLANTED\n")
    pdf.pages[0].contents_add(b"BT (a (nested 5%) text) Tj ET % PLANTED\n")


def behind_the_end_of_what_is_packed(pdf: Pdf) -> None:
    packed = zlib.compress(pdf_files.words_of("Second")) + b"PLANTED"
    stream = pikepdf.Stream(pdf, packed, Filter=Name.FlateDecode)
    pdf.pages[0]["/Contents"] = Array([pdf.pages[0]["/Contents"], stream])


def camera(pdf: Pdf) -> None:
    picture = files.photograph("JPEG", size=(60, 40))
    assert PLANTED in picture
    pdf_files.show(pdf, pdf_files.photograph(pdf, picture, size=(60, 40)))


def camera_packed_twice(pdf: Pdf) -> None:
    picture = pdf_files.photograph(pdf, b"", size=(60, 40))
    both = Array([Name.FlateDecode, Name.DCTDecode])
    picture.write(zlib.compress(files.photograph("JPEG", size=(60, 40))), filter=both)
    pdf_files.show(pdf, picture)


def a_note_on_a_picture(pdf: Pdf) -> None:
    picture = pdf_files.photograph(pdf, files.photograph("JPEG", size=(60, 40)), size=(60, 40))
    picture["/OPI"] = Dictionary({"/1.3": Dictionary(F="PLANTED.tif")})
    picture["/MyCompany"] = "PLANTED"
    pdf_files.show(pdf, picture)


def who_wrote_the_form(pdf: Pdf) -> None:
    field = indirect(
        pdf, Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T="PLANTED", TU="PLANTED", Rect=[0, 0, 90, 20],
        DA="/F1 9 Tf", P=pdf.pages[0].obj,
    )  # fmt: skip
    pdf.pages[0]["/Annots"].append(field)
    pdf.Root["/AcroForm"] = Dictionary(Fields=Array([field]))


TELLING = [
    info, packed_xmp, program_notes, place_of_a_map, file_behind_the_trailer, whose_layers, whose_drawing, margin_notes,
    links_to_ones_own_disk, remarks_between_orders, behind_the_end_of_what_is_packed, camera, camera_packed_twice,
    a_note_on_a_picture, who_wrote_the_form,
]  # fmt: skip


@pytest.mark.parametrize("plant", TELLING, ids=lambda plant: plant.__name__)
def test_what_tells_goes_and_the_page_stays(plant: Callable[[Pdf], None]) -> None:
    pdf = pdf_files.paper()
    plant(pdf)
    kept = stored(pdf_files.saved(pdf))
    said = unpacked(kept)
    assert PLANTED not in kept + said
    assert PLANTED_WIDE not in said
    assert b"Your rights 1" in said
    assert b"https://example.org/rights" in said


def test_what_readers_are_shown_and_read_aloud_stays() -> None:
    pdf = pdf_files.paper(pages=2)
    camera(pdf)
    remarks_between_orders(pdf)
    figure = indirect(pdf, Type=Name.StructElem, S=Name.Figure, Alt="A loom", Pg=pdf.pages[0].obj)
    pdf.Root["/StructTreeRoot"] = indirect(pdf, Type=Name.StructTreeRoot, K=figure)
    pdf.Root["/MarkInfo"], pdf.Root["/Lang"] = Dictionary(Marked=True), "th"
    pdf.Root["/PageLabels"] = Dictionary(Nums=Array([0, Dictionary(P="A-", S=Name.D)]))
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Second part", 1))
    kept = unpacked(stored(pdf_files.saved(pdf)))
    for words in (b"A loom", b"(th)", b"A-", b"Second part", b"(100% \\(sure\\)) Tj", b"nested 5%", b"/Marked true"):
        assert words in kept
    with pikepdf.open(BytesIO(kept)) as read:
        stream = read.pages[0]["/Resources"]["/XObject"]["/I1"]
        assert isinstance(stream, pikepdf.Stream)
        picture = pikepdf.PdfImage(stream)
        assert picture.as_pil_image().size == (60, 40)


def test_the_boxes_of_an_empty_form_are_drawn_onto_the_page() -> None:
    pdf = pdf_files.paper()
    who_wrote_the_form(pdf)
    box = pikepdf.Stream(pdf, b"0 0 90 20 re S", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 90, 20])
    pdf.pages[0]["/Annots"][1]["/AP"] = Dictionary(N=box)
    kept = unpacked(stored(pdf_files.saved(pdf)))
    assert b"0 0 90 20 re S" in kept
    assert b"/Widget" not in kept
    assert b"/AcroForm" not in kept


def test_the_same_leaflet_is_the_same_file() -> None:
    pdf = pdf_files.paper()
    once = stored(pdf_files.saved(pdf))
    pdf.docinfo["/CreationDate"] = "D:20260102030405Z"
    assert stored(pdf_files.saved(pdf)) == once


def root_with(**keys: str) -> Callable[[], bytes]:
    return lambda: files.leaflet(**keys)


def page_with(change: Callable[[Pdf], None]) -> Callable[[], bytes]:
    def made() -> bytes:
        pdf = pdf_files.paper()
        change(pdf)
        return pdf_files.saved(pdf)

    return made


def note(**keys: object) -> Callable[[], bytes]:
    def change(pdf: Pdf) -> None:
        pdf.pages[0]["/Annots"].append(indirect(pdf, Type=Name.Annot, Rect=[0, 0, 1, 1], **keys))

    return page_with(change)


def field_with(value: object, **keys: object) -> Callable[[], bytes]:
    def change(pdf: Pdf) -> None:
        who_wrote_the_form(pdf)
        field = pdf.pages[0]["/Annots"][1]
        for key, content in {"V": value, **keys}.items():
            field[f"/{key}"] = content

    return page_with(change)


def attach(pdf: Pdf) -> None:
    inside = pdf.make_stream(b"hidden", Type=Name.EmbeddedFile)
    names = Array(["a.txt", indirect(pdf, Type=Name.Filespec, F="a.txt", EF=Dictionary(F=inside))])
    pdf.Root["/Names"] = Dictionary(EmbeddedFiles=Dictionary(Names=names))


def bomb(pdf: Pdf) -> None:
    packed = zlib.compress(bytes(200_000_000), 9)
    pdf.pages[0]["/Contents"] = pikepdf.Stream(pdf, packed, Filter=Name.FlateDecode)


def bomb_in_a_bomb(pdf: Pdf) -> None:
    packed = zlib.compress(zlib.compress(bytes(400_000_000), 9), 9)
    both = Array([Name.FlateDecode, Name.FlateDecode])
    pdf.pages[0]["/Contents"] = pikepdf.Stream(pdf, packed, Filter=both)


ACTION = "<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
REFUSED = [
    (root_with(OpenAction=ACTION), "program"),
    (root_with(AA="<< /WC << /S /JavaScript /JS (x) >> >>"), "program"),
    (root_with(Names="<< /JavaScript << /Names [(a) << /S /JavaScript /JS (x) >>] >> >>"), "program"),
    (root_with(Names="<< /EmbeddedFiles << /Names [] >> >>"), "other files"),
    (root_with(Collection="<< /View /D >>"), "other files"),
    (root_with(AcroForm="<< /XFA [(a) (b)] /Fields [] >>"), "program"),
    (root_with(Outlines="<< /First << /A << /S /Launch /F (cmd.exe) >> >> >>"), "program"),
    (page_with(attach), "other files"),
    (note(Subtype=Name.FileAttachment), "other files"),
    (note(Subtype=Name.RichMedia), "program"),
    (note(Subtype=Name.Movie), "program"),
    (note(Subtype=Name.Link, A=Dictionary(S=Name.SubmitForm, F="https://example.org")), "program"),
    (field_with("somebody"), "filled in"),
    (field_with(Name.Yes, FT=Name.Btn), "filled in"),
    (field_with(Dictionary(ByteRange=Array([0, 1]), Contents="x", Name="PLANTED"), FT=Name.Sig), "signed"),
    (page_with(bomb), "too large"),
    (page_with(bomb_in_a_bomb), "too large|damaged"),
]  # fmt: skip


@pytest.mark.parametrize(("made", "sentence"), REFUSED)
def test_a_pdf_that_acts_carries_or_explodes_is_refused(made: Callable[[], bytes], sentence: str) -> None:
    with pytest.raises(UnableToKeep, match=sentence):
        stored(made())


@pytest.mark.parametrize("opening", ["[0 /Fit]", "<< /S /URI /URI (https://example.org) >>"])
def test_nothing_happens_when_a_leaflet_is_opened(opening: str) -> None:
    kept = stored(files.leaflet(OpenAction=opening))
    assert b"OpenAction" not in unpacked(kept)
    assert b"example.org" not in unpacked(kept)


@pytest.mark.parametrize("passwords", [("secret", "secret"), ("", "owner")])
def test_a_locked_pdf_is_refused(passwords: tuple[str, str]) -> None:
    content = pdf_files.saved(
        pdf_files.paper(), encryption=pikepdf.Encryption(user=passwords[0], owner=passwords[1])
    )  # fmt: skip
    with pytest.raises(UnableToKeep, match="locked"):
        stored(content)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.pdf", b"<html><script>", "web page"),
        ("a.pdf", b"PK\x03\x04", "archive"),
        ("a.pdf", b"\n\n%PDF-1.4", "before the beginning"),
        ("a.pdf", b"", "empty"),
        ("a.docx", files.leaflet(), "Rename it"),
        ("a.pdf", b"%PDF-1.7\n" + b"x" * 500, "damaged"),
        ("a.pdf", b"%PDF-1.7\nendobj" + b"x" * 500, "damaged"),
    ],
)
def test_what_is_no_pdf_is_refused_with_advice(name: str, content: bytes, sentence: str) -> None:
    with pytest.raises(UnableToKeep, match=sentence):
        stored(content, name)


def test_pages_that_hold_each_other_are_refused() -> None:
    content = pdf_files.saved(pdf_files.paper(), object_stream_mode=pikepdf.ObjectStreamMode.disable)
    number = content.index(b"/Kids [ ") + len(b"/Kids [ ")
    looping = content[:number] + b"2" + content[number + 1 :]
    with pytest.raises(UnableToKeep):
        stored(looping.replace(b"/Count 1", b"/Count 9"))


def test_scanned_pages_of_thirty_megabytes_are_taken() -> None:
    pdf = pdf_files.paper(pages=42)
    page = files.pixels(1240, 1754)
    out = BytesIO()
    page.effect_spread(90).save(out, "JPEG", quality=60)
    padding = bytes(29 * 1024 * 1024 // 42 - len(out.getvalue()))
    for number in range(42):
        picture = out.getvalue()[:-2] + padding + bytes([number % 9]) + b"\xff\xd9"
        pdf_files.show(pdf, pdf_files.photograph(pdf, picture, size=(1240, 1754)), page=number)
    content = pdf_files.saved(pdf)
    assert len(content) > 28 * 1024 * 1024
    assert len(stored(content)) > 28 * 1024 * 1024
