"""Where does an edition stand, for ever?

Addresses hold the code and the number that are printed on paper. Nothing in them changes with the tree, the titles or
the media library; the slug of a section is the one that was frozen with it.
"""

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from portal.editions.models import Edition, EditionPage


def history_address(code: str, *, language: str) -> str:
    """All editions of a code."""
    return _localized("edition_history", code, language=language)


def current_address(code: str, *, language: str) -> str:
    """The way to the manual that is in force."""
    return _localized("edition_current", code, language=language)


def edition_address(edition: Edition, *, language: str) -> str:
    """The cover and the contents of an edition."""
    return _localized("edition", edition.code, edition.number, language=language)


def page_address(edition: Edition, page: EditionPage) -> str:
    """A page of an edition; the first one stands on the cover."""
    if page.parent is None:
        return edition_address(edition, language=page.language)
    return _localized("edition_section", edition.code, edition.number, page.slug, language=page.language)


def pdf_address(edition: Edition, *, language: str) -> str:
    return _localized("edition_pdf", edition.code, edition.number, language=language)


def file_address(edition: Edition, sha256: str) -> str:
    """A file that an edition keeps, the same in all languages."""
    return reverse("edition_file", args=[edition.code, edition.number, sha256])


def short_address(edition: Edition) -> str:
    """What a square on paper says: it answers for this very printed edition, in the language of whoever asks."""
    return f"{settings.SITE_URL.rstrip('/')}{reverse('edition_short', args=[edition.code, edition.number])}"


def _localized(name: str, *arguments: object, language: str) -> str:
    with translation.override(language):
        return reverse(name, args=arguments)
