"""What stands in the address of a search, and which address asks something a little different?

An address can be shared and kept for years, so what nobody can read any more is left out of the question and never
an error.
"""

import re
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from portal.base.languages import LANGUAGES
from portal.search import dictionary, queries
from portal.search.queries import Question

RELEVANCE, DATE = "relevance", "date"
#: What narrows a search: the names of the facets, as addresses call them.
FACETS = ("kind", "language", "topic", "audience", "year")
VALUE = re.compile(r"[a-z0-9_-]{1,60}", re.ASCII)
YEAR = re.compile(r"[0-9]{4}", re.ASCII)
#: No key of the database is longer, and SQLite refuses numbers that are.
NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)
MOST_PAGES = 10_000


@dataclass(frozen=True)
class Asked:
    """A question, what narrows it, and which page of the answer is wanted. "" and None narrow nothing."""

    question: Question
    kind: str = ""
    language: str = ""
    topic: str = ""
    audience: str = ""
    year: str = ""
    within: int | None = None
    sort: str = RELEVANCE
    number: int = 1

    @property
    def is_narrowed(self) -> bool:
        return self.within is not None or any(getattr(self, name) for name in FACETS)

    def but(self, **changes: Any) -> "Asked":
        """The same question, asked otherwise; from its first page unless a page is named."""
        return replace(self, **{"number": 1, **changes})

    def widened(self) -> "Asked":
        """The same question, asked of everything."""
        return Asked(self.question, sort=self.sort)

    def put(self, text: str) -> "Asked":
        """The same, asked with other words."""
        return self.but(question=queries.read(text, glossary=dictionary.current()))

    def parameters(self) -> dict[str, str]:
        """What the address holds, always in the same order and without what says nothing."""
        named = {
            "q": self.question.text,
            **{name: getattr(self, name) for name in FACETS},
            "within": str(self.within or ""),
            "sort": self.sort if self.sort != RELEVANCE else "",
            "page": str(self.number) if self.number > 1 else "",
        }
        return {name: value for name, value in named.items() if value}

    def address(self) -> str:
        """The address in the language that is read now."""
        return with_query(reverse("search"), self.parameters())


def with_query(path: str, parameters: dict[str, str]) -> str:
    return f"{path}?{urlencode(parameters)}" if parameters else path


def read(sent: QueryDict) -> Asked:
    """What was asked, leaving out whatever cannot be meant."""
    language = sent.get("language", "")
    return Asked(
        question=queries.read(sent.get("q", ""), glossary=dictionary.current()),
        kind=_like(VALUE, sent.get("kind", "")),
        language=language if language in LANGUAGES else "",
        topic=_like(VALUE, sent.get("topic", "")),
        audience=_like(VALUE, sent.get("audience", "")),
        year=_like(YEAR, sent.get("year", "")),
        within=_number(sent.get("within", "")),
        sort=DATE if sent.get("sort") == DATE else RELEVANCE,
        number=min(_number(sent.get("page", "")) or 1, MOST_PAGES),
    )


def read_within(sent: QueryDict) -> int | None:
    """Below which page alone something is looked for."""
    return _number(sent.get("within", ""))


def _like(pattern: re.Pattern[str], text: str) -> str:
    return text if pattern.fullmatch(text) else ""


def _number(text: str) -> int | None:
    return int(text) or None if NUMBER.fullmatch(text) else None
