"""In Wagtail's admin, authors propose editions, others sign them, and nobody loses a word."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import WorkflowState

from lessons.manuals.models import ManualPage, SectionPage
from portal.editions.models import Edition, Proposal, ProposalState
from portal.people.models import User
from portal.people.roles import Role
from tests.factories.editions import Trio, issued_manual, make_trio, proposed, rewrite, write_manual
from tests.factories.people import make_centre, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def trio() -> Trio:
    return make_trio()


def as_(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def at(name: str, *args: Any) -> str:
    return reverse(f"portal_editions_admin:{name}", args=args)


def said(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def test_a_first_edition_is_proposed_reviewed_and_approved_on_the_screens(trio: Trio) -> None:
    manual = write_manual(by=trio.author)
    shown = as_(trio.author).get(at("propose", manual.pk))
    assert "everything is new" in shown.content.decode()
    answer: Any = as_(trio.author).post(at("propose", manual.pk), {"summary": "It begins."})
    proposal = Proposal.objects.get()
    assert answer.url == at("proposal", proposal.pk)
    for person, capacity in ((trio.reviewer, "reviewer"), (trio.approver, "approver")):
        screen = as_(person).get(at("proposal", proposal.pk)).content.decode()
        assert at("sign", proposal.pk) in screen
        step = as_(person).get(at("sign", proposal.pk))
        assert step.context["capacity"] == capacity
        as_(person).post(at("sign", proposal.pk), {"capacity": capacity})
    edition = Edition.objects.get()
    assert (edition.number, edition.note) == (1, "It begins.")
    assert as_(trio.author).get(at("proposal", proposal.pk)).status_code == 200
    assert "Edition 1" in as_(trio.author).get(at("history", manual.translation_key)).content.decode()


def test_what_is_missing_is_said_beside_its_field_and_what_was_typed_stays(trio: Trio) -> None:
    manual, _edition = issued_manual(trio)
    section = SectionPage.objects.get(slug="section-1")
    rewrite(section, by=trio.author, purpose="Clear.")
    typed = {
        "kind": "retraining", "summary": "Kept words", f"what-{section.translation_key}": "A clearer purpose.",
        "effective_from": "2020-01-01T00:00", "leaving_out": "nonsense",
        f"lesson-{section.translation_key}": "99999999999999999999",
    }  # fmt: skip
    answer: Any = as_(trio.author).post(at("propose", manual.pk), typed)
    assert answer.status_code == 422
    key = section.translation_key
    assert set(answer.context["form"].errors) == {
        "retrain_by", "effective_from", "leaving_out", f"why-{key}", f"lesson-{key}"
    }  # fmt: skip
    html = answer.content.decode()
    assert "Kept words" in html
    assert "A clearer purpose." in html
    assert not Proposal.objects.filter(number=2).exists()


@pytest.mark.parametrize("hour", ["0001-01-01T00:00", "9999-12-31T23:59", "2020-01-01T00:00", "soon", "\0"])
def test_an_hour_that_cannot_be_is_an_error_beside_its_field(trio: Trio, hour: str) -> None:
    manual = write_manual(by=trio.author)
    answer: Any = as_(trio.author).post(at("propose", manual.pk), {"effective_from": hour})
    assert "effective_from" in answer.context["form"].errors


def test_an_edition_that_changes_a_section_says_what_why_and_because_of_which_lesson(trio: Trio) -> None:
    manual, _edition = issued_manual(trio)
    section = SectionPage.objects.get(slug="section-1")
    rewrite(section, by=trio.author, purpose="Clear.")
    key, lesson = section.translation_key, manual.get_parent()
    shown = as_(trio.author).get(at("propose", manual.pk))
    assert [note.title for note in shown.context["form"].notes()] == ["Section 1"]
    told = as_(trio.author).get(at("changes", manual.pk)).context["changes"]
    assert [page.compared.key for page in told.pages] == [str(key)]
    answer: Any = as_(trio.author).post(
        at("propose", manual.pk),
        {
            "kind": "new_required", f"what-{key}": "A purpose.", f"why-{key}": "It was not clear.",
            f"lesson-{key}": lesson.pk, "effective_from": "2027-03-01T08:00",
        },
    )  # fmt: skip
    proposal = Proposal.objects.get(number=2)
    assert answer.url == at("proposal", proposal.pk)
    screen = as_(trio.reviewer).get(at("proposal", proposal.pk))
    assert [note["what"] for note in screen.context["notes"]] == ["A purpose."]
    # Eight o'clock at the centre, in Bangkok.
    assert screen.context["effective_from"].isoformat() == "2027-03-01T01:00:00+00:00"
    changes = as_(trio.reviewer).get(at("proposal_changes", proposal.pk))
    assert "Clear." in changes.content.decode()


def test_a_section_that_is_left_out_needs_a_note_and_is_gone(trio: Trio) -> None:
    manual, _edition = issued_manual(trio)
    key = SectionPage.objects.get(slug="section-2").translation_key
    left_out = {"kind": "correction", "leaving_out": str(key)}
    answer: Any = as_(trio.author).post(at("propose", manual.pk), left_out)
    assert set(answer.context["form"].errors) == {f"what-{key}", f"why-{key}"}
    as_(trio.author).post(at("propose", manual.pk), {**left_out, f"what-{key}": "Gone.", f"why-{key}": "Not done."})
    assert Proposal.objects.get(number=2).content.count('"slug":"section-2"') == 0


@pytest.mark.parametrize("role", [Role.LEARNER, Role.TRAINER, Role.CURATOR, None])
def test_who_does_not_work_on_manuals_learns_of_no_draft(trio: Trio, role: Role | None) -> None:
    manual = write_manual(by=trio.author)
    proposal = proposed(manual, by=trio.author)
    client = as_(make_person(role)) if role else Client()
    for name, args in (
        ("propose", [manual.pk]), ("changes", [manual.pk]), ("proposal", [proposal.pk]), ("sign", [proposal.pk]),
        ("proposal_changes", [proposal.pk]), ("read", [proposal.pk, "en"]), ("file", [proposal.pk, "0" * 64]),
        ("history", [manual.translation_key]),
    ):  # fmt: skip
        answer = client.get(at(name, *args), follow=True)
        assert answer.status_code in (403, 404) or "login" in answer.redirect_chain[-1][0]
    assert "Identification" not in client.get(at("index")).content.decode()
    client.post(at("sign", proposal.pk), {"capacity": "reviewer"})
    client.post(at("return", proposal.pk), {"answer": "No."})
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.IN_REVIEW


def test_an_author_of_another_centre_learns_of_no_draft(trio: Trio) -> None:
    make_centre(code="KP")
    author = make_person(Role.AUTHOR, centre=make_centre(code="KP"))
    manual = write_manual(by=author)
    assert as_(author).get(at("propose", manual.pk)).status_code == 200
    assert is_nowhere(trio.author, at("propose", manual.pk))
    assert is_nowhere(trio.reviewer, at("proposal", proposed(manual, by=author).pk))


def is_nowhere(person: User, address: str) -> bool:
    """What is not found is looked for in the person's language, too."""
    return bool(as_(person).get(address, follow=True).status_code == 404)


def test_a_signature_is_given_by_no_address_and_pressing_twice_is_harmless(trio: Trio) -> None:
    proposal = proposed(write_manual(by=trio.author), by=trio.author)
    reviewer = as_(trio.reviewer)
    reviewer.get(at("sign", proposal.pk), {"capacity": "reviewer"})
    assert proposal.signatures.count() == 1
    assert Client(enforce_csrf_checks=True).post(at("sign", proposal.pk)).status_code in (302, 403)
    for _time in range(2):
        pressed: Any = reviewer.post(at("sign", proposal.pk), {"capacity": "reviewer"})
        assert pressed.url == at("proposal", proposal.pk)
    assert proposal.signatures.count() == 2


def test_whoever_may_not_sign_reads_why(trio: Trio) -> None:
    proposal = proposed(write_manual(by=trio.author), by=trio.author)
    shown = as_(trio.author).get(at("proposal", proposal.pk))
    assert shown.context["why_not"] == "Only a reviewer of this centre can review this."
    answer: Any = as_(trio.author).post(at("sign", proposal.pk), {"capacity": "reviewer"}, follow=True)
    assert said(answer) == ["Only a reviewer of this centre can review this."]
    # Whoever may do both does not approve what they meant to review.
    both = make_person(Role.REVIEWER, Role.APPROVER)
    as_(trio.reviewer).post(at("sign", proposal.pk), {"capacity": "reviewer"})
    answer = as_(both).post(at("sign", proposal.pk), {"capacity": "reviewer"}, follow=True)
    assert said(answer) == ["This has gone on in the meantime. Look at it once more."]


def test_what_was_changed_since_is_void_and_nobody_sees_an_error(trio: Trio) -> None:
    manual = write_manual(by=trio.author)
    proposal = proposed(manual, by=trio.author)
    rewrite(SectionPage.objects.get(slug="section-1"), by=trio.author, purpose="One more word.")
    assert not as_(trio.reviewer).get(at("proposal", proposal.pk)).context["is_still_said"]
    answer: Any = as_(trio.reviewer).post(at("sign", proposal.pk), {"capacity": "reviewer"}, follow=True)
    assert answer.context["proposal"].state == ProposalState.VOID
    assert "must be proposed again" in said(answer)[0]


def test_sending_back_needs_an_answer_and_taking_back_does_not(trio: Trio) -> None:
    manual = write_manual(by=trio.author)
    proposal = proposed(manual, by=trio.author)
    assert as_(trio.reviewer).post(at("return", proposal.pk), {"answer": " "}).status_code == 422
    as_(trio.reviewer).post(at("return", proposal.pk), {"answer": "Name the form."})
    proposal.refresh_from_db()
    assert (proposal.state, proposal.answer) == (ProposalState.RETURNED, "Name the form.")
    again = proposed(manual, by=trio.author)
    as_(trio.author).post(at("return", again.pk), {"answer": ""})
    again.refresh_from_db()
    assert again.state == ProposalState.RETURNED


def test_a_file_of_a_proposal_is_fetched_only_if_a_page_shows_it(trio: Trio) -> None:
    proposal = proposed(write_manual(by=trio.author), by=trio.author)
    html = as_(trio.reviewer).get(at("read", proposal.pk, "en"))
    assert "Section 1: listen" in html.content.decode()
    for name in ("0" * 64, "x", proposal.sha256):
        assert is_nowhere(trio.reviewer, at("file", proposal.pk, name))


def test_an_edition_is_withdrawn_with_a_reason_by_an_approver(trio: Trio) -> None:
    _manual, edition = issued_manual(trio)
    assert as_(trio.author).post(at("withdraw", edition.pk), {"reason": "No."}).status_code == 422
    assert as_(trio.approver).post(at("withdraw", edition.pk), {"reason": " "}).status_code == 422
    answer: Any = as_(trio.approver).post(at("withdraw", edition.pk), {"reason": "A step is unsafe."})
    assert answer.url == at("history", edition.subject)
    assert "A step is unsafe." in as_(trio.author).get(answer.url).content.decode()


def test_what_waits_for_me_comes_first(trio: Trio) -> None:
    proposal = proposed(write_manual(by=trio.author), by=trio.author)
    assert as_(trio.reviewer).get(at("index")).context["waiting"] == [proposal]
    assert as_(trio.approver).get(at("index")).context["waiting"] == []


def test_the_editor_leads_to_an_edition_and_publishes_nothing(trio: Trio) -> None:
    manual = write_manual(by=trio.author)
    editor = as_(trio.author)
    names = [item.name for item in menu_of(editor.get(f"/admin/pages/{manual.pk}/edit/"))]
    assert names == ["action-save-draft", "action-propose"]
    for name in ("action-propose", "action-submit", "action-restart-workflow"):
        answer: Any = editor.post(f"/admin/pages/{manual.pk}/edit/", {**form_of(manual), "title": name, name: "1"})
        assert answer.url == at("propose", manual.pk), answer.context["form"].errors
        assert ManualPage.objects.get().get_latest_revision_as_object().title == name
    assert not WorkflowState.objects.exists()
    as_(trio.approver).post(f"/admin/pages/{manual.pk}/edit/", {**form_of(manual), "action-publish": "1"})
    assert not ManualPage.objects.get().live


def menu_of(answer: Any) -> list[Any]:
    menu = answer.context["action_menu"]
    return [menu.default_item, *menu.menu_items]


def form_of(manual: ManualPage) -> dict[str, str]:
    """What the editor's form of a manual sends, in short."""
    streams = ("body", "emergency", "definitions", "annexes", "sources", "related", "quiz")
    comments = {"TOTAL": "0", "INITIAL": "0", "MIN_NUM": "0", "MAX_NUM": "1000"}
    return {
        "title": manual.title, "slug": manual.slug, "number": manual.number, "sensitivity": "0", "surfaces": "web",
        **{f"{name}-count": "0" for name in streams},
        **{f"comments-{name}_FORMS": value for name, value in comments.items()},
    }  # fmt: skip


def test_what_has_editions_is_neither_deleted_nor_moved(trio: Trio) -> None:
    manual, _edition = issued_manual(trio)
    section = SectionPage.objects.get(slug="section-1")
    client = as_(make_person(Role.APPROVER, is_superuser=True))
    other = write_manual(by=trio.author, code="KP-SOP-002")
    for page, shelf in ((manual, manual.get_parent()), (section, other)):
        client.post(f"/admin/pages/{page.pk}/delete/")
        client.post(f"/admin/bulk/wagtailcore/page/delete/?id={page.pk}&next=/admin/", {"type_confirm": "1"})
        client.post(f"/admin/pages/{page.pk}/move/{shelf.pk}/confirm/", {"destination": shelf.pk})
        api = f"/admin/api/main/pages/{page.pk}/action"
        assert client.post(f"{api}/delete/").status_code == 400
        assert client.post(f"{api}/publish/").status_code == 400
    assert client.post(f"{api}/move/", {"destination_page_id": other.pk}).status_code == 400
    section.refresh_from_db()
    assert section.get_parent().pk == manual.pk
    assert ManualPage.objects.filter(pk=manual.pk).exists()
    # The drafts of what was never issued may go.
    client.post(f"/admin/pages/{other.pk}/delete/")
    assert not ManualPage.objects.filter(pk=other.pk).exists()
