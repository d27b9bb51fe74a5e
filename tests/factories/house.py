"""A small house: live pages of every kind, in a real tree, with what their kind cannot do without."""

from itertools import count
from typing import Any, TypeVar

from django.conf import settings
from wagtail.models import Locale, Page, Site

from exhibits.models import ExhibitionIndexPage, ExhibitionPage, RoomPage, StopPage
from lessons.articles.models import ArticleIndexPage, ArticlePage
from lessons.courses.models import CourseIndexPage, CoursePage, LessonPage, ModulePage
from lessons.manuals.models import ManualIndexPage, ManualPage, SectionPage
from portal.base.models import PortalPage
from portal.editions import gate
from portal.home.models import HomePage, PlainPage

AnyPage = TypeVar("AnyPage", bound=PortalPage)

#: Every kind of page, and the kind that it stands below.
PARENTS: dict[type[PortalPage], type[PortalPage]] = {
    PlainPage: HomePage,
    ArticleIndexPage: HomePage,
    ArticlePage: ArticleIndexPage,
    ManualIndexPage: HomePage,
    ManualPage: ManualIndexPage,
    SectionPage: ManualPage,
    ExhibitionIndexPage: HomePage,
    ExhibitionPage: ExhibitionIndexPage,
    RoomPage: ExhibitionPage,
    StopPage: RoomPage,
    CourseIndexPage: HomePage,
    CoursePage: CourseIndexPage,
    ModulePage: CoursePage,
    LessonPage: ModulePage,
}
#: What a kind of page cannot do without.
NEEDED: dict[type[PortalPage], dict[str, Any]] = {
    ManualPage: {"number": "KP-SOP-001"},
    StopPage: {"label": "A loom that nobody wanted to sell."},
}
_number = count(1)


def locale(code: str) -> Locale:
    return Locale.objects.get_or_create(language_code=code)[0]


def root() -> Page:
    """The root of the tree, without the page that Wagtail welcomes newcomers with."""
    locale(settings.LANGUAGE_CODE)
    found = Page.get_first_root_node() or Page.add_root(title="Root", slug="root", locale=locale("en"))
    for welcome in found.get_children().filter(content_type__model="page"):
        welcome.delete()
    return Page.objects.get(pk=found.pk)


def home(code: str = "en", **fields: Any) -> HomePage:
    """The home page of a language; the English one is the root of the site."""
    slug = "home" if code == settings.LANGUAGE_CODE else f"home-{code}"
    made: HomePage = root().add_child(
        instance=HomePage(**{"title": f"Home ({code})", "slug": slug, "locale": locale(code), **fields})
    )
    if code == settings.LANGUAGE_CODE:
        Site.objects.all().delete()
        Site.objects.create(hostname="localhost", port=80, root_page=made, is_default_site=True)
    return made


def page(kind: type[AnyPage], *, below: Page, title: str = "", **fields: Any) -> AnyPage:
    """A live page of some kind, in the language of its parent."""
    number = next(_number)
    made = kind(
        title=title or f"{kind.__name__} {number}",
        **{"slug": f"page-{number}", "locale": below.locale, **NEEDED.get(kind, {}), **fields},
    )
    # Asked for again: making another child changed the parent's row.
    with gate.opened():
        Page.objects.get(pk=below.pk).add_child(instance=made)
    return made


def way_to(kind: type[AnyPage], *, home: Page, **fields: Any) -> AnyPage:
    """A page of some kind with everything that must stand above it; what is there already is used again."""
    parent_kind = PARENTS[kind]
    found = None if parent_kind is HomePage else parent_kind.objects.descendant_of(home).first()
    above = home if parent_kind is HomePage else found or way_to(parent_kind, home=home)
    return page(kind, below=above, **fields)


def one_of_each(home: HomePage) -> dict[type[PortalPage], PortalPage]:
    """The whole house: one page of every kind."""
    return {HomePage: home, **{kind: way_to(kind, home=home) for kind in PARENTS}}
