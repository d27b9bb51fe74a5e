"""Three different people stand for an edition, and for every byte of it."""

import pytest
from django.db import IntegrityError, transaction

from lessons.manuals.models import SectionPage
from portal.editions.issuing import issue
from portal.editions.models import Capacity, ChangeKind, Contribution, Edition, Proposal, ProposalState, Signature
from portal.editions.policies import UnableToIssue, UnableToPropose, UnableToSign
from portal.editions.proposing import Change, propose, send_back
from portal.editions.signing import sign
from portal.editions.verifying import faults
from portal.people.models import Membership
from portal.people.roles import Role
from tests.factories.editions import (
    HOUR,
    NOON,
    Trio,
    add_section,
    issued,
    issued_manual,
    make_trio,
    proposed,
    rewrite,
    step,
    write_manual,
)
from tests.factories.people import administrator, make_centre, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def trio() -> Trio:
    return make_trio()


def test_an_edition_is_issued_with_the_third_signature(trio: Trio) -> None:
    manual = write_manual(by=trio.author)
    proposal = proposed(manual, by=trio.author)
    sign(proposal, by=trio.reviewer, at=NOON)
    assert not Edition.objects.exists()
    sign(proposal, by=trio.approver, at=NOON)
    edition = Edition.objects.get()
    assert (edition.code, edition.number, edition.proposal_id) == ("KP-SOP-001", 1, proposal.pk)
    assert [each.capacity for each in proposal.signatures.all()] == list(Capacity)
    assert list(faults()) == []


def test_what_is_in_force_is_what_was_signed(trio: Trio) -> None:
    manual, _edition = issued_manual(trio)
    section = SectionPage.objects.get(slug="section-1")
    assert (manual.live, section.live) == (True, True)
    assert not section.has_unpublished_changes
    rewrite(section, by=trio.author, body=[step("Another way")])
    section.refresh_from_db()
    assert section.body[0].value["title"] == "Section 1: listen"
    issued(manual, trio, at=NOON + HOUR)
    section.refresh_from_db()
    assert section.body[0].value["title"] == "Another way"
    assert list(faults()) == []


def test_a_draft_that_is_newer_than_the_edition_stays_a_draft(trio: Trio) -> None:
    manual = write_manual(by=trio.author)
    later = NOON + 2 * HOUR
    edition = issued(manual, trio, effective_from=later)
    section = SectionPage.objects.get(slug="section-1")
    assert not section.live
    rewrite(section, by=trio.author, body=[step("Not for this edition")])
    from portal.editions.coming_into_force import follow_the_clock

    follow_the_clock(at=later)
    section.refresh_from_db()
    assert section.live
    assert section.body[0].value["title"] == "Section 1: listen"
    assert section.has_unpublished_changes
    assert section.get_latest_revision_as_object().body[0].value["title"] == "Not for this edition"
    assert edition.effective_from == later


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.APPROVER])
def test_whoever_wrote_a_part_of_it_can_neither_review_nor_approve(trio: Trio, role: Role) -> None:
    both = make_person(Role.AUTHOR, Role.REVIEWER, Role.APPROVER)
    manual = write_manual(by=trio.author)
    add_section(manual, title="Mine", by=both)
    proposal = proposed(manual, by=trio.author)
    if role == Role.APPROVER:
        sign(proposal, by=trio.reviewer, at=NOON)
        proposal.refresh_from_db()
    with pytest.raises(UnableToSign, match="You wrote a part"):
        sign(proposal, by=both, at=NOON)


def test_a_person_with_all_roles_signs_once(trio: Trio) -> None:
    everything = make_person(Role.AUTHOR, Role.REVIEWER, Role.APPROVER)
    manual = write_manual(by=trio.author)
    proposal = proposed(manual, by=everything)
    with pytest.raises(UnableToSign, match="signed this already"):
        sign(proposal, by=everything, at=NOON)
    both = make_person(Role.REVIEWER, Role.APPROVER)
    sign(proposal, by=both, at=NOON)
    proposal.refresh_from_db()
    with pytest.raises(UnableToSign, match="signed this already"):
        sign(proposal, by=both, at=NOON)


def test_being_a_superuser_is_no_role(trio: Trio) -> None:
    proposal = proposed(write_manual(by=trio.author), by=trio.author)
    with pytest.raises(UnableToSign, match="Only a reviewer"):
        sign(proposal, by=administrator(), at=NOON)


def test_a_reviewer_of_another_centre_cannot_review(trio: Trio) -> None:
    make_centre(code="KP")
    author = make_person(Role.AUTHOR, centre=make_centre(code="KP"))
    proposal = proposed(write_manual(by=author), by=author)
    with pytest.raises(UnableToSign, match="Only a reviewer of this centre"):
        sign(proposal, by=trio.reviewer, at=NOON)


def test_a_text_that_nobody_signed_for_is_reviewed_by_nobody(trio: Trio) -> None:
    manual = write_manual(by=trio.author)
    SectionPage.objects.first().save_revision()
    proposal = proposed(manual, by=trio.author)
    with pytest.raises(UnableToSign, match="Nobody knows who wrote"):
        sign(proposal, by=trio.reviewer, at=NOON)


def test_a_byte_that_changes_makes_a_proposal_void(trio: Trio) -> None:
    manual = write_manual(by=trio.author)
    proposal = proposed(manual, by=trio.author)
    sign(proposal, by=trio.reviewer, at=NOON)
    rewrite(SectionPage.objects.get(slug="section-2"), by=trio.approver, purpose="One more word.")
    with pytest.raises(UnableToSign, match="must be proposed again"):
        sign(proposal, by=trio.approver, at=NOON)
    assert Proposal.objects.get().state == ProposalState.VOID
    assert not Edition.objects.exists()


def test_an_author_takes_back_and_proposes_again(trio: Trio) -> None:
    manual = write_manual(by=trio.author)
    first = proposed(manual, by=trio.author)
    with pytest.raises(UnableToPropose, match="in review already"):
        proposed(manual, by=trio.author)
    with pytest.raises(UnableToSign, match="Only its author"):
        send_back(first, by=make_person(Role.AUTHOR), at=NOON, answer="")
    send_back(first, by=trio.author, at=NOON, answer="")
    assert proposed(manual, by=trio.author).number == 1


def test_every_changed_section_says_what_changed_and_why(trio: Trio) -> None:
    manual, _edition = issued_manual(trio)
    rewrite(SectionPage.objects.get(slug="section-2"), by=trio.author, purpose="Clear.")
    with pytest.raises(UnableToPropose, match="Section 2"):
        propose(manual.translation_key, Change(ChangeKind.CORRECTION), by=trio.author, at=NOON, statement="")


def test_without_a_change_there_is_no_edition(trio: Trio) -> None:
    manual, _edition = issued_manual(trio)
    with pytest.raises(UnableToPropose, match="Nothing has changed"):
        propose(manual.translation_key, Change(ChangeKind.CORRECTION), by=trio.author, at=NOON, statement="")


def test_a_learner_proposes_nothing(trio: Trio) -> None:
    manual = write_manual(by=trio.author)
    with pytest.raises(UnableToPropose, match="Only an author"):
        proposed(manual, by=make_person(Role.LEARNER))


def test_nothing_is_issued_past_the_signatures(trio: Trio) -> None:
    manual = write_manual(by=trio.author)
    with pytest.raises(UnableToIssue):
        issue(manual.translation_key, {}, change_kind=ChangeKind.FIRST, by=trio.author, at=NOON)


def test_the_database_refuses_an_edition_with_two_signatures(trio: Trio) -> None:
    proposal = proposed(write_manual(by=trio.author), by=trio.author)
    sign(proposal, by=trio.reviewer, at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.create(
            subject=proposal.subject, number=1, code=proposal.code, proposal=proposal, content="{}", sha256="0" * 64,
            change_kind="first", issued_at=NOON, issued_by=trio.approver, effective_from=NOON,
        )  # fmt: skip


def test_the_database_refuses_a_second_signature_of_a_person(trio: Trio) -> None:
    proposal = proposed(write_manual(by=trio.author), by=trio.author)
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.create(
            proposal=proposal, capacity=Capacity.APPROVER, person=trio.author, statement="", sha256=proposal.sha256,
            signed_at=NOON,
        )  # fmt: skip


def test_whoever_lost_the_role_cannot_sign(trio: Trio) -> None:
    proposal = proposed(write_manual(by=trio.author), by=trio.author)
    Membership.objects.filter(person=trio.reviewer).delete()
    with pytest.raises(UnableToSign, match="Only a reviewer"):
        sign(proposal, by=trio.reviewer, at=NOON)


def test_autosaving_twice_is_one_contribution(trio: Trio) -> None:
    manual = write_manual(by=trio.author, sections=1)
    revision = manual.get_latest_revision()
    manual.save_revision(user=trio.author, overwrite_revision=revision)
    assert Contribution.objects.filter(page_key=manual.translation_key).count() == 1
