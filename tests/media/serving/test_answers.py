"""Is every answer inert, exact, and never an error, whatever is asked?"""

from typing import Any

import pytest
from django.test import Client

from media.models import Leaflet
from media.serving.inert import CONTENT_TYPES, headers_of
from portal.base.audience import Sensitivity
from portal.people.roles import Role
from tests.conftest import SignedIn
from tests.media.conftest import Shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def public(shown: Shown) -> Shown:
    shown.page.sensitivity = Sensitivity.PUBLIC
    shown.page.save_revision().publish()
    return shown


def fetched(client: Client, address: str, *, method: str = "get", **headers: str) -> Any:
    response: Any = getattr(client, method)(
        address, headers={name.replace("_", "-"): headers[name] for name in headers}
    )
    response.body = b"".join(response)
    response.close()
    return response


def test_every_answer_is_inert_and_brings_no_cookie(public: Shown, signed_in: SignedIn) -> None:
    for client, addresses in (
        (Client(), public.addresses),
        (signed_in(Role.CURATOR), [*public.addresses, *public.originals]),
    ):
        for address in addresses:
            response = fetched(client, address)
            assert response.status_code == 200
            policy = response.headers["Content-Security-Policy"]
            assert policy.startswith("default-src 'none'")
            assert "sandbox" in policy or address.endswith(".pdf")
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
            assert response.headers["X-Frame-Options"] == "DENY"
            assert "html" not in response.headers["Content-Type"]
            assert not response.cookies


def test_originals_are_saved_and_renditions_are_shown(public: Shown, signed_in: SignedIn) -> None:
    curator = signed_in(Role.CURATOR)
    assert fetched(curator, public.originals[0]).headers["Content-Disposition"].startswith("attachment")
    for address in public.addresses:
        assert fetched(curator, address).headers["Content-Disposition"].startswith("inline")


def test_what_we_do_not_know_is_only_saved() -> None:
    title = "Line one\r\nSet-Cookie: x\x00\N{THAI CHARACTER KO KAI}"
    for suffix in (".html", ".svg", ".xml", ".js", ".exe", ""):
        headers = headers_of(Leaflet(title=title), f"documents/0123{suffix}")
        assert headers["Content-Type"] == "application/octet-stream"
        assert headers["Content-Disposition"].startswith("attachment")
        assert not {"\r", "\n", "\0"} & set(headers["Content-Disposition"])


@pytest.mark.parametrize("suffix", CONTENT_TYPES)
def test_each_of_our_formats_has_a_type_that_runs_nothing(suffix: str) -> None:
    kind = headers_of(Leaflet(title="Rights"), f"documents/0123{suffix.upper()}")["Content-Type"]
    assert kind.partition("/")[0] in ("image", "audio", "video") or kind == "application/pdf"
    assert "svg" not in kind


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_nothing_but_reading_is_allowed_of_what_is_there_and_what_is_not(public: Shown, method: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    for address in (*public.addresses, *public.originals, "/files/images/none.webp", "/files/texts/1/x.en.vtt"):
        assert fetched(strict, address, method=method).status_code == 405


def test_asking_for_the_head_tells_all_that_getting_tells(public: Shown) -> None:
    for address in public.addresses:
        whole, head = (fetched(Client(), address, method=method) for method in ("get", "head"))
        assert dict(whole.headers) == dict(head.headers)
        assert head.body == b""


RANGES = [
    "bytes=0-0", "bytes=-1", "bytes=-99999999", "bytes=1-", "bytes=99999999999999999999999-", "bytes=0-1,3-4,-2",
    "bytes=-0", "bytes=5-1", "bytes=--1", "bytes=1-2-3", "bytes", "bytes=", "bytes= 0-1", "items=0-1", "=",
    "\N{EM DASH}", "bytes=\N{ARABIC-INDIC DIGIT ONE}-\N{ARABIC-INDIC DIGIT TWO}", f"bytes={'9' * 5000}-",
    f"bytes={'0-1,' * 2000}0-1",
]  # fmt: skip


@pytest.mark.parametrize("asked", RANGES)
def test_no_range_is_an_error(public: Shown, asked: str) -> None:
    for address in public.addresses:
        whole = fetched(Client(), address)
        part = fetched(Client(), address, range=asked)
        assert part.status_code in (200, 206, 416)
        if part.status_code == 200:
            assert part.body == whole.body
        if part.status_code == 206:
            first, last = part.headers["Content-Range"].removeprefix("bytes ").partition("/")[0].split("-")
            assert part.body == whole.body[int(first) : int(last) + 1]
        if part.status_code == 416:
            assert part.body == b""


def test_a_part_is_sent_of_the_version_that_the_player_holds(public: Shown) -> None:
    address = public.addresses[2]
    whole = fetched(Client(), address)
    for held in (whole.headers["ETag"], whole.headers["Last-Modified"]):
        assert fetched(Client(), address, range="bytes=0-9", if_range=held).status_code == 206
    for other in ('"another"', f"W/{whole.headers['ETag']}", "Thu, 01 Jan 1970 00:00:00 GMT", "yesterday"):
        assert fetched(Client(), address, range="bytes=0-9", if_range=other).status_code == 200


def test_conditions_are_kept(public: Shown) -> None:
    for address in public.addresses:
        etag = fetched(Client(), address).headers["ETag"]
        assert fetched(Client(), address, if_none_match=f'"x", {etag}').status_code == 304
        assert fetched(Client(), address, if_none_match="*").status_code == 304
        assert fetched(Client(), address, if_match='"x"').status_code == 412
        assert fetched(Client(), address, if_none_match='"x', if_modified_since="never").status_code == 200


def test_a_refusal_is_short_for_what_asks_for_a_picture_and_a_page_for_a_person(shown: Shown) -> None:
    for address in (shown.addresses[0], "/files/images/none.webp"):
        short = fetched(Client(), address, accept="image/avif,image/webp,*/*")
        assert (short.status_code, short.body) == (404, b"")
        assert short.headers["Cache-Control"] == "private, no-store"
        page = fetched(Client(), address, accept="text/html,*/*;q=0.8")
        assert page.status_code == 404
        assert b"<h1" in page.body


def test_a_text_says_its_language_and_what_it_is(public: Shown) -> None:
    address = next(address for address in public.addresses if address.endswith(".vtt"))
    response = fetched(Client(), address)
    assert response.headers["Content-Type"] == "text/vtt; charset=utf-8"
    assert response.headers["Content-Language"] == "en"
    assert response.body.startswith(b"WEBVTT")
