"""Does every change drop exactly the pages that show it?"""

from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from wagtail.models import Page

from lessons.articles.models import ArticleIndexPage, ArticlePage
from lessons.courses.models import CourseIndexPage
from lessons.manuals.models import ManualPage, SectionPage
from portal.base.audience import Sensitivity
from portal.base.models import PortalPage
from portal.base.page_cache import rendering
from portal.home.models import HomePage, PlainPage
from tests.conftest import Commits
from tests.factories import house

pytestmark = pytest.mark.usefixtures("unsigned")

Made = list[int]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Made:
    """The ids of the pages that were really made, in order."""
    ids: Made = []
    answer = rendering.answer

    def counted(page: PortalPage, request: HttpRequest) -> HttpResponse:
        ids.append(page.pk)
        return answer(page, request)

    monkeypatch.setattr(rendering, "answer", counted)
    return ids


@pytest.fixture
def look(made: Made) -> Callable[[Page], str]:
    """What a visitor sees of a page; `made` says whether it had to be made."""
    client = Client()

    def look(page: Page) -> str:
        made.clear()
        return client.get(page.get_url()).content.decode()

    return look


Look = Callable[[Page], str]


def publish(page: Page, **fields: object) -> None:
    page = Page.objects.get(pk=page.pk).specific
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def test_a_page_is_made_once(home: HomePage, look: Look, made: Made) -> None:
    first = look(home)
    assert made == [home.pk]
    assert look(home) == first
    assert made == []


def test_a_published_change_shows_at_once_and_makes_nothing_else_anew(
    home: HomePage, look: Look, made: Made, committed: Commits
) -> None:
    page, neighbour = house.way_to(ArticlePage, home=home), house.way_to(SectionPage, home=home)
    look(page), look(neighbour)
    with committed():
        publish(page, title="A new title")
    assert "A new title" in look(page)
    look(neighbour)
    assert made == []


def test_a_change_that_did_not_happen_drops_nothing(home: HomePage, look: Look, made: Made) -> None:
    look(home)
    # The transaction of this test never commits.
    publish(home, title="Never committed")
    look(home)
    assert made == []


def test_an_unpublished_page_is_gone_at_once_and_so_is_its_place_in_the_list(
    home: HomePage, look: Look, committed: Commits
) -> None:
    article = house.way_to(ArticlePage, home=home, title="On doors")
    index = ArticleIndexPage.objects.get()
    assert "On doors" in look(article)
    assert "On doors" in look(index)
    with committed():
        article.unpublish()
    assert Client().get(article.get_url()).status_code == 404
    assert "On doors" not in look(index)


def test_a_new_address_shows_everywhere(home: HomePage, look: Look, committed: Commits) -> None:
    article = house.way_to(ArticlePage, home=home, slug="before")
    index = ArticleIndexPage.objects.get()
    look(index), look(home), look(article)
    with committed():
        publish(article, slug="afterwards")
    assert "afterwards" in look(index)
    assert "before" not in look(index)


def test_a_page_that_moved_is_found_at_its_new_place_only(home: HomePage, look: Look, committed: Commits) -> None:
    one, two = (house.page(PlainPage, below=home, show_in_menus=True) for _ in range(2))
    below = house.page(PlainPage, below=one)
    old = below.get_url()
    look(below)
    with committed():
        PlainPage.objects.get(pk=below.pk).move(Page.objects.get(pk=two.pk), pos="last-child")
    moved = PlainPage.objects.get(pk=below.pk)
    assert Client().get(old).headers["Location"] == moved.get_url()
    assert two.title in look(moved)


def test_the_order_of_siblings_shows_at_once(home: HomePage, look: Look, committed: Commits) -> None:
    first = house.way_to(SectionPage, home=home, title="Intake")
    manual = ManualPage.objects.get()
    second = house.page(SectionPage, below=manual, title="Tracing")
    assert look(manual).index("Intake") < look(manual).index("Tracing")
    with committed():
        SectionPage.objects.get(pk=second.pk).move(Page.objects.get(pk=first.pk), pos="left")
    assert look(manual).index("Tracing") < look(manual).index("Intake")


def test_the_title_of_a_parent_shows_in_the_breadcrumbs_below(home: HomePage, look: Look, committed: Commits) -> None:
    section = house.way_to(SectionPage, home=home)
    look(section)
    with committed():
        publish(section.get_parent(), title="Protection, second edition")
    assert "Protection, second edition" in look(section)


def test_a_new_child_shows_in_the_list_and_on_the_home_page(home: HomePage, look: Look, committed: Commits) -> None:
    house.way_to(ArticlePage, home=home)
    house.way_to(SectionPage, home=home)
    index = ArticleIndexPage.objects.get()
    house.page(CourseIndexPage, below=home)
    look(index), look(home)
    with committed():
        house.page(ArticlePage, below=index, title="What the rain taught us")
    assert "What the rain taught us" in look(index)
    assert "What the rain taught us" in look(home)


def test_a_new_page_of_the_menu_shows_on_pages_far_away(home: HomePage, look: Look, committed: Commits) -> None:
    section = house.way_to(SectionPage, home=home)
    look(section)
    with committed():
        house.page(PlainPage, below=home, title="About the house", show_in_menus=True)
    assert "About the house" in look(section)


def test_a_new_translation_shows_in_the_language_switch(
    home: HomePage, thai_home: HomePage, look: Look, committed: Commits
) -> None:
    page = house.page(PlainPage, below=home, slug="about")
    assert "/th/krasuang/" not in look(page)
    with committed():
        house.page(PlainPage, below=thai_home, slug="krasuang", translation_key=page.translation_key)
    assert "/th/krasuang/" in look(page)


def test_a_translation_hidden_by_its_parent_leaves_the_language_switch(
    home: HomePage, thai_home: HomePage, look: Look, committed: Commits
) -> None:
    page = house.page(PlainPage, below=home)
    above = house.page(PlainPage, below=thai_home)
    house.page(PlainPage, below=above, slug="thai-page", translation_key=page.translation_key)
    assert "thai-page" in look(page)
    with committed():
        publish(above, sensitivity=Sensitivity.STAFF)
    assert "thai-page" not in look(page)


def test_a_page_that_is_quoted_and_then_hidden_is_quoted_no_longer(
    home: HomePage, look: Look, committed: Commits
) -> None:
    target = house.page(PlainPage, below=home, slug="the-plan")
    quoting = house.page(PlainPage, below=home, body=[("call_to_action", {"text": "Go on", "page": target})])
    publish(quoting)
    assert "the-plan" in look(quoting)
    with committed():
        publish(target, sensitivity=Sensitivity.STAFF)
    assert "the-plan" not in look(quoting)


def test_a_deleted_page_is_gone_from_everything(home: HomePage, look: Look, committed: Commits) -> None:
    article = house.way_to(ArticlePage, home=home, title="On doors")
    index = ArticleIndexPage.objects.get()
    look(index), look(article)
    with committed():
        ArticlePage.objects.get(pk=article.pk).delete()
    assert Client().get(article.get_url()).status_code == 404
    assert "On doors" not in look(index)


def test_a_page_made_while_a_change_commits_is_not_used_again(
    home: HomePage, look: Look, made: Made, committed: Commits, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = house.page(PlainPage, below=home, title="Old")
    template = PlainPage.get_template

    def slowly(self: PlainPage, *args: object, **kwargs: object) -> str:
        """Somebody publishes while this page, read already, is being made."""
        monkeypatch.setattr(PlainPage, "get_template", template)
        with committed():
            publish(page, title="New")
        return template(self, *args, **kwargs)

    monkeypatch.setattr(PlainPage, "get_template", slowly)
    assert "Old" in look(page)
    assert "New" in look(page)
    assert made == [page.pk]
