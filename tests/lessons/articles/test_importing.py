"""Do lessons that others wrote down arrive, once, and is what was refused explained?"""

import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from lessons.articles.importing import TITLE_LENGTH, title_of
from lessons.articles.models import ArticleIndexPage, ArticlePage
from portal.base.words import shortened
from portal.home.models import HomePage
from portal.people.roles import Role
from portal.settings.environment import ROOT
from tests.factories import house
from tests.factories.people import administrator, make_person

HEAD = "lesson_id,event,lesson,recommendation\n"
LESSONS = Path(os.environ.get("SHARED_DATA", ROOT.parent / "shared" / "data")) / "lessons" / "llis.csv"


@pytest.fixture
def index(home: HomePage) -> ArticleIndexPage:
    administrator()
    return house.way_to(ArticleIndexPage, home=home)


def load(text: str | bytes, *options: str, folder: Path) -> str:
    file = folder / "lessons.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return imported(file, *options)


def imported(file: Path, *options: str) -> str:
    said = StringIO()
    call_command("import_lessons", str(file), *options, stdout=said, stderr=StringIO())
    return said.getvalue()


@pytest.mark.usefixtures("index")
def test_a_lesson_becomes_an_article_that_visitors_read(tmp_path: Path) -> None:
    said = load(
        f'{HEAD}7,"A door, open.",Close it. Then sleep.,Look twice.\n', "--source", "Night book", folder=tmp_path
    )
    assert said == "1 imported, 0 here already, 0 refused.\n"
    article = ArticlePage.objects.get()
    assert (article.title, article.source, article.source_reference) == ("Close it", "Night book", "7")
    assert (article.happened, article.learnt, article.recommended) == (
        "A door, open.", "Close it. Then sleep.", "Look twice.",
    )  # fmt: skip
    assert article.owner == administrator()
    assert "Then sleep." in Client().get(article.get_url()).content.decode()


@pytest.mark.usefixtures("index")
def test_a_second_time_adds_nothing(tmp_path: Path) -> None:
    text = HEAD + "1,,One lesson,\n2,,Another lesson,\n"
    load(text, folder=tmp_path)
    assert load(text, folder=tmp_path) == "0 imported, 2 here already, 0 refused.\n"
    assert load(text + "3,,A third,\n", folder=tmp_path).startswith("1 imported, 2 here already")
    assert ArticlePage.objects.count() == 3


@pytest.mark.usefixtures("index")
def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    assert load(f"{HEAD}1,,One lesson,\n2,,,\n", "--dry-run", folder=tmp_path) == (
        "1 would be imported, 0 here already, 1 refused.\n  line 3: The lesson is empty.\n"
    )
    assert not ArticlePage.objects.exists()


REFUSED = {
    "no id": (",,A lesson,\n", "line 3: The row has no lesson_id"),
    "a long id": ("x" * 81 + ",,A lesson,\n", "line 3: The row has no lesson_id, or one of more than 80"),
    "an id twice": ("good,,Once more,\n", "line 3: lesson_id good is in the file twice."),
    "an empty lesson": ("9,Something happened,  ,\n", "line 3: The lesson is empty."),
    "a short row": ("9,Something happened\n", "line 3: The lesson is empty."),
    "a NUL": ("9,,A \0 lesson,\n", "line 3: A text has characters that no text has"),
    "far too long": ("9,," + "x" * 100_001 + ",\n", "line 3: A text has more than 100000 characters."),
}


@pytest.mark.usefixtures("index")
@pytest.mark.parametrize("wrong", REFUSED)
def test_a_row_that_is_refused_is_named_with_its_line_and_the_others_are_taken(wrong: str, tmp_path: Path) -> None:
    row, reason = REFUSED[wrong]
    said = load(f"{HEAD}good,,A lesson,\n{row}last,,A lesson,\n", folder=tmp_path)
    assert said.startswith("2 imported, 0 here already, 1 refused.")
    assert reason in said
    assert set(ArticlePage.objects.values_list("source_reference", flat=True)) == {"good", "last"}


UNREADABLE = {
    "an empty file": (b"", "no column called lesson_id, event, lesson, recommendation"),
    "a missing column": (b"lesson_id,event,recommendation\n1,,\n", "no column called lesson."),
    "another encoding": (HEAD.encode() + "1,,Leçon,\n".encode("latin-1"), "not UTF-8"),
    "UTF-16": (HEAD.encode("utf-16"), "not UTF-8"),
    "an open quotation mark": (f'{HEAD}1,,"A lesson,\n2,,Two,\n'.encode(), "not a CSV table"),
    "a stray quotation mark": (f'{HEAD}1,,"A" lesson,\n'.encode(), "not a CSV table"),
}


@pytest.mark.usefixtures("index")
@pytest.mark.parametrize("wrong", UNREADABLE)
def test_a_file_that_cannot_be_read_is_refused_as_a_whole(wrong: str, tmp_path: Path) -> None:
    content, reason = UNREADABLE[wrong]
    with pytest.raises(CommandError, match=reason):
        load(content, folder=tmp_path)
    assert not ArticlePage.objects.exists()


@pytest.mark.usefixtures("index")
def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be opened"):
        imported(tmp_path / "nothing.csv")


@pytest.mark.usefixtures("index")
def test_a_spreadsheet_s_byte_order_mark_is_no_hindrance(tmp_path: Path) -> None:
    assert load(b"\xef\xbb\xbf" + f"{HEAD}1,,One lesson,\n".encode(), folder=tmp_path).startswith("1 imported")


@pytest.mark.django_db
def test_without_a_list_of_lessons_or_somebody_to_import_as_it_says_what_to_do(tmp_path: Path) -> None:
    front = house.home("en")
    with pytest.raises(CommandError, match="load_demo"):
        load(HEAD, folder=tmp_path)
    house.way_to(ArticleIndexPage, home=front)
    with pytest.raises(CommandError, match="--by"):
        load(HEAD, folder=tmp_path)
    author, approver = make_person(Role.AUTHOR), make_person(Role.APPROVER)
    with pytest.raises(CommandError, match="may not publish"):
        load(HEAD, "--by", author.email, folder=tmp_path)
    load(f"{HEAD}1,,One lesson,\n", "--by", approver.email.upper(), folder=tmp_path)
    assert ArticlePage.objects.get().owner == approver


@pytest.mark.skipif(not LESSONS.exists(), reason="the 250 real lessons are not here: set SHARED_DATA to their folder")
def test_the_250_real_lessons_arrive_once(index: ArticleIndexPage) -> None:
    assert imported(LESSONS).startswith("250 imported, 0 here already, 0 refused.")
    assert imported(LESSONS).startswith("0 imported, 250 here already, 0 refused.")
    assert ArticlePage.objects.child_of(index).live().count() == 250
    assert "/lesson-" in Client().get(index.get_url(), {"page": "21"}).content.decode()


@given(st.text(min_size=1).filter(str.strip))
def test_every_lesson_has_a_title_of_a_bearable_length(lesson: str) -> None:
    title = title_of(lesson.strip(), language="en")
    assert 0 < len(title) <= TITLE_LENGTH


def test_a_thai_title_is_cut_between_words() -> None:
    title = shortened("ผู้เสียหายมีสิทธิเลือก" * 20, most=60, language="th")
    assert len(title) <= 60
    assert title.removesuffix(" …").endswith(("ผู้", "เสีย", "หาย", "เสียหาย", "ผู้เสียหาย", "มี", "สิทธิ", "เลือก"))
