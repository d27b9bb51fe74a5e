"""Who is answered from the cache? Signed-out visitors at the door, everybody else once we know who they are."""

import gzip
import re
from collections.abc import Callable

import brotli  # type: ignore[import-untyped]
from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.request import split_domain_port
from django.utils.http import parse_etags

from portal.base import places
from portal.base.audience import ANYBODY, Viewer, admitted, is_admitted, viewer_of
from portal.base.page_cache import store
from portal.base.page_cache.store import Key, Parts, Whole

Answer = Callable[[HttpRequest], HttpResponse]
#: With a session somebody is known; with a message there is something to tell, to this visitor only.
PERSONAL_COOKIES = {settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name}
#: The quality by which a browser says that it does not want an encoding.
NEVER = re.compile(r"q=0(\.0*)?")


def key_of(request: HttpRequest, viewer: Viewer) -> Key:
    # Without the port, which anybody can make up: pages name no host, and hosts are few.
    host, _port = split_domain_port(request.META.get("HTTP_HOST", ""))
    return Key(host, request.is_secure(), request.path, admitted(viewer))


def may_be_kept(request: HttpRequest) -> bool:
    """Pages without a query; files have a door of their own, which asks no more than it must."""
    is_page = not request.path.startswith(settings.MEDIA_URL) and not request.META.get("QUERY_STRING")
    is_draft = getattr(request, "is_dummy", False)  # Wagtail asks for the page's own address, and means the draft
    return is_page and not is_draft and request.method in ("GET", "HEAD")


class AnonymousPages:
    """First in the chain: a visitor without a session gets the page that was made for all visitors."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not may_be_kept(request) or PERSONAL_COOKIES & request.COOKIES.keys():
            return self.get_response(request)
        key = key_of(request, ANYBODY)
        whole = store.wholes.get(key)
        if whole is None or not is_admitted(whole.made.audience_id, ANYBODY):
            response = self.get_response(request)
            whole = kept_whole(response, key=key)
            if whole is None:
                return response
        return answer_whole(whole, request)


def kept_whole(response: HttpResponse, *, key: Key) -> Whole | None:
    """Keep a finished page, unless it is not one that all visitors share."""
    page: Parts | None = getattr(response, "portal_parts", None)
    if page is None or response.status_code != 200 or response.cookies:
        return None
    body = response.content
    whole = Whole(
        made=page.made,
        headers=[item for item in response.items() if item[0] not in ("Content-Length", "Vary")],
        bodies={
            "br": brotli.compress(body, quality=5),
            "gzip": gzip.compress(body, compresslevel=6),
            "": body,
        },
        etag=store.etag_of(body),
    )
    store.wholes.keep(key, whole)
    return whole


def answer_whole(whole: Whole, request: HttpRequest) -> HttpResponse:
    if whole.etag in parse_etags(request.META.get("HTTP_IF_NONE_MATCH", "").replace("W/", "")):
        response: HttpResponse = HttpResponseNotModified()
    else:
        encoding = _encoding_for(request)
        response = HttpResponse(whole.bodies[encoding])
        if encoding:
            response.headers["Content-Encoding"] = encoding
    for name, value in whole.headers:
        response.headers[name] = value
    if response.status_code == 200:
        response.headers["Content-Length"] = str(len(response.content))
    response.headers["ETag"] = whole.etag
    response.headers["Vary"] = "Accept-Encoding, Cookie"
    return response


def _encoding_for(request: HttpRequest) -> str:
    accepted = [choice.partition(";") for choice in request.META.get("HTTP_ACCEPT_ENCODING", "").split(",")]
    names = {name.strip() for name, _, quality in accepted if not NEVER.fullmatch(quality.strip())}
    return next((name for name in ("br", "gzip") if name in names), "")


class PersonalPages:
    """Behind the sign-in: the shared page, with this person's places filled in."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not may_be_kept(request) or settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return self.get_response(request)
        viewer = viewer_of(request)
        key = key_of(request, viewer)
        page = store.parts.get(key)
        if page is not None and is_admitted(page.made.audience_id, viewer):
            return answer_parts(page, request)
        response = self.get_response(request)
        made: Parts | None = getattr(response, "portal_parts", None)
        # An audience that was new to us while the page was made: the old key may be that of readers without it.
        if made is not None and response.status_code == 200 and key == key_of(request, viewer):
            store.parts.keep(key, made)
        return response


def answer_parts(page: Parts, request: HttpRequest) -> HttpResponse:
    """The page for one person; nobody else's cache may keep it."""
    response = HttpResponse(places.joined(page.parts, request))
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Language"] = page.language
    return response
