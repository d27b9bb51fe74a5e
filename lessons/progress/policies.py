"""Which events are refused, and why?"""

import json
import math
from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from lessons.progress.folding import Happened, Outline, fold
from lessons.progress.incoming import NewEvent
from lessons.progress.models import Verb

#: Characters of JSON in one value: positions and answers fit, files and diaries do not.
LONGEST_VALUE = 8_000
LONGEST_DEVICE = 64
LONGEST_BLOCK_ID = 36


class UnableToStore(Exception):
    """The sentence says why, to the person whose event it is."""


def check_makes_sense(event: NewEvent) -> None:
    """Raises UnableToStore unless `event` says something that can be stored."""
    if event.verb not in Verb.values or (event.verb == Verb.VOIDED) != (event.voids is not None):
        raise UnableToStore(_("This says nothing that we could store."))
    if timezone.is_naive(event.occurred_at):
        raise UnableToStore(_("The time of this has no time zone."))
    if len(event.device) > LONGEST_DEVICE or len(event.block_id) > LONGEST_BLOCK_ID:
        raise UnableToStore(_("The name of the device or of the part of the page is too long."))
    if len(json.dumps(dict(event.value))) > LONGEST_VALUE:
        raise UnableToStore(_("This is too long to be stored as progress."))
    if not all(_is_share(event.value[name]) for name in ("share", "score") if name in event.value):
        raise UnableToStore(_("A share or a score is a number from 0 to 100."))


def _is_share(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and 0 <= value <= 100


def check_can_take_back(
    taken_back: Happened, history: Iterable[Happened], *, outline: Outline, by_event: Happened
) -> None:
    """Raises UnableToStore where taking an event back would take away what was attained."""
    if taken_back.verb == Verb.VOIDED:
        raise UnableToStore(_("What was taken back cannot be brought back; do it again instead."))
    events = list(history)
    before, after = fold(events, outline).completed, fold([*events, by_event], outline).completed
    if before and (after is None or after.edition.number < before.edition.number):
        raise UnableToStore(_("You have completed this course, and that stays. There is nothing to take back."))
