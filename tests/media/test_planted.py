"""Is anything left of what sixty files tell, in whatever the portal keeps or serves?"""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from media import renditions_making, variants_making
from media.ingest import KeptFile, KeptRecording, cleaned_leaflet, cleaned_picture, cleaned_recording
from media.models import Leaflet, Picture, PictureRendition, Recording, RecordingVariant
from portal.editions.issuing import issue
from portal.editions.models import ChangeKind
from portal.home.models import HomePage, PlainPage
from tests.factories.people import make_person
from tests.media.files import called
from tests.media.planted import COUNT, Planted, all_planted, found_in

PICTURES = {"jpg", "png", "webp", "gif", "avif", "heic", "tif"}


def ending_of(file: Planted) -> str:
    return file.name.rpartition(".")[2]


def kept(file: Planted) -> KeptFile | KeptRecording:
    ending = ending_of(file)
    door = cleaned_picture if ending in PICTURES else cleaned_leaflet if ending == "pdf" else cleaned_recording
    return door(called(file.name, file.content))


def test_there_are_sixty_in_fourteen_formats() -> None:
    planted = all_planted()
    assert len(planted) == COUNT
    assert len({ending_of(file) for file in planted}) == 14
    assert len({file.word for file in planted}) == COUNT


@pytest.mark.parametrize("number", range(COUNT))
def test_no_planted_byte_comes_through_a_door(number: int) -> None:
    file = all_planted()[number]
    assert found_in(file.content, file.word)
    through = kept(file)
    through.open()
    content = bytes(through.read())
    assert found_in(content, file.word) == []
    assert found_in(str(through.name).encode(), file.word) == []


@pytest.fixture
def published(home: HomePage) -> PlainPage:
    """A public page that shows, plays and offers all sixty."""
    body: list[tuple[str, object]] = []
    for file in all_planted():
        brought = called(file.name, file.content)
        if ending_of(file) in PICTURES:
            picture = Picture.objects.create(title="Yard", file=brought, alt={"en": "A yard"}, credit="The centre")
            body.append(("picture", {"picture": picture, "alt": "A yard", "caption": ""}))
        elif ending_of(file) == "pdf":
            leaflet = Leaflet.objects.create(title="Rights", file=brought, credit="The centre")
            body.append(("file", {"leaflet": leaflet, "title": ""}))
        else:
            recording = Recording.objects.create(title="Welcome", file=brought, credit="The centre")
            recording.texts.create(kind="captions", language="en", vtt="WEBVTT\n\n00:00.000 --> 00:01.000\nWelcome.\n")
            body.append(("recording", {"recording": recording, "title": ""}))
    page = home.add_child(instance=PlainPage(title="All", slug="all", body=body))
    assert isinstance(page, PlainPage)
    page.save_revision().publish()
    renditions_making.make_all()
    variants_making.make_all()
    return page


def addresses_of(page: PlainPage) -> Iterator[str]:
    yield from (page.url, f"{page.url}?print", "/sitemap.xml", "/en/lessons.xml", "/robots.txt", "/en/search/?q=yard")
    files = chain(Leaflet.objects.all(), Recording.objects.all(), RecordingVariant.objects.all())
    for thing in chain(PictureRendition.objects.all(), files):
        yield f"/files/{thing.file.name}"
    for recording in Recording.objects.all():
        yield recording.texts.get().url


def body_of(client: Client, address: str) -> bytes:
    response: Any = client.get(address)
    assert response.status_code == 200, address
    return b"".join(response.streaming_content) if response.streaming else bytes(response.content)


def test_no_planted_byte_is_stored_served_or_exported(published: PlainPage) -> None:
    words = [file.word for file in all_planted()]
    client = Client()
    asked = list(addresses_of(published))
    assert PictureRendition.objects.count() > 2 * 28
    assert RecordingVariant.objects.exists()
    for address in asked:
        assert found_in(body_of(client, address), *words) == [], address
    for path in [path for path in Path(settings.VAR_DIR).rglob("*") if path.is_file()]:
        if path.relative_to(settings.VAR_DIR).parts[0] in {"media", "originals", "workshop"}:
            assert found_in(path.read_bytes(), *words) == [], path
    edition = issue(
        published.translation_key, {"body": published.body.get_prep_value()}, change_kind=ChangeKind.FIRST,
        by=make_person(), at=timezone.now(),
    )  # fmt: skip
    assert found_in(edition.content.encode(), *words) == []
