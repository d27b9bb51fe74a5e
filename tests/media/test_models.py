from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.storage import storages
from django.db import connection
from PIL import Image

from media.ingest import UnableToKeep
from media.models import Leaflet, Picture, PictureRendition, Recording
from tests.media import files
from tests.media.files import LATITUDE, PICTURES, PLANTED, called

pytestmark = pytest.mark.django_db


def content_of(file: Any) -> bytes:
    """As it lies on the disk."""
    with file.storage.open(file.name) as stored:
        return bytes(stored.read())


@pytest.mark.parametrize("format_", PICTURES)
def test_neither_original_nor_rendition_tells_where_a_picture_was_taken(format_: str) -> None:
    content = files.photograph(format_, orientation=6)
    picture = Picture.objects.create(title="Yard", file=called(f"GPS-PLANTED.{PICTURES[format_]}", content))
    specs = ["width-200", "width-200|format-webp", "width-200|format-jpeg", "width-200|format-png", "original"]
    stored = [picture.file, picture.working, *(picture.get_rendition(spec).file for spec in specs)]
    for file in stored:
        assert PLANTED.decode() not in file.name
        assert PLANTED not in content_of(file), file.name
        assert LATITUDE not in content_of(file), file.name
        assert Image.open(BytesIO(content_of(file))).getexif() == {}, file.name


def test_originals_lie_in_the_private_store(picture: Picture) -> None:
    private_store: Any = storages["originals"]
    private = private_store.location
    kept: list[Any] = [picture.file.storage, picture.working.storage]
    assert [each.location for each in kept] == [private, private]
    assert not storages["default"].exists(picture.file.name)
    public: Any = picture.get_rendition("width-100").file.storage
    assert public.location != private


def test_width_and_height_are_those_of_the_upright_picture() -> None:
    picture = Picture.objects.create(title="Yard", file=called("a.jpg", files.photograph(orientation=6)))
    picture.refresh_from_db()
    assert (picture.width, picture.height) == (400, 600)
    assert picture.file_size == len(content_of(picture.file))


def test_storing_a_file_past_the_model_leads_through_the_same_door() -> None:
    picture = Picture(title="Yard")
    picture.file.save("a.jpg", called("a.jpg", files.photograph()), save=False)
    assert PLANTED not in content_of(picture.file)
    Picture.objects.bulk_create([Picture(title="Yard", file=called("b.jpg", files.photograph()))])
    assert PLANTED not in content_of(Picture.objects.get().file)


@pytest.mark.parametrize(
    "content", [b"<html>", b"", files.bomb(), files.photograph()[:3000]], ids=["page", "empty", "bomb", "cut"]
)
def test_a_program_that_stores_what_is_no_picture_is_stopped(content: bytes) -> None:
    with pytest.raises(UnableToKeep):
        Picture.objects.create(title="Yard", file=called("a.png", content))
    assert not Picture.objects.exists()


def test_a_recording_knows_its_length_and_tells_nothing_else(recording: Recording) -> None:
    assert recording.seconds == 2
    assert PLANTED not in content_of(recording.file)


def test_a_leaflet_is_stored_without_its_author(leaflet: Leaflet) -> None:
    assert PLANTED not in content_of(leaflet.file)
    assert leaflet.url == f"/files/{leaflet.file.name}"
    with pytest.raises(UnableToKeep):
        Leaflet.objects.create(title="Rights", file=called("a.pdf", b"<html>"))


def test_a_rendition_is_made_once(picture: Picture) -> None:
    assert picture.get_rendition("width-100").pk == picture.get_rendition("width-100").pk
    assert PictureRendition.objects.count() == 1


@pytest.mark.parametrize(
    "delete", [Picture.delete, lambda picture: Picture.objects.filter(pk=picture.pk).delete()], ids=["one", "many"]
)
def test_nobody_adds_a_rendition_while_a_picture_is_deleted(picture: Picture, delete: Callable[[Picture], Any]) -> None:
    """The renditions that go with it are looked up when others are shut out already."""
    picture.get_rendition("width-200")
    outside, inside = len(connection.savepoint_ids), list[int]()

    def note(execute: Any, sql: str, *args: Any) -> Any:
        if "media_picturerendition" in sql:
            inside.append(len(connection.savepoint_ids))
        return execute(sql, *args)

    with connection.execute_wrapper(note):
        delete(picture)
    assert min(inside) > outside
    assert not PictureRendition.objects.exists()
