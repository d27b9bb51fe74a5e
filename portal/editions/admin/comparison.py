"""What does somebody who works on a text see of its changes?"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.base.audience import Viewer, viewer_of
from portal.base.languages import LANGUAGES, current_language
from portal.editions.comparing import Content, compare, summary
from portal.editions.seeing import pages_seen
from portal.editions.shown_changes import ShownChanges, ShownPage

#: An answer that has a policy gets the site's from `portal.base.headers`, and not the milder one of the admin.
STRICT = "default-src 'none'"


def comparison(request: HttpRequest, before: Content | None, after: Content, *, title: str) -> HttpResponse:
    """A page, in the site's own style, of the sections that changed, in the language that was asked for."""
    ours, theirs = _seen(before or {"pages": []}, after, viewer_of(request))
    languages = languages_of(theirs) or languages_of(ours) or [settings.LANGUAGE_CODE]
    wanted = request.GET.get("language", "")
    language = LANGUAGES[wanted if wanted in languages else languages[0]]
    compared = compare(ours, theirs, language=language.code)
    changes = ShownChanges(
        pages=[ShownPage(page, ()) for page in compared if page.is_changed],
        unchanged=[page for page in compared if not page.is_changed],
        summary=summary(compared),
    )
    context = {
        "title": title,
        "changes": changes,
        "text_language": language,
        "languages": [LANGUAGES[code] for code in languages],
        "frame_language": current_language().code,
    }
    return framed(request, "portal_editions/admin/compared.html", context)


def framed(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """A page for a frame of the admin, that carries the policy of the site."""
    answer = render(request, template, context)
    answer.headers["Content-Security-Policy"] = STRICT
    return answer


def languages_of(content: Mapping[str, Any]) -> list[str]:
    """In the order of the site."""
    spoken = {code for page in content["pages"] for code in page["versions"]}
    return [code for code, _name in settings.LANGUAGES if code in spoken]


def _seen(before: Content, after: Content, viewer: Viewer) -> tuple[Content, Content]:
    """Without the pages that one of the sides hides from this person."""
    ours, theirs = pages_seen(before, viewer), pages_seen(after, viewer)
    hidden = (_keys(before["pages"]) - _keys(ours)) | (_keys(after["pages"]) - _keys(theirs))
    return (
        {"pages": [page for page in ours if page["key"] not in hidden]},
        {"pages": [page for page in theirs if page["key"] not in hidden]},
    )


def _keys(pages: list[dict[str, Any]]) -> set[str]:
    return {page["key"] for page in pages}
