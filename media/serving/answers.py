"""How do the bytes of a file reach the browser? From the disk, through nginx, or from another machine."""

import os
from io import FileIO
from pathlib import PurePath
from typing import Any, NamedTuple
from urllib.parse import quote

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from media.byte_ranges import CHUNK, Part, PartOfFile, UnableToSatisfy, part_asked_for
from media.serving.stored import StoredFile

#: Seconds for which the address on another machine is good.
SHORT_LIVED = 60
CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE")


class UnableToFind(Exception):
    """The file is gone from the disk."""


def answer(request: HttpRequest, file: StoredFile) -> HttpResponseBase:
    """`file` to somebody who may have it; raises UnableToFind if it is gone from the disk."""
    if file.path is None:
        return from_elsewhere(file)
    if settings.X_ACCEL:
        return through_nginx(file, file.path)
    return from_disk(request, file, file.path)


def from_elsewhere(file: StoredFile) -> HttpResponse:
    """To the storage's own signed, short-lived address, which nobody must remember. There, too, the file is only what
    we say that it is."""
    storage: Any = file.storage
    said = {f"Response{name.replace('-', '')}": file.headers[name] for name in ("Content-Type", "Content-Disposition")}
    address = storage.url(file.name, parameters=said, expire=SHORT_LIVED)
    return HttpResponseRedirect(address, headers={"Cache-Control": "private, no-store"})


def through_nginx(file: StoredFile, path: str) -> HttpResponse:
    """An empty answer that tells nginx which file to send; parts and conditions are then its own affair."""
    place = PurePath(path).relative_to(settings.VAR_DIR).as_posix()
    return HttpResponse(headers={**file.headers, "X-Accel-Redirect": quote(f"{settings.X_ACCEL}{place}")})


def from_disk(request: HttpRequest, file: StoredFile, path: str) -> HttpResponseBase:
    """The whole file, or the part that a player asked for (RFC 9110, 13 and 14)."""
    try:
        content = open(path, "rb", buffering=0)  # noqa: SIM115 - a long answer closes it when it is sent
    except OSError as error:
        raise UnableToFind from error
    version = Version.of(content)
    response = unmet_condition(request, version) or content_of(request, content, version)
    if not response.streaming:
        content.close()
    for name, value in file.headers.items():
        response.headers[name] = value
    response.headers["ETag"] = version.etag
    response.headers["Last-Modified"] = version.last_modified
    return response


class Version(NamedTuple):
    """A file as it lies on the disk now, not as it lay there when it was judged."""

    size: int
    etag: str
    changed: int

    @classmethod
    def of(cls, content: FileIO) -> "Version":
        stat = os.fstat(content.fileno())
        return cls(stat.st_size, f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"', int(stat.st_mtime))

    @property
    def last_modified(self) -> str:
        return http_date(self.changed)


def unmet_condition(request: HttpRequest, version: Version) -> HttpResponseBase | None:
    """304 or 412, if the browser has set a condition that says so."""
    if not any(condition in request.META for condition in CONDITIONS):
        return None
    return get_conditional_response(request, version.etag, version.changed)


def content_of(request: HttpRequest, content: FileIO, version: Version) -> HttpResponseBase:
    if request.method == "HEAD":
        return HttpResponse(headers={"Content-Length": str(version.size), "Accept-Ranges": "bytes"})
    try:
        part = part_asked_for(_range_in(request, version), size=version.size)
    except UnableToSatisfy:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{version.size}"})
    response = _bytes_of(content, part or Part(0, version.size - 1, version.size))
    if part is not None:
        response.status_code = 206
        response.headers["Content-Range"] = part.content_range
    return response


def _range_in(request: HttpRequest, version: Version) -> str:
    """The Range header, unless the browser holds a part of another version."""
    asked = str(request.META.get("HTTP_RANGE", ""))
    if asked and request.META.get("HTTP_IF_RANGE", version.etag) not in (version.etag, version.last_modified):
        return ""
    return asked


def _bytes_of(content: FileIO, part: Part) -> HttpResponseBase:
    """What is short is read at once, which costs the server least; what is long never lies in memory as a whole."""
    response: HttpResponseBase
    if part.length <= CHUNK:
        response = HttpResponse(b"".join(PartOfFile(content, part)))
    else:
        response = StreamingHttpResponse(PartOfFile(content, part))
    response.headers["Content-Length"] = str(part.length)
    response.headers["Accept-Ranges"] = "bytes"
    return response
