"""What stands around every page: menu, language switch, breadcrumbs, the way out?"""

from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from wagtail.models import Page

from portal.base.audience import Surface, Viewer, viewer_of, visible_pages
from portal.base.languages import LANGUAGES, current_language, is_unchecked
from portal.base.page_cache import depends


@dataclass(frozen=True)
class Link:
    title: str
    url: str
    is_current: bool = False
    language_code: str = ""


@dataclass(frozen=True)
class LanguageLink:
    code: str
    name: str
    url: str
    is_current: bool
    is_translated: bool


def home_of(language_code: str) -> Page | None:
    """The home page in a language, or nothing where there is none yet."""
    return Page.objects.filter(depth=2, locale__language_code=language_code, live=True).first()


def home_address(language_code: str) -> str:
    return f"/{language_code}/"


def chrome_of_page(page: Page, viewer: Viewer, *, surface: str) -> dict[str, Any]:
    """The surroundings of a page, the same for every reader who is admitted to the same audiences."""
    return {
        **_constants(),
        **ways(viewer, surface=surface, current=page)._asdict(),
        "languages": languages_of_page(page, viewer, surface=surface),
        "breadcrumbs": breadcrumbs(page),
    }


def chrome_of_view(request: HttpRequest) -> dict[str, Any]:
    """A context processor: the surroundings of a view that is not a page; made only if a template asks."""
    found = cache(lambda: ways(viewer_of(request), surface=Surface.WEB))
    return {
        **_constants(),
        "menu": SimpleLazyObject(lambda: found().menu),
        "footer_menu": SimpleLazyObject(lambda: found().footer_menu),
        "languages": SimpleLazyObject(lambda: languages_of_address(request.get_full_path())),
        "breadcrumbs": [],
    }


def _constants() -> dict[str, Any]:
    language = current_language()
    return {
        "language": language,
        "site_name": settings.SITE_NAME,
        "exit_url": settings.EXIT_URL,
        "home_url": home_address(language.code),
        "is_unchecked": is_unchecked(language.code),
    }


class Ways(NamedTuple):
    """The pages below home: those of the menu, and those about the site itself, which stand at the foot."""

    menu: list[Link]
    footer_menu: list[Link]


def ways(viewer: Viewer, *, surface: str, current: Page | None = None) -> Ways:
    """The ways on in the reader's language; where it has none, those of the site's first language."""
    for code in (translation.get_language() or settings.LANGUAGE_CODE, settings.LANGUAGE_CODE):
        home = home_of(code)
        if home is None:
            continue
        depends(f"children:{home.pk}")
        pages = list(visible_pages(home.get_children(), viewer, surface))
        if pages:
            return Ways(
                menu=[_link(page, code, current) for page in pages if page.show_in_menus],
                footer_menu=[_link(page, code, current) for page in pages if not page.show_in_menus],
            )
    return Ways([], [])


def _link(page: Page, code: str, current: Page | None) -> Link:
    is_current = current is not None and current.path.startswith(page.path)
    return Link(page.title, page.get_url() or "", is_current=is_current, language_code=code)


def breadcrumbs(page: Page) -> list[Link]:
    """The way from the home page to the parent of `page`."""
    ancestors = list(page.get_ancestors().filter(depth__gte=2))
    depends(*(f"page:{ancestor.pk}" for ancestor in ancestors))
    return [Link(ancestor.title, ancestor.get_url() or "") for ancestor in ancestors]


def languages_of_page(page: Page, viewer: Viewer, *, surface: str) -> list[LanguageLink]:
    """The same page in the other languages; where it is not translated, that language's home page, and says so."""
    translations = visible_pages(page.get_translations(), viewer, surface).select_related("locale")
    addresses = {other.locale.language_code: other.get_url() for other in translations}
    here = page.locale.language_code
    return [
        LanguageLink(
            code=code,
            name=language.name,
            url=(page.get_url() if code == here else addresses.get(code)) or home_address(code),
            is_current=code == here,
            is_translated=code == here or code in addresses,
        )
        for code, language in LANGUAGES.items()
    ]


def languages_of_address(address: str) -> list[LanguageLink]:
    """The same view in the other languages: the interface is translated everywhere."""
    here = current_language().code
    return [
        LanguageLink(code, language.name, translate_url(address, code), code == here, is_translated=True)
        for code, language in LANGUAGES.items()
    ]
