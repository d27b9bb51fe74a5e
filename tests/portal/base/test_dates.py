"""In which calendar does a reader see a date?"""

import datetime

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from portal.base.dates import THAI_MONTHS, written

DAY = datetime.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("code", "calendar", "text"),
    [
        ("th", "by_language", "22 พฤศจิกายน 2569"),
        ("en", "by_language", "22 November 2026"),
        ("en", "buddhist", "22 November 2569 B.E."),
        ("en", "gregorian", "22 November 2026"),
        ("th", "buddhist", "22 พฤศจิกายน 2569"),
    ],
)
def test_readers_of_thai_see_the_buddhist_era(code: str, calendar: str, text: str) -> None:
    with translation.override(code):
        assert written(DAY, calendar=calendar) == text


def test_somebody_who_reads_thai_may_ask_for_the_common_era() -> None:
    with translation.override("th"):
        assert "2026" in written(DAY, calendar="gregorian")


def test_a_moment_is_the_day_that_it_is_at_the_centre() -> None:
    evening = datetime.datetime(2026, 11, 21, 18, tzinfo=datetime.UTC)
    with translation.override("th"):
        assert written(evening).startswith("22 ")


@given(st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2400, 1, 1)))
def test_every_day_has_its_year_and_month(day: datetime.date) -> None:
    with translation.override("th"):
        number, month, year = written(day).split()
    assert (int(number), THAI_MONTHS.index(month) + 1, int(year) - 543) == (day.day, day.month, day.year)


def test_no_date_is_no_text() -> None:
    assert Template("{% load portal_tags %}{{ day|portal_date }}").render(Context({"day": None})) == ""
