"""Which pages have editors put before everything else that a question finds?

A wording fits a question that consists of the same words: in any form that `analysis` takes for the same, Vietnamese
also without its marks, and in scripts without spaces by its letters, wherever a dictionary would cut them. A promoted
page is a page like any other: whoever may not see it never learns of it, and a draft is seen by nobody.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from uuid import UUID

from django.db.models import Q
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page

from portal.base.audience import Surface, viewer_of, visible_pages
from portal.base.page_cache.facts import remember
from portal.base.page_cache.tags import drop
from portal.search import analysis, results
from portal.search.models import Promotion
from portal.search.queries import Question
from portal.search.results import Result
from portal.search.sight import listed

#: More than these would push what was found out of sight.
MOST_SHOWN = 3
#: More than these are not even looked up: some may be hidden from who asks.
MOST_LOOKED_UP = 20
#: What is remembered of promotions (`portal.base.page_cache.facts`) depends on this tag.
TAG = "portal_search.promotions"
BLANK = " "


@dataclass(frozen=True)
class Spelling:
    """A text by its words: `written` is the same for all writings of the same words.

    A word begins at each of `begins`, with the gap before it or without, and one ends at each of `ends`.
    """

    written: str
    begins: frozenset[int]
    ends: frozenset[int]

    def holds(self, other: "Spelling") -> bool:
        """Whether all words of the other stand in this one, one after the other."""
        start = self.written.find(other.written) if other.written else -1
        while start >= 0:
            if start in self.begins and start + len(other.written) in self.ends:
                return True
            start = self.written.find(other.written, start + 1)
        return False


@dataclass(frozen=True)
class Promoted:
    """What is remembered of a promotion; `wordings` are the spellings of its lines, also without marks."""

    page: int
    translation_key: UUID
    wordings: tuple[Spelling, ...]
    is_for_longer: bool
    until: date | None

    def is_shown(self, *, on: date) -> bool:
        return self.until is None or on <= self.until

    def equals(self, asked: Spelling) -> bool:
        return any(wording.written == asked.written for wording in self.wordings)

    def is_inside(self, asked: Spelling) -> bool:
        return self.is_for_longer and any(asked.holds(wording) for wording in self.wordings)


def promoted_for(question: Question, *, request: HttpRequest, language: str) -> list[Result]:
    """What is shown before all results. No query where nothing is promoted for these words; else as for a leaf."""
    fitting = list(islice(_fitting(question, on=timezone.localdate()), MOST_LOOKED_UP))
    if not fitting:
        return []
    pages = _pages(fitting, request=request, language=language)
    return results.of_promoted(pages[:MOST_SHOWN], question=question)


def is_promoted(words: str) -> bool:
    """Whether editors chose a page already for whoever asks for these words."""
    asked, today = spelling(words), timezone.localdate()
    return any(one.is_shown(on=today) and (one.equals(asked) or one.is_inside(asked)) for one in _promoted())


def _fitting(question: Question, *, on: date) -> Iterator[Promoted]:
    """Those for exactly this question first. Who excludes something knows what they look for."""
    shown = [] if question.unwanted else [one for one in _promoted() if one.is_shown(on=on)]
    if shown:
        asked = spelling(question.text)
        yield from (one for one in shown if one.equals(asked))
        yield from (one for one in shown if one.is_inside(asked) and not one.equals(asked))


def _pages(fitting: Sequence[Promoted], *, request: HttpRequest, language: str) -> list[Page]:
    """The pages that the viewer may see, each once, in the language of the reader where there is a translation."""
    keys = {one.translation_key for one in fitting}
    chosen = Q(pk__in=[one.page for one in fitting])
    translated = Q(translation_key__in=keys, locale__language_code=language)
    pages = list(visible_pages(listed(Page.objects.filter(chosen | translated)), viewer_of(request), Surface.WEB))
    by_key = {page.pk: page for page in pages}
    near = {page.translation_key: page for page in pages if page.language == language}
    found = (near.get(one.translation_key) or by_key.get(one.page) for one in fitting)
    return list({page.pk: page for page in found if page}.values())


# --- words ------------------------------------------------------------------------------------------------------
def spelling(text: str, *, is_bare: bool = False) -> Spelling:
    """How a text is compared; without the marks of Latin letters if it `is_bare`."""
    written, begins, ends = "", set(), set()
    was_unspaced = True
    for token in analysis.tokens(analysis.legible(text)):
        word = token.terms[-1 if is_bare else 0]
        is_unspaced = analysis.UNSPACED_RUN.match(word) is not None
        gap = "" if is_unspaced and was_unspaced else BLANK
        begins |= {len(written), len(written + gap)}
        written += gap + word
        ends.add(len(written))
        was_unspaced = is_unspaced
    return Spelling(written, frozenset(begins), frozenset(ends))


def wordings_of(words: str) -> tuple[str, ...]:
    """The lines of a promotion, without blank ones."""
    return tuple(line for line in (" ".join(line.split()) for line in words.splitlines()) if line)


def _spellings(lines: Iterable[str]) -> tuple[Spelling, ...]:
    both = (spelling(line, is_bare=is_bare) for line in lines for is_bare in (False, True))
    return tuple({one.written: one for one in both if one.written}.values())


# --- what is remembered -----------------------------------------------------------------------------------------
def _promoted() -> tuple[Promoted, ...]:
    """All promotions of this site. Asking costs no query until one is changed, in this or another process."""
    return remember(TAG, tags=[TAG], find=_of_this_site)


def _of_this_site() -> tuple[Promoted, ...]:
    rows = Promotion.objects.in_order().values_list(
        "page", "page__translation_key", "words", "is_for_longer", "until", named=True
    )
    return tuple(
        Promoted(row.page, row.page__translation_key, _spellings(wordings_of(row.words)), row.is_for_longer, row.until)
        for row in rows
    )


def connect() -> None:
    for signal in (post_save, post_delete):
        signal.connect(_changed, sender=Promotion, dispatch_uid=f"portal_search.promotion.{id(signal)}")


def _changed(sender: type, **signal: object) -> None:
    drop([TAG])
