"""What does a visitor get who searches?"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from portal.base.languages import current_language
from portal.search import queries
from portal.search.finding import Findings, find


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """The results of ?q=, of one ?kind= or of all, page ?page=. Nothing that was asked is logged or kept."""
    question = queries.read(request.GET.get("q", ""))
    language = current_language().code
    kind, number = request.GET.get("kind", ""), _number(request.GET.get("page", ""))
    findings = find(question, request=request, language=language, kind=kind, number=number)
    response = render(request, "portal_search/results.html", {"query": question.text, **_context(findings)})
    add_never_cache_headers(response)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _context(findings: Findings) -> dict[str, Any]:
    """What the template shows; `portal.search.finding` says what each of these is."""
    return {
        "count": findings.count,
        "kinds": findings.kinds,
        "groups": findings.groups,
        "leaf": findings.leaf,
        "holds_all_words": findings.holds_all_words,
        "is_ready": findings.is_ready,
    }


def _number(text: str) -> int:
    """The number of a page of results; the first for whatever is not a number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 1
