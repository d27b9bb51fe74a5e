"""What may this viewer find?

The ladder is climbed among what the viewer may find (`sight`); what is shown is asked of the database once more, in
windows that are refilled. Where the index cannot be used, the database answers.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from django.core.paginator import Page as Leaf
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page

from portal.base.audience import Surface, viewer_of, visible_pages
from portal.search import asking, database_answers, facets, feeding, promotions, results, spelling, unfound
from portal.search.asked import DATE, Asked
from portal.search.asking import Climbed
from portal.search.facets import Facet
from portal.search.queries import Word
from portal.search.results import Found, Result
from portal.search.scoring import Flags
from portal.search.sight import Sight, sight_of
from portal.search.whoosh_index import IndexIsUnusable

RESULTS_A_PAGE = 10
MOST_FROM_DATABASE = 50
INDEX, DATABASE = "index", "database"
#: Further than this nobody reads, and each page further costs a check of all before it.
MOST_PAGES = 50
#: Fewer results than this make us think of another spelling.
FEW_RESULTS = 3
#: The least share of the best score that another part of a page must have to be named.
WORTH_NAMING = 0.5


@dataclass(frozen=True)
class Findings:
    """The answer to a question.

    `rung` says how it was found: "all" words, "any" of them, most "clusters", or "" for not at all. `answers_from` is
    "database" while the index cannot be used: then there are no facets, and titles and summaries are all that is known.
    """

    asked: Asked
    count: int = 0
    leaf: Leaf[Any] | None = None
    facets: Sequence[Facet] = ()
    promoted: Sequence[Result] = ()
    rung: str = ""
    did_you_mean: Sequence[str] = ()
    within: Page | None = None
    answers_from: str = INDEX


def find(asked: Asked, *, request: HttpRequest, language: str) -> Findings:
    """Find what the viewer behind `request` may see; what is written in `language` comes first."""
    within = _within(asked, request)
    if asked.question.is_empty:
        return Findings(asked, within=within)
    findings = _find(asked, within, request, language)
    if asked.is_narrowed or asked.number > 1:
        return findings
    promoted = promotions.promoted_for(asked.question, request=request, language=language)
    if findings.count or promoted:
        return _promoting(promoted, findings)
    if findings.answers_from == INDEX or not feeding.has_index():
        # What answers while the index is built again finds too little to say that there is nothing.
        unfound.note(asked.question, request=request, language=language, at=timezone.now())
    return findings


def _promoting(promoted: Sequence[Result], findings: Findings) -> Findings:
    """The same with what editors chose, which does not stand there twice; what else was found keeps its number."""
    keys = {result.page.pk for result in promoted if result.page}
    if findings.leaf and keys:
        shown = findings.leaf.object_list
        findings.leaf.object_list = [one for one in shown if not (one.page and one.page.pk in keys)]
    return replace(findings, promoted=promoted, count=findings.count or len(promoted))


def _find(asked: Asked, within: Page | None, request: HttpRequest, language: str) -> Findings:
    if feeding.has_index():
        try:
            return _from_index(asked, sight_of(request), within, language)
        except IndexIsUnusable as unusable:
            feeding.ask_for_rebuild(str(unusable))
    return _from_database(asked, within, request, language)


def _within(asked: Asked, request: HttpRequest) -> Page | None:
    """The page below which was asked; one that the viewer may not see does not exist."""
    if asked.within is None:
        return None
    return visible_pages(Page.objects.filter(pk=asked.within), viewer_of(request), Surface.WEB).first()


def _from_index(asked: Asked, sight: Sight, within: Page | None, language: str) -> Findings:
    reader = sight.reader
    allowed = sight.allowed
    if within:
        allowed = allowed & reader.matches(Word("labels", f"below:{within.pk}")).held
    climbed = asking.climb(asked.question, reader, allowed=allowed)
    if climbed is None:
        meant = spelling.did_you_mean(asked.question, reader, allowed=sight.allowed)
        return Findings(asked, did_you_mean=meant, within=within)
    left = facets.narrowed(climbed.found.held, asked, reader)
    ranking = _ranking(climbed, left, sight, asked, language)
    leaf, pages, count = _leaf(ranking, asked, sight)
    found = [_found(group, left, climbed, sight, language) for group in leaf.object_list]
    leaf.object_list = results.results(found, pages=pages, question=asked.question, reader=reader)
    return Findings(
        asked,
        count=count,
        leaf=leaf,
        facets=facets.facets(climbed.found.held, asked, reader, language=language),
        rung=climbed.name,
        did_you_mean=_meant(climbed, count, asked, sight),
        within=within,
    )


def _meant(climbed: Climbed, count: int, asked: Asked, sight: Sight) -> Sequence[str]:
    """Another spelling, if there is reason to doubt this one; no text has all words of a whole question anyway."""
    if count >= FEW_RESULTS and (climbed.name == "all" or asked.question.is_whole):
        return ()
    return spelling.did_you_mean(asked.question, sight.reader, allowed=sight.allowed)


def _from_database(asked: Asked, within: Page | None, request: HttpRequest, language: str) -> Findings:
    """Pages without their parts, and nothing to narrow them by."""
    found = database_answers.answer(asked.question, request=request, language=language, most=MOST_FROM_DATABASE)
    if within:
        below = Page.objects.filter(path__startswith=within.path, pk__in=[one.page_id for one in found])
        keys = set(below.values_list("pk", flat=True))
        found = [one for one in found if one.page_id in keys]
    leaf: Leaf[Any] = Paginator(found, RESULTS_A_PAGE).get_page(asked.number)
    leaf.object_list = results.of_answers(list(leaf.object_list), question=asked.question)
    return Findings(
        asked, count=len(found), leaf=leaf if found else None, within=within, answers_from=DATABASE,
        rung="any" if found else "",
    )  # fmt: skip


def _ranking(climbed: Climbed, left: Flags, sight: Sight, asked: Asked, language: str) -> list[int]:
    """The groups that were found, each once, in the order in which they are shown."""
    numbers = asking.in_order(climbed, sight.reader, language=language, flags=left)
    if asked.sort == DATE:
        numbers = numbers[np.argsort(-sight.reader.days[numbers], kind="stable")]
    groups = sight.reader.groups[numbers]
    _distinct, first = np.unique(groups, return_index=True)
    ranking: list[int] = groups[np.sort(first)].tolist()
    return ranking


def _leaf(ranking: list[int], asked: Asked, sight: Sight) -> tuple[Leaf[Any], dict[int, Page], int]:
    """A leaf of groups that the viewer may see now, filled up from what follows; their pages; how many in all.

    One query, and another only where the database hides a page of which the index does not know it.
    """
    number = min(asked.number, MOST_PAGES)
    seen: list[int] = []
    pages: dict[int, Page] = {}
    place = 0
    while place < len(ranking) and len(seen) < number * RESULTS_A_PAGE:
        window = ranking[place : place + (number + 1) * RESULTS_A_PAGE]
        pages |= sight.pages(window)
        seen += [group for group in window if group < 0 or group in pages]
        place += len(window)
    kept = seen + ranking[place:]
    leaf: Leaf[Any] = Paginator(kept[: MOST_PAGES * RESULTS_A_PAGE], RESULTS_A_PAGE).get_page(number)
    return leaf, pages, len(kept)


def _found(group: int, left: Flags, climbed: Climbed, sight: Sight, language: str) -> Found:
    """The parts of a group that were found, best first, without those that are far worse than the best."""
    of_group = left & (sight.reader.groups == group)
    numbers = asking.in_order(climbed, sight.reader, language=language, flags=of_group)
    scores = climbed.found.scores[numbers]
    worth = numbers[scores >= WORTH_NAMING * scores[0]]
    return Found(group, worth.tolist(), is_direct=bool(climbed.direct[numbers[0]]))
