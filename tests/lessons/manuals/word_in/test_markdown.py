"""Does Markdown come through, as people write it?"""

import os
import re
from pathlib import Path
from typing import Any

import pytest

from lessons.manuals.word_in.endings import Ending, Unreadable
from lessons.manuals.word_in.making import Made, read
from lessons.manuals.word_in.wording import Wording
from portal.settings.environment import ROOT
from tests.lessons.manuals.word_in.word_files import zipped
from tests.media.files import photograph

SOP = Path(os.environ.get("SHARED_DATA", ROOT.parent / "shared" / "data")) / "sop"


def made(path: Path) -> Made:
    folder = path.parent / "out"
    folder.mkdir(exist_ok=True)
    return read(path, folder=folder, wording=Wording())


def of_text(text: str, folder: Path) -> list[tuple[str, Any]]:
    (folder / "m.md").write_text(text)
    whole = made(folder / "m.md")
    found = whole.intro + [block for section in whole.sections for block in section["blocks"]]
    return [(block["type"], block["value"]) for block in found]


def to_tick(whole: Made) -> list[str]:
    blocks = [block for section in whole.sections for block in section["blocks"]]
    return [item for block in blocks if block["type"] == "checklist" for item in block["value"]["items"]]


def test_boxes_to_tick_are_kept_at_every_depth_with_what_stands_between(tmp_path: Path) -> None:
    found = of_text("- [ ] a\n    - [x] b\n\n      code below\n- [ ] c\n\n```\nrun it\n```\n- [ ] d\n", tmp_path)
    assert [(kind, value["items"] if kind == "checklist" else value) for kind, value in found] == [
        ("checklist", ["a", "– b"]), ("paragraph", "<p>code below</p>"), ("checklist", ["c"]),
        ("paragraph", "<p>run it</p>"), ("checklist", ["d"]),
    ]  # fmt: skip


def test_boxes_that_are_indented_too_far_are_no_code(tmp_path: Path) -> None:
    text = (
        '!!! danger "In this order"\n\n            - [ ] first\n            - [ ] second\n\nText\n      - [ ] third\n'
    )
    found = of_text(text, tmp_path)
    assert [kind for kind, _ in found] == ["warning", "checklist", "paragraph", "checklist"]
    assert found[1][1]["items"] == ["first", "second"]


def test_links_of_what_is_to_tick_stand_behind_the_list(tmp_path: Path) -> None:
    found = of_text("- [ ] Read [the law](https://law.example/)\n", tmp_path)
    assert found == [
        ("checklist", {"title": "Checklist", "items": ["Read the law"]}),
        ("list", {"kind": "bullet", "items": ['<p><a href="https://law.example/">the law</a></p>']}),
    ]


def test_warnings_are_warnings_and_tables_tables(tmp_path: Path) -> None:
    text = '??? warning "Hot"\n    Do not touch.\n\n| a | b |\n|---|---|\n| c | **d** |\n\n1. Open it.\n2. Close it.\n'
    found = of_text(text, tmp_path)
    assert found[0] == ("warning", {"title": "Hot", "text": "<p>Do not touch.</p>"})
    assert found[1][1]["header"] == ["a", "b"]
    assert found[1][1]["rows"] == [{"cells": ["<p>c</p>", "<p><b>d</b></p>"]}]
    assert [value["title"] for kind, value in found if kind == "procedure_step"] == ["Open it.", "Close it."]


def test_html_is_never_carried_over_as_html(tmp_path: Path) -> None:
    text = "<script>alert(1)</script>\n\n<b onclick=x>bold</b> word <img src=x onerror=y>\n\n[x](javascript:y)"
    assert of_text(text, tmp_path) == [
        ("paragraph", "<p>bold word</p>"), ("paragraph", "<p>[x](javascript:y)</p>"),
    ]  # fmt: skip


def test_footnotes_come_at_the_end_of_the_section(tmp_path: Path) -> None:
    found = of_text("Said[^a].\n\n[^a]: By whom.\n", tmp_path)
    assert found[0] == ("paragraph", "<p>Said [1].</p>")
    assert found[-1] == ("list", {"kind": "number", "items": ["<p>By whom.</p>"]})


@pytest.mark.parametrize("is_packed", [False, True])
def test_a_tree_becomes_sections_whose_links_lead_to_each_other(tmp_path: Path, is_packed: bool) -> None:
    files = {
        "index.md": b"# Welcome\n\nSee [intake](steps/intake.md#at-the-door).\n",
        "steps/intake.md": b"# Intake\n\n## At the door\n\n![A door](../img/door.png)\n",
        "img/door.png": photograph("PNG"),
        "notes.ipynb": b"{}",
    }
    if is_packed:
        (tmp_path / "tree.zip").write_bytes(zipped(files))
    for name, content in files.items() if not is_packed else ():
        place = tmp_path / "tree" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    whole = made(tmp_path / ("tree.zip" if is_packed else "tree"))
    assert [section["title"] for section in whole.sections] == ["Welcome", "Intake"]
    assert 'href="import:#steps/intake.md#at-the-door"' in whole.sections[0]["blocks"][0]["value"]
    assert whole.anchors["steps/intake.md#at-the-door"] == (1, whole.sections[1]["blocks"][0]["id"])
    assert whole.sections[1]["blocks"][1]["value"]["alt"] == "A door"
    assert whole.remarks["other_files"] == 1


def test_a_tree_gives_nothing_that_lies_outside_of_it(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("# Secret")
    (tmp_path / "secret.png").write_bytes(photograph("PNG"))
    tree = tmp_path / "tree"
    tree.mkdir()
    (tree / "a.md").write_text("# A\n\n![x](../secret.png)\n")
    (tree / "b.md").symlink_to(tmp_path / "secret.md")
    whole = made(tree)
    assert [section["title"] for section in whole.sections] == ["A"]
    assert whole.remarks["missing_pictures"] == 1


def test_a_tree_without_markdown_is_refused(tmp_path: Path) -> None:
    (tmp_path / "tree").mkdir()
    with pytest.raises(Unreadable) as refused:
        made(tmp_path / "tree")
    assert refused.value.ending is Ending.EMPTY


@pytest.mark.skipif(not SOP.exists(), reason="The manual in Markdown is not here.")
def test_all_boxes_of_a_real_manual_are_kept(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    whole = read(SOP, folder=folder, wording=Wording())
    boxes = sum(len(re.findall(r"^\s*- \[[ xX]\]", path.read_text(), re.MULTILINE)) for path in SOP.rglob("*.md"))
    assert len(to_tick(whole)) == boxes == 1058
    assert whole.words_kept / whole.words > 0.99
    assert all(0 < len(item) <= 300 for item in to_tick(whole))
