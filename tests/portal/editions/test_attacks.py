"""Nobody, in any role, by interface, API, shell helper or crafted request, gets one person's text approved by them.

What a database lets through, because nothing above it is asked (`queryset.update`), is told by `verify_editions`.
"""

import json
from contextlib import nullcontext
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import GroupApprovalTask, Page, Revision, Workflow, WorkflowTask
from wagtail_localize.models import (
    String,
    StringTranslation,
    TranslatableObject,
    Translation,
    TranslationContext,
    TranslationSource,
)
from wagtail_localize.strings import StringValue

from lessons.manuals.models import ManualIndexPage, ManualPage, SectionPage
from media.library.publishing import UnableToPublish
from portal.editions import gate
from portal.editions.coming_into_force import follow_the_clock
from portal.editions.models import Contribution, Edition, InForce, Proposal, ProposalState, Signature
from portal.editions.policies import UnableToPropose, UnableToSign
from portal.editions.signing import contributors_of, sign
from portal.editions.verifying import faults, unsigned_pages
from portal.home.models import PlainPage
from portal.people.models import Membership
from portal.people.roles import Role
from tests.conftest import Commits, SignedIn
from tests.factories import house
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
    write_manual,
)
from tests.factories.people import administrator, make_centre, make_person

pytestmark = pytest.mark.django_db
ALL = (Role.AUTHOR, Role.REVIEWER, Role.APPROVER)


@pytest.fixture
def trio() -> Trio:
    return make_trio()


@pytest.fixture
def section(trio: Trio) -> SectionPage:
    """A section that is in force, with a newer draft by one who holds all roles."""
    issued_manual(trio)
    found = SectionPage.objects.get(slug="section-1")
    rewrite(found, by=make_person(*ALL), summary="Nobody signed this.")
    return SectionPage.objects.get(pk=found.pk)


def is_unchanged(section: SectionPage) -> bool:
    now = SectionPage.objects.get(pk=section.pk)
    return now.live and now.summary == "" and now.title == "Section 1" and list(faults()) == []


# --- publishing -----------------------------------------------------------------------------------------------


def test_no_publishing_of_a_draft_reaches_readers(section: SectionPage) -> None:
    draft = section.get_latest_revision()
    with pytest.raises(UnableToPublish):
        draft.publish(user=administrator())
    with pytest.raises(UnableToPublish):
        section.publish(draft)
    with pytest.raises(UnableToPublish):
        PublishPageRevisionAction(draft, user=administrator()).execute(skip_permission_checks=True)
    assert is_unchanged(section)


def test_saving_the_row_in_a_shell_shows_nothing_new(section: SectionPage) -> None:
    section.summary = "Nobody signed this."
    with pytest.raises(UnableToPublish):
        section.save()
    with pytest.raises(UnableToPublish):
        section.save(update_fields=["summary"])
    plain = Page.objects.get(pk=section.pk)
    plain.title = "Nobody signed this."
    with pytest.raises(UnableToPublish):
        plain.save()
    with pytest.raises(UnableToPublish):
        section.get_latest_revision_as_object().save()
    assert is_unchanged(section)


def test_saving_what_is_no_text_is_not_refused(section: SectionPage) -> None:
    section.locked = True
    section.save()
    Page.objects.get(pk=section.pk).save()
    assert is_unchanged(section)


def test_a_draft_is_not_made_live_in_a_shell(trio: Trio) -> None:
    manual = write_manual(by=trio.author)
    manual.live = True
    with pytest.raises(UnableToPublish):
        manual.save()
    plain = Page.objects.get(pk=manual.pk)
    plain.live = True
    with pytest.raises(UnableToPublish):
        plain.save()
    new = SectionPage(title="New", slug="new", live=True)
    Page.objects.get(pk=manual.pk).add_child(instance=new)
    assert not SectionPage.objects.get(slug="new").live


def test_pages_are_not_created_in_bulk() -> None:
    with pytest.raises(ValueError, match="multi-table"):
        SectionPage.objects.bulk_create([SectionPage(title="A", live=True)])


def test_an_hour_that_was_set_publishes_nothing(section: SectionPage) -> None:
    hour = timezone.now() - HOUR
    draft = section.get_latest_revision_as_object()
    draft.go_live_at = hour
    draft.save_revision(user=administrator(), approved_go_live_at=hour)
    call_command("publish_scheduled")
    assert is_unchanged(section)


def test_lists_publish_ordinary_pages_and_no_manuals(section: SectionPage, signed_in: SignedIn) -> None:
    browser = signed_in(person=administrator())
    plain = house.page(PlainPage, below=section.get_parent().get_parent().get_parent(), live=False)
    for page in (plain, section):
        page.save_revision(user=administrator())
        address = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "publish"))
        assert browser.post(f"{address}?id={page.pk}&next=/admin/").status_code < 500
    assert PlainPage.objects.get(pk=plain.pk).live
    assert is_unchanged(section)


def test_another_workflow_approves_nothing(section: SectionPage, signed_in: SignedIn) -> None:
    task = GroupApprovalTask.objects.create(name="Mine")
    workflow = Workflow.objects.create(name="Mine")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    state = workflow.start(section, administrator())
    address = reverse("wagtailadmin_pages:workflow_action", args=(section.pk, "approve", state.current_task_state.pk))
    assert signed_in(person=administrator()).post(address).status_code < 500
    assert is_unchanged(section)


def test_a_translation_is_saved_as_a_draft(committed: Commits, home: Any, thai_home: Any, trio: Trio) -> None:
    manual = write_manual(by=trio.author, sections=0)
    shelf = manual.get_parent().specific
    for page in (shelf, manual, add_section(manual, title="Section 1", by=trio.author, body=[])):
        source, _created = TranslationSource.get_or_create_from_instance(page)
        translation = Translation.objects.create(source=source, target_locale=thai_home.locale)
        with pytest.raises(UnableToPublish) if page != shelf else nullcontext(), committed():
            translation.save_target(user=trio.author, publish=True)
        if page != shelf:
            translation.save_target(user=trio.author, publish=False)
    assert ManualIndexPage.objects.get(locale=thai_home.locale).live
    assert not SectionPage.objects.get(locale=thai_home.locale).live


# --- other trees -----------------------------------------------------------------------------------------------


def test_a_copy_is_a_draft_and_knows_who_wrote_it(section: SectionPage, trio: Trio) -> None:
    other = write_manual(by=trio.author, code="KP-SOP-002", sections=0)
    made = CopyPageAction(section, to=other, keep_live=True, user=trio.author).execute(skip_permission_checks=True)
    assert not SectionPage.objects.get(pk=made.pk).live
    writer = section.get_latest_revision().user
    proposal = proposed(other, by=trio.author)
    assert writer.pk in contributors_of(proposal)
    with pytest.raises(UnableToSign, match="You wrote a part"):
        sign(proposal, by=writer, at=NOON)


def test_a_manual_that_is_copied_whole_knows_who_wrote_each_section(section: SectionPage, trio: Trio) -> None:
    manual, writer = section.get_parent().specific, section.get_latest_revision().user
    made = manual.copy(recursive=True, update_attrs={"slug": "copy"}, user=trio.author)
    assert not Page.objects.descendant_of(made, inclusive=True).filter(live=True).exists()
    copied = SectionPage.objects.child_of(made).get(title="Section 1")
    assert Contribution.objects.filter(page_key=copied.translation_key, person=writer).exists()


def test_an_alias_in_another_manual_is_never_shown_and_knows_who_wrote_it(section: SectionPage, trio: Trio) -> None:
    other = write_manual(by=trio.author, code="KP-SOP-002", sections=0)
    alias = CreatePageAliasAction(section, parent=other, update_slug="alias", user=trio.author).execute(
        skip_permission_checks=True
    )
    issued(section.get_parent().specific, Trio(trio.author, trio.reviewer, trio.approver), at=NOON + HOUR)
    alias = SectionPage.objects.get(pk=alias.pk)
    assert not alias.live
    ConvertAliasPageAction(alias, user=trio.author).execute(skip_permission_checks=True)
    assert not SectionPage.objects.get(pk=alias.pk).live
    writer = Contribution.objects.filter(page_key=section.translation_key).exclude(person=trio.author).get().person
    assert writer is not None
    with pytest.raises(UnableToSign, match="You wrote a part"):
        sign(proposed(other, by=trio.author), by=writer, at=NOON)


def test_a_section_that_is_moved_to_another_manual_is_signed_there_first(section: SectionPage, trio: Trio) -> None:
    manual, section = section.get_parent().specific, SectionPage.objects.get(slug="section-2")
    other, _edition = issued_manual(trio, code="KP-SOP-002", sections=1)
    Page.objects.get(pk=section.pk).move(Page.objects.get(pk=other.pk), pos="last-child")
    assert not SectionPage.objects.get(pk=section.pk).live
    later = NOON + 2 * HOUR
    InForce.objects.filter(subject=manual.translation_key).delete()
    follow_the_clock(at=later)
    assert not SectionPage.objects.get(pk=section.pk).live
    assert list(faults()) == []


# --- who wrote it ------------------------------------------------------------------------------------------------


def test_a_role_that_is_granted_afterwards_does_not_help_a_writer(trio: Trio) -> None:
    writer = make_person(Role.AUTHOR)
    manual = write_manual(by=trio.author)
    add_section(manual, title="Mine", by=writer)
    proposal = proposed(manual, by=trio.author)
    Membership.objects.create(person=writer, centre=make_centre(), role=Role.REVIEWER, granted_at=NOON)
    with pytest.raises(UnableToSign, match="You wrote a part"):
        sign(proposal, by=writer, at=NOON)


def test_another_name_on_a_page_or_a_revision_hides_no_writer(trio: Trio) -> None:
    writer = make_person(*ALL)
    manual = write_manual(by=trio.author)
    section = add_section(manual, title="Mine", by=writer)
    Revision.page_revisions.update(user=trio.author)
    Page.objects.filter(pk=section.pk).update(owner=trio.author)
    rewrite(section, by=trio.author, purpose="Clear.")
    call_command("purge_revisions")
    with pytest.raises(UnableToSign, match="You wrote a part"):
        sign(proposed(manual, by=trio.author), by=writer, at=NOON)


def test_whoever_wrote_something_and_took_it_out_again_wrote_it(trio: Trio) -> None:
    writer = make_person(*ALL)
    manual = write_manual(by=trio.author)
    section = SectionPage.objects.get(slug="section-1")
    rewrite(section, by=writer, purpose="Mine.")
    rewrite(section, by=trio.author, purpose="")
    with pytest.raises(UnableToSign, match="You wrote a part"):
        sign(proposed(manual, by=trio.author), by=writer, at=NOON)


def test_the_account_of_a_writer_is_not_deleted(trio: Trio) -> None:
    write_manual(by=trio.author)
    writer = make_person(Role.AUTHOR)
    add_section(ManualPage.objects.get(), title="Mine", by=writer)
    with pytest.raises(ProtectedError):
        writer.delete()


def test_a_translator_wrote_what_somebody_else_saves(trio: Trio) -> None:
    translator = make_person(*ALL)
    manual = write_manual(by=trio.author)
    section = SectionPage.objects.get(slug="section-1")
    translatable, _created = TranslatableObject.objects.get_or_create_from_instance(section)
    context = TranslationContext.objects.create(object=translatable, path="title")
    StringTranslation.objects.create(
        translation_of=String.from_value(section.locale, StringValue.from_plaintext("Section 1")),
        locale=house.locale("th"), context=context, data="หมวด 1", last_translated_by=translator,
    )  # fmt: skip
    with pytest.raises(UnableToSign, match="You wrote a part"):
        sign(proposed(manual, by=trio.author), by=translator, at=NOON)


# --- proposals and editions in a shell ------------------------------------------------------------------------------


def test_a_proposal_that_was_rewritten_in_the_database_is_void(trio: Trio) -> None:
    proposal = proposed(write_manual(by=trio.author), by=trio.author)
    sign(proposal, by=trio.reviewer, at=NOON)
    content = json.loads(proposal.content)
    content["pages"][0]["versions"]["en"]["fields"]["scope"] = "Nobody signed this."
    Proposal.objects.filter(pk=proposal.pk).update(content=json.dumps(content))
    with pytest.raises(UnableToSign, match="proposed again"):
        sign(proposal, by=trio.approver, at=NOON)
    assert Proposal.objects.get().state == ProposalState.VOID


def test_an_approval_without_a_review_is_no_edition(trio: Trio) -> None:
    proposal = proposed(write_manual(by=trio.author), by=trio.author)
    Proposal.objects.update(state=ProposalState.REVIEWED)
    with pytest.raises(Exception, match="three people"), transaction.atomic():
        sign(proposal, by=trio.approver, at=NOON)
    assert not Edition.objects.exists()
    assert Signature.objects.count() == 1


def test_an_edition_that_nobody_signed_never_holds(trio: Trio) -> None:
    manual, edition = issued_manual(trio)
    content = json.loads(edition.content)
    content["pages"][0]["versions"]["en"]["fields"]["scope"] = "Nobody signed this."
    Edition.objects.create(
        subject=edition.subject, number=2, content=json.dumps(content), sha256="0" * 64, change_kind="correction",
        issued_at=NOON, issued_by=trio.author, effective_from=NOON,
    )  # fmt: skip
    follow_the_clock(at=NOON + HOUR)
    assert ManualPage.objects.get(pk=manual.pk).scope == "All staff."
    assert InForce.objects.get().edition == edition
    assert any("nobody has signed it" in fault for fault in faults())


def test_an_edition_that_says_something_else_than_what_was_signed_does_not_come_into_force(trio: Trio) -> None:
    manual = write_manual(by=trio.author)
    proposal = proposed(manual, by=trio.author)
    sign(proposal, by=trio.reviewer, at=NOON)
    Signature.objects.create(
        proposal=proposal, capacity="approver", person=trio.approver, statement="", sha256=proposal.sha256,
        signed_at=NOON,
    )  # fmt: skip
    Edition.objects.create(
        subject=proposal.subject, number=1, code=proposal.code, proposal=proposal, sha256="0" * 64, issued_at=NOON,
        content=proposal.content.replace("All staff.", "Nobody."), change_kind="first", issued_by=trio.approver,
        effective_from=NOON,
    )  # fmt: skip
    follow_the_clock(at=NOON)
    assert not ManualPage.objects.get(pk=manual.pk).live
    assert any("not what was signed" in fault for fault in faults())


@pytest.mark.parametrize("changed", [{"live": True}, {"live": True, "title": "Nobody signed this."}])
def test_what_is_written_past_everything_is_found_out(trio: Trio, changed: dict[str, Any]) -> None:
    """A queryset's update asks nobody. Whoever verifies is told."""
    manual, _edition = issued_manual(trio)
    add_section(manual, title="New", by=trio.author)
    assert list(faults()) == []
    Page.objects.filter(slug="new").update(**changed)
    assert any("nobody signed what it says" in fault for fault in faults())


def test_a_gate_that_a_program_opens_is_found_out(section: SectionPage) -> None:
    with gate.opened():
        section.get_latest_revision().publish()
    assert any("nobody signed what it says" in fault for fault in faults())


def test_live_pages_without_any_edition_are_found_out(home: Any) -> None:
    manual = house.way_to(ManualPage, home=home)
    assert [page.pk for page in unsigned_pages()] == [manual.pk]


# --- what a proposal could hide ---------------------------------------------------------------------------------------


def test_nobody_proposes_nothing(trio: Trio) -> None:
    manual = write_manual(by=trio.author)
    with pytest.raises(UnableToPropose, match="Nothing would be left"):
        proposed(manual, by=trio.author, leaving_out=frozenset({manual.translation_key}))


def test_a_section_that_is_left_out_is_gone_and_somebody_says_why(trio: Trio) -> None:
    manual, _edition = issued_manual(trio)
    section = SectionPage.objects.get(slug="section-2")
    left_out = frozenset({section.translation_key})
    with pytest.raises(UnableToPropose):
        proposed(manual, by=trio.author, at=NOON + HOUR, leaving_out=left_out)


def test_a_draft_that_was_left_out_still_has_its_writer(trio: Trio) -> None:
    writer = make_person(*ALL)
    manual = write_manual(by=trio.author)
    mine = add_section(manual, title="Mine", by=writer)
    issued(manual, trio, leaving_out=frozenset({mine.translation_key}))
    with pytest.raises(UnableToSign, match="You wrote a part"):
        sign(proposed(manual, by=trio.author, at=timezone.now() + HOUR), by=writer, at=timezone.now() + HOUR)


def test_the_people_of_the_centre_that_the_draft_names_sign(trio: Trio) -> None:
    kp = make_centre(code="KP")
    author = make_person(Role.AUTHOR, centre=kp)
    manual = write_manual(by=author, code="HC-SOP-001")
    draft = manual.get_latest_revision_as_object()
    draft.number = "KP-SOP-001"
    draft.save_revision(user=author)
    proposal = proposed(manual, by=author)
    assert proposal.code == "KP-SOP-001"
    with pytest.raises(UnableToSign, match="Only a reviewer of this centre"):
        sign(proposal, by=trio.reviewer, at=NOON)


def test_the_number_of_another_manual_is_refused_before_anybody_signs(trio: Trio) -> None:
    first, _edition = issued_manual(trio)
    other = write_manual(by=trio.author, code="KP-SOP-002")
    Page.objects.get(pk=first.pk).specific.delete()
    draft = other.get_latest_revision_as_object()
    draft.number = "KP-SOP-001"
    draft.save_revision(user=trio.author, clean=False)
    with pytest.raises(UnableToPropose, match="another text"):
        proposed(other, by=trio.author)


def test_a_draft_that_could_not_be_shown_is_not_signed(trio: Trio) -> None:
    manual = write_manual(by=trio.author)
    draft = SectionPage.objects.get(slug="section-2").get_latest_revision_as_object()
    draft.slug = "section-1"
    draft.save_revision(user=trio.author, clean=False)
    with pytest.raises(UnableToPropose, match="already in use"):
        proposed(manual, by=trio.author)


def test_an_address_that_was_taken_meanwhile_is_no_reason_to_wait(trio: Trio) -> None:
    manual, _edition = issued_manual(trio)
    section = SectionPage.objects.get(slug="section-1")
    rewrite(section, by=trio.author, slug="first-talk", summary="Signed.")
    issued(manual, trio, at=NOON + HOUR, effective_from=NOON + 3 * HOUR)
    add_section(manual, title="First talk", by=trio.author)
    follow_the_clock(at=NOON + 3 * HOUR)
    section.refresh_from_db()
    assert (section.slug, section.summary, section.live) == ("section-1", "Signed.", True)
    assert list(faults()) == []
