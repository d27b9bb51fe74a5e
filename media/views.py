"""How does a file reach somebody who may have it, and nobody else?

What is hidden and what does not exist are answered alike. Nothing is kept by others for longer than half a minute
without asking again: a picture may be withdrawn at any time.
"""

import os
from pathlib import PurePath
from typing import Any

from django.core.files.storage import Storage
from django.db import models
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date
from django.views.decorators.http import require_safe

from media.byte_ranges import PartOfFile, UnableToSatisfy, part_asked_for
from media.models import Leaflet, Picture, PictureRendition, Recording, RecordingText
from media.policies import is_public, may_fetch
from portal.base.audience import viewer_of

#: Which folder of the storage holds the files of which model.
FOLDERS: dict[str, type[models.Model]] = {
    "original_images": Picture,
    "images": PictureRendition,
    "documents": Leaflet,
    "recordings": Recording,
}
CONTENT_TYPES = {
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".pdf": "application/pdf",
    ".wav": "audio/wav",
}
PUBLIC = "public, max-age=30, must-revalidate"
PRIVATE = "private, no-cache"
INERT = "default-src 'none'; sandbox"
# Browsers do not open a PDF in a sandbox; their own viewer is one.
INERT_PDF = "default-src 'none'; frame-ancestors 'none'"


@require_safe
def file(request: HttpRequest, name: str) -> HttpResponseBase:
    """The file called `name` in the storage, or 404 for whoever may not know of it."""
    thing = thing_called(name)
    caching = caching_for(thing, request)
    storage: Storage = thing.file.storage
    try:
        path = storage.path(name)
    except NotImplementedError:
        return elsewhere(storage.url(name))
    return answer(request, path, thing=thing, caching=caching)


@require_safe
def text(request: HttpRequest, pk: int, kind: str, language: str) -> HttpResponse:
    """The captions or other words of a recording, for whoever may hear it."""
    words = get_object_or_404(
        RecordingText.objects.select_related("recording"), recording=pk, kind=kind, language=language
    )
    caching = caching_for(words.recording, request)
    return HttpResponse(
        words.vtt,
        content_type="text/vtt; charset=utf-8",
        headers={"Cache-Control": caching, "Content-Security-Policy": INERT},
    )


def thing_called(name: str) -> Any:
    """The picture, rendition, recording or leaflet whose file has this name."""
    model = FOLDERS.get(name.partition("/")[0])
    thing = model._default_manager.filter(file=name).first() if model else None
    if thing is None:
        raise Http404
    return thing


def caching_for(thing: Any, request: HttpRequest) -> str:
    """How an answer may be kept; raises Http404 if there is to be none. What is public never asks who is there."""
    if is_public(thing):
        return PUBLIC
    if may_fetch(thing, viewer=viewer_of(request), by=request.user):
        return PRIVATE
    raise Http404


def elsewhere(address: str) -> HttpResponse:
    """To the storage's own signed, short-lived address, which nobody must remember."""
    return HttpResponseRedirect(address, headers={"Cache-Control": "private, no-store"})


def answer(request: HttpRequest, path: str, *, thing: Any, caching: str) -> HttpResponseBase:
    try:
        stat = os.stat(path)
    except OSError as error:
        raise Http404 from error
    etag = f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"'
    unchanged = get_conditional_response(request, etag, int(stat.st_mtime))
    response = unchanged or content_of(request, path, size=stat.st_size, etag=etag)
    for name, value in headers_for(thing, PurePath(path).suffix).items():
        response.headers[name] = value
    response.headers["ETag"] = etag
    response.headers["Last-Modified"] = http_date(int(stat.st_mtime))
    response.headers["Cache-Control"] = caching
    return response


def content_of(request: HttpRequest, path: str, *, size: int, etag: str) -> HttpResponseBase:
    """The whole file, or the part that a player asked for (RFC 9110, 14)."""
    try:
        part = part_asked_for(request.headers.get("Range", ""), size=size)
    except UnableToSatisfy:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    if part is None or request.method == "HEAD" or request.headers.get("If-Range", etag) != etag:
        if request.method == "HEAD":
            return HttpResponse(headers={"Content-Length": str(size), "Accept-Ranges": "bytes"})
        return FileResponse(open(path, "rb"), headers={"Accept-Ranges": "bytes"})
    return StreamingHttpResponse(
        PartOfFile(open(path, "rb"), part),
        status=206,
        headers={"Content-Length": str(part.length), "Content-Range": part.content_range},
    )


def headers_for(thing: Any, suffix: str) -> dict[str, str]:
    """A file is what we say it is and does nothing; what we do not know is only saved."""
    content_type = CONTENT_TYPES.get(suffix.lower(), "application/octet-stream")
    is_known = content_type != "application/octet-stream"
    name = f"{getattr(thing, 'title', '') or 'picture'}{suffix}"
    return {
        "Content-Type": content_type,
        "Content-Disposition": content_disposition_header(not is_known, name if shows_name(thing) else "") or "inline",
        "Content-Security-Policy": INERT_PDF if suffix == ".pdf" else INERT,
        "X-Content-Type-Options": "nosniff",
    }


def shows_name(thing: Any) -> bool:
    """A leaflet and a recording have titles for readers; the title of a picture is for editors."""
    return isinstance(thing, Leaflet | Recording)
