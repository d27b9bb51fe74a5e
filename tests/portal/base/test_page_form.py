"""Can a page be saved by somebody whose browser has not filled in its address?"""

import re
from typing import Any

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.test import Client, RequestFactory
from wagtail.models import Page

from portal.base.creating_once import FIELD, CreatedMeanwhile
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


def key_in(answer: Any) -> str:
    found = re.search(rf'name="{FIELD}" value="(\w+)"', answer.content.decode())
    assert found is not None
    return found[1]


def test_what_is_saved_twice_at_once_is_one_page_with_the_newer_words(home: HomePage, client: Client) -> None:
    client.force_login(people.administrator())
    address = f"/admin/pages/add/home/plainpage/{home.pk}/"
    key = key_in(client.get(address))
    assert key_in(client.get(address)) != key
    by_itself = {**posted("A new door"), "slug": "a-new-door", FIELD: key}
    assert client.post(address, by_itself).status_code == 302
    answer = client.post(address, {**by_itself, "summary": "It opens inwards."})
    assert answer.status_code == 302, answer.context["form"].errors
    page = Page.objects.get(title="A new door").specific
    assert page.get_latest_revision_as_object().summary == "It opens inwards."


def test_what_was_saved_by_itself_before_the_click_and_arrives_after_it_is_no_newer_version(
    home: HomePage, client: Client
) -> None:
    client.force_login(people.administrator())
    address = f"/admin/pages/add/home/plainpage/{home.pk}/"
    form = {**posted("A new door"), "slug": "a-new-door", FIELD: key_in(client.get(address))}
    assert client.post(address, {**form, "summary": "It opens inwards."}).status_code == 302
    late = client.post(address, form, headers={"Accept": "application/json"})
    assert (late.status_code, late.json()["error_code"]) == (400, "invalid_revision")
    page = Page.objects.get(title="A new door").specific
    assert page.get_latest_revision_as_object().summary == "It opens inwards."
    assert page.revisions.count() == 1


def test_what_is_saved_by_itself_again_for_its_answer_was_lost_is_kept(home: HomePage, client: Client) -> None:
    client.force_login(people.administrator())
    address = f"/admin/pages/add/home/plainpage/{home.pk}/"
    form = {**posted("A new door"), "slug": "a-new-door", FIELD: key_in(client.get(address))}
    for summary in ("It opens.", "It opens inwards."):
        answer = client.post(address, {**form, "summary": summary}, headers={"Accept": "application/json"})
        assert answer.json()["success"], answer.json()
    assert client.post(address, {**form, "summary": "Outwards."}).status_code == 302
    late = client.post(address, form, headers={"Accept": "application/json"})
    assert late.status_code == 400
    page = Page.objects.get(title="A new door").specific
    assert page.get_latest_revision_as_object().summary == "Outwards."


def test_the_second_request_waits_for_the_page_that_the_first_is_making(home: HomePage, client: Client) -> None:
    """Both found the address free; the second is refused when it stores its page, and stores a draft instead."""
    client.force_login(people.administrator())
    address = f"/admin/pages/add/home/plainpage/{home.pk}/"
    form = {**posted("A new door"), "slug": "a-new-door", FIELD: key_in(client.get(address))}
    request: Any = RequestFactory().post(address, form)
    request.user = people.administrator()
    request.session = client.session
    request._messages = CookieStorage(request)
    request._dont_enforce_csrf_checks = True
    client.post(address, form)
    answer = CreatedMeanwhile(lambda _request: HttpResponse()).process_exception(request, ValidationError("taken"))
    assert answer is not None
    assert answer.status_code == 302
    assert Page.objects.filter(title="A new door").count() == 1


def test_the_key_of_somebody_else_opens_nothing(home: HomePage, client: Client) -> None:
    client.force_login(people.administrator())
    address = f"/admin/pages/add/home/plainpage/{home.pk}/"
    form = {**posted("A new door"), "slug": "a-new-door", FIELD: key_in(client.get(address))}
    client.post(address, form)
    client.force_login(people.make_person(is_superuser=True))
    answer = client.post(address, {**form, "title": "Another"})
    assert "slug" in answer.context["form"].errors
    assert not Page.objects.filter(title="Another").exists()
