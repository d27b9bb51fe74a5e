"""A small house with people in it, and a picture, a recording and a leaflet on one of its pages."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, Site

from media.models import Leaflet, Picture, Recording
from portal.base.audience import Sensitivity, forget_admitted
from portal.base.page_cache import store
from portal.home.models import HomePage, PlainPage
from portal.people.actions import grant
from portal.people.models import Centre, User
from portal.people.roles import Role
from tests.media import files


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """Ids come again in another test, so nothing that is kept under an id may stay."""
    cache.clear()
    forget_admitted()
    store.wholes.clear()
    store.parts.clear()


@pytest.fixture
def home(db: None) -> HomePage:
    root = Page.get_first_root_node()
    Page.objects.filter(depth=2).delete()
    root = Page.objects.get(pk=root.pk)
    home = root.add_child(instance=HomePage(title="Home", slug="en"))
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "localhost", "root_page": home})
    return home


@pytest.fixture
def centre(db: None) -> Centre:
    return Centre.objects.create(name="A made-up centre", code="MADEUP", kind=Centre.Kind.HOME)


@pytest.fixture
def somebody(centre: Centre) -> Callable[..., Client]:
    """A browser in which a person with some role is signed in."""
    chief = User.objects.create_superuser("", email="chief@example.org")

    def signed_in(role: Role) -> Client:
        person = User.objects.create_person(email=f"{role}@example.org")
        grant(role, to=person, centre=centre, by=chief, at=timezone.now())
        client = Client()
        client.force_login(person)
        return client

    return signed_in


@pytest.fixture
def picture(db: None) -> Picture:
    return Picture.objects.create(title="Loom", file=files.called("loom.jpg", files.photograph()))


@pytest.fixture
def recording(db: None) -> Recording:
    return Recording.objects.create(
        title="Welcome",
        file=files.called("welcome.wav", files.recording()),
        transcript="Welcome.",
        captions="WEBVTT\n\n00:00.000 --> 00:02.000\nWelcome.\n",
    )


@pytest.fixture
def leaflet(db: None) -> Leaflet:
    return Leaflet.objects.create(title="Your rights", file=files.called("rights.pdf", files.leaflet()))


@dataclass
class Shown:
    """A page that only staff may see, and the addresses of all that it uses."""

    page: PlainPage
    originals: list[str]
    addresses: list[str]


@pytest.fixture
def shown(home: HomePage, picture: Picture, recording: Recording, leaflet: Leaflet) -> Shown:
    page = home.add_child(
        instance=PlainPage(
            title="For staff",
            slug="for-staff",
            sensitivity=Sensitivity.STAFF,
            cover=picture,
            body=[
                ("paragraph", f'<p><a linktype="document" id="{leaflet.pk}">Rights</a></p>'),
                ("recording", {"recording": recording, "title": ""}),
            ],
        )
    )
    renditions = [picture.get_rendition(spec).url for spec in ("width-480|format-webp", "width-100")]
    heard = [recording.url, f"/files/captions/{recording.pk}.vtt"]
    return Shown(page, [f"/files/{picture.file.name}"], [*renditions, *heard, leaflet.url])
