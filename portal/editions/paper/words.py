"""Which words stand on paper besides those of the manual? In the language of the part in which they stand."""

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils import formats, timezone
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from portal.base.dates import written as written_day
from portal.editions.models import ChangeKind

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

CAPACITIES: "Mapping[str, StrOrPromise]" = {
    "author": pgettext_lazy("who signs an edition", "Author"),
    "reviewer": pgettext_lazy("who signs an edition", "Reviewer"),
    "approver": pgettext_lazy("who signs an edition", "Approver"),
}
APPROVAL = gettext_lazy("Approval")
CHANGES = gettext_lazy("What has changed")
CONTENTS = gettext_lazy("Contents")
CHECK = gettext_lazy("Printed copy: check with the QR code whether it is still in force.")


def moment(at: datetime.datetime) -> str:
    """Day and time in the site's time zone, in the reader's calendar."""
    local = timezone.localtime(at)
    return gettext("%(day)s, %(time)s") % {"day": written_day(local), "time": formats.time_format(local, "H:i")}


def day(at: datetime.datetime) -> str:
    return written_day(timezone.localtime(at))


def read_moment(written: str) -> datetime.datetime | None:
    """What canonical JSON holds as a time; nothing if it holds none."""
    try:
        at = datetime.datetime.fromisoformat(written)
    except ValueError:
        return None
    return at if timezone.is_aware(at) else at.replace(tzinfo=datetime.UTC)


def edition(number: int) -> str:
    return gettext("Edition %(number)s") % {"number": number}


def in_force(at: datetime.datetime) -> str:
    return gettext("In force from %(moment)s") % {"moment": moment(at)}


def running(code: str, number: int) -> str:
    if not code:
        return edition(number)
    return gettext("%(code)s, edition %(number)s") % {"code": code, "number": number}


def scanned(address: str) -> str:
    return gettext("QR code that leads to %(address)s") % {"address": address}


def kind_of_change(change: Mapping[str, Any]) -> str:
    kind = change.get("kind", "")
    return str(ChangeKind(kind).label) if kind in ChangeKind.values else ""
