"""How does what was frozen become a part of a page of today?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.apps import apps
from django.utils.safestring import SafeString

from portal.base.page_cache import remember
from portal.editions import store
from portal.editions.addresses import file_address
from portal.editions.chain import content_of
from portal.editions.freezing import SCHEME, thawed
from portal.editions.models import Edition, EditionPage
from portal.editions.pages import EditionedPage

#: What brings a frozen element to life: its name, and the script of today.
ELEMENTS = {
    "learn-checklist": "js/elements/learn-checklist.js",
    "learn-player": "js/elements/learn-player.js",
}
ELEMENT = re.compile(r"<(learn-[a-z-]+)")
SHOWN = re.compile(SCHEME + "([0-9a-f]{64})")


@dataclass(frozen=True)
class Fragment:
    """The HTML of a page of an edition, and what it needs. Without HTML: it is gone, or not what was signed."""

    html: SafeString
    scripts: Sequence[str] = ()
    styles: Sequence[str] = ()
    is_unchecked: bool = False


def fragment_of(edition: Edition, page: EditionPage) -> Fragment:
    try:
        frozen = store.kept(page.html_sha256).decode()
    except store.UnableToOpen:
        return Fragment(SafeString(""))
    scripts = [ELEMENTS[name] for name in dict.fromkeys(ELEMENT.findall(frozen)) if name in ELEMENTS]
    # It was made by our own templates, out of text that they escaped, and has the digest that was signed.
    html = SafeString(thawed(frozen, address_of=lambda sha256: file_address(edition, sha256)))
    return Fragment(
        html, scripts, styles_of(page), is_unchecked=(str(page.key), page.language) in unchecked_in(edition)
    )


def styles_of(page: EditionPage) -> Sequence[str]:
    """The style sheets that pages of this kind bring; none if there is no such kind any more."""
    try:
        kind = apps.get_model(page.type_name)
    except (LookupError, ValueError):
        return ()
    return kind.stylesheets if issubclass(kind, EditionedPage) else ()


def unchecked_in(edition: Edition) -> frozenset[tuple[str, str]]:
    """The pages, by key and language, whose translation nobody had checked. An edition never changes."""
    return remember(("unchecked", edition.pk), tags=(), find=lambda: _unchecked_in(edition))


def _unchecked_in(edition: Edition) -> frozenset[tuple[str, str]]:
    return frozenset(
        (page["key"], language)
        for page in content_of(edition)["pages"]
        for language, version in page["versions"].items()
        if version["unchecked"]
    )


def shown_in(edition: Edition) -> dict[str, frozenset[tuple[str, str]]]:
    """Which pages, by key and language, show a file with this digest."""
    return remember(("shown", edition.pk), tags=(), find=lambda: _shown_in(edition))


def _shown_in(edition: Edition) -> dict[str, frozenset[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = {}
    for page in EditionPage.objects.filter(edition=edition):
        try:
            frozen = store.kept(page.html_sha256).decode()
        except store.UnableToOpen:
            continue
        for sha256 in SHOWN.findall(frozen):
            found.setdefault(sha256, set()).add((str(page.key), page.language))
    return {sha256: frozenset(pages) for sha256, pages in found.items()}
