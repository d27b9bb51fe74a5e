"""What waits for three signatures, who gave one, and who wrote what is signed?"""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.people.roles import Role


class ProposalState(models.TextChoices):
    """What may follow what is in `portal.editions.states`."""

    IN_REVIEW = "in_review", _("In review")
    REVIEWED = "reviewed", _("Reviewed, waits for approval")
    RETURNED = "returned", _("Returned to the author")
    VOID = "void", _("Void: something was changed after it had been signed")
    ISSUED = "issued", _("Issued")


OPEN_STATES = (ProposalState.IN_REVIEW, ProposalState.REVIEWED)


class Proposal(models.Model):
    """A whole page tree as its author wants it issued, frozen, until three people have signed it or one sends it back.

    `content` is the canonical JSON of the edition to be, without its signatures; `sha256` is the digest of it, and what
    the signatures are about. `draft_sha256` is the digest of the drafts alone: whoever signs is asked to sign what the
    drafts still say.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.UUIDField(_("subject"), db_index=True)
    code = models.CharField(_("code"), max_length=24)
    number = models.PositiveIntegerField(_("number"))
    content = models.TextField(_("content"))
    sha256 = models.CharField(max_length=64)
    draft_sha256 = models.CharField(max_length=64)
    state = models.CharField(_("state"), max_length=12, choices=ProposalState, default=ProposalState.IN_REVIEW)
    proposed_at = models.DateTimeField(_("proposed at"))
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True, help_text=_("What the author is asked to change."))

    classification = {
        "id": "staff", "subject": "staff", "code": "staff", "number": "staff", "content": "staff", "sha256": "staff",
        "draft_sha256": "staff", "state": "staff", "proposed_at": "staff", "proposed_by": "staff",
        "closed_at": "staff", "answer": "staff",
    }  # fmt: skip

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["-proposed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject"], condition=models.Q(state__in=OPEN_STATES), name="editions_proposal_is_open_alone"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.number}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


class Capacity(models.TextChoices):
    AUTHOR = "author", _("Author")
    REVIEWER = "reviewer", _("Reviewer")
    APPROVER = "approver", _("Approver")


#: The role that somebody must hold at the centre to sign in a capacity.
ROLE_FOR = {Capacity.AUTHOR: Role.AUTHOR, Capacity.REVIEWER: Role.REVIEWER, Capacity.APPROVER: Role.APPROVER}


class Signature(models.Model):
    """Somebody stands for what a proposal says, in one capacity. Rows are only added."""

    proposal = models.ForeignKey(
        Proposal, on_delete=models.PROTECT, related_name="signatures", verbose_name=_("proposal")
    )
    capacity = models.CharField(_("capacity"), max_length=8, choices=Capacity)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("person")
    )
    statement = models.TextField(_("statement"), help_text=_("The very words that were signed."))
    sha256 = models.CharField(max_length=64)
    signed_at = models.DateTimeField(_("signed at"))

    classification = {
        "id": "staff", "proposal": "staff", "capacity": "public", "person": "staff", "statement": "public",
        "sha256": "public", "signed_at": "public",
    }  # fmt: skip

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["signed_at"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "person"], name="editions_signature_is_one_for_each_person"),
            models.UniqueConstraint(
                fields=["proposal", "capacity"], name="editions_signature_is_one_for_each_capacity"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal} · {self.capacity}"


class Contribution(models.Model):
    """Who saved drafts of a page, and when last. Wagtail's revisions cannot tell: autosave rewrites them, purging
    deletes them.

    `person` is None where a draft was saved without saying by whom, as a script can; then nobody may review it.
    """

    page_key = models.UUIDField(_("translation key of the page"), db_index=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("person")
    )
    at = models.DateTimeField(_("at"), db_index=True)

    classification = {"id": "staff", "page_key": "staff", "person": "staff", "at": "staff"}

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(fields=["page_key", "person"], name="editions_contribution_is_noted_once"),
            models.UniqueConstraint(
                fields=["page_key"],
                condition=models.Q(person=None),
                name="editions_contribution_of_somebody_is_noted_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page_key} · {self.person_id}"
