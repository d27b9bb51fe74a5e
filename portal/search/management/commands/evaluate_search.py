"""How well does search find what people judged to be the answer? Nothing of the site is changed."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.search.dictionary import Dictionary
from portal.search.evaluation import glossaries
from portal.search.evaluation.comparing import BASELINES, ENGINES, Result, compared
from portal.search.evaluation.folders import UnableToRead, read
from portal.search.evaluation.measuring import PLACES

#: The columns of the table and how wide they are; names to the left, figures to the right.
NAMES = {"folder": 20, "engine": 20}
FIGURES = {"MRR@10": 8, "nDCG@10": 9, "recall@10": 11, "found nothing": 15, "CPU ms/question": 17, "CPU s to build": 16}


class Command(BaseCommand):
    help = "Ask the questions of folders with judged documents, and tell how well the answers were found."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folders", nargs="+", type=Path, metavar="DIR", help="corpus.jsonl, queries.tsv, qrels.tsv")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")
        parser.add_argument("--engine", action="append", choices=list(ENGINES), help="given twice, both are compared")
        parser.add_argument("--glossary", type=Path, metavar="FILE.csv", help="a word list, instead of the site's own")
        parser.add_argument("--baseline", action="store_true", help="run SQLite's FTS5 beside it, in two ways")

    def handle(self, *args: Any, folders: list[Path], engine: list[str] | None, **options: Any) -> None:
        try:
            collections = [read(folder) for folder in folders]
            known = glossaries.of_file(options["glossary"]) if options["glossary"] else glossaries.of_site()
        except UnableToRead as unable:
            self.stderr.write(str(unable))
            raise SystemExit(1) from unable
        names = [*dict.fromkeys(engine or ["whoosh"]), *(BASELINES if options["baseline"] else ())]
        results = [
            result for each in collections for result in compared(each, names, dictionary=known or Dictionary(()))
        ]
        remarks = [remark for collection in collections for remark in collection.remarks()]
        if known is None:
            remarks.append("No glossary: there is no prepared site here, and no --glossary was given.")
        self.stdout.write(_as_json(results, remarks) if options["json"] else _as_table(results, remarks))


def _as_json(results: Sequence[Result], remarks: Sequence[str]) -> str:
    told = {"results": [_entry(result) for result in results], "remarks": list(remarks)}
    return json.dumps(told, ensure_ascii=False, indent=2)


def _entry(result: Result) -> dict[str, str | int | float]:
    entry = asdict(result)
    figures = entry.pop("figures")
    return entry | {
        f"{name}@{PLACES}" if name in ("mrr", "ndcg", "recall") else name: figures[name] for name in figures
    }


def _as_table(results: Sequence[Result], remarks: Sequence[str]) -> str:
    rows = [(*NAMES, *FIGURES), *map(_row, results)]
    widths = [*NAMES.values(), *FIGURES.values()]
    return "\n".join([*(_line(row, widths) for row in rows), *remarks])


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = zip(row, widths, strict=True)
    return "".join(f"{cell:<{w}}" if place < len(NAMES) else f"{cell:>{w}}" for place, (cell, w) in enumerate(cells))


def _row(result: Result) -> tuple[str, ...]:
    figures = result.figures
    return (
        f"{result.folder} ",
        result.engine,
        f"{figures.mrr:.4f}",
        f"{figures.ndcg:.4f}",
        f"{figures.recall:.4f}",
        f"{figures.found_nothing} ({figures.found_nothing_share:.1%})",
        f"{figures.cpu_milliseconds:.2f}",
        f"{result.cpu_seconds_to_build:.1f}",
    )
