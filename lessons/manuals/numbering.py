"""Which number does a manual get? `KP-SOP-012`: the code of its centre, then the next number that is free there.

A manual has one number in all languages, and no other manual has it.
"""

import re
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.people.models import Centre

NUMBER = re.compile(r"^(?P<code>[A-Z]{2,8})-SOP-(?P<ordinal>[0-9]{3})\Z")
HIGHEST = 999


class UnableToNumber(Exception):
    """The sentence says why no number was found."""


def number_for(code: str, ordinal: int) -> str:
    return f"{code}-SOP-{ordinal:03}"


def next_number(manuals: QuerySet[Any], *, code: str) -> str:
    """The first number behind all that a centre has given."""
    given = manuals.filter(number__startswith=f"{code}-SOP-").values_list("number", flat=True)
    newest = max((int(found["ordinal"]) for number in given if (found := NUMBER.match(number))), default=0)
    if newest >= HIGHEST:
        raise UnableToNumber(_("This centre has used all its numbers."))
    return number_for(code, newest + 1)


def is_taken(number: str, *, manuals: QuerySet[Any], translation_key: Any) -> bool:
    """Whether another manual, not a translation of this one, has the number."""
    return bool(manuals.filter(number=number).exclude(translation_key=translation_key).exists())


def fits(number: str, *, centre: Centre) -> bool:
    """The number of a manual begins with the code of its centre."""
    return number.startswith(f"{centre.code}-SOP-")
