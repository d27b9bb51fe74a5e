"""How is what was found shown? Titles, passages with marks, the place in the site, and why it was found."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.contrib.contenttypes.models import ContentType
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from portal.base.findable import LEAFLET, STEP, TRANSCRIPT
from portal.base.languages import LANGUAGES, Language
from portal.search import analysis, dictionary, passages
from portal.search.database_answers import Found as Answer
from portal.search.part_documents import GLOSSARY
from portal.search.queries import Question
from portal.search.sight import listed
from portal.search.whoosh_index import Reader

#: Places in a page that are named below its result.
MOST_PARTS = 3
#: Above the home page there is nothing that a reader knows.
DEPTH_OF_HOME = 2
PART_NAMES: Mapping[str, "str | Promise"] = {
    STEP: _("Step"),
    TRANSCRIPT: _("Film or sound"),
    LEAFLET: _("Leaflet"),
    GLOSSARY: _("Glossary"),
}


@dataclass(frozen=True)
class PartFound:
    """A place in a page; `passage` is empty where only the heading is shown."""

    heading: SafeString
    passage: SafeString
    url: str
    kind: str
    kind_name: str


@dataclass(frozen=True)
class Result:
    """One result, ready to be shown by `template`; `url` opens the page at the very place that was found."""

    title: SafeString
    passage: SafeString
    url: str
    kind: str
    language: Language
    template: str = "portal_search/result.html"
    heading: SafeString = field(default_factory=SafeString)
    parts: Sequence[PartFound] = ()
    under: Sequence[str] = ()
    """The titles of the pages above, from the top; the reader may know of all of them."""
    reason: str = ""
    page: Page | None = None
    is_promoted: bool = False
    date: datetime.date | None = None


@dataclass(frozen=True)
class Found:
    """A page or a term, and the numbers of its parts, best first. `is_direct` is False where only the glossary led
    there."""

    group: int
    parts: Sequence[int]
    is_direct: bool = True


def results(found: Sequence[Found], *, pages: Mapping[int, Page], question: Question, reader: Reader) -> list[Result]:
    """What is shown of each; `pages` are those that may be shown. One query for all together."""
    titles = _titles_above(pages.values())
    shown: list[Result] = []
    for one in found:
        if one.group < 0:
            shown.append(_of_term(one, question, reader))
        elif page := pages.get(one.group):
            shown.append(_of_page(page, one, question, reader, titles))
    return shown


def of_answers(found: Sequence[Answer], *, question: Question) -> list[Result]:
    """What is shown of pages that the database found, and that may be shown."""
    pages = listed(Page.objects.all()).in_bulk([one.page_id for one in found])
    titles = _titles_above(pages.values())
    return [
        _result(
            pages[one.page_id], titles,
            title=passages.marked(one.title, question), passage=passages.passage(one.text, question),
        )
        for one in found
        if one.page_id in pages
    ]  # fmt: skip


def of_promoted(pages: Sequence[Page], *, question: Question) -> list[Result]:
    """What is shown of pages that editors promote: few, so what each says of itself is asked for one by one."""
    titles = _titles_above(pages)
    said = ((page, getattr(page.specific, "summary", "")) for page in pages)
    return [
        replace(
            _result(
                page, titles,
                title=passages.marked(page.title, question),
                passage=passages.passage(analysis.legible(summary), question),
            ),
            is_promoted=True,
        )
        for page, summary in said
    ]  # fmt: skip


def _titles_above(pages: Iterable[Page]) -> dict[str, str]:
    """By path, the titles of all pages above these, but not of the home page."""
    paths = {
        page.path[:end]
        for page in pages
        for end in range((DEPTH_OF_HOME + 1) * page.steplen, len(page.path), page.steplen)
    }
    return dict(Page.objects.filter(path__in=paths).values_list("path", "title")) if paths else {}


def _of_page(page: Page, found: Found, question: Question, reader: Reader, titles: Mapping[str, str]) -> Result:
    best = reader.shown(found.parts[0])
    language = best["language"]
    asked, reason = (question, "") if found.is_direct else _by_glossary(question, language)
    result = _result(
        page, titles,
        title=passages.marked(page.title, asked), passage=passages.passage(best["text"], asked),
    )  # fmt: skip
    return replace(
        result,
        heading=passages.marked(best["heading"], asked),
        url=_at(result.url, best["anchor"]),
        parts=[_part(reader.shown(number), result.url, asked) for number in found.parts[1 : MOST_PARTS + 1]],
        reason=reason,
    )


def _result(page: Page, titles: Mapping[str, str], *, title: SafeString, passage: SafeString) -> Result:
    page_class = ContentType.objects.get_for_id(page.content_type_id).model_class() or Page
    return Result(
        title=title,
        passage=passage,
        url=page.get_url() or "",
        kind=str(getattr(page_class, "kind", page_class._meta.verbose_name)),
        language=LANGUAGES[page.language],
        template=getattr(page_class, "result_template", Result.template),
        under=[titles[page.path[:end]] for end in range(0, len(page.path), page.steplen) if page.path[:end] in titles],
        page=page,
        date=page.last_published_at.date() if page.last_published_at else None,
    )


def _part(shown: Mapping[str, str], url: str, question: Question) -> PartFound:
    heading = shown["heading"] or shown["title"]
    return PartFound(
        heading=passages.marked(heading, question),
        passage=SafeString(""),
        url=_at(url, shown["anchor"]),
        kind=shown["part"],
        kind_name=str(PART_NAMES.get(shown["part"], "")),
    )


def _of_term(found: Found, question: Question, reader: Reader) -> Result:
    shown = reader.shown(found.parts[0])
    asked, reason = (question, "") if found.is_direct else _by_glossary(question, shown["language"])
    return Result(
        title=passages.marked(shown["title"], asked),
        passage=passages.passage(shown["text"], asked),
        url=shown["url"],
        kind=str(PART_NAMES[GLOSSARY]),
        language=LANGUAGES[shown["language"]],
        reason=reason,
    )


def _by_glossary(question: Question, language: str) -> tuple[Question, str]:
    """The question with the names that its terms have in another language, and a sentence that says so."""
    names = dictionary.current()
    called = [name for concept in sorted(question.concepts) if (name := names.name(concept, language))]
    if not called:
        return question, ""
    readings = [name for concept in sorted(question.concepts) for name in names.readings(concept, language)]
    reason = _("The glossary: in %(language)s this is called “%(name)s”.") % {
        "language": LANGUAGES[language].name,
        "name": called[0],
    }
    return question.also(readings), str(reason)


def _at(url: str, anchor: str) -> str:
    return f"{url}#{anchor}" if anchor else url
