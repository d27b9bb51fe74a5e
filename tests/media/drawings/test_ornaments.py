"""Are the site's cloth and icons those that the code draws, and light enough?"""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from media.drawings.__main__ import main
from media.drawings.ornaments import background, write_ornaments

IMAGES = Path(__file__).resolve().parents[3] / "portal" / "static" / "images"


def test_the_files_in_the_repository_are_those_that_the_code_writes(tmp_path: Path) -> None:
    for path in write_ornaments(tmp_path):
        assert (IMAGES / path.name).read_bytes() == path.read_bytes(), (
            f"{path.name} is old: run python -m media.drawings portal/static/images"
        )


def test_the_background_is_small_and_lets_the_wall_show_through() -> None:
    text = background()
    assert len(text.encode()) < 6_000
    assert ElementTree.fromstring(text).find("{http://www.w3.org/2000/svg}rect") is None  # noqa: S314 - our own text


def test_the_background_continues_over_its_seam() -> None:
    threads = [tuple(map(int, found)) for found in re.findall(r"M(-?\d+) (\d+)h(\d+)", background())]
    over_left = {(x + 96, y, width) for x, y, width in threads if x < 0}
    assert over_left <= set(threads)


def test_the_entry_says_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "new")]) == 0
    assert "mudmee.svg" in capsys.readouterr().out


def test_the_entry_without_a_folder_says_what_it_needs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "OUT_DIR" in capsys.readouterr().err
