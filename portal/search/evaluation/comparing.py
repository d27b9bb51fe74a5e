"""Which engines can be compared, and how does each do with a collection? One after the other, in one process."""

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from portal.search.dictionary import Dictionary
from portal.search.evaluation import baselines
from portal.search.evaluation.database import DatabaseEngine
from portal.search.evaluation.folders import Collection
from portal.search.evaluation.measuring import Figures, measured
from portal.search.evaluation.scratch import ScratchIndex


class Engine(Protocol):
    def find(self, question: str) -> Sequence[str]:
        """Ids of documents, the best first."""

    def close(self) -> None: ...


@dataclass(frozen=True)
class Result:
    """How one engine did with one collection."""

    folder: str
    questions: int
    documents: int
    engine: str
    figures: Figures
    cpu_seconds_to_build: float


Open = Callable[[Collection, Path, Dictionary], Engine]

#: What the site can be set to.
ENGINES: dict[str, Open] = {
    "whoosh": lambda collection, folder, known: ScratchIndex(collection.passages, folder=folder, dictionary=known),
    "database": lambda collection, folder, known: DatabaseEngine(collection.passages),
}
#: What is run beside it, so that a figure can be judged.
UNICODE, ICU = "FTS5 unicode61", "FTS5 over ICU words"
BASELINES: dict[str, Open] = {
    UNICODE: lambda collection, folder, known: baselines.over_blanks(collection.passages),
    ICU: lambda collection, folder, known: baselines.over_icu_words(collection.passages),
}


def compared(collection: Collection, names: Sequence[str], *, dictionary: Dictionary) -> Iterator[Result]:
    for name in names:
        with tempfile.TemporaryDirectory() as folder:
            begun_at = time.process_time()
            engine = (ENGINES | BASELINES)[name](collection, Path(folder), dictionary)
            took = time.process_time() - begun_at
            figures = measured(collection, engine.find)
            engine.close()
        yield Result(collection.name, len(collection.questions), len(collection.passages), name, figures, took)
