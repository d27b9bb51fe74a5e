"""What may somebody be about to type? Titles, sections and terms that begin like it, as far as the viewer may know."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.http import HttpRequest
from wagtail.models import Page

from portal.base.languages import LANGUAGES, Language
from portal.search import analysis, facets, feeding, queries
from portal.search.queries import All, AnyOf, Query, Word
from portal.search.sight import Sight, sight_of
from portal.search.whoosh_index import IndexIsUnusable

MOST_SUGGESTIONS = 8
UNMARKED_WEIGHT = 0.5
#: Looked at for these, best first: several parts of a page may have the same heading.
MOST_LOOKED_AT = 4 * MOST_SUGGESTIONS


@dataclass(frozen=True)
class Suggestion:
    """`text` is a title, the heading of a part or a term of the glossary; `under` the title of the part's page."""

    text: str
    url: str
    kind_name: str
    language: Language
    under: str = ""


def suggest(text: str, *, request: HttpRequest, language: str, within: int | None = None) -> list[Suggestion]:
    """The best completions of what was typed, in `language` first; none while there is no index."""
    question = beginning_of(text)
    if question is None or not feeding.has_index():
        return []
    try:
        sight = sight_of(request)
        return _suggestions(sight, _best(question, sight, language=language, within=within))
    except IndexIsUnusable as unusable:
        feeding.ask_for_rebuild(str(unusable))
        return []


def beginning_of(text: str) -> All | None:
    """Every run that was typed is the beginning of a word; None if there is nothing to begin with."""
    runs = analysis.runs(queries.read(text).text)
    typed = ["".join(run)[: analysis.LONGEST_GRAM] for run in runs][: queries.MOST_WORDS]
    return All(tuple(map(_beginning, typed))) if typed else None


def _beginning(typed: str) -> Query:
    """Who types Vietnamese sets the last mark of a word last: until then it is found without any."""
    as_typed = Word("typed", typed)
    unmarked = analysis.unmarked(typed) if analysis.LATIN.search(typed) else typed
    return as_typed if unmarked == typed else AnyOf((as_typed, Word("typed", unmarked, UNMARKED_WEIGHT)))


def _best(query: All, sight: Sight, *, language: str, within: int | None) -> list[int]:
    """The numbers of parts, best first: in the reader's language, then the shorter heading."""
    reader = sight.reader
    among = sight.allowed
    if within is not None and sight.pages([within]):
        among = among & reader.matches(Word("labels", f"below:{within}")).held
    found = reader.matches(query).among(among)
    numbers = found.best_first(None)
    own = reader.matches(Word("labels", f"language:{language}")).held
    order = np.argsort(~own[numbers], kind="stable")
    best: list[int] = numbers[order][:MOST_LOOKED_AT].tolist()
    return best


def _suggestions(sight: Sight, numbers: Sequence[int]) -> list[Suggestion]:
    """Checked in the database once more; each text is suggested once."""
    reader = sight.reader
    pages = sight.pages({int(reader.groups[number]) for number in numbers})
    suggested: dict[tuple[str, str], Suggestion] = {}
    for number in numbers:
        group = int(reader.groups[number])
        if len(suggested) == MOST_SUGGESTIONS:
            break
        if group < 0 or group in pages:
            one = _suggestion(reader.shown(number), pages.get(group))
            suggested.setdefault((one.text, one.under), one)
    return list(suggested.values())


def _suggestion(shown: dict[str, str], page: Page | None) -> Suggestion:
    language = LANGUAGES[shown["language"]]
    if page is None:
        return Suggestion(shown["title"], shown["url"], facets.name_of_kind(shown["kind"]), language)
    url = page.get_url() or ""
    kind_name = facets.name_of_kind(shown["kind"])
    if shown["heading"]:
        return Suggestion(shown["heading"], f"{url}#{shown['anchor']}", kind_name, language, page.title)
    return Suggestion(page.title, url, kind_name, language)
