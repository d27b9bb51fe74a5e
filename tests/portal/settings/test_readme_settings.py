"""Does the README tell every setting that the code reads, with its true default?"""

import re
from collections.abc import Iterator
from pathlib import Path

from portal.settings.environment import ROOT, VARIABLES

ROW = re.compile(r"^\| `(?P<name>[A-Z_]+)` \| `(?P<default>.*?)` \| (?P<meaning>.*) \|$", re.MULTILINE)
READ = re.compile(r"""(?:environ(?:\.get|\.setdefault)?[(\[]|env\.\w+\()\s*["'](?P<name>[A-Z_]+)["']""")


def sources() -> Iterator[Path]:
    for folder in ("portal", "lessons", "exhibits", "media"):
        yield from (ROOT / folder).rglob("*.py")


def test_the_readme_s_table_is_the_list_of_settings() -> None:
    table = ROW.findall((ROOT / "README.md").read_text())
    assert table == [(one.name, one.default, one.meaning) for one in VARIABLES]


def test_no_code_reads_a_setting_that_is_not_declared() -> None:
    read = {match["name"] for path in sources() for match in READ.finditer(path.read_text())}
    assert read <= {one.name for one in VARIABLES}


def test_every_declared_setting_is_read_somewhere() -> None:
    read = {match["name"] for path in sources() for match in READ.finditer(path.read_text())}
    assert {one.name for one in VARIABLES} <= read


def test_each_setting_is_declared_once() -> None:
    names = [one.name for one in VARIABLES]
    assert len(names) == len(set(names))
