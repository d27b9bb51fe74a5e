"""Where does Wagtail's workflow stand? Wherever the signatures of a proposal stand; it never leads."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState, Workflow, WorkflowPage, WorkflowState, WorkflowTask

from portal.editions.collecting import roots_of
from portal.editions.models import Capacity, Proposal, ProposalState
from portal.editions.pages import EditionedPage
from portal.editions.tasks import SignatureTask
from portal.people.models import User

#: The task that is under way in each state of an open proposal.
UNDER_WAY = {
    ProposalState.IN_REVIEW: Capacity.REVIEWER,
    ProposalState.REVIEWED: Capacity.APPROVER,
    ProposalState.ISSUED: None,
}


def edition_workflow() -> Workflow:
    """The workflow of all editions and its two tasks, named in the first language of the site; made when asked for."""
    task = SignatureTask.objects.filter(active=True, workflow_tasks__workflow__active=True).first()
    return task.active_workflows.first() if task else _made()


@transaction.atomic
def _made() -> Workflow:
    with translation.override(settings.LANGUAGE_CODE):
        workflow = Workflow.objects.create(name=_("Edition"))
        names = {Capacity.REVIEWER: _("Review"), Capacity.APPROVER: _("Approval")}
    for position, (capacity, name) in enumerate(names.items()):
        task = SignatureTask.objects.create(name=name, capacity=capacity)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=position)
    return workflow


def keep_workflow(page: Page) -> None:
    """Assign the workflow to a shelf, unless somebody has assigned another one there."""
    WorkflowPage.objects.get_or_create(page=page, defaults={"workflow": edition_workflow()})


def is_shelf(kind: type[Any]) -> bool:
    """Whether trees that are issued in editions stand right below pages of a kind."""
    if not issubclass(kind, Page) or issubclass(kind, EditionedPage):
        return False
    return any(issubclass(below, EditionedPage) for below in kind.allowed_subpage_models())


def follow(proposal: Proposal, *, by: User) -> None:
    """Let the workflow on the root page say what the proposal says; doing it again changes nothing."""
    root = next(iter(roots_of(proposal.subject)), None)
    if root is None:
        return
    if proposal.is_open:
        _show_under_way(root, proposal, by=by)
    elif state := _active(root):
        _close(state, proposal, by=by)


def _active(root: EditionedPage) -> WorkflowState | None:
    """A round that has not come to an end; those of other workflows may be left from before."""
    return root.workflow_states.active().order_by("-created_at").first()


def _show_under_way(root: EditionedPage, proposal: Proposal, *, by: User) -> None:
    state = _active(root)
    if state and (state.created_at < proposal.proposed_at or state.status == WorkflowState.STATUS_NEEDS_CHANGES):
        # Left from the proposal before, or from before there were editions.
        state.cancel(user=by)
        state = None
    state = state or _started(root, by=proposal.proposed_by)
    _approve_until(state, UNDER_WAY[ProposalState(proposal.state)], by=by)


def _started(root: EditionedPage, *, by: User) -> WorkflowState:
    """As `Workflow.start`, without its signal: Wagtail's mail would tell everybody the title."""
    keep_workflow(root.get_parent())
    state = WorkflowState.objects.create(
        content_type=root.get_content_type(),
        base_content_type=root.get_base_content_type(),
        object_id=str(root.pk),
        workflow=edition_workflow(),
        status=WorkflowState.STATUS_IN_PROGRESS,
        requested_by=by,
    )
    state.update(user=by)
    return state


def _approve_until(state: WorkflowState, capacity: Capacity | None, *, by: User) -> None:
    """Approve what has been signed. The last task ends the round without publishing: issuing has seen to that."""
    current = state.current_task_state
    if current is None or _capacity_of(current) == capacity:
        return
    is_last = state.is_at_final_task
    current.specific.approve(user=by, update=not is_last)
    state.refresh_from_db()
    if is_last:
        state.status = WorkflowState.STATUS_APPROVED
        state.save()
    else:
        _approve_until(state, capacity, by=by)


def _capacity_of(state: TaskState) -> str:
    return str(getattr(state.task.specific, "capacity", ""))


def _close(state: WorkflowState, proposal: Proposal, *, by: User) -> None:
    if proposal.state == ProposalState.ISSUED:
        _approve_until(state, None, by=by)
    elif proposal.state == ProposalState.RETURNED and proposal.answer and state.current_task_state:
        if state.current_task_state.status == TaskState.STATUS_IN_PROGRESS:
            # Without its signal, whose mail would tell the title.
            state.current_task_state.specific.reject(user=by, update=False, comment=proposal.answer)
            state.status = WorkflowState.STATUS_NEEDS_CHANGES
            state.save()
    else:
        state.cancel(user=by)
