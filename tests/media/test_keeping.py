"""When a file changes, do the pages that show it change with it?"""

import pytest
from django.db import transaction
from django.test import Client

from media.models import Picture, Recording
from media.renditions_making import make_all
from portal.base.audience import Sensitivity
from portal.search.models import Change
from tests.conftest import Commits
from tests.media import files
from tests.media.conftest import Shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(shown: Shown, picture: Picture, committed: Commits) -> str:
    """The address of a public page with the picture in its body."""
    with committed():
        page = shown.page
        page.sensitivity = Sensitivity.PUBLIC
        page.body = [("picture", {"picture": picture, "alt": "A loom", "is_decorative": False, "caption": ""})]
        page.save_revision().publish()
        make_all()
    return str(page.get_url())


def digest(picture: Picture) -> str:
    return str(picture.file.name).rpartition("/")[2].partition(".")[0]


def test_a_changed_picture_is_shown_at_once(address: str, picture: Picture, committed: Commits) -> None:
    before = digest(picture)
    assert before in Client().get(address).content.decode()
    with committed():
        picture.file = files.called("new.png", files.photograph("PNG", size=(700, 500)))  # type: ignore[assignment]
        picture.save()
        make_all()
    html = Client().get(address).content.decode()
    assert digest(picture) in html
    assert before not in html


def test_a_deleted_picture_is_gone_from_the_page_and_the_disk(
    address: str, picture: Picture, committed: Commits
) -> None:
    before, stored = digest(picture), str(picture.file.name)
    rendition = picture.get_rendition("width-480|format-webp")
    assert before in Client().get(address).content.decode()
    with committed():
        picture.delete()
    response = Client().get(address)
    assert response.status_code == 200
    assert before not in response.content.decode()
    assert not picture.file.storage.exists(stored)
    assert not picture.file.storage.exists(rendition.file.name)
    assert Client().get(rendition.url).status_code == 404


def owners() -> set[str]:
    return set(Change.objects.values_list("owner", flat=True))


@pytest.fixture
def film(shown: Shown, recording: Recording) -> Recording:
    """A recording on a page for staff, and nothing left to be indexed."""
    Change.objects.all().delete()
    return recording


def test_pages_are_indexed_anew_when_the_words_of_their_film_change(film: Recording, shown: Shown) -> None:
    both = {f"wagtailcore.page:{shown.page.pk}", f"media.recording:{film.pk}"}
    film.texts.create(kind="transcript", language="th", vtt="WEBVTT\n\n00:00.000 --> 00:02.000\nยินดีต้อนรับ\n")
    assert both <= owners()
    Change.objects.all().delete()
    film.texts.get(language="th").delete()
    assert both <= owners()
    Change.objects.all().delete()
    film.title = "Her first day"
    film.save()
    assert both <= owners()
    Change.objects.all().delete()
    film.delete()
    assert both <= owners()


def test_pages_are_indexed_anew_when_somebody_who_reads_a_text_aloud_is_renamed(film: Recording, shown: Shown) -> None:
    aloud = Recording.objects.create(title="Read aloud", file=files.called("aloud.wav", files.recording(seconds=1)))
    film.texts.create(kind="narration", language="en", vtt="WEBVTT\n\n00:00.000 --> 00:02.000\nHi.\n", spoken=aloud)
    Change.objects.all().delete()
    aloud.title = "Read aloud again"
    aloud.save()
    assert f"wagtailcore.page:{shown.page.pk}" in owners()


def test_a_text_that_is_taken_back_leaves_no_note(film: Recording, shown: Shown) -> None:
    with transaction.atomic():
        film.texts.create(kind="transcript", language="en", vtt="WEBVTT\n\n00:00.000 --> 00:02.000\nHi.\n")
        assert owners()
        transaction.set_rollback(True)
    assert not owners()


def test_sizes_of_a_picture_and_lighter_versions_of_a_film_tell_nothing_new(film: Recording, picture: Picture) -> None:
    make_all()
    film.variants.create(kind="sound", file=files.called("light.wav", files.recording(seconds=1)))
    assert not owners()
