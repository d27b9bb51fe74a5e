"""Does somebody who may not choose a file learn from Wagtail's lists that it exists?"""

import json

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

from media.models import Leaflet, Picture, Recording
from portal.people.models import User
from portal.people.roles import Role
from tests.conftest import SignedIn
from tests.factories import people
from tests.media import files

pytestmark = pytest.mark.django_db
HUGE = "9" * 30


@pytest.fixture
def outsider(db: None) -> Client:
    """Somebody who may open the admin, and do nothing with media there."""
    person: User = people.make_person()
    group = Group.objects.create(name="guests of the admin")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    person.groups.add(group)
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def leaflet(db: None) -> Leaflet:
    return Leaflet.objects.create(title="Loom", file=files.called("a.pdf", files.leaflet()))


@pytest.mark.parametrize("kind", ["images", "documents"])
def test_the_list_for_programs_tells_only_what_somebody_may_choose(
    outsider: Client, signed_in: SignedIn, picture: Picture, leaflet: Leaflet, kind: str
) -> None:
    thing = picture if kind == "images" else leaflet
    address = f"/admin/api/main/{kind}/"
    assert json.loads(outsider.get(address, headers={"accept": "application/json"}).content)["items"] == []
    assert outsider.get(f"{address}{thing.pk}/", headers={"accept": "application/json"}).status_code != 200
    shown = signed_in(Role.AUTHOR).get(address, headers={"accept": "application/json"})
    assert [item["id"] for item in json.loads(shown.content)["items"]] == [thing.pk]


@pytest.mark.parametrize("action", ["delete", "add_tags", "add_to_collection"])
def test_what_is_done_to_many_at_once_names_no_file_that_somebody_may_not_choose(
    outsider: Client, signed_in: SignedIn, picture: Picture, action: str
) -> None:
    address = f"/admin/bulk/media/picture/{action}/?id={picture.pk}"
    response = outsider.get(address)
    assert response.status_code == 302
    assert outsider.get(f"/admin/bulk/media/picture/{action}/?id=999").status_code == 302
    assert "Loom" in signed_in(Role.CURATOR).get(address).content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/admin/bulk/media/picture/delete/?id=", "/admin/bulk/media/leaflet/delete/?id=",
        "/admin/bulk/wagtailcore/page/publish/?id=", "/admin/recording_chooser/chosen-multiple/?id=",
    ],
)  # fmt: skip
@pytest.mark.parametrize("pk", [HUGE, "x", "%00", "-1", "\N{ARABIC-INDIC DIGIT ONE}"])
def test_an_id_that_can_be_none_is_no_error(signed_in: SignedIn, address: str, pk: str) -> None:
    assert signed_in(Role.CURATOR).get(address + pk).status_code < 500


def test_the_words_of_a_recording_take_no_impossible_number_for_its_spoken_version(signed_in: SignedIn) -> None:
    recording = Recording.objects.create(title="Looms", file=files.called("a.wav", files.recording()))
    address = f"/admin/recordings/{recording.pk}/texts/narration/en/"
    for spoken in ("\0", "x", HUGE):
        response = signed_in(Role.CURATOR).post(address, {"vtt": "", "begun_with": "", "spoken": spoken})
        assert response.status_code == 200


def test_the_history_of_a_recording_is_for_those_who_may_change_it(signed_in: SignedIn) -> None:
    recording = Recording.objects.create(title="Looms", file=files.called("a.wav", files.recording()))
    assert signed_in(Role.AUTHOR).get(f"/admin/recordings/history/{recording.pk}/").status_code == 302
    assert signed_in(Role.CURATOR).get(f"/admin/recordings/history/{recording.pk}/").status_code == 200
