"""Who has read and understood what, who was reminded of it, and what did readers remark?"""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.base.several import SeveralField
from portal.people.models import Discipline
from portal.people.roles import Role


class QuizResult(models.TextChoices):
    """Wrong answers are told, and stored nowhere."""

    NOT_ASKED = "not_asked", _("No questions were asked")
    PASSED = "passed", _("All answers were right")


class AcknowledgementQuerySet(models.QuerySet["Acknowledgement"]):
    def newest_numbers(self, people: Any) -> dict[tuple[int, UUID], int]:
        """The number of the newest edition that each of `people` has acknowledged, by person and subject; one query."""
        rows = (
            self.filter(person__in=people)
            .order_by()
            .values_list("person_id", "edition__subject")
            .annotate(number=models.Max("edition__number"))
        )
        return {(person, subject): number for person, subject, number in rows}


class Acknowledgement(models.Model):
    """Somebody says that they have read and understood an edition. Rows are only added; the digest says of which bytes.

    Discipline and roles are those of that day: people change both.
    """

    edition = models.ForeignKey(
        "editions.Edition", on_delete=models.PROTECT, related_name="+", verbose_name=_("edition")
    )
    sha256 = models.CharField(max_length=64)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("person")
    )
    discipline = models.CharField(_("discipline"), max_length=20, choices=Discipline, blank=True)
    roles = SeveralField(_("roles"), options=Role, default=list, blank=True)
    statement = models.TextField(_("statement"), help_text=_("The very words that were agreed to."))
    quiz = models.CharField(_("short quiz"), max_length=12, choices=QuizResult, default=QuizResult.NOT_ASKED)
    at = models.DateTimeField(_("at"))

    objects = AcknowledgementQuerySet.as_manager()
    classification = {
        "id": "staff", "edition": "staff", "sha256": "staff", "person": "staff", "discipline": "staff",
        "roles": "staff", "statement": "staff", "quiz": "staff", "at": "staff",
    }  # fmt: skip

    class Meta:
        verbose_name = _("acknowledgement")
        verbose_name_plural = _("acknowledgements")
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["person", "edition"], name="manuals_acknowledgement_is_given_once")
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} · {self.person_id}"


class Duty(models.Model):
    """Whom an edition asks to read: worked out once from what was frozen, because comparing two editions takes long.

    None stands for every discipline, an empty list for nobody.
    """

    edition = models.OneToOneField(
        "editions.Edition", on_delete=models.PROTECT, primary_key=True, related_name="+", verbose_name=_("edition")
    )
    whole = models.JSONField(_("disciplines that the manual names"), null=True)
    changed = models.JSONField(_("disciplines that its changed steps touch"), null=True)
    retrain_by = models.DateField(_("retraining by"), null=True)

    classification = {"edition": "public", "whole": "public", "changed": "public", "retrain_by": "public"}

    class Meta:
        verbose_name = _("whom an edition asks to read")
        verbose_name_plural = _("whom editions ask to read")

    def __str__(self) -> str:
        return str(self.edition_id)


class ReadingReminder(models.Model):
    """When somebody was reminded last to read an edition. Written before the mail goes out: better none than two."""

    edition = models.ForeignKey(
        "editions.Edition", on_delete=models.PROTECT, related_name="+", verbose_name=_("edition")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("person")
    )
    sent_at = models.DateTimeField(_("sent at"))

    classification = {"id": "staff", "edition": "staff", "person": "staff", "sent_at": "staff"}

    class Meta:
        verbose_name = _("reminder to read")
        verbose_name_plural = _("reminders to read")
        constraints = [
            models.UniqueConstraint(fields=["person", "edition"], name="manuals_readingreminder_is_one_for_each_person")
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} · {self.person_id}"


class ReviewReminder(models.Model):
    """Whoever looks after a manual was told that its day of review comes near, or is over."""

    class Kind(models.TextChoices):
        SOON = "soon", _("The day comes near")
        OVERDUE = "overdue", _("The day is over")

    subject = models.UUIDField(_("subject"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("person")
    )
    review_by = models.DateField(_("to be reviewed by"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    sent_at = models.DateTimeField(_("sent at"))

    classification = {
        "id": "staff", "subject": "staff", "person": "staff", "review_by": "public", "kind": "staff",
        "sent_at": "staff",
    }  # fmt: skip

    class Meta:
        verbose_name = _("reminder to review")
        verbose_name_plural = _("reminders to review")
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "person", "review_by", "kind"], name="manuals_reviewreminder_is_sent_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} · {self.kind}"


class RemarkState(models.TextChoices):
    OPEN = "open", _("Open")
    DONE = "done", _("Done")


class RemarkQuerySet(models.QuerySet["Remark"]):
    def open(self) -> "RemarkQuerySet":
        return self.filter(state=RemarkState.OPEN)

    def about(self, subject: UUID) -> "RemarkQuerySet":
        return self.filter(edition__subject=subject)


class Remark(models.Model):
    """A reader found something unclear or wrong in an edition. It may name people: never public, found or mailed.

    What the section and the step were called is kept as it was read: the next edition may call them otherwise.
    """

    edition = models.ForeignKey(
        "editions.Edition", on_delete=models.PROTECT, related_name="+", verbose_name=_("edition")
    )
    page_key = models.UUIDField(_("section"))
    block_id = models.CharField(_("step"), max_length=64, blank=True, help_text=_("Empty: the whole section."))
    language = models.CharField(_("language"), max_length=8)
    section_title = models.CharField(_("title of the section"), max_length=255)
    step_title = models.CharField(_("title of the step"), max_length=255, blank=True)
    text = models.TextField(_("remark"), max_length=2000)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("person")
    )
    at = models.DateTimeField(_("at"), db_index=True)
    state = models.CharField(_("state"), max_length=4, choices=RemarkState, default=RemarkState.OPEN)
    answer = models.TextField(_("what was done"), max_length=2000, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("closed by"),
    )  # fmt: skip
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    objects = RemarkQuerySet.as_manager()
    classification = {
        "id": "staff", "edition": "staff", "page_key": "staff", "block_id": "staff", "language": "staff",
        "section_title": "staff", "step_title": "staff", "text": "personal", "person": "staff", "at": "staff",
        "state": "staff", "answer": "personal", "closed_by": "staff", "closed_at": "staff",
    }  # fmt: skip

    class Meta:
        verbose_name = _("remark of a reader")
        verbose_name_plural = _("remarks of readers")
        ordering = ["state", "-at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=RemarkState.OPEN) | models.Q(closed_at__isnull=False),
                name="manuals_remark_that_is_done_was_closed",
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} · {self.block_id}"
