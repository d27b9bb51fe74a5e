"""Who made a file, and who allows us to show it?"""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _


class Rights(models.TextChoices):
    OWN = "own", _("Made by the centre")
    LICENSED = "licensed", _("Used with permission")
    OPEN = "open", _("Open licence")
    PUBLIC_DOMAIN = "public_domain", _("Public domain")


#: Who permitted it, or which licence it is, has to be said for these.
RIGHTS_TO_EXPLAIN = frozenset({Rights.LICENSED, Rights.OPEN})


#: Wagtail's lists search while somebody types, for what words begin with: that much of a text, which is all of most.
LETTERS_FOR_TYPING = 20_000


class DeletesAtOnce(models.QuerySet[Any]):
    """What hangs on a file is looked up and deleted in one piece.

    Django looks up before its transaction begins. The task worker could add a rendition or a variant in between,
    which would be left without its file: the database refuses that, and nothing would be deleted.
    """

    def delete(self) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            keep_others_out(self)
            return super().delete()

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


def keep_others_out(rows: models.QuerySet[Any]) -> None:
    """Until the transaction ends. SQLite lets in one at a time anyway; PostgreSQL locks the rows."""
    list(rows.order_by().select_for_update(of=("self",)).values_list("pk", flat=True))


class Credited(models.Model):
    """An abstract file with a credit and a rights statement; forms do not take it without."""

    credit = models.CharField(_("credit"), max_length=160, help_text=_("Who made it, or owns it."))
    rights = models.CharField(_("rights"), max_length=16, choices=Rights)
    rights_note = models.CharField(
        _("about the rights"), max_length=240, blank=True,
        help_text=_("Which licence, or who permitted it, for what and until when. Never a resident's name."),
    )  # fmt: skip
    classification: ClassVar[dict[str, str]] = {"credit": "public", "rights": "public", "rights_note": "staff"}

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.rights in RIGHTS_TO_EXPLAIN and not self.rights_note.strip():
            message = _("Say which licence it is, or who permitted the use.")
            raise ValidationError({"rights_note": message})

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            keep_others_out(type(self)._base_manager.filter(pk=self.pk))
            return super().delete(*args, **kwargs)

    def rights_statement(self) -> str:
        """Credit and rights in one line for readers."""
        parts: list[Any] = [self.credit, self.get_rights_display() if self.rights else ""]
        return " · ".join(str(part) for part in parts if part)


def waits(file: Any) -> bool:
    """Whether `file` was given to a row, but is not stored yet."""
    return bool(file) and not file._committed
