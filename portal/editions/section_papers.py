"""How does a reader get one section on paper? It is printed when somebody asks for it, and then kept."""

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from portal.editions.addresses import file_address, page_address
from portal.editions.models import Edition, EditionFile, EditionPage, FileKind
from portal.editions.opening import Elsewhere, opened
from portal.editions.paper.holding import may_be_printed
from portal.editions.paper.making import make_section_paper
from portal.editions.serving import pdfs_for
from portal.editions.views import reader_of

#: Seconds until a page that waits for the printer asks again, and until the same order may be given again.
SECONDS_BETWEEN_LOOKS, SECONDS_OF_TRUST = 4, 120


@require_safe
def section_pdf(request: HttpRequest, code: str, number: int, slug: str) -> HttpResponse:
    """The section as a PDF, or a page that waits until it is printed."""
    try:
        found = opened(code, number, reader_of(request))
    except Elsewhere as elsewhere:
        return redirect(elsewhere.address)
    page = next((each.page for each in found.pages if each.page.parent and each.page.slug == slug), None)
    if page is None or not may_be_printed(page.limits):
        raise Http404
    row = next((row for row in pdfs_for(found.edition, found.reader) if _is_of(row, page)), None)
    response = redirect(file_address(found.edition, row.sha256)) if row else _waiting(request, found.edition, page)
    add_never_cache_headers(response)
    return response


def _is_of(row: EditionFile, page: EditionPage) -> bool:
    return row.page_key == page.key and row.language == page.language


def _waiting(request: HttpRequest, edition: Edition, page: EditionPage) -> HttpResponse:
    printed = EditionFile.objects.filter(edition=edition, kind=FileKind.PDF, page_key=page.key, language=page.language)
    if printed.exists():
        # It was tried, and there is nothing to print.
        raise Http404
    if cache.add(
        f"editions:section_paper:{edition.pk}:{page.language}:{page.key}", value=True, timeout=SECONDS_OF_TRUST
    ):
        make_section_paper.enqueue(edition_id=edition.pk, language=page.language, key=str(page.key))
    context = {"leaf": page, "edition": edition, "back": page_address(edition, page)}
    response = render(request, "portal_editions/being_printed.html", context, status=202)
    response.headers["Refresh"] = str(SECONDS_BETWEEN_LOOKS)
    return response
