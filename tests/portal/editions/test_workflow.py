"""Wagtail's workflow shows where the signatures stand, and never leads."""

import pytest
from django.core import mail
from django.test import Client
from wagtail.models import TaskState, WorkflowPage, WorkflowState

from lessons.manuals.models import SectionPage
from media.library.publishing import UnableToPublish
from portal.editions import rounds
from portal.editions.models import Edition, Proposal
from portal.editions.policies import UnableToSign
from portal.editions.tasks import SignatureTask
from tests.factories.editions import HOUR, NOON, Trio, change_of, make_trio, rewrite, write_manual

pytestmark = pytest.mark.django_db


@pytest.fixture
def trio() -> Trio:
    return make_trio()


def begun(trio: Trio) -> Proposal:
    manual = write_manual(by=trio.author)
    return rounds.propose(manual.translation_key, change_of(manual), by=trio.author, at=NOON, statement="Mine.")


def steps() -> list[tuple[str, str]]:
    return list(TaskState.objects.order_by("pk").values_list("task__name", "status"))


def test_the_tasks_follow_the_signatures(trio: Trio) -> None:
    proposal = begun(trio)
    assert steps() == [("Review", "in_progress")]
    rounds.sign(proposal, by=trio.reviewer, at=NOON)
    assert steps() == [("Review", "approved"), ("Approval", "in_progress")]
    rounds.sign(proposal, by=trio.approver, at=NOON)
    assert steps() == [("Review", "approved"), ("Approval", "approved")]
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_APPROVED
    assert Edition.objects.count() == 1


def test_what_is_sent_back_needs_changes_and_the_next_proposal_begins_anew(trio: Trio) -> None:
    proposal = begun(trio)
    rounds.send_back(proposal, by=trio.reviewer, at=NOON, answer="Name the form.")
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_NEEDS_CHANGES
    assert TaskState.objects.get().comment == "Name the form."
    manual = SectionPage.objects.first().get_parent().specific
    rounds.propose(manual.translation_key, change_of(manual), by=trio.author, at=NOON + HOUR, statement="Mine.")
    states = WorkflowState.objects.order_by("pk").values_list("status", flat=True)
    assert list(states) == [WorkflowState.STATUS_CANCELLED, WorkflowState.STATUS_IN_PROGRESS]


def test_what_is_void_is_cancelled(trio: Trio) -> None:
    proposal = begun(trio)
    rewrite(SectionPage.objects.first(), by=trio.author, purpose="One more word.")
    with pytest.raises(UnableToSign):
        rounds.sign(proposal, by=trio.reviewer, at=NOON)
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_CANCELLED


def test_wagtail_offers_no_button_and_its_own_verbs_sign_for_nobody(trio: Trio) -> None:
    begun(trio)
    state = TaskState.objects.get()
    task = state.task.specific
    assert task.get_actions(state.workflow_state.content_object, trio.reviewer) == []
    for person in (trio.author, trio.approver):
        with pytest.raises(UnableToSign):
            task.on_action(state, person, "approve")
    task.on_action(state, trio.reviewer, "approve")
    last = TaskState.objects.get(task__name="Approval")
    with pytest.raises(UnableToPublish):
        last.specific.approve(user=trio.author)
    assert not Edition.objects.exists()


def test_the_first_page_of_the_admin_tells_whom_it_waits_for(trio: Trio) -> None:
    begun(trio)
    assert list(TaskState.objects.reviewable_by(trio.reviewer)) == [TaskState.objects.get()]
    assert list(TaskState.objects.reviewable_by(trio.approver)) == []
    client = Client()
    client.force_login(trio.reviewer)
    assert "Identification" in client.get("/admin/").content.decode()


def test_a_new_shelf_has_the_workflow_and_wagtail_mails_no_title(trio: Trio) -> None:
    proposal = begun(trio)
    shelf = SectionPage.objects.first().get_parent().get_parent()
    assert WorkflowPage.objects.get(page=shelf).workflow.tasks.count() == SignatureTask.objects.count() == 2
    rounds.send_back(proposal, by=trio.reviewer, at=NOON, answer="No.")
    assert all("Identification" not in f"{each.subject} {each.body}" for each in mail.outbox)
