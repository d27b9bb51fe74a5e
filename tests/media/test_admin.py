"""What happens to an editor who brings a file?"""

import json

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, UploadedFile

from media.models import Leaflet, Picture, Recording
from portal.people.roles import Role
from tests.conftest import SignedIn
from tests.media import files
from tests.media.files import PLANTED

pytestmark = pytest.mark.django_db
HOSTILE = {
    "page.png": b"<html><script>alert(1)</script>",
    "program.jpg": b"MZ\x90\x00" + bytes(100),
    "empty.png": b"",
    "bomb.png": files.bomb(),
    "cut.jpg": files.photograph()[:-400],
    "cut.png": files.photograph("PNG")[:-400],
    "cut.webp": files.photograph("WEBP")[:-400],
    "cut.gif": files.photograph("GIF")[:-400],
    "renamed.gif": files.photograph("PNG"),
    "drawing.svg": b"<svg/>",
    "noname": files.photograph(),
}
ABOUT_ALL = {"credit": "The centre", "rights": "own", "rights_note": ""}


@pytest.fixture
def author(signed_in: SignedIn) -> Client:
    return signed_in(Role.AUTHOR)


def sent(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def picture_form(name: str, content: bytes) -> dict[str, object]:
    root = Collection.get_first_root_node()
    return {"title": "Yard", "file": sent(name, content), "rights": "own", "credit": "The centre", "tags": "",
            "collection": root.pk, "alt_en": "A yard with looms", "description": ""}  # fmt: skip


def test_an_author_brings_a_picture_and_its_metadata_stays_behind(author: Client) -> None:
    response = author.post(reverse("wagtailimages:add"), picture_form("IMG_1.jpg", files.photograph(orientation=6)))
    assert response.status_code == 302, response.content.decode()[:2000]
    picture = Picture.objects.get()
    assert (picture.width, picture.height) == (400, 600)
    with picture.file.open() as file:
        assert PLANTED not in file.read()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_refused_is_explained(author: Client, name: str) -> None:
    response = author.post(reverse("wagtailimages:add"), picture_form(name, HOSTILE[name]))
    assert response.status_code == 200
    assert response.context["form"].errors["file"]
    assert not Picture.objects.exists()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_refused_among_many_is_explained(author: Client, name: str) -> None:
    address = reverse("wagtailimages:add_multiple")
    response = author.post(address, {**ABOUT_ALL, "files[]": sent(name, HOSTILE[name])})
    assert response.status_code == 200
    assert json.loads(response.content)["error_message"]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_refused_in_the_chooser_is_explained(author: Client, name: str) -> None:
    form = {f"image-chooser-upload-{key}": value for key, value in picture_form(name, HOSTILE[name]).items()}
    response = author.post(reverse("wagtailimages_chooser:create"), form)
    assert response.status_code == 200
    assert not Picture.objects.exists()


@pytest.mark.parametrize("name", ["wagtailimages:add_multiple", "wagtaildocs:add_multiple"])
def test_the_page_for_many_files_opens(author: Client, name: str) -> None:
    assert author.get(reverse(name)).status_code == 200


def test_pictures_brought_together_are_clean_each(author: Client) -> None:
    for format_, ending in files.PICTURES.items():
        content = sent(f"a.{ending}", files.photograph(format_))
        response = author.post(reverse("wagtailimages:add_multiple"), {**ABOUT_ALL, "files[]": content})
        assert json.loads(response.content)["success"], response.content
    for picture in Picture.objects.all():
        with picture.file.open() as file:
            assert PLANTED not in file.read()


def test_what_waits_for_its_title_is_clean_too() -> None:
    """Ours does not let files wait; a part of Wagtail that did would not store them as they came."""
    waiting = UploadedFile.objects.create(
        for_content_type=ContentType.objects.get_for_model(Picture), file=sent("a.jpg", files.photograph())
    )
    with waiting.file.open() as file:
        assert PLANTED not in file.read()
    assert Client().get(f"/files/{waiting.file.name}").status_code == 404


def test_replacing_a_picture_replaces_its_renditions(author: Client) -> None:
    author.post(reverse("wagtailimages:add"), picture_form("a.jpg", files.photograph()))
    picture = Picture.objects.get()
    before = picture.get_rendition("width-100").url
    address = reverse("wagtailimages:edit", args=[picture.pk])
    response = author.post(address, picture_form("b.png", files.photograph("PNG", size=(300, 300))))
    assert response.status_code == 302
    picture = Picture.objects.get()
    assert (picture.width, picture.file.name[-4:]) == (300, ".png")
    assert picture.get_rendition("width-100").url != before


def test_the_pages_of_a_picture_in_the_admin_open(author: Client) -> None:
    author.post(reverse("wagtailimages:add"), picture_form("a.jpg", files.photograph()))
    pk = Picture.objects.get().pk
    for address in [
        reverse("wagtailimages:index"),
        reverse("wagtailimages:edit", args=[pk]),
        reverse("wagtailimages_chooser:choose"),
        reverse("wagtailimages_chooser:chosen", args=[pk]),
        reverse("wagtaildocs:index"),
        reverse("wagtaildocs:add"),
    ]:
        assert author.get(address).status_code == 200, address


@pytest.mark.parametrize(
    ("name", "content", "is_taken"),
    [("rights.pdf", files.leaflet(), True), ("rights.pdf", b"<html>", False), ("rights.exe", b"MZ", False)],
)
def test_a_leaflet_is_taken_or_explained(author: Client, name: str, content: bytes, is_taken: bool) -> None:
    form = {
        "title": "Rights",
        "file": sent(name, content),
        "tags": "",
        "credit": "The centre",
        "rights": "own",
        "collection": Collection.get_first_root_node().pk,
    }
    response = author.post(reverse("wagtaildocs:add"), form)
    assert response.status_code == (302 if is_taken else 200)
    assert Leaflet.objects.exists() is is_taken
    if is_taken:
        assert author.get(reverse("wagtaildocs:edit", args=[Leaflet.objects.get().pk])).status_code == 200


def recording_form(**changes: object) -> dict[str, object]:
    return {"title": "Welcome", "file": sent("a.wav", files.recording()), "language": "th", "credit": "The centre",
            "rights": "own", "rights_note": "", **changes}  # fmt: skip


def test_an_author_brings_a_recording(author: Client) -> None:
    response = author.post(reverse("recordings:add"), recording_form(), follow=True)
    assert response.status_code == 200
    recording = Recording.objects.get()
    assert recording.seconds == 2
    assert recording.uploaded_by_user is not None
    assert "Audio · 0:02" in response.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [("file", sent("a.mp3", b"ID3" + bytes(50))), ("credit", ""), ("rights", ""), ("language", "xx")],
)
def test_what_is_wrong_with_a_recording_stands_beside_the_field(author: Client, field: str, value: object) -> None:
    response = author.post(reverse("recordings:add"), recording_form(**{field: value}))
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert not Recording.objects.exists()


def test_a_learner_brings_nothing(signed_in: SignedIn) -> None:
    learner = signed_in(Role.LEARNER)
    for name in ("wagtailimages:add", "wagtaildocs:add", "recordings:add"):
        assert learner.post(reverse(name), {}).status_code in (302, 403)
    assert not Picture.objects.exists()
