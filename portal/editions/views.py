"""What does somebody see who opens an edition, or the square on a printed copy?

Whatever may not be known of answers as if it did not exist.
"""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from media.serving.answers import UnableToFind, answer
from media.views import nothing
from portal.base.audience import Surface, viewer_of
from portal.base.chrome import chrome_of_view
from portal.base.languages import current_language
from portal.base.page_cache import collecting, rendering
from portal.base.page_cache.tags import counters
from portal.editions import places, searching, sheets  # noqa: F401 - the places register themselves
from portal.editions.addresses import current_address, edition_address, file_address
from portal.editions.models import Edition
from portal.editions.notices import told_of, zone_of
from portal.editions.opening import Elsewhere, edition_called, live_page, open_roots, opened
from portal.editions.paper.holding import ALL_LANGUAGES, COMPLETE, WHOLE
from portal.editions.reading import Reader
from portal.editions.serving import file_for, pdfs_for
from portal.editions.standing import editions_of, standings


def reader_of(request: HttpRequest) -> Reader:
    return Reader(viewer_of(request), surface=Surface.WEB, language=current_language().code, at=timezone.now())


def shared(request: HttpRequest, make: Callable[[Reader], sheets.Sheet]) -> HttpResponse:
    """A sheet for everybody of one kind: made once, then answered from the page cache."""
    begun = counters().now()
    try:
        with collecting() as tags:
            sheet = make(reader_of(request))
    except Elsewhere as elsewhere:
        return redirect(elsewhere.address)
    sheet = sheets.Sheet(sheet.template, sheet.audience_id, {**chrome_of_view(request), **sheet.context})
    response = rendering.answer_to(sheet.audience_id, sheet, request, tags=tags, begun=begun)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def unshared(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    response = render(request, template, context)
    add_never_cache_headers(response)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def history(request: HttpRequest, code: str) -> HttpResponse:
    """All editions of a code, the newest first."""
    return shared(request, lambda reader: sheets.history(code, reader))


@require_safe
def edition(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The cover of an edition and its contents; with ?q=, where in it these words stand."""
    if "q" not in request.GET:
        return shared(request, lambda reader: sheets.cover(code, number, reader))
    try:
        found = opened(code, number, reader_of(request))
    except Elsewhere as elsewhere:
        return redirect(elsewhere.address)
    context = {
        **sheets.frame(found, page=found.root.page, urls={}),
        **searching.search(found, request.GET["q"]),
    }
    return unshared(request, "portal_editions/search.html", context)


@require_safe
def section(request: HttpRequest, code: str, number: int, slug: str) -> HttpResponse:
    return shared(request, lambda reader: sheets.section(code, number, slug, reader))


@require_safe
def current(request: HttpRequest, code: str) -> HttpResponse:
    """The permanent address of the manual in force: the way to its live page."""
    subject = Edition.objects.filter(code=code).order_by("-number").values_list("subject", flat=True).first()
    page = live_page(subject, reader_of(request)) if code and subject else None
    if page is None:
        raise Http404
    response = redirect(page.get_url() or "/")
    add_never_cache_headers(response)
    return response


@require_safe
def pdf(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The whole edition on paper, in the language of the address."""
    try:
        found = opened(code, number, reader_of(request))
    except Elsewhere as elsewhere:
        return redirect(elsewhere.address)
    rows = {(row.language, row.name): row for row in pdfs_for(found.edition, found.reader) if row.page_key is None}
    wanted = [(language, name) for language in (found.reader.language, ALL_LANGUAGES) for name in (COMPLETE, WHOLE)]
    row = next((rows[each] for each in wanted if each in rows), None)
    if row is None:
        raise Http404
    response = redirect(file_address(found.edition, row.sha256))
    add_never_cache_headers(response)
    return response


@csrf_exempt  # Nothing is ever changed here: whatever is not read is refused as such.
@require_safe
def file(request: HttpRequest, code: str, number: int, sha256: str) -> HttpResponseBase:
    """A file that an edition keeps."""
    try:
        found = file_for(edition_called(code, number), sha256, reader_of(request))
        return answer(request, found) if found else nothing(request)
    except (Http404, UnableToFind):
        return nothing(request)


@require_safe
def short(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """What a printed copy is today."""
    asked = Edition.objects.filter(code__iexact=code, number=number).exclude(code="").defer("content").first()
    if asked is None:
        raise Http404
    reader = reader_of(request)
    standing = next(
        each for each in standings(editions_of(asked.subject), at=reader.at) if each.edition.pk == asked.pk
    )  # fmt: skip
    open_in = open_roots([standing.edition], reader)[asked.pk]
    if not open_in:
        raise Http404
    language = reader.language if reader.language in open_in else next(iter(open_in))
    context = {
        "standing": standing,
        "edition": standing.edition,
        "title": open_in[language].page.title,
        "title_language": language,
        "told": told_of(standing, zone=zone_of(asked.subject)),
        "ways_on": sheets.ways_on_from(standing, reader),
        "cover_url": edition_address(standing.edition, language=language),
    }
    response = unshared(request, "portal_editions/short.html", context)
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


@require_safe
def short_current(request: HttpRequest, code: str) -> HttpResponse:
    """The short way to the manual in force."""
    asked = Edition.objects.filter(code__iexact=code).exclude(code="").order_by("-number").defer("content").first()
    reader = reader_of(request)
    if asked is None or live_page(asked.subject, reader) is None:
        raise Http404
    response = redirect(current_address(asked.code, language=reader.language))
    add_never_cache_headers(response)
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response
