"""What does the editor's form of a manual know besides? The next free number, and who can look after a manual."""

from typing import Any

from lessons.manuals import numbering
from media.library.page_form import IllustratedPageForm
from portal.people.models import Centre, User
from portal.people.roles import STAFF_ROLES


class ManualPageForm(IllustratedPageForm):
    """A new manual gets a number of its centre; whoever writes another one keeps it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposed = ""
        if "number" in self.fields:
            self.fields["number"].required = False
            if self.instance.pk is None and not self.instance.number:
                self._propose()
        if "review_owner" in self.fields:
            staff = User.objects.filter(is_active=True, memberships__role__in=STAFF_ROLES).distinct()
            self.fields["review_owner"].queryset = staff

    def _propose(self) -> None:
        centre = Centre.objects.filter(memberships__person=self.for_user).first() if self.for_user else None
        if centre is not None and (number := self._next_number(centre)):
            self.proposed = number
            self.initial.update(centre=centre.pk, number=number)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        centre = cleaned.get("centre")
        is_ours = cleaned.get("number", "") in ("", self.proposed) and self.instance.pk is None
        if is_ours and centre is not None and not self.has_error("number"):
            cleaned["number"] = self._next_number(centre) or ""
        return cleaned

    def _next_number(self, centre: Centre) -> str:
        try:
            return numbering.next_number(type(self.instance).objects.all(), code=centre.code)
        except numbering.UnableToNumber:
            return ""
