"""What changed between two editions? Everybody is told who may read both."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from portal.base.audience import Surface, viewer_of
from portal.base.languages import LANGUAGES, current_language
from portal.editions.shown_changes import Readable, Reader, changes_between, in_common, readable


@require_safe
def choose(request: HttpRequest, code: str) -> HttpResponse:
    """The choice of two editions; with ?before=&after=, the way to their comparison."""
    reader = _reader(request)
    editions = _readable_or_404(code, reader)
    asked = [_number(request.GET.get(name, "")) for name in ("before", "after")]
    if set(asked) <= editions.keys() and asked[0] != asked[1]:
        return redirect("edition_comparison", code, min(asked), max(asked))
    chosen = [*list(editions)[-2:-1], list(editions)[-1]]
    return _answer(request, code, editions, reader=reader, chosen=chosen, is_asked=bool(request.GET))


@require_safe
def comparison(request: HttpRequest, code: str, before: int, after: int) -> HttpResponse:
    """What `after` has changed since `before`."""
    reader = _reader(request)
    editions = _readable_or_404(code, reader)
    if before not in editions or after not in editions:
        raise Http404
    if before == after:
        return redirect("edition_compare", code)
    if before > after:
        return redirect("edition_comparison", code, after, before)
    return _answer(
        request, code, editions, reader=reader, chosen=[before, after], **_changes(editions, before, after, reader)
    )


def _changes(editions: dict[int, Readable], before: int, after: int, reader: Reader) -> dict[str, Any]:
    language = in_common(editions[before], editions[after], wanted=reader.language)
    if not language:
        return {"has_no_language": True}
    told_by = [editions[number].edition for number in reversed(editions) if before < number <= after]
    changes = changes_between(
        editions[before].edition, editions[after].edition, replace(reader, language=language), told_by=told_by
    )
    return {"changes": changes, "text_language": LANGUAGES[language], "later": editions[after].edition}


def _reader(request: HttpRequest) -> Reader:
    return Reader(viewer_of(request), surface=Surface.WEB, language=current_language().code, at=timezone.now())


def _readable_or_404(code: str, reader: Reader) -> dict[int, Readable]:
    editions = readable(code, reader)
    if not editions:
        raise Http404
    return editions


def _number(text: str) -> int:
    """0, which no edition has, for what is no number."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _answer(
    request: HttpRequest, code: str, editions: dict[int, Readable], *, reader: Reader, chosen: list[int], **more: Any
) -> HttpResponse:
    titles = editions[chosen[-1]].titles
    context = {
        "code": code,
        "editions": [each.edition for each in reversed(editions.values())],
        "before": chosen[0],
        "after": chosen[-1],
        "subject_title": titles.get(reader.language) or next(iter(titles.values())),
        **more,
    }
    response = render(request, "portal_editions/compare.html", context)
    add_never_cache_headers(response)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
