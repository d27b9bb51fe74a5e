"""How is a page made, so that others can have the same one?"""

from typing import Any, Protocol

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from portal.base import places
from portal.base.audience import PageAudience, Surface, Viewer, viewer_of
from portal.base.page_cache.middleware import answer_parts
from portal.base.page_cache.store import Made, Parts
from portal.base.page_cache.tags import collecting, counters, depends, slots_of
from portal.base.reading import reading


class Drawable(Protocol):
    """What must be known of something to make a page of it."""

    def get_template(self, request: HttpRequest) -> str: ...
    def context_for(self, viewer: Viewer, *, surface: str) -> dict[str, Any]: ...


class Renderable(Drawable, Protocol):
    """A page of the tree."""

    pk: Any


def answer(page: Renderable, request: HttpRequest, *, surface: str = Surface.WEB) -> HttpResponse:
    """Make `page` for the kind of reader behind `request`. The template never sees the request or the person."""
    begun = counters().now()
    audience_id = PageAudience.objects.filter(page_id=page.pk).values_list("audience_id", flat=True).first()
    if audience_id is None:
        # Hidden between the door and here.
        raise Http404
    return answer_to(audience_id, page, request, tags={f"page:{page.pk}"}, begun=begun, surface=surface)


def answer_to(
    audience_id: int, page: Drawable, request: HttpRequest, *, tags: set[str], begun: int, surface: str = Surface.WEB
) -> HttpResponse:
    """Make something that is no page of the tree for an audience, to which the reader belongs.

    `begun` is the count of drops before its making began, `tags` what was looked at since.
    """
    with collecting() as collected:
        depends("site", *tags)
        html = _html(page, request, surface=surface)
    parts = Parts(
        made=Made(begun=begun, slots=slots_of(collected), audience_id=audience_id),
        parts=places.split(html),
        language=translation.get_language() or "",
    )
    response = answer_parts(parts, request)
    if not request.session.session_key:
        response.headers["Cache-Control"] = "no-cache"
    response.portal_parts = parts  # type: ignore[attr-defined]
    return response


def preview(page: Renderable, request: HttpRequest) -> HttpResponse:
    """A draft as its readers would see it; nothing of it is kept."""
    html = _html(page, request, surface=Surface.WEB)
    return HttpResponse(places.joined(places.split(html), request))


def _html(page: Drawable, request: HttpRequest, *, surface: str) -> str:
    viewer = viewer_of(request)
    with reading(viewer, surface=surface):
        return str(render_to_string(page.get_template(request), page.context_for(viewer, surface=surface)))
