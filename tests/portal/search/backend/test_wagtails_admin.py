"""Do the lists and choosers of Wagtail's admin find what they should, whatever is typed, in every engine?"""

from typing import Any

import pytest
from django.test import Client
from modelsearch.index import insert_or_update_object
from wagtail.documents import get_document_model
from wagtail.images.tests.utils import get_test_image_file

from lessons.articles.models import ArticlePage
from media.models import Picture, Recording
from portal.home.models import HomePage
from portal.people.roles import Role
from portal.search import feeding
from tests.conftest import SignedIn
from tests.factories import house, people

ADDRESSES = {
    "pages": "/admin/pages/search/?q=",
    "pages found": "/admin/pages/search/results/?q=",
    "page chooser": "/admin/choose-page/search/?q=",
    "pictures": "/admin/images/results/?q=",
    "picture chooser": "/admin/images/chooser/results/?q=",
    "leaflets": "/admin/documents/results/?q=",
    "leaflet chooser": "/admin/documents/chooser/results/?q=",
    "recordings": "/admin/recordings/results/?q=",
    "recording chooser": "/admin/recording_chooser/results/?q=",
}
THAI = "การคัดแยกผู้เสียหาย"
NAUGHTY = ['"', f'"{THAI}', f"{THAI}\0", "\0", "ก" * 10_000, "a " * 5_000, "silk*", "NEAR(", "'", "\\", "%", "()", " "]


@pytest.fixture(params=["whoosh", "without index", "database"])
def found_by(request: Any, settings: Any, home: HomePage) -> str:
    """Something of each kind with a Thai name, and an engine that knows of it."""
    if request.param == "database":
        engine = {"BACKEND": "portal.search.backend.database", "AUTO_UPDATE": True}
        settings.MODELSEARCH_BACKENDS = settings.WAGTAILSEARCH_BACKENDS = {"default": engine}
    house.way_to(ArticlePage, home=home, title=THAI)
    Picture.objects.create(title=THAI, file=get_test_image_file())
    [leaflet] = get_document_model().objects.bulk_create([get_document_model()(title=THAI, file="leaflet.pdf")])
    [recording] = Recording.objects.bulk_create([Recording(title=THAI, file="recording.mp3")])
    for thing in (leaflet, recording):
        # Their files are another test's concern.
        insert_or_update_object(thing)
    if request.param == "whoosh":
        feeding.empty()
        feeding.drain()
    return str(request.param)


@pytest.fixture
def admin(client: Client, db: None) -> Client:
    client.force_login(people.administrator())
    return client


@pytest.mark.parametrize("place", ADDRESSES)
def test_what_is_asked_in_thai_is_found(found_by: str, admin: Client, place: str) -> None:
    # Only a part is asked for: what was asked stands in every answer.
    assert THAI in admin.get(ADDRESSES[place] + "ผู้เสียหาย").content.decode()
    assert THAI not in admin.get(ADDRESSES[place] + "ผ้าไหม").content.decode()


@pytest.mark.parametrize("place", ADDRESSES)
def test_whatever_is_typed_is_answered(found_by: str, admin: Client, place: str) -> None:
    for text in NAUGHTY:
        assert admin.get(ADDRESSES[place].removesuffix("?q="), {"q": text}).status_code == 200, ascii(text[:20])


@pytest.mark.parametrize("place", ADDRESSES)
def test_an_outsider_finds_nothing_in_the_admin(found_by: str, signed_in: SignedIn, place: str) -> None:
    answer = signed_in(Role.LEARNER).get(ADDRESSES[place] + "ผู้เสียหาย", follow=True)
    assert (answer.status_code in (200, 403, 404), THAI in answer.content.decode()) == (True, False)
