"""What stands on a paper of an edition, and what is it called?"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from portal.base.audience import Surface
from portal.base.languages import LANGUAGES
from portal.editions.models import EditionFile
from portal.editions.reading import Guarded

#: What all readers of the root may read; that and the rest; the checklists of the first, in large print.
WHOLE, COMPLETE, CHECKLISTS = "manual.pdf", "manual-complete.pdf", "checklists.pdf"
ALL_LANGUAGES = ""
#: A PDF is fetched on the web site, by whoever may read the same pages there.
SURFACE = Surface.WEB


def may_be_printed(limits: Mapping[str, Any]) -> bool:
    return str(SURFACE) in limits["surfaces"]


def held_on(row: EditionFile, guarded: Iterable[Guarded]) -> list[Guarded]:
    """The pages of an edition that stand on one of its papers, by what was frozen with them."""
    pages = [each for each in guarded if not row.language or each.page.language == row.language]
    roots = {each.page.language: each.page.limits for each in pages if each.page.parent is None}
    if row.page_key is not None:
        pages = _below(pages, row)
    elif row.name in {WHOLE, CHECKLISTS}:
        pages = [each for each in pages if each.page.limits == roots.get(each.page.language)]
    return [each for each in pages if may_be_printed(each.page.limits)]


def _below(guarded: Iterable[Guarded], row: EditionFile) -> list[Guarded]:
    """The page that a paper was made of, and all below it; pages come behind the page above them."""
    found = {row.page_key}
    held = []
    for each in guarded:
        if each.page.key in found or each.page.parent in found:
            found.add(each.page.key)
            held.append(each)
    return held


def title_of(row: EditionFile, *, section: str = "") -> str:
    """What readers call a paper. `section` is the title of the one that is printed alone."""
    language = LANGUAGES[row.language].name if row.language in LANGUAGES else _("all languages")
    if row.page_key is not None:
        return _("%(section)s, %(language)s") % {"section": section, "language": language}
    titles = {
        WHOLE: _("The whole edition, %(language)s"),
        COMPLETE: _("The whole edition with what not everybody may read, %(language)s"),
        CHECKLISTS: _("The checklists in large print, %(language)s"),
    }
    return titles.get(row.name, row.name) % {"language": language}
