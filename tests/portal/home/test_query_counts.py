"""How many queries does each page cost, made anew, and does the count stay when the rows grow?"""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page
from zeal import zeal_context

from exhibits.models import ExhibitionIndexPage, ExhibitionPage, RoomPage, StopPage
from lessons.articles.models import ArticleIndexPage, ArticlePage
from lessons.courses.models import CourseIndexPage, CoursePage, LessonPage, ModulePage
from lessons.manuals.models import ManualIndexPage, ManualPage, SectionPage
from media.models import Picture
from portal.base.models import PortalPage
from portal.base.page_cache import store
from portal.home.models import HomePage, PlainPage
from portal.people.roles import Role
from tests.conftest import SignedIn
from tests.factories import house
from tests.media import files

#: Queries of a visitor's request when nothing is kept. Raise one only with a reason.
PINNED: dict[type[PortalPage], int] = {
    HomePage: 39,
    PlainPage: 16,
    ArticleIndexPage: 22,
    ArticlePage: 23,
    ManualIndexPage: 22,
    # One for the editions behind them, issued or not.
    ManualPage: 21,
    SectionPage: 23,
    ExhibitionIndexPage: 22,
    ExhibitionPage: 28,
    RoomPage: 28,
    StopPage: 32,
    CourseIndexPage: 22,
    CoursePage: 22,
    ModulePage: 24,
    LessonPage: 26,
}
KINDS: list[type[PortalPage]] = [HomePage, *house.PARENTS]
#: What to add to a page to see whether its count grows.
GROWING: dict[type[PortalPage], list[type[PortalPage]]] = {
    HomePage: [ArticlePage, CoursePage, ManualPage, ExhibitionPage, PlainPage],
    PlainPage: [PlainPage],
    ArticleIndexPage: [ArticlePage],
    ArticlePage: [ArticlePage],
    ManualIndexPage: [ManualPage],
    ManualPage: [SectionPage],
    SectionPage: [SectionPage],
    ExhibitionIndexPage: [ExhibitionPage],
    ExhibitionPage: [RoomPage, StopPage],
    RoomPage: [RoomPage, StopPage],
    StopPage: [RoomPage, StopPage],
    CourseIndexPage: [CoursePage],
    CoursePage: [ModulePage, LessonPage],
    ModulePage: [ModulePage, LessonPage],
    LessonPage: [ModulePage, LessonPage],
}


@pytest.fixture
def picture(db: None) -> Picture:
    return Picture.objects.create(title="Loom", file=files.called("loom.jpg", files.photograph()))


def grow(kind: type[PortalPage], *, home: HomePage, picture: Picture, to: int) -> PortalPage:
    """A page of `kind`, in a house with `to` rows of everything that it lists, all with pictures."""
    page = kind.objects.descendant_of(home, inclusive=True).first() or house.way_to(kind, home=home, cover=picture)
    for child in GROWING[kind]:
        while child.objects.count() < to:
            fields = {"show_in_menus": True} if child is PlainPage else {"cover": picture}
            house.way_to(child, home=home, **fields)
    return page


def cost(page: Page, client: Client) -> tuple[int, str]:
    """The queries of a request that finds nothing kept; asked twice, so that renditions and types are known.
    A third time zeal watches that none of them stands in a loop."""
    for _ in range(2):
        store.wholes.clear()
        store.parts.clear()
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page.get_url()).status_code == 200
    queries = [query["sql"] for query in asked]
    store.wholes.clear()
    with zeal_context():
        client.get(page.get_url())
    return len(queries), "\n".join(queries)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_the_count_is_pinned_and_does_not_grow_with_the_rows(
    kind: type[PortalPage], home: HomePage, picture: Picture
) -> None:
    few, _asked = cost(grow(kind, home=home, picture=picture, to=3), Client())
    many, asked_many = cost(grow(kind, home=home, picture=picture, to=12), Client())
    assert few == many, asked_many
    assert many == PINNED.get(kind), asked_many


def test_a_page_that_is_kept_costs_no_query_at_all(home: HomePage, picture: Picture) -> None:
    page = grow(SectionPage, home=home, picture=picture, to=3)
    client = Client()
    client.get(page.get_url())
    with CaptureQueriesContext(connection) as asked:
        client.get(page.get_url())
    assert len(asked) == 0


def asked_for_again(page: PortalPage, client: Client) -> list[str]:
    """The queries of a page that this person has read a moment ago."""
    client.get(page.get_url())
    with CaptureQueriesContext(connection) as asked:
        client.get(page.get_url())
    return [query["sql"] for query in asked]


# What happens in a transaction that may be rolled back is not remembered.
@pytest.mark.django_db(transaction=True)
def test_a_kept_page_costs_a_learner_only_what_is_theirs(home: HomePage, signed_in: SignedIn) -> None:
    page = house.way_to(SectionPage, home=home)
    asked = asked_for_again(page, signed_in(Role.LEARNER))
    assert len(asked) == 3, asked
    assert "wagtailcore" not in " ".join(asked)
