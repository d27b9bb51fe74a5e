"""Can a page be published whose pictures and recordings say nothing to those who cannot see or hear them?"""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Revision, Workflow, WorkflowTask
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from media.library.publishing import UnableToPublish
from media.library.saying import unsaid
from media.models import Picture, Recording
from portal.home.models import HomePage, PlainPage
from portal.people.roles import Role
from tests.conftest import SignedIn
from tests.factories import people

pytestmark = pytest.mark.django_db
WORDS = {"title": "Looms", "slug": "looms"}


@pytest.fixture
def silent(home: HomePage, picture: Picture) -> PlainPage:
    """A draft with a picture that nobody has described."""
    page: PlainPage = home.add_child(instance=PlainPage(**WORDS, live=False, body=body(picture)))
    page.save_revision()
    return page


@pytest.fixture
def administrator(db: None) -> Client:
    client = Client()
    client.force_login(people.administrator())
    return client


def body(picture: Picture, **changes: Any) -> list[tuple[str, Any]]:
    return [("picture", {"picture": picture, "alt": "", "is_decorative": False, "caption": "", **changes})]


def page_form(picture: Picture, **changes: Any) -> dict[str, Any]:
    block = {"picture": picture.pk, "alt": "", "caption": "", **changes.pop("block", {})}
    data = {**WORDS, "summary": "", "sensitivity": 0, "cover": "", "cover_alt": "",
            "comments": inline_formset([]),
            "body": streamfield([("picture", block)]), **changes}  # fmt: skip
    return {**nested_form_data(data), "surfaces": ["web"]}


def is_live(page: PlainPage) -> bool:
    return bool(PlainPage.objects.get(pk=page.pk).live)


@pytest.mark.parametrize(
    ("field", "value"),
    [("alt", {"en": "A loom"}), ("is_decorative", True)],
)
def test_what_the_library_says_is_enough(silent: PlainPage, picture: Picture, field: str, value: Any) -> None:
    assert len(unsaid(silent)) == 1
    setattr(picture, field, value)
    picture.save()
    assert unsaid(PlainPage.objects.get(pk=silent.pk)) == []


@pytest.mark.parametrize("said", [{"alt": "A loom"}, {"is_decorative": True}])
def test_what_is_said_where_it_is_used_is_enough(home: HomePage, picture: Picture, said: dict[str, Any]) -> None:
    assert unsaid(PlainPage(**WORDS, locale=home.locale, body=body(picture, **said))) == []


def test_words_in_another_language_are_not_enough(silent: PlainPage, picture: Picture) -> None:
    picture.alt = {"th": "กี่ทอผ้า"}
    picture.save()
    assert "English" in unsaid(PlainPage.objects.get(pk=silent.pk))[0]


def test_a_cover_needs_words_too(home: HomePage, picture: Picture) -> None:
    assert unsaid(PlainPage(**WORDS, locale=home.locale, cover=picture))
    assert not unsaid(PlainPage(**WORDS, locale=home.locale, cover=picture, cover_alt="A loom"))


@pytest.mark.parametrize("kind", ["captions", "transcript"])
def test_a_recording_needs_captions_or_a_transcript(home: HomePage, recording: Recording, kind: str) -> None:
    page = PlainPage(**WORDS, locale=home.locale, body=[("recording", {"recording": recording, "title": ""})])
    recording.texts.update(kind="narration")
    assert "Welcome" in unsaid(page)[0]
    recording.texts.update(kind=kind)
    assert unsaid(page) == []


@pytest.mark.parametrize("action", ["action-publish", "action-submit"])
def test_an_editor_reads_it_in_the_block_and_may_save_a_draft(
    administrator: Client, silent: PlainPage, picture: Picture, action: str
) -> None:
    address = reverse("wagtailadmin_pages:edit", args=[silent.pk])
    response = administrator.post(address, {**page_form(picture), action: "yes"})
    assert list(response.context["form"].errors) == ["body"]
    errors = response.context["form"].errors.as_data()["body"][0]
    assert "no alternative text in English" in str(errors.block_errors[0].block_errors["alt"])
    assert "no alternative text in English" in response.content.decode()
    assert not is_live(silent)
    assert administrator.post(address, page_form(picture)).status_code == 302
    said = page_form(picture, block={"alt": "A loom"})
    assert administrator.post(address, {**said, "action-publish": "yes"}).status_code == 302
    assert is_live(silent)


def test_a_new_page_is_not_published_either(administrator: Client, home: HomePage, picture: Picture) -> None:
    address = reverse("wagtailadmin_pages:add", args=["home", "plainpage", home.pk])
    response = administrator.post(address, {**page_form(picture), "action-publish": "yes"})
    assert "no alternative text in English" in response.content.decode()
    assert not PlainPage.objects.exists()


def test_a_program_is_refused_with_the_sentence(silent: PlainPage) -> None:
    with pytest.raises(UnableToPublish, match="no alternative text"):
        silent.get_latest_revision().publish()
    assert not is_live(silent)


def test_publishing_many_pages_refuses_all_and_says_why(
    administrator: Client, silent: PlainPage, home: HomePage
) -> None:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    for chosen, below in ((silent, {}), (home, {"include_descendants": "on"})):
        response = administrator.post(f"{address}?id={chosen.pk}&next=/admin/", below, follow=True)
        assert "Looms" in response.content.decode()
        assert "no alternative text in English" in response.content.decode()
        assert not is_live(silent)


def test_approving_in_a_list_does_not_publish(administrator: Client, silent: PlainPage) -> None:
    task = GroupApprovalTask.objects.create(name="Look")
    workflow = Workflow.objects.create(name="Looking")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    workflow.start(silent, None)
    state = silent.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[silent.pk, "approve", state.pk])
    response = administrator.post(address, {}, headers={"x-requested-with": "XMLHttpRequest"})
    assert json.loads(response.content)["redirect"] == reverse("wagtailadmin_pages:edit", args=[silent.pk])
    assert not is_live(silent)
    assert "no alternative text" in administrator.get(reverse("wagtailadmin_home")).content.decode()


def test_at_its_hour_a_silent_page_stays_a_draft_and_the_others_appear(silent: PlainPage, home: HomePage) -> None:
    other = home.add_child(instance=PlainPage(title="Yarn", slug="yarn", live=False))
    other.save_revision()
    an_hour_ago = timezone.now() - timedelta(hours=1)
    Revision.objects.update(approved_go_live_at=an_hour_ago)
    call_command("publish_scheduled")
    call_command("publish_scheduled")
    assert not is_live(silent)
    assert is_live(other)


def test_an_author_who_may_not_publish_is_not_shown_a_way_around(
    signed_in: SignedIn, silent: PlainPage, picture: Picture
) -> None:
    address = reverse("wagtailadmin_pages:edit", args=[silent.pk])
    said = {**page_form(picture, block={"alt": "A loom"}), "action-publish": "yes"}
    for client in (Client(), signed_in(Role.LEARNER), signed_in(Role.AUTHOR)):
        assert client.post(address, said).status_code in (302, 403, 404)
    assert not is_live(silent)
