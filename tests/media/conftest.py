"""A picture, a recording and a leaflet on one of its pages."""

from dataclasses import dataclass

import pytest

from media.models import Leaflet, Picture, Recording
from portal.base.audience import Sensitivity
from portal.home.models import HomePage, PlainPage
from tests.media import files


@pytest.fixture
def picture(db: None) -> Picture:
    return Picture.objects.create(
        title="Loom",
        file=files.called("loom.jpg", files.photograph()),
        alt={"en": "A loom"},
        credit="The centre",
        rights="own",
    )


@pytest.fixture
def recording(db: None) -> Recording:
    recording = Recording.objects.create(title="Welcome", file=files.called("welcome.wav", files.recording()))
    recording.texts.create(kind="captions", language="en", vtt="WEBVTT\n\n00:00.000 --> 00:02.000\nWelcome.\n")
    return recording


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
    heard = [recording.url, f"/files/texts/{recording.pk}/captions.en.vtt"]
    return Shown(page, [f"/files/{picture.file.name}"], [*renditions, *heard, leaflet.url])
