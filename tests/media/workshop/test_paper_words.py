"""What does the process that reads leaflets find in them, and what may a hostile one cost?"""

import subprocess
import sys
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from media.workshop import asking, paper_words
from media.workshop.limits import ENVIRONMENT
from tests.media import pdf_files

THAI = "ผู้เสียหายมีสิทธิได้รับ น้ำดื่ม ที่ศูนย์"
#: Runs the job, and tells how it ended and the most memory that it held, in kilobytes.
MEASURED = """
import sys
from media.workshop import paper_words
code = paper_words.main(*sys.argv[1:])
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(code, peak.split()[1])
"""


def run(folder: Path, content: bytes) -> subprocess.CompletedProcess[bytes]:
    (folder / "a.pdf").write_bytes(content)
    command = [sys.executable, "-s", "-m", "media.workshop.paper_words", str(folder / "a.pdf"), str(folder / "a.txt")]
    return subprocess.run(command, cwd=asking.ROOT, env=ENVIRONMENT, check=False, capture_output=True, timeout=45)


def words_in(folder: Path, content: bytes) -> str:
    assert run(folder, content).returncode == 0
    return (folder / "a.txt").read_text(encoding="utf-8")


def drawn(orders: str) -> bytes:
    """A page with these drawing orders."""
    pdf = pdf_files.paper()
    pdf.pages[0].obj["/Contents"] = pdf.make_stream(orders.encode())
    return pdf_files.saved(pdf)


def test_it_knows_no_django() -> None:
    script = "import sys, media.workshop.paper_words, media.workshop.paper_spans; sys.exit('django' in sys.modules)"
    command = [sys.executable, "-s", "-c", script]
    assert subprocess.run(command, cwd=asking.ROOT, env=ENVIRONMENT, check=False).returncode == 0


def test_pages_are_kept_apart(tmp_path: Path) -> None:
    assert words_in(tmp_path, pdf_files.saved(pdf_files.paper(pages=2))) == "Your rights 1\fYour rights 2"


def test_thai_is_what_its_author_says_and_not_what_the_glyphs_are_called(tmp_path: Path) -> None:
    assert words_in(tmp_path, pdf_files.saved(pdf_files.typeset(THAI, "กำหนด"))) == f"{THAI}\nกำหนด"
    assert THAI not in words_in(tmp_path, pdf_files.saved(pdf_files.typeset(THAI, tells=False)))


def test_what_stands_on_every_page_is_left_out(tmp_path: Path) -> None:
    words = "BT /F1 12 Tf 72 720 Td (Her choice) Tj ET"
    footer = "/Artifact <</Type /Pagination>> BDC BT /F1 9 Tf 72 20 Td (Page 1 of 9) Tj ET EMC"
    assert words_in(tmp_path, drawn(f"{footer}\n{words}")).strip() == "Her choice"


@pytest.mark.parametrize(
    ("orders", "said"),
    [
        ("/Span <</ActualText (inner)>> BDC BT /F1 12 Tf (shown) Tj ET", "shown"),
        ("EMC EMC BT /F1 12 Tf (shown) Tj ET", "shown"),
        (
            "/Span <</ActualText (outer)>> BDC /Span <</ActualText (x)>> BDC BT /F1 9 Tf (a) Tj (b) Tj ET EMC EMC",
            "outer",
        ),
        ("/Span <</ActualText (nothing shown)>> BDC EMC BT /F1 12 Tf (shown) Tj ET", "shown"),
        ("/Span <</ActualText 12>> BDC BT /F1 12 Tf (shown) Tj ET EMC", "shown"),
        ("/Span /Absent BDC BT /F1 12 Tf (shown) Tj ET EMC", "shown"),
        ("BT /F1 12 Tf 1 0 Tm (a) Tj 1 (b) Td Tj ET", "a"),
        ("/Span " * 100 + "BDC" * 3 + " BT /F1 12 Tf (shown) Tj ET", "shown"),
    ],
    ids=["left open", "closed too often", "nested", "empty", "a number", "no properties", "wrong orders", "no sense"],
)
def test_orders_that_make_no_sense_harm_nothing(tmp_path: Path, orders: str, said: str) -> None:
    assert words_in(tmp_path, drawn(orders)).strip() == said


def test_a_scan_says_nothing(tmp_path: Path) -> None:
    out = BytesIO()
    Image.linear_gradient("L").save(out, "PDF")
    assert words_in(tmp_path, out.getvalue()).strip() == ""


def test_a_locked_one_says_nothing(tmp_path: Path) -> None:
    strong, weak = (
        pikepdf.Encryption(user="a", owner="b"),
        pikepdf.Encryption(user="a", owner="b", R=3, aes=False, metadata=False),
    )
    for encryption in (strong, weak):
        assert run(tmp_path, pdf_files.saved(pdf_files.paper(), encryption=encryption)).returncode != 0
        assert not (tmp_path / "a.txt").exists()


def test_a_broken_page_does_not_silence_the_others(tmp_path: Path) -> None:
    pdf = pdf_files.paper(pages=3)
    pdf.pages[1].obj["/Contents"] = pikepdf.Stream(pdf, b"no flate", Filter=Name.FlateDecode)
    pdf.pages[1].obj["/Resources"] = Dictionary(Font=Dictionary(F1=Dictionary(Type=Name.Font, Encoding=7)))
    first, _broken, third = words_in(tmp_path, pdf_files.saved(pdf)).split("\f")
    assert (first, third) == ("Your rights 1", "Your rights 3")


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"%PDF-1.7\n" + bytes(range(256)) * 40], ids=["0", "short", "junk"]
)
def test_what_is_no_pdf_ends_the_process_and_nothing_else(tmp_path: Path, content: bytes) -> None:
    assert run(tmp_path, content).returncode not in {0, 1}


def endless() -> bytes:
    """Forms that draw each other, and pages that are their own parents."""
    pdf = pdf_files.paper()
    form = pdf.make_stream(b"/X Do /X Do BT /F1 9 Tf (again) Tj ET")
    form["/Type"], form["/Subtype"], form["/BBox"] = Name.XObject, Name.Form, Array([0, 0, 9, 9])
    form["/Resources"] = Dictionary(XObject=Dictionary(X=form))
    pdf.pages[0].obj["/Resources"]["/XObject"] = Dictionary(X=form)
    pdf.pages[0].obj["/Contents"] = pdf.make_stream(b"/X Do " * 2000)
    return pdf_files.saved(pdf)


def talkative() -> bytes:
    """One page that says more than is kept, and unpacks to a hundred times its size."""
    pdf = pdf_files.paper()
    pdf.pages[0].obj["/Contents"] = pdf.make_stream(b"BT /F1 9 Tf " + b"(word word word word) Tj T* " * 30_000 + b"ET")
    return pdf_files.saved(pdf, compress_streams=True)


def swollen() -> bytes:
    """A few kilobytes that unpack to more than the process may hold."""
    packer, pdf = zlib.compressobj(9), pdf_files.paper()
    packed = b"".join(packer.compress(b" " * 1024 * 1024) for _megabyte in range(300)) + packer.flush()
    pdf.pages[0].obj["/Contents"] = pikepdf.Stream(pdf, packed, Filter=Name.FlateDecode)
    return pdf_files.saved(pdf)


@pytest.mark.parametrize("make", [endless, talkative, swollen])
def test_a_hostile_one_costs_no_more_than_its_bounds(tmp_path: Path, make: Callable[[], bytes]) -> None:
    (tmp_path / "a.pdf").write_bytes(make())
    ended = subprocess.run(
        [sys.executable, "-s", "-c", MEASURED, str(tmp_path / "a.pdf"), str(tmp_path / "a.txt")],
        cwd=asking.ROOT, env=ENVIRONMENT, check=False, capture_output=True, text=True, timeout=45,
    )  # fmt: skip
    if ended.returncode == 0:
        assert int(ended.stdout.split()[1]) < 320 * 1024
    written = tmp_path / "a.txt"
    assert not written.exists() or len(written.read_text(encoding="utf-8")) <= paper_words.MOST_LETTERS
