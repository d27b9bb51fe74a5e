"""How do editors find, crop, replace and delete pictures?"""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection

from media.models import Leaflet, Picture, PictureRendition
from portal.home.models import HomePage, PlainPage
from portal.people.roles import Role
from tests.conftest import SignedIn
from tests.factories import people
from tests.media import files

pytestmark = pytest.mark.django_db


def form(picture: Picture, **changes: object) -> dict[str, object]:
    root = Collection.get_first_root_node()
    return {"title": "Loom", "alt_en": "A loom", "credit": "The centre", "rights": "own", "rights_note": "",
            "tags": "", "collection": root.pk, **changes}  # fmt: skip


@pytest.fixture
def curator(signed_in: SignedIn) -> Client:
    return signed_in(Role.CURATOR)


def test_what_lacks_words_or_credit_is_marked_and_found(curator: Client, picture: Picture) -> None:
    def found(**wanted: str) -> bool:
        return "Loom" in curator.get(reverse("wagtailimages:index_results"), wanted).content.decode()

    assert "Needs alternative text" in curator.get(reverse("wagtailimages:index")).content.decode()
    assert found(without_text="any")
    assert found(without_text="th")
    assert found(without_credit="yes")
    searched = curator.get(reverse("wagtailimages:index_results"), {"without_text": "th", "q": "loom"})
    assert searched.status_code == 200
    picture.alt, picture.credit, picture.rights = {"th": "กี่ทอผ้า"}, "The centre", "own"
    picture.save()
    assert not found(without_text="any")
    assert not found(without_text="th")
    assert found(without_text="en")
    assert not found(without_credit="yes")
    assert "Needs" not in curator.get(reverse("wagtailimages:index")).content.decode()
    picture.is_decorative = True
    picture.save()
    assert not found(without_text="en")


def test_an_unknown_filter_finds_all_and_breaks_nothing(curator: Client, picture: Picture) -> None:
    assert curator.get(reverse("wagtailimages:index"), {"without_text": "xx' OR 1"}).status_code == 200


def test_another_part_that_matters_lets_the_sizes_be_made_anew(curator: Client, picture: Picture) -> None:
    Picture.objects.update(renditions_made_at=timezone.now())
    address = reverse("wagtailimages:edit", args=[picture.pk])
    assert curator.post(address, form(picture)).status_code == 302
    picture.refresh_from_db()
    assert picture.renditions_made_at is not None
    box = {"focal_point_x": 100, "focal_point_y": 90, "focal_point_width": 80, "focal_point_height": 70}
    assert curator.post(address, form(picture, **box)).status_code == 302
    picture.refresh_from_db()
    assert (picture.focal_point_x, picture.focal_point_height) == (100, 70)
    assert picture.renditions_made_at is None


def test_the_page_to_edit_a_picture_makes_nothing_of_the_originals_size(curator: Client, picture: Picture) -> None:
    content = curator.get(reverse("wagtailimages:edit", args=[picture.pk])).content.decode()
    assert "focal-point-chooser" in content
    assert picture.file.name not in content
    assert not PictureRendition.objects.filter(filter_spec="original").exists()


def test_replacing_the_file_keeps_the_picture_and_its_uses(curator: Client, picture: Picture, home: HomePage) -> None:
    page = home.add_child(instance=PlainPage(title="Yard", slug="yard", cover=picture))
    other = files.called("b.png", files.photograph("PNG", size=(300, 300)))
    curator.post(reverse("wagtailimages:edit", args=[picture.pk]), form(picture, file=other))
    assert PlainPage.objects.get(pk=page.pk).cover.width == 300
    assert Picture.objects.count() == 1


def test_before_deleting_one_reads_where_it_is_used(signed_in: SignedIn, picture: Picture, home: HomePage) -> None:
    home.add_child(instance=PlainPage(title="The yard", slug="yard", cover=picture))
    address = reverse("wagtailimages:delete", args=[picture.pk])
    assert "The yard" not in signed_in(Role.CURATOR).get(address).content.decode()
    assert "The yard" in signed_in(person=people.administrator()).get(address).content.decode()


@pytest.mark.parametrize(
    ("name", "model", "file"),
    [
        ("wagtailimages:add", Picture, lambda: files.called("a.jpg", files.photograph())),
        ("wagtaildocs:add", Leaflet, lambda: files.called("a.pdf", files.leaflet())),
    ],
)
def test_the_same_file_again_is_stored_and_said(curator: Client, name: str, model: type, file: object) -> None:
    for _time in range(2):
        response = curator.post(reverse(name), form(None, file=file()), follow=True)  # type: ignore[arg-type, operator]
    assert "The same file is here already" in response.content.decode()
    assert model.objects.count() == 2  # type: ignore[attr-defined]


def test_an_outsider_changes_nothing(signed_in: SignedIn, picture: Picture) -> None:
    for client in (Client(), signed_in(Role.LEARNER), signed_in(Role.REVIEWER), signed_in(Role.AUTHOR)):
        for name in ("edit", "delete", "edit_multiple", "delete_multiple"):
            address = reverse(f"wagtailimages:{name}", args=[picture.pk])
            assert client.post(address, form(picture, title="Changed")).status_code in (302, 403, 404)
    assert Picture.objects.get().title == "Loom"
