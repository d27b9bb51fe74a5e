"""How do reviewing and approving look to Wagtail? As tasks of its workflow; what counts is the signatures."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState, WorkflowState

from portal.editions.models.proposal import Capacity


class SignatureTask(Task):
    """Somebody has to sign, in one capacity. Wagtail shows where an edition stands; it signs nothing itself.

    Its own buttons approve what stands in a form that was never frozen, so the task offers none: editors are led to the
    screen of the proposal.
    """

    capacity = models.CharField(
        _("capacity"), max_length=8, choices=[(each.value, each.label) for each in Capacity if each != Capacity.AUTHOR]
    )

    admin_form_fields = [*Task.admin_form_fields, "capacity"]
    admin_form_readonly_on_edit_fields = [*Task.admin_form_readonly_on_edit_fields, "capacity"]
    classification = {"task_ptr": "public", "capacity": "public"}

    class Meta:
        verbose_name = _("signature on an edition")
        verbose_name_plural = _("signatures on editions")

    @classmethod
    def get_description(cls) -> str:
        return str(_("A reviewer or an approver of the centre signs what was proposed."))

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        return []

    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> None:
        """Whoever calls this is asked what everybody is asked. Raises UnableToSign."""
        from portal.editions import rounds  # it knows this class
        from portal.editions.proposing import open_proposal

        proposal = open_proposal(task_state.workflow_state.content_object.translation_key)
        if proposal and action_name == "approve":
            rounds.sign(proposal, by=user, at=timezone.now())
        elif proposal and action_name == "reject":
            rounds.send_back(proposal, by=user, at=timezone.now(), answer=str(kwargs.get("comment", "")))

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        """What waits for this person in particular: it stands on the first page of the admin."""
        from portal.editions.waiting import waiting_for

        subjects = {str(proposal.subject) for proposal in waiting_for(user)}
        open_states = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        wanted = [state.pk for state in open_states if subject_of(state.workflow_state) in subjects]
        return open_states.filter(pk__in=wanted)


def subject_of(state: WorkflowState) -> str:
    return str(getattr(state.content_object, "translation_key", ""))
