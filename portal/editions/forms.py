"""What does somebody say who proposes, signs, returns or withdraws?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from portal.editions.admin.drafts import Drafts
from portal.editions.models import ChangeKind
from portal.editions.proposing import Change, Note

#: Most days that an edition may wait for its hour.
FAR = 3660
LONG = 2000
#: What a kind of change means for those who have read the edition before.
MEANING = {
    ChangeKind.CORRECTION: gettext_lazy("Nobody is asked to read it again."),
    ChangeKind.NEW_OPTIONAL: gettext_lazy("Those whom it touches are told; nobody has to read it."),
    ChangeKind.NEW_REQUIRED: gettext_lazy("Those whom the changed steps touch must read it again."),
    ChangeKind.RETRAINING: gettext_lazy("Those whom the changed steps touch must be trained again by a date."),
}

if TYPE_CHECKING:
    ChoiceOfPage = forms.ModelChoiceField[Page]
else:
    # Django's fields are generic for the type checker only.
    ChoiceOfPage = forms.ModelChoiceField


def kinds() -> list[tuple[str, Any]]:
    return [(kind.value, f"{kind.label}. {meaning}") for kind, meaning in MEANING.items()]


class LessonField(ChoiceOfPage):
    """A page that taught the lesson, whatever its kind."""

    def prepare_value(self, value: Any) -> Any:
        """What was sent may be no page, for which the widget would ask the database."""
        if not isinstance(value, str):
            return super().prepare_value(value)
        is_page = value.isdecimal() and len(value) < 10 and Page.objects.filter(pk=int(value)).exists()
        return int(value) if is_page else None


class DaysField(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


@dataclass(frozen=True)
class NoteFields:
    """The fields of a changed section, side by side."""

    key: UUID
    title: str
    what: forms.BoundField
    why: forms.BoundField
    lesson: forms.BoundField


class ProposeForm(forms.Form):
    """What an edition changes. Its hours are told in the time zone that is active: that of the centre."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of change"), choices=kinds, widget=forms.RadioSelect)
    retrain_by = DaysField(
        label=gettext_lazy("Retraining by"), required=False, help_text=gettext_lazy("Only for a retraining.")
    )
    summary = forms.CharField(
        label=gettext_lazy("Summary"), required=False, max_length=LONG, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One or two sentences for the history of editions. Readers see it."),
    )  # fmt: skip
    effective_from = forms.DateTimeField(
        label=gettext_lazy("In force from"), required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=gettext_lazy("Leave it empty if it shall hold as soon as it is approved."),
    )  # fmt: skip
    leaving_out = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Leave out"), required=False, coerce=UUID, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Sections that stay drafts, or are taken away with this edition."),
    )  # fmt: skip

    def __init__(self, *args: Any, drafts: Drafts, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.drafts, self.at = drafts, at
        self.fields["leaving_out"].choices = drafts.sections  # type: ignore[attr-defined]
        if drafts.before is None:
            del self.fields["kind"], self.fields["retrain_by"]
        else:
            self.noted = self._keys_to_note()
            for key in self.noted:
                self._add_note(key)

    def _keys_to_note(self) -> list[UUID]:
        """All that changed, and what changes by being left out; what was left out before and stays so is not new."""
        known = {key for key, _title in self.drafts.sections}
        sent = self["leaving_out"].value() or []
        leaving_out = {UUID(key) for key in map(str, sent) if key in known}
        return list(dict.fromkeys([*self.drafts.changed(leaving_out), *self.drafts.changed()]))

    def _add_note(self, key: UUID) -> None:
        for name, label in (("what", _("What changed")), ("why", _("Why"))):
            self.fields[f"{name}-{key}"] = forms.CharField(
                label=label, required=False, max_length=LONG, widget=forms.Textarea(attrs={"rows": 2})
            )
        self.fields[f"lesson-{key}"] = LessonField(
            label=_("Because of which lesson"), required=False, queryset=Page.objects.filter(depth__gt=1),
            widget=AdminPageChooser(),
        )  # fmt: skip

    def notes(self) -> list[NoteFields]:
        """For the template."""
        return [
            NoteFields(key, self.drafts.titles[key], self[f"what-{key}"], self[f"why-{key}"], self[f"lesson-{key}"])
            for key in getattr(self, "noted", ())
        ]

    def clean_effective_from(self) -> datetime | None:
        hour: datetime | None = self.cleaned_data["effective_from"]
        if hour is None:
            return None
        if not self.at.year <= hour.year <= (self.at + timedelta(days=FAR)).year:
            raise forms.ValidationError(_("This year is too far away."))
        if hour <= self.at:
            raise forms.ValidationError(_("This hour is over. Choose a later one, or none."))
        return hour

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        self._check_retraining(told)
        if self.drafts.before:
            for key in self.drafts.changed(told.get("leaving_out", ())):
                for name in (f"what-{key}", f"why-{key}"):
                    if name not in self.errors and not told.get(name):
                        self.add_error(name, _("Every changed section needs a word about this."))
        return told

    def _check_retraining(self, told: dict[str, Any]) -> None:
        if "kind" not in self.fields or "retrain_by" in self.errors:
            return
        day, is_retraining = told.get("retrain_by"), told.get("kind") == ChangeKind.RETRAINING
        if is_retraining and not day:
            self.add_error("retrain_by", _("Say by which day everybody must be trained again."))
        elif day and not is_retraining:
            self.add_error("retrain_by", _("Only a retraining has such a day."))
        elif day and day < timezone.localdate(self.at):
            self.add_error("retrain_by", _("This day is over."))

    def change(self) -> Change:
        told = self.cleaned_data
        needed = set(self.drafts.changed(told["leaving_out"]))
        return Change(
            kind=ChangeKind(told.get("kind") or ChangeKind.FIRST),
            summary=told["summary"],
            notes={key: note_of(told, key) for key in getattr(self, "noted", ()) if key in needed},
            effective_from=told["effective_from"],
            retrain_by=told.get("retrain_by"),
            leaving_out=frozenset(told["leaving_out"]),
        )


def note_of(told: Mapping[str, Any], key: UUID) -> Note:
    lesson = told[f"lesson-{key}"]
    return Note(what=told[f"what-{key}"], why=told[f"why-{key}"], lesson=str(lesson.translation_key) if lesson else "")


class AnswerForm(forms.Form):
    """What the author is asked to change; the author needs none to take back what they proposed."""

    answer = forms.CharField(
        label=gettext_lazy("What shall be changed?"), max_length=LONG, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, is_author: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].required = not is_author
        if is_author:
            self.fields["answer"].label = _("Why do you take it back? (You may leave this empty.)")


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why is it withdrawn?"), max_length=LONG, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Readers see it, also whoever scans a printed copy."),
    )  # fmt: skip
