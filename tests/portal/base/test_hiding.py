"""Is a hidden page named anywhere, at any address, for anybody who may not know of it?"""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from exhibits.models import ExhibitionPage, RoomPage, StopPage
from lessons.articles.models import ArticleIndexPage, ArticlePage
from lessons.courses.models import CourseIndexPage, CoursePage, LessonPage, ModulePage
from lessons.manuals.models import ManualIndexPage, ManualPage, SectionPage
from media.index_pages import IndexPage
from portal.base.audience import Sensitivity
from portal.base.models import PortalPage
from portal.home.models import HomePage, PlainPage
from portal.people.roles import Role
from tests.conftest import Commits, SignedIn
from tests.factories import house

pytestmark = pytest.mark.usefixtures("unsigned")

SECRET = "Safe house behind the temple"
KINDS = list(house.PARENTS)
#: Index pages stand in a list of their own: the menu.
LISTED = [kind for kind in KINDS if not issubclass(kind, IndexPage)]
Browse = Callable[[tuple[Role, ...] | None], Client]
#: Whom a staff-only page must not become known to.
OUTSIDERS: list[tuple[Role, ...] | None] = [None, (), (Role.LEARNER,)]
INSIDERS = [(Role.AUTHOR,), (Role.REVIEWER,)]


@pytest.fixture
def browse(signed_in: SignedIn) -> Browse:
    """A browser of somebody with these roles; None is a visitor who is not signed in."""
    return lambda roles: Client() if roles is None else signed_in(*roles)


def addresses(home: HomePage) -> list[str]:
    """Everything that could name a page: all pages, sitemap, feeds, search and views with a menu."""
    every_page = [page.get_url() for page in home.get_root().get_descendants() if page.live]
    others = ["/sitemap.xml", "/robots.txt", "/en/lessons.xml", "/th/lessons.xml", "/en/accounts/login/", "/en/search/"]
    return [*every_page, *others, "/en/my-learning/", f"/en/search/?q={SECRET.split()[0]}", "/en/nothing-is-here/"]


def hide(kinds: list[type[PortalPage]], *, home: HomePage, **fields: Any) -> list[PortalPage]:
    """A house with a page of every kind, and beside it a hidden one of each of `kinds`."""
    house.one_of_each(home)
    hidden = [
        house.way_to(kind, home=home, title=SECRET, slug="safe-house", show_in_menus=True, **fields) for kind in kinds
    ]
    # One more article: the page of the list is not its own neighbour.
    house.page(ArticlePage, below=ArticleIndexPage.objects.get())
    return hidden


@pytest.mark.parametrize(
    "fields",
    [{"sensitivity": Sensitivity.STAFF}, {"audience_roles": [Role.AUTHOR, Role.REVIEWER]}, {"surfaces": ["kiosk"]}],
    ids=["by sensitivity", "by role", "by surface"],
)
def test_a_hidden_page_is_named_nowhere(
    home: HomePage, thai_home: HomePage, browse: Browse, fields: dict[str, Any]
) -> None:
    hidden = {page.get_url() for page in hide(LISTED, home=home, **fields)}
    for roles in OUTSIDERS:
        client = browse(roles)
        for address in addresses(home):
            if address in hidden:
                continue
            for _again in ("made", "from the cache"):
                said = client.get(address).content.decode()
                assert SECRET not in said, (roles, address)
                assert "safe-house" not in said, (roles, address)


def test_a_hidden_page_is_listed_for_those_whom_it_is_for(home: HomePage, browse: Browse) -> None:
    hidden = hide(LISTED, home=home, sensitivity=Sensitivity.STAFF)
    for roles in INSIDERS:
        client = browse(roles)
        for page in hidden:
            assert SECRET in client.get(page.get_parent().get_url()).content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_a_hidden_page_answers_as_if_it_did_not_exist(home: HomePage, browse: Browse, kind: type[PortalPage]) -> None:
    hidden = house.way_to(kind, home=home, title=SECRET, slug="safe-house", sensitivity=Sensitivity.STAFF)
    address = hidden.get_url()
    unknown = address.replace("safe-house", "sofa-horse")
    for roles in OUTSIDERS:
        client = browse(roles)
        for method in ("get", "head", "options", "post"):
            found, missing = getattr(client, method)(address), getattr(client, method)(unknown)
            assert found.status_code == missing.status_code == 404, (roles, method)
            assert found.content.replace(b"safe-house", b"sofa-horse") == missing.content
            assert dict(found.items()) == dict(missing.items())
    for roles in INSIDERS:
        assert browse(roles).get(address).status_code == 200


def test_what_is_below_a_hidden_page_is_named_nowhere_either(home: HomePage, browse: Browse) -> None:
    section = house.way_to(SectionPage, home=home, title=SECRET, slug="safe-house")
    manual = ManualPage.objects.get()
    manual.sensitivity = Sensitivity.STAFF
    manual.save()
    for roles in OUTSIDERS:
        client = browse(roles)
        assert client.get(section.get_url()).status_code == 404
        for address in (home.get_url(), ManualIndexPage.objects.get().get_url(), "/sitemap.xml"):
            assert manual.title not in client.get(address).content.decode()
            assert SECRET not in client.get(address).content.decode()


def test_the_language_switch_does_not_tell_of_a_hidden_translation(
    home: HomePage, thai_home: HomePage, browse: Browse
) -> None:
    page = house.page(PlainPage, below=home)
    house.page(
        PlainPage,
        below=thai_home,
        slug="safe-house",
        translation_key=page.translation_key,
        sensitivity=Sensitivity.STAFF,
    )
    for roles in OUTSIDERS:
        assert "safe-house" not in browse(roles).get(page.get_url()).content.decode()
    assert "safe-house" in browse((Role.AUTHOR,)).get(page.get_url()).content.decode()


def test_neighbours_lead_past_a_hidden_page(home: HomePage, browse: Browse) -> None:
    chains = [
        (ArticlePage, ArticleIndexPage), (SectionPage, ManualPage), (RoomPage, ExhibitionPage), (StopPage, RoomPage),
        (LessonPage, ModulePage),
    ]  # fmt: skip
    for kind, _above in chains:
        first = house.way_to(kind, home=home)
        above = first.get_parent()
        hidden = house.page(kind, below=above, sensitivity=Sensitivity.STAFF)
        last = house.page(kind, below=above)
        said = browse(None).get(first.get_url()).content.decode()
        assert last.get_url() in said, kind
        assert hidden.get_url() not in said, kind
        assert hidden.get_url() in browse((Role.AUTHOR,)).get(first.get_url()).content.decode(), kind


def test_a_link_to_a_page_that_was_hidden_later_is_gone(home: HomePage, browse: Browse) -> None:
    target = house.page(PlainPage, below=home, slug="safe-house", sensitivity=Sensitivity.STAFF)
    body = [
        ("call_to_action", {"text": "Go on", "page": target}),
        ("paragraph", f'<p>Read <a linktype="page" id="{target.pk}">the plan</a>.</p>'),
    ]
    page = house.page(PlainPage, below=home, body=body)
    for roles in OUTSIDERS:
        assert "safe-house" not in browse(roles).get(page.get_url()).content.decode()


def test_the_menu_and_the_lists_show_a_hidden_page_to_whom_it_is_for(home: HomePage, browse: Browse) -> None:
    index = house.way_to(CourseIndexPage, home=home, title=SECRET, show_in_menus=True, sensitivity=Sensitivity.PARTNER)
    course = house.page(CoursePage, below=index)
    assert SECRET not in browse(None).get("/en/").content.decode()
    assert SECRET not in browse(()).get("/en/").content.decode()
    learner = browse((Role.LEARNER,))
    assert SECRET in learner.get("/en/").content.decode()
    assert course.title in learner.get(index.get_url()).content.decode()


def test_an_old_address_does_not_tell_where_a_hidden_page_is_now(
    home: HomePage, browse: Browse, committed: Commits
) -> None:
    page = house.page(PlainPage, below=home, slug="a-plan", sensitivity=Sensitivity.STAFF)
    old = page.get_url()
    page.slug = "safe-house"
    with committed():
        page.save_revision().publish()
    for roles in OUTSIDERS:
        for address in (old, f"{old}?from=mail"):
            assert browse(roles).get(address).status_code == 404
    assert "safe-house" in browse((Role.AUTHOR,)).get(old).headers["Location"]
