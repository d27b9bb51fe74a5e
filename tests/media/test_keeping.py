"""When a file changes, do the pages that show it change with it?"""

import pytest
from django.test import Client

from media.models import Picture
from media.renditions_making import make_all
from portal.base.audience import Sensitivity
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
