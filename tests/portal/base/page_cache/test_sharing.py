"""Is what visitors share the same for all, and free of anybody in particular?"""

import gzip
import re
from collections.abc import Callable

import brotli  # type: ignore[import-untyped]
import pytest
from django.test import Client
from django.urls import reverse

from lessons.manuals.models import ManualPage, SectionPage
from portal.base.audience import Sensitivity
from portal.base.page_cache import store
from portal.home.models import HomePage, PlainPage
from portal.people.roles import Role
from tests.conftest import SignedIn
from tests.factories import house, people

PERSONAL = re.compile(r"csrfmiddlewaretoken|sessionid|csrftoken|Somsri|Boonmi", re.IGNORECASE)


@pytest.fixture
def section(home: HomePage) -> SectionPage:
    return house.way_to(SectionPage, home=home)


def test_all_visitors_share_one_answer(section: SectionPage) -> None:
    one, two = (Client(headers={"user-agent": name}).get(section.get_url()) for name in ("one", "two"))
    assert one.content == two.content
    assert one.headers["ETag"] == two.headers["ETag"]


def test_every_kind_of_page_is_kept_and_holds_nothing_personal(home: HomePage, signed_in: SignedIn) -> None:
    for page in house.one_of_each(home).values():
        signed_in(Role.LEARNER, first_name="Somsri").get(page.get_url())
        visitor = Client().get(page.get_url())
        assert not visitor.cookies
        assert not PERSONAL.search(visitor.content.decode()), page
    assert len(store.wholes._kept) == len(store.parts._kept) == len(house.PARENTS) + 1
    for kept in store.parts._kept.values():
        assert not PERSONAL.search("".join(kept.parts))


def test_learners_in_turn_see_themselves_and_never_each_other(section: SectionPage, signed_in: SignedIn) -> None:
    visitor, one, two = Client(), signed_in(Role.LEARNER), signed_in(Role.LEARNER)
    address = section.get_url()
    sign_in, sign_out = reverse("account_login"), reverse("account_logout")
    for _ in range(2):
        for client in (one, visitor, two, visitor):
            said = client.get(address).content.decode()
            assert (sign_out in said) == (client is not visitor)
            assert (f'{sign_in}"' in said) == (client is visitor)
    assert len(store.parts._kept) == 1


def test_what_is_for_one_person_is_kept_by_nobody_on_the_way(section: SectionPage, signed_in: SignedIn) -> None:
    client = signed_in(Role.LEARNER)
    for _ in range(2):
        assert "no-store" in client.get(section.get_url()).headers["Cache-Control"]
    for _ in range(2):
        visitor = Client().get(section.get_url())
        assert visitor.headers["Cache-Control"] == "no-cache"
        assert "Cookie" in visitor.headers["Vary"]


def test_what_staff_see_is_never_given_to_others(home: HomePage, signed_in: SignedIn) -> None:
    house.way_to(SectionPage, home=home)
    manual = ManualPage.objects.get()
    house.page(SectionPage, below=manual, title="Escape routes", sensitivity=Sensitivity.STAFF)
    staff, learner = signed_in(Role.AUTHOR), signed_in(Role.LEARNER)
    for _ in range(2):
        assert "Escape routes" in staff.get(manual.get_url()).content.decode()
        assert "Escape routes" not in learner.get(manual.get_url()).content.decode()
        assert "Escape routes" not in Client().get(manual.get_url()).content.decode()


def test_who_loses_a_role_loses_the_page(home: HomePage, signed_in: SignedIn) -> None:
    page = house.page(PlainPage, below=home, sensitivity=Sensitivity.STAFF)
    author = people.make_person(Role.AUTHOR)
    client = signed_in(person=author)
    assert client.get(page.get_url()).status_code == 200
    author.memberships.all().delete()
    assert client.get(page.get_url()).status_code == 404


def test_a_message_reaches_the_visitor_whom_it_is_for_and_nobody_else(section: SectionPage) -> None:
    Client().get(section.get_url())
    told = Client()
    client = Client()
    client.force_login(people.make_person())
    client.get(section.get_url())
    # Signing out leaves a message in a cookie, and no session.
    told.cookies = client.post(reverse("account_logout")).client.cookies
    said = told.get(section.get_url()).content.decode()
    assert 'class="message' in said
    assert 'class="message' not in told.get(section.get_url()).content.decode()
    assert 'class="message' not in Client().get(section.get_url()).content.decode()


@pytest.mark.parametrize(
    ("asked", "encoding", "unpack"),
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("br;q=0, gzip;q=0.5", "gzip", gzip.decompress),
        ("identity", None, bytes),
        ("", None, bytes),
    ],
)
def test_the_body_is_the_same_in_every_encoding(
    section: SectionPage, asked: str, encoding: str | None, unpack: Callable[[bytes], bytes]
) -> None:
    plain = Client().get(section.get_url()).content
    for _ in range(2):
        answer = Client(headers={"accept-encoding": asked}).get(section.get_url())
        assert answer.headers.get("Content-Encoding") == encoding
        assert unpack(answer.content) == plain
        assert answer.headers["Content-Length"] == str(len(answer.content))


def test_a_browser_that_has_the_page_is_told_so(section: SectionPage) -> None:
    etag = Client().get(section.get_url()).headers["ETag"]
    for known in (etag, f"W/{etag}", f'"another", {etag}'):
        answer = Client(headers={"if-none-match": known}).get(section.get_url())
        assert answer.status_code == 304
        assert answer.content == b""
        assert answer.headers["ETag"] == etag
    assert Client(headers={"if-none-match": '"another"'}).get(section.get_url()).status_code == 200


def test_head_answers_with_the_headers_of_the_page_and_no_body(section: SectionPage) -> None:
    for _ in range(2):
        head, get = Client().head(section.get_url()), Client().get(section.get_url())
        assert head.content == b""
        assert head.headers["Content-Length"] == get.headers["Content-Length"]


def test_what_has_a_query_string_is_made_anew_and_not_kept(section: SectionPage) -> None:
    assert Client().get(f"{section.get_url()}?utm_source=mail").status_code == 200
    assert not store.wholes._kept


def test_a_kept_answer_has_all_the_headers_of_a_made_one(section: SectionPage) -> None:
    made, kept = (dict(Client().get(section.get_url()).items()) for _ in range(2))
    assert made == kept
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy",
                 "X-Frame-Options", "Cross-Origin-Opener-Policy", "Content-Language"):  # fmt: skip
        assert kept[name]


def test_one_host_s_page_is_not_another_s(section: SectionPage) -> None:
    Client().get(section.get_url())
    assert Client().get(section.get_url(), headers={"host": "evil.example"}).status_code == 400
    assert len(store.wholes._kept) == 1
