from pathlib import Path

import pytest

from portal.search.evaluation.folders import UnableToRead, read
from tests.portal.search.evaluation.conftest import CORPUS, write


def test_a_folder_is_read_with_grades_and_documents_without_a_language(folder: Path) -> None:
    collection = read(folder)
    assert collection.name == "tiny-thai"
    assert [passage.id for passage in collection.passages] == ["intake", "silk", "uniform"]
    assert [passage.language for passage in collection.passages] == ["th", "th", ""]
    assert collection.questions["2"] == "การทอผ้าไหม"
    assert collection.grades == {"1": {"intake": 2}, "2": {"silk": 1}, "3": {"uniform": 1}}
    assert collection.remarks() == []


def test_a_byte_order_mark_windows_lines_and_blank_lines_change_nothing(folder: Path, tmp_path: Path) -> None:
    files = {path.name: path.read_bytes().replace(b"\n", b"\r\n") for path in folder.iterdir()}
    other = write(tmp_path / "other", files={name: b"\xef\xbb\xbf" + text + b"\r\n" for name, text in files.items()})
    plain, marked = read(folder), read(other)
    assert (marked.passages, marked.questions, marked.grades) == (plain.passages, plain.questions, plain.grades)


def test_a_line_separator_within_a_text_ends_no_line(tmp_path: Path) -> None:
    line = '{"id": "1", "text": "one\u2028two\u0085three"}'
    assert read(
        write(tmp_path / "one", files={"corpus.jsonl": line, "queries.tsv": "q\tone", "qrels.tsv": "q 0 1 1"})
    ).passages[0].text == "one\u2028two\u0085three"  # fmt: skip


def test_what_stands_twice_in_the_same_way_counts_once(folder: Path) -> None:
    for path in folder.iterdir():
        path.write_bytes(path.read_bytes() * 2)
    collection = read(folder)
    assert len(collection.passages) == len(CORPUS)
    assert len(collection.questions) == 3


def test_whoever_reads_the_figures_is_told_what_was_not_counted(tmp_path: Path) -> None:
    files = {"queries.tsv": "1\tone\n2\ttwo\n3\tthree\n", "qrels.tsv": "1\t0\tlost\t1\n9\t0\tsilk\t1\n"}
    first, second, third = read(write(tmp_path / "loose", files=files)).remarks()
    assert first.startswith("loose: 2 questions without a relevant document")
    assert second.startswith("loose: 1 judged questions are not asked")
    assert third.startswith("loose: 1 judged documents are not in the corpus")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("corpus.jsonl", "", "has no documents."),
        ("corpus.jsonl", '{"id": "1"}\nnot json\n', ", line 2, is not JSON."),
        ("corpus.jsonl", "[" * 100_000, ", line 1, is not JSON."),
        ("corpus.jsonl", '{"title": "no id"}', ", line 1, is not a document with an id."),
        ("corpus.jsonl", '["1"]', ", line 1, is not a document with an id."),
        ("corpus.jsonl", '{"id": "1", "text": ["a"]}', ", line 1, has no text as its text."),
        ("corpus.jsonl", '{"id": "1"}\n\n{"id": "1", "text": "b"}', ", line 3, has another document with the id '1'."),
        ("corpus.jsonl", b'{"id": "1"}\n{"id": "\xff"}', ", line 2, is not written in UTF-8."),
        ("queries.tsv", "", "has no questions."),
        ("queries.tsv", "1\tone\nno tab\n", ", line 2, is not the id of a question, a tab and the question."),
        ("queries.tsv", "1\tone\n1\ttwo\n", ", line 2, has another question with the id '1'."),
        ("qrels.tsv", "1\t0\tsilk\n", ", line 1, is not a question, 0, a document and a grade."),
        ("qrels.tsv", "1\t0\tsilk\thigh\n", ", line 1, is not a question, 0, a document and a grade."),
        (
            "qrels.tsv",
            "1\t0\tsilk\t1\n1\t0\tsilk\t2",
            ", line 2, judges the document 'silk' again, with another grade.",
        ),
        ("qrels.tsv", "1\t0\tsilk\t0\n", "names no relevant document for any question of queries.tsv."),
    ],
    ids=lambda value: str(value)[:30] if not isinstance(value, bytes) else "bytes",
)
def test_a_mistake_is_named_with_its_file_and_line(
    tmp_path: Path, name: str, content: str | bytes, sentence: str
) -> None:
    folder = write(tmp_path / "bad", files={name: content})
    with pytest.raises(UnableToRead) as unable:
        read(folder)
    assert str(unable.value).startswith(str(folder / name))
    assert str(unable.value).endswith(sentence)


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.tsv", "qrels.tsv"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(UnableToRead, match=f"{name} cannot be read: No such file or directory"):
        read(folder)


def test_a_folder_that_is_none_is_named(folder: Path) -> None:
    with pytest.raises(UnableToRead, match=r"corpus\.jsonl is not a folder\."):
        read(folder / "corpus.jsonl")
