"""What does somebody who is signed in still have to read? Told on manuals, beside them in lists, in *My learning*."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from lessons.manuals.reading.who_must_read import Outstanding, readings_for
from portal.base import places
from portal.base.audience import viewer_of

NOTHING = mark_safe("")


@places.register("manual_reading")
def manual_reading(request: HttpRequest, argument: str) -> SafeString:
    """On a manual and on its sections: the edition that waits, and the way to confirm it."""
    found = _outstanding(request, argument)
    return render_to_string("manuals/reading/place.html", told(found)) if found else NOTHING


@places.register("manual_mark")
def manual_mark(request: HttpRequest, argument: str) -> SafeString:
    """Beside a manual in a list; one query for all of them."""
    if _outstanding(request, argument) is None:
        return NOTHING
    return format_html('<span class="tag reading-mark">{}</span>', _("You still have to read this"))


@places.register("manuals_to_read")
def manuals_to_read(request: HttpRequest, argument: str) -> SafeString:
    """All of them, those with a date first; nothing where nothing waits."""
    readings = sorted(readings_for(request).values(), key=lambda each: (each.by is None, each.by, each.manual.code))
    if not readings:
        return NOTHING
    return render_to_string("manuals/reading/places_list.html", {"readings": [told(each) for each in readings]})


@places.register("manual_remark")
def manual_remark(request: HttpRequest, argument: str) -> SafeString:
    """On a section: the way to write to its authors, for people who hold a role; no query."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not viewer_of(request).roles:
        return NOTHING
    return render_to_string("manuals/reading/remark_place.html", {"page_id": argument})


def told(outstanding: Outstanding) -> dict[str, Any]:
    """What templates say about a manual that waits."""
    return {
        "outstanding": outstanding,
        "manual": outstanding.manual,
        "is_late": outstanding.is_late(timezone.localdate()),
    }


def _outstanding(request: HttpRequest, argument: str) -> Outstanding | None:
    return readings_for(request).get(UUID(argument))
