"""Two people write the same page, and neither loses a word without knowing it."""

import re
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from portal.base.overtaken import BEGAN, ON_TOP
from portal.home.models import HomePage, PlainPage
from portal.people.models import User
from portal.people.roles import Role
from tests.factories import house, people
from tests.portal.base.test_page_form import posted

pytestmark = pytest.mark.django_db


class Writer:
    """Somebody with a page open in the editor, in a browser of their own."""

    def __init__(self, person: User, page: Page, **headers: str) -> None:
        self.client, self.page, self.headers = Client(headers=headers), page, headers
        self.client.force_login(person)
        self.kept: dict[str, str] = {}
        self.remember(self.client.get(self.address))

    @property
    def address(self) -> str:
        return f"/admin/pages/{self.page.pk}/edit/"

    def remember(self, answer: Any) -> None:
        """What the form in the browser holds besides what is typed."""
        html = answer.content.decode()
        names = [BEGAN, "loaded_revision_id", "loaded_revision_created_at"]
        found = {name: re.search(rf'name="{name}" value="([^"]*)"', html) for name in names}
        self.kept = {name: match[1] for name, match in found.items() if match}

    def saves(self, title: str, **more: str) -> Any:
        answer = self.client.post(self.address, {**posted(title), "slug": "door", **self.kept, **more})
        if answer.status_code == 200 and not self.headers:
            self.remember(answer)
        return answer


@pytest.fixture
def page(home: HomePage) -> Page:
    made = house.page(PlainPage, below=home, title="Door", slug="door")
    made.save_revision(user=people.administrator())
    return made


def somebody() -> User:
    return people.make_person(Role.CURATOR, is_superuser=True, first_name="Malee")


def title_of(page: Page) -> str:
    return str(Page.objects.get(pk=page.pk).get_latest_revision_as_object().title)


@pytest.fixture
def two(page: Page) -> tuple[Writer, Writer]:
    return Writer(somebody(), page), Writer(people.administrator(), page)


def test_the_second_who_saves_is_told_and_keeps_what_was_typed(page: Page, two: tuple[Writer, Writer]) -> None:
    first, second = two
    assert first.saves("Words of the first").status_code == 302
    answer = second.saves("Words of the second")
    html = answer.content.decode()
    assert title_of(page) == "Words of the first"
    assert "Words of the second" in html
    assert "Malee has saved this page" in html
    assert re.search(rf"/admin/pages/{page.pk}/revisions/compare/\d+\.\.\.\d+/", html)
    # Saving again says nothing new: it is still not known whether they mean it.
    assert second.saves("Words of the second").status_code == 200
    assert title_of(page) == "Words of the first"


def test_whoever_agrees_saves_on_top(page: Page, two: tuple[Writer, Writer]) -> None:
    first, second = two
    first.saves("Words of the first")
    agreed = agreement(second.saves("Words of the second"))
    assert second.saves("Words of the second", **{ON_TOP: agreed}).status_code == 302
    assert title_of(page) == "Words of the second"


def test_it_was_agreed_to_save_on_top_of_just_that(page: Page, two: tuple[Writer, Writer]) -> None:
    first, second = two
    first.saves("Words of the first")
    agreed = agreement(second.saves("Words of the second"))
    first.remember(first.client.get(first.address))
    first.saves("More words of the first")
    assert second.saves("Words of the second", **{ON_TOP: agreed}).status_code == 200
    assert title_of(page) == "More words of the first"


def agreement(answer: Any) -> str:
    found = re.search(rf'name="{ON_TOP}" value="([^"]+)"', answer.content.decode())
    assert found is not None
    return found[1]


def test_what_wagtail_saves_by_itself_overwrites_nobody(page: Page) -> None:
    first = Writer(somebody(), page)
    second = Writer(people.administrator(), page, Accept="application/json")
    first.saves("Words of the first")
    assert second.saves("Words of the second").status_code == 400
    # The same after the form was shown again, when Wagtail believes that it is up to date.
    second.kept |= {name: value for name, value in Writer(somebody(), page).kept.items() if name != BEGAN}
    assert second.saves("Words of the second").status_code == 400
    assert title_of(page) == "Words of the first"


def test_a_page_without_drafts_is_no_exception(home: HomePage) -> None:
    page = house.page(PlainPage, below=home, title="Door", slug="door")
    second, first = Writer(people.administrator(), page), Writer(somebody(), page)
    assert first.saves("Words of the first").status_code == 302
    assert second.saves("Words of the second").status_code == 200
    assert title_of(page) == "Words of the first"


def test_nobody_is_stopped_by_what_they_have_saved_themselves(page: Page, two: tuple[Writer, Writer]) -> None:
    first, _second = two
    assert first.saves("Words").status_code == 302
    assert first.saves("More words").status_code == 302
    assert title_of(page) == "More words"


@pytest.mark.parametrize("mark", ["x", "1@", "1@9", "@2026-01-01T00:00:00", "9" * 40 + "@2026-01-01T00:00:00+00:00"])
def test_a_mark_that_is_none_is_no_error(page: Page, two: tuple[Writer, Writer], mark: str) -> None:
    first, _second = two
    first.kept = {BEGAN: mark}
    assert first.saves("Words").status_code in (200, 302)
