"""What becomes of many files that are brought at once?"""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from media.models import Leaflet, Picture, Recording
from portal.people.roles import Role
from tests.conftest import SignedIn
from tests.media import files

pytestmark = pytest.mark.django_db
ABOUT_ALL = {"credit": "The centre", "rights": "own", "rights_note": ""}
MANY = ["wagtailimages:add_multiple", "wagtaildocs:add_multiple", "media_library:bring_recordings"]
BROUGHT: dict[str, tuple[str, bytes, Any]] = {
    "wagtailimages:add_multiple": ("somchai.jpg", files.photograph(), Picture),
    "wagtaildocs:add_multiple": ("somchai.pdf", files.leaflet(), Leaflet),
    "media_library:bring_recordings": ("somchai.wav", files.recording(), Recording),
}


@pytest.fixture
def author(signed_in: SignedIn) -> Client:
    return signed_in(Role.AUTHOR)


def bring(client: Client, address: str, **changes: Any) -> Any:
    name, content, _model = BROUGHT[address]
    said = {**ABOUT_ALL, "title": "somchai", "files[]": files.called(name, content), **changes}
    return client.post(reverse(address), said)


@pytest.mark.parametrize("address", MANY)
def test_the_page_asks_once_for_credit_and_rights(author: Client, address: str) -> None:
    response = author.get(reverse(address))
    assert response.status_code == 200
    assert [field.name for field in response.context["asked_once"]][:3] == ["credit", "rights", "rights_note"]


@pytest.mark.parametrize("address", MANY)
def test_a_file_is_stored_at_once_with_what_was_said_about_all(author: Client, address: str) -> None:
    answer = json.loads(bring(author, address).content)
    assert answer["success"], answer
    kept = BROUGHT[address][2]._default_manager.get()
    assert (kept.credit, kept.rights) == ("The centre", "own")
    assert kept.uploaded_by_user is not None
    assert "somchai" not in f"{kept.title}{kept.file.name}{answer['form']}"


@pytest.mark.parametrize("address", MANY)
@pytest.mark.parametrize("missing", [{"credit": ""}, {"rights": ""}, {"rights": "open"}])
def test_nothing_is_stored_without_credit_and_rights(author: Client, address: str, missing: dict[str, str]) -> None:
    answer = json.loads(bring(author, address, **missing).content)
    assert not answer["success"]
    assert answer["error_message"]
    assert not BROUGHT[address][2]._default_manager.exists()


@pytest.mark.parametrize("address", MANY)
def test_a_request_without_a_file_is_not_an_accident(author: Client, address: str) -> None:
    assert author.post(reverse(address), ABOUT_ALL).status_code == 400


def test_words_come_afterwards_and_are_required_then(author: Client) -> None:
    bring(author, MANY[0])
    picture = Picture.objects.get()
    prefix = f"image-{picture.pk}"
    address = reverse("wagtailimages:edit_multiple", args=[picture.pk])
    answer = json.loads(author.post(address, {f"{prefix}-title": "Loom"}).content)
    assert not answer["success"]
    assert "only decorates" in answer["form"]
    answer = json.loads(author.post(address, {f"{prefix}-title": "Loom", f"{prefix}-alt_th": "กี่ทอผ้า"}).content)
    assert answer["success"]
    picture.refresh_from_db()
    assert (picture.title, picture.alt, picture.credit) == ("Loom", {"th": "กี่ทอผ้า"}, "The centre")


def test_title_and_language_of_a_recording_come_afterwards(author: Client) -> None:
    bring(author, MANY[2])
    recording = Recording.objects.get()
    prefix = f"recording-{recording.pk}"
    address = reverse("media_library:recording_of_many", args=[recording.pk])
    said = {f"{prefix}-title": "Welcome", f"{prefix}-language": "lo"}
    assert json.loads(author.post(address, said).content)["success"]
    recording.refresh_from_db()
    assert (recording.title, recording.language) == ("Welcome", "lo")
    delete = reverse("media_library:delete_recording_of_many", args=[recording.pk])
    assert json.loads(author.post(delete).content)["success"]
    assert not Recording.objects.exists()


@pytest.mark.parametrize("address", MANY)
def test_the_same_file_again_is_stored_and_said(author: Client, address: str) -> None:
    bring(author, address)
    answer = json.loads(bring(author, address).content)
    assert answer["duplicate"]
    assert "Keep both" in answer["confirm_duplicate_upload"]
    assert BROUGHT[address][2]._default_manager.count() == 2


@pytest.mark.parametrize("address", MANY)
def test_an_outsider_brings_nothing(signed_in: SignedIn, address: str) -> None:
    for client in (Client(), signed_in(Role.LEARNER), signed_in(Role.REVIEWER)):
        assert bring(client, address).status_code in (302, 403, 404)
        assert client.get(reverse(address)).status_code in (302, 403, 404)
    assert not BROUGHT[address][2]._default_manager.exists()
