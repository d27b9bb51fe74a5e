"""Does a word list arrive whole, once, and is what was refused explained?"""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from portal.glossary.models import Concept, Wording
from tests.factories.glossary import GLOSSARY, LANGUAGES, make_concept, needs_the_word_list, word_list

pytestmark = pytest.mark.django_db
HEAD = "id,en,th,th_status\n"


def load(text: str | bytes, *, folder: Path) -> list[str]:
    file = folder / "words.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return imported(file)


def imported(file: Path) -> list[str]:
    said = StringIO()
    call_command("import_glossary", str(file), stdout=said)
    return said.getvalue().splitlines()


def test_a_row_becomes_a_term_with_its_wordings_and_how_sure_they_are(tmp_path: Path) -> None:
    said = load(f"{HEAD}35,consent,ความยินยอม,seen\n36,confidentiality,การรักษาความลับ,to verify\n", folder=tmp_path)
    assert said == ["2 added, 0 changed, 0 left as they were, 0 refused."]
    rows = Wording.objects.order_by("concept", "sort_order").values_list("concept", "language", "text", "is_verified")
    assert list(rows) == [
        (35, "en", "consent", True),
        (35, "th", "ความยินยอม", True),
        (36, "en", "confidentiality", True),
        (36, "th", "การรักษาความลับ", False),
    ]


def test_a_second_time_changes_nothing(tmp_path: Path) -> None:
    text = f"{HEAD}35,consent,ความยินยอม,seen\n"
    load(text, folder=tmp_path)
    before = list(Wording.objects.values())
    assert load(text, folder=tmp_path) == ["0 added, 0 changed, 1 left as they were, 0 refused."]
    assert list(Wording.objects.values()) == before


def test_what_is_new_in_the_list_is_added_and_told(tmp_path: Path) -> None:
    load(f"{HEAD}35,consent,ความยินยอม,to verify\n", folder=tmp_path)
    said = load("id,en,th,vi\n35,consent,ความยินยอม,sự đồng ý\n", folder=tmp_path)
    assert said == [
        "0 added, 1 changed, 0 left as they were, 0 refused.",
        "  35 changed: th ✓ ความยินยอม",
        "  35 changed: vi + sự đồng ý",
    ]


def test_what_staff_added_or_verified_stays(tmp_path: Path) -> None:
    make_concept(number=35, en="consent|permission", th="ความยินยอม")
    load(f"{HEAD}35,consent,ความยินยอม,to verify\n", folder=tmp_path)
    assert set(Wording.objects.values_list("text", "is_verified")) == {
        ("consent", True), ("permission", True), ("ความยินยอม", True)
    }  # fmt: skip


def test_bad_rows_are_named_and_lose_nothing_else(tmp_path: Path) -> None:
    make_concept(number=4, en="silk")
    said = load(
        "\ufeff" + HEAD + "1,risk,ความเสี่ยง,seen\n"
        "x,no number,,\n"
        "1,twice,,\n"
        "2,,,\n"
        "3,maybe,อาจ,perhaps\n"
        "4,tailoring,การตัดเย็บ,seen\n"
        "5,one,two,seen,too much\n"
        f"6,{'long' * 60},,\n"
        "7,ေက်းဇူး,,\n"
        "8,interpreter,ล่าม,seen\n",
        folder=tmp_path,
    )
    assert said[0] == "2 added, 0 changed, 0 left as they were, 8 refused."
    assert [line.partition(":")[0].strip() for line in said[1:]] == [f"line {number}" for number in range(3, 11)]
    assert "another term here: “silk”" in said[5]
    assert set(Concept.objects.values_list("pk", flat=True)) == {1, 4, 8}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("number,en\n1,a\n", "no column called id"),
        ("id,english\n1,a\n", "no column for a language"),
        ("", "no column called id"),
        ("id,en\n1,é\n".encode("latin-1"), "not UTF-8"),
    ],
    ids=["no-number", "no-language", "empty", "latin-1"],
)
def test_a_file_that_is_no_word_list_is_refused_as_a_whole(text: str | bytes, reason: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=reason):
        load(text, folder=tmp_path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be opened"):
        imported(tmp_path / "nothing.csv")


@needs_the_word_list
def test_the_whole_word_list_of_the_field_arrives_as_it_was_written() -> None:
    rows = word_list()
    assert imported(GLOSSARY) == [f"{len(rows)} added, 0 changed, 0 left as they were, 0 refused."]
    wanted = {(int(row["id"]), code, row[code]) for row in rows for code in LANGUAGES if row[code]}
    assert set(Wording.objects.values_list("concept", "language", "text")) == wanted
    assert imported(GLOSSARY) == [f"0 added, 0 changed, {len(rows)} left as they were, 0 refused."]
