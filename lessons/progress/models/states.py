"""Where does somebody stand? Caches of what `fold` says; `rebuild_progress` makes them again."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lessons.progress.models.objects import LearningObject
from portal.editions.models import Edition


class Rank(models.IntegerChoices):
    """How far somebody is with one object. It only rises; the gaps are for steps that other kinds of objects have."""

    OPENED = 10, _("Opened")
    BEGUN = 20, _("Begun")
    DONE = 50, _("Done")


def is_share(field: str) -> models.Q:
    return models.Q(**{f"{field}__isnull": True}) | models.Q(**{f"{field}__gte": 0, f"{field}__lte": 100})


class ObjectState(models.Model):
    """How far a learner is with one object of one course.

    `share` and `score` are the greatest that were reached, 0 to 100; `latest` is what the newest event that says
    anything said, for resuming where one stopped.
    """

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="object_states", db_index=False,
        verbose_name=_("learner"),
    )  # fmt: skip
    course = models.ForeignKey(
        LearningObject, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("course")
    )
    object = models.ForeignKey(
        LearningObject, on_delete=models.PROTECT, related_name="states", verbose_name=_("object")
    )
    rank = models.PositiveSmallIntegerField(_("rank"), choices=Rank)
    first_at = models.DateTimeField(_("first at"))
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    last_at = models.DateTimeField(_("last at"))
    share = models.DecimalField(_("share"), max_digits=5, decimal_places=2, null=True, blank=True)
    score = models.DecimalField(_("score"), max_digits=5, decimal_places=2, null=True, blank=True)
    latest = models.JSONField(_("latest"), default=dict, blank=True)

    classification: ClassVar[dict[str, str]] = {
        "id": "staff", "learner": "personal", "course": "personal", "object": "personal", "rank": "personal",
        "first_at": "personal", "done_at": "personal", "last_at": "personal", "share": "personal",
        "score": "personal", "latest": "personal",
    }  # fmt: skip

    class Meta:
        verbose_name = _("state of an object")
        verbose_name_plural = _("states of objects")
        constraints = [
            models.UniqueConstraint(fields=["learner", "course", "object"], name="progress_objectstate_is_kept_once"),
            models.CheckConstraint(condition=is_share("share"), name="progress_objectstate_share_is_0_to_100"),
            models.CheckConstraint(condition=is_share("score"), name="progress_objectstate_score_is_0_to_100"),
        ]

    def __str__(self) -> str:
        return f"{self.learner_id} · {self.object_id} · {self.rank}"


class CourseState(models.Model):
    """Where a learner stands in a course. `edition`, `percent` and the counts are of its newest edition;
    `completed_edition` is the newest that this learner completed, `new_since` what is required since then."""

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="course_states", db_index=False,
        verbose_name=_("learner"),
    )  # fmt: skip
    course = models.ForeignKey(
        LearningObject, on_delete=models.PROTECT, related_name="course_states", verbose_name=_("course")
    )
    is_enrolled = models.BooleanField(_("enrolled"))
    enrolled_at = models.DateTimeField(_("enrolled at"), null=True, blank=True)
    last_at = models.DateTimeField(_("last at"), null=True, blank=True)
    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("edition"),
    )  # fmt: skip
    percent = models.PositiveSmallIntegerField(_("percent"))
    done_count = models.PositiveIntegerField(_("done"))
    required_count = models.PositiveIntegerField(_("required"))
    completed_edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("completed edition"),
    )  # fmt: skip
    completed_at = models.DateTimeField(_("completed at"), null=True, blank=True)
    new_since = models.PositiveIntegerField(_("new since"))
    next_object = models.ForeignKey(
        LearningObject, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("next"),
    )  # fmt: skip

    classification: ClassVar[dict[str, str]] = {
        "id": "staff", "learner": "personal", "course": "personal", "is_enrolled": "personal",
        "enrolled_at": "personal", "last_at": "personal", "edition": "personal", "percent": "personal",
        "done_count": "personal", "required_count": "personal", "completed_edition": "personal",
        "completed_at": "personal", "new_since": "personal", "next_object": "personal",
    }  # fmt: skip

    class Meta:
        verbose_name = _("state of a course")
        verbose_name_plural = _("states of courses")
        constraints = [
            models.UniqueConstraint(fields=["learner", "course"], name="progress_coursestate_is_kept_once"),
            models.CheckConstraint(condition=is_share("percent"), name="progress_coursestate_percent_is_0_to_100"),
            models.CheckConstraint(
                condition=models.Q(done_count__lte=models.F("required_count")),
                name="progress_coursestate_does_not_exceed_what_is_required",
            ),
            models.CheckConstraint(
                condition=models.Q(completed_at__isnull=True, completed_edition__isnull=True)
                | models.Q(completed_at__isnull=False, completed_edition__isnull=False),
                name="progress_coursestate_completion_names_its_edition",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner_id} · {self.course_id} · {self.percent} %"
