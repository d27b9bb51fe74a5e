"""Who finds, chooses and changes recordings, and what are they told?"""

import json
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, GroupCollectionPermission

from media.models import Recording
from portal.home.models import HomePage, PlainPage
from portal.people.models import User
from portal.people.roles import Role
from portal.search.feeding import rebuild
from tests.conftest import SignedIn
from tests.factories import people
from tests.media import files
from tests.media.sound_files import webm_video

pytestmark = pytest.mark.django_db
KEEPING = ["index", "add"]
ABOUT_ONE = ["edit", "delete", "usage"]


def form(**changes: Any) -> dict[str, Any]:
    root = Collection.get_first_root_node()
    return {"title": "Welcome", "file": files.called("a.wav", files.recording()), "language": "th",
            "credit": "The centre", "rights": "own", "rights_note": "", "collection": root.pk, **changes}  # fmt: skip


def upload(**changes: Any) -> dict[str, Any]:
    return {f"recording-chooser-upload-{name}": value for name, value in form(**changes).items()}


@pytest.fixture
def author(db: None) -> User:
    return people.make_person(Role.AUTHOR)


@pytest.fixture
def own(author: User, signed_in: SignedIn) -> Recording:
    signed_in(person=author).post(reverse("recordings:add"), form(title="Own"))
    return Recording.objects.get(title="Own")


def test_a_curator_keeps_every_recording(signed_in: SignedIn, recording: Recording) -> None:
    curator = signed_in(Role.CURATOR)
    for name in KEEPING:
        assert curator.get(reverse(f"recordings:{name}")).status_code == 200
    for name in ABOUT_ONE:
        assert curator.get(reverse(f"recordings:{name}", args=[recording.pk])).status_code == 200
    assert curator.post(reverse("recordings:delete", args=[recording.pk])).status_code == 302
    assert not Recording.objects.exists()


def test_an_author_changes_only_own_recordings(
    signed_in: SignedIn, author: User, own: Recording, recording: Recording
) -> None:
    browser = signed_in(person=author)
    listed = browser.get(reverse("recordings:index")).content.decode()
    assert "Own" in listed
    assert "Welcome" not in listed
    for name in ABOUT_ONE:
        assert browser.get(reverse(f"recordings:{name}", args=[own.pk])).status_code == 200
        assert browser.get(reverse(f"recordings:{name}", args=[recording.pk])).status_code in (302, 403)
    assert browser.post(reverse("recordings:delete", args=[recording.pk])).status_code in (302, 403)
    assert Recording.objects.filter(pk=recording.pk).exists()


def test_an_outsider_neither_keeps_nor_chooses(signed_in: SignedIn, recording: Recording) -> None:
    addresses = [reverse(f"recordings:{name}") for name in KEEPING]
    addresses += [reverse(f"recordings:{name}", args=[recording.pk]) for name in ABOUT_ONE]
    addresses += [reverse("recording_chooser:choose"), reverse("recording_chooser:chosen", args=[recording.pk])]
    for client in (Client(), signed_in(Role.LEARNER)):
        for address in addresses:
            assert client.get(address).status_code in (302, 403, 404), address


def test_a_reviewer_chooses_but_brings_nothing(signed_in: SignedIn, recording: Recording) -> None:
    reviewer = signed_in(Role.REVIEWER)
    assert reviewer.get(reverse("recording_chooser:chosen", args=[recording.pk])).status_code == 200
    assert reviewer.post(reverse("recording_chooser:create"), upload()).status_code in (302, 403)
    assert reviewer.get(reverse("recordings:index")).status_code in (302, 403)
    assert Recording.objects.count() == 1


def test_replacing_the_file_keeps_the_recording_and_its_uses(signed_in: SignedIn, recording: Recording) -> None:
    before = recording.file.name
    longer = files.called("b.wav", files.recording(seconds=3))
    address = reverse("recordings:edit", args=[recording.pk])
    response = signed_in(Role.CURATOR).post(address, form(file=longer), follow=True)
    assert "0:03" in response.content.decode()
    recording.refresh_from_db()
    assert recording.seconds == 3
    assert recording.file.name != before
    assert recording.texts.exists()


def test_the_list_is_sorted_out_by_what_is_missing(signed_in: SignedIn, recording: Recording) -> None:
    curator = signed_in(Role.CURATOR)

    def found(**wanted: str) -> bool:
        return "Welcome" in curator.get(reverse("recordings:index_results"), wanted).content.decode()

    assert found(kind="audio", language="en")
    assert not found(kind="video")
    assert not found(without_captions="yes")
    assert found(without_transcript="yes")
    searched = curator.get(reverse("recordings:index_results"), {"without_transcript": "yes", "q": "welcome"})
    assert searched.status_code == 200
    recording.texts.all().delete()
    assert found(without_captions="yes")


def test_the_chooser_shows_only_collections_of_which_one_may_choose(signed_in: SignedIn, recording: Recording) -> None:
    closed = Collection.get_first_root_node().add_child(name="Closed")
    Recording.objects.update(collection=closed)
    group = Group.objects.create(name="Guests")
    opened = Collection.get_first_root_node().add_child(name="Open")
    permission = Permission.objects.get(content_type__app_label="media", codename="choose_recording")
    GroupCollectionPermission.objects.create(group=group, collection=opened, permission=permission)
    guest = people.make_person()
    guest.groups.add(group, Group.objects.get_or_create(name="Doorway")[0])
    Group.objects.get(name="Doorway").permissions.add(Permission.objects.get(codename="access_admin"))
    browser = signed_in(person=guest)
    assert browser.get(reverse("recording_chooser:chosen", args=[recording.pk])).status_code in (302, 403, 404)
    Recording.objects.update(collection=opened)
    curator = signed_in(Role.CURATOR)
    assert "Welcome" in json.loads(curator.get(reverse("recording_chooser:choose")).content)["html"]


def test_a_recording_is_brought_in_the_chooser(signed_in: SignedIn, author: User) -> None:
    answer = json.loads(signed_in(person=author).post(reverse("recording_chooser:create"), upload()).content)
    recording = Recording.objects.get()
    assert answer["result"]["id"] == str(recording.pk)
    assert recording.uploaded_by_user == author


def test_what_is_wrong_is_said_in_the_chooser(signed_in: SignedIn, author: User) -> None:
    browser = signed_in(person=author)
    hostile = upload(file=files.called("a.mp3", b"ID3" + bytes(50)))
    answer = json.loads(browser.post(reverse("recording_chooser:create"), hostile).content)
    assert answer["step"] == "reshow_creation_form"
    assert "error-message" in answer["htmlFragment"]


def test_the_same_recording_again_asks_which_one_is_meant(signed_in: SignedIn, author: User, own: Recording) -> None:
    browser = signed_in(person=author)
    address = reverse("recording_chooser:create")
    answer = json.loads(browser.post(address, upload(title="Again")).content)
    again = Recording.objects.get(title="Again")
    assert "Keep both" in answer["htmlFragment"]
    kept = json.loads(browser.post(address, {"use": again.pk}).content)
    assert kept["result"]["id"] == str(again.pk)
    used = json.loads(browser.post(address, {"use": own.pk, "delete": again.pk}).content)
    assert used["result"]["id"] == str(own.pk)
    assert list(Recording.objects.all()) == [own]


def test_settling_a_duplicate_deletes_nothing_else(signed_in: SignedIn, own: Recording) -> None:
    other = files.called("b.wav", files.recording(seconds=3))
    someone = people.make_person(Role.AUTHOR)
    signed_in(person=someone).post(reverse("recordings:add"), form(title="Other", file=other))
    address = reverse("recording_chooser:create")
    theirs = Recording.objects.get(title="Other")
    for wanted in ({"use": own.pk, "delete": theirs.pk}, {"use": theirs.pk, "delete": own.pk}, {"use": "x"}):
        signed_in(person=someone).post(address, wanted)
    assert Recording.objects.count() == 2


def test_the_same_recording_again_is_said_after_it_was_brought(
    signed_in: SignedIn, author: User, own: Recording
) -> None:
    response = signed_in(person=author).post(reverse("recordings:add"), form(title="Again"), follow=True)
    content = response.content.decode()
    assert "The same file is here already" in content
    assert reverse("recordings:edit", args=[own.pk]) in content


def test_before_deleting_one_reads_where_it_is_used(signed_in: SignedIn, recording: Recording, home: HomePage) -> None:
    body = [("recording", {"recording": recording, "title": ""})]
    home.add_child(instance=PlainPage(title="The yard", slug="yard", body=body))
    curator = signed_in(Role.CURATOR)
    confirmation = curator.get(reverse("recordings:delete", args=[recording.pk])).content.decode()
    assert "1 page that you may not edit" in confirmation
    assert "The yard" not in confirmation
    administrator = signed_in(person=people.administrator())
    assert "The yard" in administrator.get(reverse("recordings:delete", args=[recording.pk])).content.decode()


def test_a_longer_list_costs_no_more_queries(
    signed_in: SignedIn, recording: Recording, django_assert_max_num_queries: Any
) -> None:
    curator = signed_in(Role.CURATOR)
    curator.get(reverse("recordings:index"))
    for number in range(5):
        Recording.objects.create(title=str(number), file=files.called("a.wav", files.recording(seconds=1)))
    with django_assert_max_num_queries(40):
        assert curator.get(reverse("recordings:index")).status_code == 200


def film(name: str = "film.webm", *, planted: bytes = b"") -> Any:
    return files.called(name, webm_video(planted))


def test_a_small_version_is_brought_with_its_video(signed_in: SignedIn) -> None:
    curator = signed_in(Role.CURATOR)
    sent = form(file=film(), small_version=film("small.webm"))
    assert curator.post(reverse("recordings:add"), sent).status_code == 302
    recording = Recording.objects.get()
    assert [variant.kind for variant in recording.variants.all()] == ["small"]
    address = reverse("recordings:edit", args=[recording.pk])
    kept = recording.variants.get().pk
    assert curator.post(address, form(file="")).status_code == 302
    assert recording.variants.get().pk == kept
    assert curator.post(address, form(file=film("other.webm"))).status_code == 302
    assert not recording.variants.exists()


@pytest.mark.parametrize(
    ("file", "small"), [(None, film), (film, lambda: files.called("a.wav", files.recording()))], ids=["sound", "video"]
)
def test_only_a_video_has_a_small_version_and_only_a_video_is_one(signed_in: SignedIn, file: Any, small: Any) -> None:
    curator = signed_in(Role.CURATOR)
    sent = form(small_version=small(), **({"file": file()} if file else {}))
    response = curator.post(reverse("recordings:add"), sent)
    assert response.status_code == 200
    assert "small_version" in response.context["form"].errors
    assert not Recording.objects.exists()


def test_an_editor_finds_a_film_by_what_is_said_in_it(signed_in: SignedIn) -> None:
    for title, said in (("Her first day", "เชิญนั่ง ดื่มน้ำก่อน"), ("Looms", "กี่ทอผ้า")):
        recording = Recording.objects.create(title=title, file=files.called("a.wav", files.recording()))
        vtt = f"WEBVTT\n\n00:00.000 --> 00:02.000\n<v Nok>{said}\n"
        recording.texts.create(kind="captions", language="th", vtt=vtt)
        recording.texts.create(kind="transcript", language="th", vtt=vtt)
        assert recording.what_is_said() == said
    rebuild()
    address = reverse("recordings:index_results") + "?q=ดื่มน้ำ"
    html = signed_in(Role.CURATOR).get(address).content.decode()
    assert "Her first day" in html
    assert "Looms" not in html
    assert "Her first day" not in Client().get(address).content.decode()
