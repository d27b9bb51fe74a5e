"""Can a page be saved by somebody whose browser has not filled in its address?"""

import pytest
from django.test import Client
from wagtail.models import Page

from portal.home.models import HomePage
from tests.factories import people

pytestmark = pytest.mark.django_db


def posted(title: str) -> dict[str, str]:
    return {
        "title": title, "slug": "", "summary": "", "cover": "", "cover_alt": "", "body-count": "0",
        "sensitivity": "0", "surfaces": "web", "seo_title": "", "search_description": "", "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0", "comments-MIN_NUM_FORMS": "0", "comments-MAX_NUM_FORMS": "1000",
    }  # fmt: skip


@pytest.mark.parametrize("title", ["A new door", "ประตูบานใหม่"])
def test_a_page_without_an_address_gets_one_of_its_title(home: HomePage, client: Client, title: str) -> None:
    client.force_login(people.administrator())
    answer = client.post(f"/admin/pages/add/home/plainpage/{home.pk}/", posted(title))
    assert answer.status_code == 302, answer.context["form"].errors
    assert Page.objects.get(title=title).slug


def test_two_pages_of_one_title_get_two_addresses(home: HomePage, client: Client) -> None:
    client.force_login(people.administrator())
    for _time in range(2):
        assert client.post(f"/admin/pages/add/home/plainpage/{home.pk}/", posted("A door")).status_code == 302
    assert len(set(Page.objects.filter(title="A door").values_list("slug", flat=True))) == 2
