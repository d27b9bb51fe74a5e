"""Is a sentence that stands in no catalogue found?"""

import shutil
from pathlib import Path

import pytest

from portal.launch.catalogues import sentences_in, sentences_shown
from portal.launch.fingerprint import FOLDERS


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    for folder in FOLDERS:
        (tmp_path / folder).mkdir()
    (tmp_path / "portal" / "page.html").write_text('{% load i18n %}{% translate "Leave this page" %}')
    (tmp_path / "media" / "models.py").write_text(
        'from django.utils.translation import ngettext\nngettext("%(count)s lesson", "%(count)s lessons", 2)\n'
    )
    return tmp_path


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="needs gettext")
def test_sentences_of_templates_and_code_are_found_and_nothing_is_changed(clone: Path) -> None:
    before = sorted(clone.rglob("*"))
    assert sentences_shown(clone) == {"Leave this page", "%(count)s lesson"}
    assert sorted(clone.rglob("*")) == before


def test_a_catalogue_gives_the_sentences_as_they_stand_in_the_code(tmp_path: Path) -> None:
    catalogue = tmp_path / "django.po"
    catalogue.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "Search"\nmsgstr ""\n\n'
        'msgid "%(count)s lesson"\nmsgid_plural "%(count)s lessons"\nmsgstr[0] ""\n'
    )
    assert sentences_in(catalogue) == {"Search", "%(count)s lesson"}
