"""May a picture be without words, and in which languages can they be written?"""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection

from media.models import Picture
from portal.people.roles import Role
from tests.conftest import SignedIn
from tests.media import files

pytestmark = pytest.mark.django_db
IN_ALL = {"en": "A loom", "th": "กี่ทอผ้า", "lo": "ກີ່ຕ່ຳຫູກ", "my": "ရက်ကန်းစင်", "km": "កីតម្បាញ", "vi": "Khung cửi"}


def form(**changes: object) -> dict[str, object]:
    root = Collection.get_first_root_node()
    return {"title": "Loom", "file": files.called("IMG_1.jpg", files.photograph()), "credit": "The centre",
            "rights": "own", "rights_note": "", "tags": "", "collection": root.pk, **changes}  # fmt: skip


@pytest.fixture
def author(signed_in: SignedIn) -> Client:
    return signed_in(Role.AUTHOR)


def test_words_are_kept_in_all_six_scripts(author: Client) -> None:
    words = {f"alt_{code}": text for code, text in IN_ALL.items()}
    assert author.post(reverse("wagtailimages:add"), form(**words)).status_code == 302
    assert Picture.objects.get().alt == IN_ALL


@pytest.mark.parametrize("address", ["wagtailimages:add", "wagtailimages_chooser:create"])
def test_a_picture_says_what_it_shows_or_only_decorates(author: Client, address: str) -> None:
    prefix = "image-chooser-upload-" if "chooser" in address else ""
    said = {f"{prefix}{name}": value for name, value in form().items()}
    response = author.post(reverse(address), said)
    assert "tick that it only decorates" in response.content.decode()
    assert not Picture.objects.exists()
    said[f"{prefix}file"] = files.called("IMG_1.jpg", files.photograph())
    author.post(reverse(address), {**said, f"{prefix}is_decorative": "on"})
    assert Picture.objects.get().is_decorative


@pytest.mark.parametrize(
    ("missing", "field"),
    [({"credit": ""}, "credit"), ({"rights": ""}, "rights"), ({"rights": "licensed"}, "rights_note")],
)
def test_credit_and_rights_are_required(author: Client, missing: dict[str, str], field: str) -> None:
    response = author.post(reverse("wagtailimages:add"), form(alt_en="A loom", **missing))
    assert list(response.context["form"].errors) == [field]


def test_a_text_that_is_too_long_is_refused_with_its_language(author: Client) -> None:
    response = author.post(reverse("wagtailimages:add"), form(alt_th="ก" * 501))
    assert "Thai" in response.context["form"].errors["alt"][0]


def test_every_language_has_a_field_with_its_lang(author: Client) -> None:
    content = author.get(reverse("wagtailimages:add")).content.decode()
    for code in IN_ALL:
        assert f'id="id_alt_{code}" lang="{code}"' in content
    assert content.index("id_alt_en") < content.index("<details") < content.index("id_alt_vi")


def test_the_editors_own_language_is_in_sight(signed_in: SignedIn) -> None:
    writer = signed_in(Role.AUTHOR)
    content = writer.get(reverse("wagtailimages:add"), headers={"accept-language": "th"}).content.decode()
    assert content.index("id_alt_en") < content.index("id_alt_th")


def test_the_name_of_the_file_is_not_suggested_as_the_title(author: Client) -> None:
    assert "w-sync" not in author.get(reverse("wagtailimages:add")).content.decode().partition("id_file")[2][:600]
