"""Are the catalogues compiled without gettext, and only when they changed?"""

import gettext
import os
from pathlib import Path

import pytest

from portal.launch.messages import compile_catalogues

CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Search"
msgstr "ค้นหา"

#, fuzzy
msgid "Leave this page"
msgstr "ออกจากหน้านี้"
"""


def write(folder: Path) -> Path:
    source = folder / "th" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(CATALOGUE)
    return source


def test_checked_and_unchecked_translations_are_both_shown(tmp_path: Path) -> None:
    write(tmp_path / "locale")
    compile_catalogues(source=tmp_path / "locale", into=tmp_path / "var")
    thai = gettext.translation("django", tmp_path / "var", ["th"])
    assert thai.gettext("Search") == "ค้นหา"
    assert thai.gettext("Leave this page") == "ออกจากหน้านี้"


def test_a_damaged_catalogue_keeps_no_other_language_shut(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    thai = write(tmp_path / "locale")
    lao = tmp_path / "locale" / "lo" / "LC_MESSAGES" / "django.po"
    lao.parent.mkdir(parents=True)
    lao.write_text('msgid ""\nmsgstr "Plural-Forms: nplurals=INTEGER; plural=EXPRESSION;\\n"\n')
    assert compile_catalogues(source=tmp_path / "locale", into=tmp_path / "var") == [thai]
    assert "lo/LC_MESSAGES/django.po cannot be read" in capsys.readouterr().err


def test_a_catalogue_is_compiled_again_only_when_it_changed(tmp_path: Path) -> None:
    source = write(tmp_path / "locale")
    folders = {"source": tmp_path / "locale", "into": tmp_path / "var"}
    assert compile_catalogues(**folders) == [source]
    assert compile_catalogues(**folders) == []
    later = source.stat().st_mtime + 10
    os.utime(source, (later, later))
    assert compile_catalogues(**folders) == [source]
