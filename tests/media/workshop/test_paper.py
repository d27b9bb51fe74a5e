"""What may the process that rewrites PDFs cost, and what does it know of the portal?"""

import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from media.workshop import asking
from media.workshop.limits import ENVIRONMENT
from media.workshop.paper_endings import Reason
from tests.media import pdf_files

#: Runs the job, and tells how it ended and the most memory that it held, in kilobytes.
MEASURED = """
import sys
from media.workshop import paper
code = paper.main(*sys.argv[1:])
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(code, peak.split()[1])
"""


def ended(folder: Path, content: bytes) -> int:
    (folder / "a.pdf").write_bytes(content)
    command = [sys.executable, "-s", "-m", "media.workshop.paper", str(folder / "a.pdf"), str(folder / "b.pdf")]
    return subprocess.run(command, cwd=asking.ROOT, env=ENVIRONMENT, check=False, capture_output=True).returncode


def test_it_knows_no_django_and_none_of_our_secrets() -> None:
    script = "import sys, media.workshop.paper, media.workshop.paper_parts; sys.exit('django' in sys.modules)"
    command = [sys.executable, "-s", "-c", script]
    assert subprocess.run(command, cwd=asking.ROOT, env=ENVIRONMENT, check=False).returncode == 0
    assert not {"SECRET_KEY", "DATABASE_URL"} & ENVIRONMENT.keys()


def test_it_ends_with_the_number_of_the_reason(tmp_path: Path) -> None:
    pdf = pdf_files.paper()
    assert ended(tmp_path, pdf_files.saved(pdf)) == 0
    assert (tmp_path / "b.pdf").read_bytes().startswith(b"%PDF-")
    locked = pdf_files.saved(pdf, encryption=pikepdf.Encryption(user="a", owner="a"))
    assert ended(tmp_path, locked) == Reason.LOCKED
    assert ended(tmp_path, b"%PDF-1.7") not in {0, *Reason}


@pytest.mark.parametrize(("parts", "ends_well"), [(60_000, True), (210_000, False)])
def test_a_paper_of_many_parts_is_taken_up_to_a_bound_of_memory(tmp_path: Path, parts: int, ends_well: bool) -> None:
    pdf = pdf_files.paper()
    kids = [pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, K=number)) for number in range(parts)]
    pdf.Root["/StructTreeRoot"] = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array(kids)))
    (tmp_path / "a.pdf").write_bytes(pdf_files.saved(pdf))
    ended = subprocess.run(
        [sys.executable, "-s", "-c", MEASURED, str(tmp_path / "a.pdf"), str(tmp_path / "b.pdf")],
        cwd=asking.ROOT, env=ENVIRONMENT, check=False, capture_output=True, text=True,
    )  # fmt: skip
    if ended.returncode != 0:
        # The library found no memory within the bound, and gave up: that process is gone, and nothing else.
        assert not ends_well
        return
    code, peak = ended.stdout.split()
    assert (code == "0") is ends_well
    assert int(peak) < 320 * 1024
