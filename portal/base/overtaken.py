"""What if somebody else saves a page while I write? I am told, my words stay, and I decide.

Wagtail asks this only of what it saves by itself; whoever clicks on "Save" overwrites what another person saved a
minute ago. Here the form knows the revision that it was loaded from. If another person's is newer, nothing is saved
until the box is ticked that appears, and what they changed can be looked at.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

BEGAN, ON_TOP = "began_with", "on_top_of"
NONE = "none"


@dataclass(frozen=True)
class Newer:
    """What another person has saved since; `began` is the revision that the form was loaded from, if it is there."""

    revision: Revision
    began: int | None

    @property
    def mark(self) -> str:
        return mark_of(self.revision)

    @property
    def sentence(self) -> str:
        who = str(self.revision.user) if self.revision.user else _("Somebody")
        return _(
            "%(name)s has saved this page while you were writing. Nothing of yours is saved yet; all of it is still "
            "here. Look at what they changed; then tick “Save mine on top of theirs” at the end of the form, or not."
        ) % {"name": who}

    @property
    def address(self) -> str:
        """Where their changes can be looked at."""
        page = self.revision.object_id
        if self.began and self.began != self.revision.pk:
            return reverse("wagtailadmin_pages:revisions_compare", args=[page, self.began, self.revision.pk])
        return reverse("wagtailadmin_pages:history", args=[page])


class Kept(forms.CharField):
    """What the form remembers of itself; it is no change of the page."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=100, **kwargs)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class Began(Kept):
    """The revision that the form was loaded from, also when the form is shown again with what was typed."""

    def __init__(self, *, sent: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.sent = sent

    def bound_data(self, data: Any, initial: Any) -> Any:
        return self.sent or data


class OnTopBox(forms.CheckboxInput):
    """A box, the words beside it, and the way to what the other person changed."""

    def __init__(self, newer: Newer) -> None:
        super().__init__()
        self.newer = newer

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        return render_to_string("base/overtaken.html", {"name": name, "newer": self.newer})


def mark_of(revision: Revision | None) -> str:
    """One state of a page: Wagtail overwrites revisions that it saves by itself, so their hour counts, too."""
    return f"{revision.pk}@{revision.created_at.isoformat()}" if revision else NONE


def newest_of(page: Page) -> Revision | None:
    return page.revisions.defer("content").order_by("-created_at", "-id").first()


def began_in(sent: Mapping[str, Any]) -> str:
    """From which revision the form was loaded, in our words or else in Wagtail's; empty if it does not say."""
    wagtails = f"{sent.get('loaded_revision_id', '')}@{sent.get('loaded_revision_created_at', '')}"
    return sent.get(BEGAN) or (wagtails if hour_of(wagtails) else "")


def newer_than(page: Page, sent: Mapping[str, Any], *, by: Any) -> Newer | None:
    """What another person has saved since the form was loaded, unless it was agreed to save on top of just that."""
    began = began_in(sent)
    if not page.pk or not (began == NONE or hour_of(began)):
        return None
    others = page.revisions.defer("content").select_related("user").exclude(user=by)
    if hour := hour_of(began):
        others = others.filter(created_at__gt=hour)
    newest = others.order_by("-created_at", "-id").first()
    if newest is None or sent.get(ON_TOP) == mark_of(newest):
        return None
    pk = began.partition("@")[0]
    is_there = pk.isdecimal() and len(pk) < 10 and page.revisions.filter(pk=int(pk)).exists()
    return Newer(newest, int(pk) if is_there else None)


def hour_of(mark: str) -> datetime | None:
    try:
        hour = datetime.fromisoformat(mark.partition("@")[2])
    except ValueError:
        return None
    return hour if hour.tzinfo else None
