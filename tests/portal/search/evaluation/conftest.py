"""A tiny folder of questions with judged documents, in Thai and English."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

CORPUS = (
    {"id": "intake", "title": "การรับเข้า", "text": "เจ้าหน้าที่รับผู้เสียหายเข้าพักในสถานคุ้มครองและอธิบายสิทธิ", "language": "th"},
    {"id": "silk", "title": "ผ้าไหม", "text": "การทอผ้าไหมเป็นอาชีพที่สร้างรายได้หลังกลับบ้าน", "language": "th"},
    {"id": "uniform", "title": "The uniform", "text": "Coloured uniforms that labelled residents were given up."},
)  # fmt: skip
QUESTIONS = {"1": "สิทธิของผู้เสียหาย", "2": "การทอผ้าไหม", "3": "who gave up the uniforms?"}
JUDGED = (("1", "intake", 2), ("2", "silk", 1), ("2", "uniform", 0), ("3", "uniform", 1))


def write(folder: Path, *, files: Mapping[str, str | bytes] = {}) -> Path:
    """A whole folder, with other contents of some files."""
    contents: dict[str, str | bytes] = {
        "corpus.jsonl": "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in CORPUS),
        "queries.tsv": "".join(f"{key}\t{text}\n" for key, text in QUESTIONS.items()),
        "qrels.tsv": "".join(f"{question}\t0\t{key}\t{grade}\n" for question, key, grade in JUDGED),
        **files,
    }
    folder.mkdir(exist_ok=True)
    for name, content in contents.items():
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "tiny-thai")
