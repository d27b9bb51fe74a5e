"""What does a reader have to know before reading? Sentences that stand at the top of a manual and of its sections.

Whoever knows something else about a manual (which edition is in force, which comes next) adds a rule to `RULES`.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from portal.base.dates import written
from portal.editions.notice import Notice

Rule = Callable[[Any, date], Iterator[Notice]]


def review_is_overdue(manual: Any, on: date) -> Iterator[Notice]:
    if manual.review_by is not None and manual.review_by < on:
        sentence = _("This manual was to be reviewed by %(day)s. Ask before you rely on names, numbers and deadlines.")
        yield Notice(sentence % {"day": written(manual.review_by)}, kind="warning")


RULES: list[Rule] = [review_is_overdue]


def notices_of(manual: Any, *, on: date) -> list[Notice]:
    """What is to be said about `manual` on that day."""
    return [notice for rule in RULES for notice in rule(manual, on)]
