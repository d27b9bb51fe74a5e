"""How does a file reach somebody who may have it, and nobody else?

What is hidden and what does not exist are answered alike. Nothing is kept by others for longer than half a minute
without asking again: a picture may be withdrawn at any time.
"""

import hashlib

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotFound
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from media.models import RecordingText
from media.serving.answers import UnableToFind, answer
from media.serving.inert import INERT
from media.serving.remembered import remember
from media.serving.stored import stand_in_for, standing_of, stored, text_of, thing_called
from portal.base.page_cache.tags import counters


@csrf_exempt  # Nothing is ever changed here: whatever is not read is refused as such.
@require_safe
def file(request: HttpRequest, name: str) -> HttpResponseBase:
    """The file called `name` in the storage, or 404 for whoever may not know of it."""
    begun = counters().now()
    thing = thing_called(name)
    standing = standing_of(thing, request, instead=stand_in_for(name))
    if standing is None:
        return nothing(request)
    found = stored(thing, caching=standing.caching)
    try:
        response = answer(request, found)
    except UnableToFind:
        return nothing(request)
    if standing.page_id is not None:
        remember(found, tags={"site", f"page:{standing.page_id}"}, begun=begun)
    return response


@csrf_exempt
@require_safe
def text(request: HttpRequest, pk: int, kind: str, language: str) -> HttpResponseBase:
    """The captions or other words of a recording, for whoever may hear it."""
    words = text_of(pk, kind=kind, language=language)
    standing = standing_of(words, request, instead=RecordingText(recording_id=0))
    if words is None or standing is None:
        return nothing(request)
    content = words.vtt.encode()
    etag = f'"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'
    response = get_conditional_response(request, etag) or HttpResponse(content)
    said = {"Content-Type": "text/vtt; charset=utf-8", "Content-Language": language, "Content-Disposition": "inline"}
    for name, value in {**INERT, **said, "Cache-Control": standing.caching, "ETag": etag}.items():
        response.headers[name] = value
    return response


def nothing(request: HttpRequest) -> HttpResponse:
    """The same for what is hidden and for what does not exist, kept by nobody: it may be published in a moment.

    A person gets the page that says so. What asks for a picture or a sound would not read it, and it takes long.
    """
    if "text/html" in request.META.get("HTTP_ACCEPT", ""):
        raise Http404
    return HttpResponseNotFound(content_type="text/plain", headers={**INERT, "Cache-Control": "private, no-store"})
