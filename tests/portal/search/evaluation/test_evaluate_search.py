"""Of the site, the command reads only its glossary."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.portal.search.evaluation.conftest import write

pytestmark = pytest.mark.django_db
WORD_LIST = "id,en,th\n1,referral,การส่งต่อ\n"


def told(*folders: Path, **options: Any) -> str:
    out = StringIO()
    call_command("evaluate_search", *map(str, folders), stdout=out, **options)
    return out.getvalue()


def row(table: str, engine: str) -> list[str]:
    return next(line.partition(engine)[2].split() for line in table.splitlines() if engine in line)


def test_a_tiny_thai_folder_is_answered_perfectly_and_told_as_a_table(folder: Path) -> None:
    table = told(folder)
    heads = table.splitlines()[0]
    assert all(name in heads for name in ("MRR@10", "nDCG@10", "recall@10", "found nothing", "CPU ms/question"))
    assert len(table.splitlines()) == 2
    assert table.splitlines()[1].startswith("tiny-thai")
    assert row(table, "whoosh")[:5] == ["1.0000", "1.0000", "1.0000", "0", "(0.0%)"]


def test_the_figures_can_be_had_as_json(folder: Path) -> None:
    answer = json.loads(told(folder, json=True))
    (result,) = answer["results"]
    assert (result["folder"], result["engine"], result["questions"], result["documents"]) == (
        "tiny-thai",
        "whoosh",
        3,
        3,
    )
    assert (result["mrr@10"], result["ndcg@10"], result["recall@10"]) == (1.0, 1.0, 1.0)
    assert (result["found_nothing"], result["found_nothing_share"]) == (0, 0.0)
    assert result["cpu_milliseconds"] > 0
    assert answer["remarks"] == []


def test_baselines_run_beside_it_and_plain_fts5_finds_no_thai_within_a_clause(folder: Path) -> None:
    table = told(folder, baseline=True)
    assert row(table, "FTS5 unicode61")[3] == "2"
    assert row(table, "FTS5 over ICU words")[3] == "0"
    assert row(table, "whoosh")[3] == "0"


def test_several_folders_are_told_in_one_table_with_remarks_below_it(folder: Path, tmp_path: Path) -> None:
    second = write(tmp_path / "second", files={"queries.tsv": "1\tสิทธิ\n2\txyzzy\n"})
    lines = told(folder, second).splitlines()
    assert [line.split()[0] for line in lines[1:3]] == ["tiny-thai", "second"]
    assert lines[2].split()[2:5] == ["0.5000", "0.5000", "0.5000"]
    assert "1 (50.0%)" in lines[2]
    assert lines[3] == "second: 1 judged questions are not asked."


def test_questions_that_hold_no_word_find_nothing_and_break_nothing(tmp_path: Path) -> None:
    naughty = write(tmp_path / "naughty", files={"queries.tsv": '1\t\n2\t"*"\n3\t\x00\n'})
    assert "3 (100.0%)" in told(naughty, baseline=True).splitlines()[1]


def test_a_bad_folder_gets_one_sentence_and_nothing_else(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = write(tmp_path / "bad", files={"qrels.tsv": "1 0 intake 1\nonly three columns\n"})
    with pytest.raises(SystemExit) as stopped:
        call_command("evaluate_search", str(folder), str(bad), no_color=True)
    printed = capsys.readouterr()
    assert stopped.value.code == 1
    assert printed.out == ""
    assert printed.err == f"{bad / 'qrels.tsv'}, line 2, is not a question, 0, a document and a grade.\n"


def test_engines_are_compared_in_one_run(folder: Path) -> None:
    table = told(folder, engine=["database", "whoosh"])
    assert [line.split()[1] for line in table.splitlines()[1:]] == ["database", "whoosh"]
    assert row(table, "database")[0] == "1.0000"


def test_a_term_of_the_word_list_finds_what_is_written_in_another_language(tmp_path: Path) -> None:
    (tmp_path / "words.csv").write_text(WORD_LIST, encoding="utf-8")
    corpus = '{"id": "1", "text": "A referral is not a match.", "language": "en"}'
    judged = {"corpus.jsonl": corpus, "queries.tsv": "q\tการส่งต่อ", "qrels.tsv": "q\t0\t1\t1"}
    bridge = write(tmp_path / "bridge", files=judged)
    assert row(told(bridge), "whoosh")[0] == "0.0000"
    assert row(told(bridge, glossary=tmp_path / "words.csv"), "whoosh")[0] == "1.0000"


def test_the_glossary_of_the_site_counts_where_no_word_list_is_named(tmp_path: Path) -> None:
    (tmp_path / "words.csv").write_text(WORD_LIST, encoding="utf-8")
    call_command("import_glossary", str(tmp_path / "words.csv"), stdout=StringIO())
    corpus = '{"id": "1", "text": "A referral is not a match.", "language": "en"}'
    judged = {"corpus.jsonl": corpus, "queries.tsv": "q\tการส่งต่อ", "qrels.tsv": "q\t0\t1\t1"}
    assert row(told(write(tmp_path / "bridge", files=judged)), "whoosh")[0] == "1.0000"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (WORD_LIST + "no number,a,b\n", ", line 3, is no row of a glossary."),
        ("id,en,th\n", "has no wordings."),
        ("number,word\n1,a\n", ", line 2, is no row of a glossary."),
    ],
    ids=["no number", "no rows", "other columns"],
)
def test_a_bad_word_list_is_named_with_its_line(
    folder: Path, tmp_path: Path, content: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.csv").write_text(content, encoding="utf-8")
    with pytest.raises(SystemExit):
        call_command("evaluate_search", str(folder), glossary=tmp_path / "bad.csv")
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "bad.csv" in printed.err
    assert sentence in printed.err
    assert printed.err.count("\n") == 1
