"""Was it understood? The short quiz that was frozen with an edition."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Question:
    """A question with one right answer; `right` is its place among the answers."""

    id: str
    text: str
    answers: tuple[str, ...]
    right: int
    why: str = ""

    @property
    def field(self) -> str:
        return f"question-{self.id}"


def questions_in(content: Mapping[str, Any], *, language: str) -> list[Question]:
    """The questions of an edition in the reader's language, else in the first one that it has."""
    versions: Mapping[str, Any] = next((page["versions"] for page in content["pages"] if not page["parent"]), {})
    version: Mapping[str, Any] = versions.get(language) or next(iter(versions.values()), {})
    written = version.get("fields", {}).get("quiz") or "[]"
    blocks = json.loads(written) if isinstance(written, str) else written
    return [question for number, block in enumerate(blocks) if (question := _question(block["value"], number))]


def _question(value: Mapping[str, Any], number: int) -> Question | None:
    answers = [each.get("value", each) for each in value["answers"]]
    right = next((place for place, answer in enumerate(answers) if answer["is_right"]), None)
    if right is None:
        return None
    texts = tuple(answer["text"] for answer in answers)
    return Question(str(number + 1), value["question"], texts, right, value.get("why") or "")


def wrong_answers(questions: Sequence[Question], given: Mapping[str, str]) -> list[Question]:
    """The questions that were answered wrongly, or not."""
    return [question for question in questions if given.get(question.field) != str(question.right)]
