"""Do the benchmarks of search measure what they say? Their bars are for whoever asks with `pytest -m benchmark`."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from portal.search.evaluation.folders import Passage
from tests.benchmarks import search_passages
from tests.benchmarks.front_door import lines_of
from tests.benchmarks.search_library import heading_of, pages_of
from tests.benchmarks.search_load import MIXED, PAGES, SUGGESTIONS, Times, addresses
from tests.benchmarks.search_quality import Findings, cut_words, names_in, typed_words
from tests.benchmarks.search_rivals import Fts5Pages, PlainWhoosh
from tests.factories.server import ROOT

PASSAGES = [
    Passage("rights", "สิทธิ", "ผู้เสียหายมีสิทธิได้รับความช่วยเหลือ", "th"),
    Passage("silk", "ผ้าไหม", "การทอผ้าไหมเป็นอาชีพ", "th"),
    Passage("uniform", "The uniform", "Uniforms were given up.", "en"),
]
needs_shared_data = pytest.mark.skipif(
    not search_passages.is_there(), reason="the shared material is not here: set SHARED_DATA to its folder"
)


def test_both_rivals_find_a_thai_word_and_its_beginning(tmp_path: Path) -> None:
    opened, fts5 = PlainWhoosh(PASSAGES, folder=tmp_path), Fts5Pages(PASSAGES)
    assert [hit["id"] for hit in opened.any_word("ผ้าไหม รถไฟ")] == ["silk"]
    assert [hit["id"] for hit in opened.all_words("ช่วยเหลือ สิทธิ")] == ["rights"]
    assert [hit["id"] for hit in opened.beginning("uni")] == ["uniform"]
    count, page = fts5.page("ช่วยเหลือ อาชีพ")
    assert (count, {key for key, _snippet in page}) == (2, {"rights", "silk"})
    assert all("<mark>" in snippet for _key, snippet in page)
    assert fts5.suggestions("uni") == [("uniform",)]


def test_a_word_is_asked_as_icu_cuts_it_and_as_it_is_typed() -> None:
    assert cut_words("มีสิทธิ ในชีวิต", "th") == {"มี", "สิทธิ", "ใน", "ชีวิต"}
    assert typed_words("มีสิทธิ ในชีวิต", "th") == {"มีสิทธิ", "ในชีวิต"}
    assert typed_words("Everyone has the right, always.", "en") == {"Everyone", "has", "the", "right", "always"}


def test_the_names_of_a_term_are_what_its_cell_says() -> None:
    assert names_in("victim / trafficked person") == ["victim", "trafficked person"]
    assert names_in("การคัดแยก(ผู้เสียหาย)") == ["การคัดแยก"]


def test_a_share_is_judged_against_its_bar() -> None:
    found = Findings()
    found.shares("words", [("one", True), ("two", False)], at_least=0.9)
    assert [(bar.name, bar.figure, bar.is_met) for bar in found.bars] == [("words (2)", 0.5, False)]
    assert found.missed == {"words": ["two"]}
    assert "NOT MET" in "\n".join(lines_of(found.bars))


def test_times_are_told_by_their_middle_and_by_the_slow_ones() -> None:
    told = Times(MIXED, [number / 1000 for number in range(1, 101)]).told(elapsed=0.5)
    assert [told.a_second, told.median, told.p95] == pytest.approx([200, 50.5, 95])


def test_pages_of_the_library_hold_neighbours_of_one_title() -> None:
    many = [*(Passage(str(number), "A", "text", "en") for number in range(9)), Passage("last", "B", "text", "en")]
    assert [len(page) for page in pages_of(many)] == [7, 2, 1]


def test_a_heading_ends_with_a_word_where_it_can() -> None:
    assert heading_of("short\nsecond line") == "short"
    assert heading_of("word " * 20) == "word " * 11 + "word"
    assert len(heading_of("ก" * 100)) == 60


@needs_shared_data
def test_passages_are_all_different_and_of_seven_languages() -> None:
    passages = search_passages.passages(6_500)
    assert len({passage.text for passage in passages}) == len({passage.id for passage in passages}) == 6_500
    assert {passage.language for passage in passages} == {"en", "th", "lo", "km", "my", "vi", "zh"}


@needs_shared_data
def test_two_in_five_searches_are_for_a_page() -> None:
    asks = addresses(1)
    kinds = [next(asks)[0] for _nth in range(1_000)]
    assert 0.35 < kinds.count(PAGES) / len(kinds) < 0.45
    assert set(kinds) == {PAGES, SUGGESTIONS}


@needs_shared_data
@pytest.mark.benchmark
@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("search_quality", ["--part", "0.02"]),
        ("search_speed", ["--passages", "120", "--questions", "5"]),
        ("search_load", ["--passages", "120", "--seconds", "4", "--readers", "2"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_benchmark_runs_at_a_small_size(name: str, options: list[str], tmp_path: Path) -> None:
    var = [] if name == "search_quality" else ["--var", str(tmp_path)]
    command = [sys.executable, "-m", f"tests.benchmarks.{name}", "--json", *options, *var]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode in (0, 1), ended.stderr
    assert json.loads(ended.stdout)["bars"], ended.stderr
