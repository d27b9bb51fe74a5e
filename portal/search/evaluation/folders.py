"""What is in a folder of questions with judged documents?

`corpus.jsonl` has a document a line (`id`, and where there are any `title`, `text`, `language`), `queries.tsv` a
question a line (its id, a tab, the question), `qrels.tsv` a judgement a line as TREC writes them (question, 0,
document, grade; from 1 on a document is relevant). Whatever cannot be read is named with its file and line.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CORPUS, QUESTIONS, JUDGEMENTS = "corpus.jsonl", "queries.tsv", "qrels.tsv"


class UnableToRead(Exception):
    """A folder is not what it should be; the sentence says which file and line."""


@dataclass(frozen=True)
class Passage:
    id: str
    title: str
    text: str
    language: str


@dataclass(frozen=True)
class Collection:
    """Documents, questions by their ids, and for each question the grades of the documents that were judged."""

    name: str
    passages: Sequence[Passage]
    questions: Mapping[str, str]
    grades: Mapping[str, Mapping[str, int]]

    def remarks(self) -> list[str]:
        """What somebody should know who reads the figures."""
        documents = {passage.id for passage in self.passages}
        unjudged = len(self.questions) - sum(question in self.grades for question in self.questions)
        unasked = len(self.grades.keys() - self.questions.keys())
        missing = len({key for question in self.questions for key in self.grades.get(question, ())} - documents)
        counted = (
            (unjudged, "questions without a relevant document count only for how often nothing was found"),
            (unasked, "judged questions are not asked"),
            (missing, "judged documents are not in the corpus, so nothing can find them"),
        )
        return [f"{self.name}: {count} {what}." for count, what in counted if count]


def read(folder: Path) -> Collection:
    """Raises UnableToRead."""
    if not folder.is_dir():
        raise UnableToRead(f"{folder} is not a folder.")
    passages = _passages(folder / CORPUS)
    questions = _questions(folder / QUESTIONS)
    grades = _grades(folder / JUDGEMENTS)
    if grades.keys().isdisjoint(questions):
        raise UnableToRead(f"{folder / JUDGEMENTS} names no relevant document for any question of {QUESTIONS}.")
    return Collection(folder.resolve().name, passages, questions, grades)


def _passages(path: Path) -> list[Passage]:
    found: dict[str, Passage] = {}
    for place, line in _lines(path):
        passage = _passage(line, place)
        if found.setdefault(passage.id, passage) != passage:
            raise UnableToRead(f"{place} has another document with the id {passage.id!r}.")
    if not found:
        raise UnableToRead(f"{path} has no documents.")
    return list(found.values())


def _passage(line: str, place: str) -> Passage:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UnableToRead(f"{place} is not JSON.") from error
    if not isinstance(row, dict) or not isinstance(row.get("id"), str | int) or row["id"] == "":
        raise UnableToRead(f"{place} is not a document with an id.")
    return Passage(str(row["id"]), *(_text(row, name, place) for name in ("title", "text", "language")))


def _text(row: Mapping[str, Any], name: str, place: str) -> str:
    value = row.get(name)
    if value is not None and not isinstance(value, str):
        raise UnableToRead(f"{place} has no text as its {name}.")
    # JSON can spell halves of characters, which no database takes.
    return (value or "").encode("utf-8", "replace").decode()


def _questions(path: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for place, line in _lines(path):
        key, tab, text = line.partition("\t")
        if not tab or not key.strip():
            raise UnableToRead(f"{place} is not the id of a question, a tab and the question.")
        if found.setdefault(key.strip(), text.strip()) != text.strip():
            raise UnableToRead(f"{place} has another question with the id {key.strip()!r}.")
    if not found:
        raise UnableToRead(f"{path} has no questions.")
    return found


def _grades(path: Path) -> dict[str, dict[str, int]]:
    """Only of relevant documents: a grade below 1 says that a document was looked at and is not the answer."""
    judged: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for place, line in _lines(path):
        columns = [column.strip() for column in (line.split("\t") if "\t" in line else line.split())]
        if len(columns) != 4 or not columns[3].removeprefix("-").isdecimal():
            raise UnableToRead(f"{place} is not a question, 0, a document and a grade.")
        question, _zero, document, grade = columns
        if judged[question].setdefault(document, int(grade)) != int(grade):
            raise UnableToRead(f"{place} judges the document {document!r} again, with another grade.")
    relevant = {question: {key: grade for key, grade in one.items() if grade > 0} for question, one in judged.items()}
    return {question: grades for question, grades in relevant.items() if grades}


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    """The lines that are not blank, each with how to name its place; signs that JSON may hold end no line."""
    try:
        lines = path.read_bytes().removeprefix(b"\xef\xbb\xbf").split(b"\n")
    except OSError as error:
        raise UnableToRead(f"{path} cannot be read: {error.strerror}.") from error
    for number, line in enumerate(lines, 1):
        place = f"{path}, line {number},"
        try:
            text = line.decode().rstrip("\r")
        except UnicodeDecodeError as error:
            raise UnableToRead(f"{place} is not written in UTF-8.") from error
        if text.strip():
            yield place, text
