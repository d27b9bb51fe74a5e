"""How is a date written for this reader? Readers of Thai see the Buddhist era (common era + 543)."""

import datetime

from django.utils import formats, timezone, translation

BUDDHIST_YEARS_AHEAD = 543
THAI_MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip

#: Where the usual format of a language is not what people read easily: "22 November 2026", not "Nov. 22, 2026".
DAYS = {"en": "j F Y"}


def written(day: datetime.date | datetime.datetime, *, calendar: str = "by_language") -> str:
    """`day` in the reader's language and calendar, in the site's time zone; "22 พฤศจิกายน 2569" in Thai."""
    if isinstance(day, datetime.datetime):
        day = timezone.localtime(day).date() if timezone.is_aware(day) else day.date()
    is_thai = translation.get_language() == "th"
    if calendar == "buddhist" or (calendar == "by_language" and is_thai):
        return _buddhist(day, is_thai=is_thai)
    return formats.date_format(day, DAYS.get(translation.get_language() or "", "DATE_FORMAT"))


def _buddhist(day: datetime.date, *, is_thai: bool) -> str:
    year = day.year + BUDDHIST_YEARS_AHEAD
    if is_thai:
        return f"{day.day} {THAI_MONTHS[day.month - 1]} {year}"
    return f"{formats.date_format(day, 'j F')} {year} B.E."
