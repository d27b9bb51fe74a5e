"""Which policies do answers carry, and does any page call another host?"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from portal.home.models import HomePage
from portal.people.roles import Role
from portal.settings.environment import ROOT
from tests.conftest import SignedIn
from tests.factories import house
from tests.factories.people import PASSWORD, administrator, make_person

FOLDERS = ("portal", "lessons", "exhibits", "media")
LOADING = {("script", "src"), ("link", "href"), ("img", "src"), ("img", "srcset"), ("iframe", "src"), ("source", "src"),
           ("source", "srcset"), ("audio", "src"), ("video", "src"), ("video", "poster"), ("track", "src"),
           ("form", "action"), ("object", "data"), ("embed", "src"), ("use", "href")}  # fmt: skip


class Loaded(HTMLParser):
    """The addresses that a browser asks for by itself, and where forms go."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.addresses += [value for name, value in attrs if (tag, name) in LOADING and value]


def elsewhere(html: str) -> list[str]:
    return [
        address for address in Loaded(html).addresses if urlsplit(address).netloc not in ("", "localhost", "testserver")
    ]


def public_answers(home: HomePage) -> Iterator[tuple[str, Any]]:
    addresses = [page.get_url() for page in house.one_of_each(home).values()]
    others = ["/en/nothing-is-here/", "/nothing", "/en/search/", "/en/search/?q=loom", reverse("account_login")]
    for address in [*addresses, *others, reverse("account_reset_password")]:
        yield address, Client().get(address, follow=True)


def directives(answer: Any) -> dict[str, list[str]]:
    policy = answer.headers["Content-Security-Policy"].split(";")
    return {words[0]: words[1:] for words in (one.split() for one in policy) if words}


def test_every_public_answer_carries_the_strict_policy(home: HomePage) -> None:
    for address, answer in public_answers(home):
        found = directives(answer)
        assert found["default-src"] == found["base-uri"] == found["frame-ancestors"] == ["'none'"], address
        assert found["script-src"] == found["style-src"] == found["form-action"] == ["'self'"], address
        for sources in found.values():
            assert set(sources) <= {"'self'", "'none'"}, address


def test_every_public_answer_carries_the_other_headers(home: HomePage) -> None:
    for address, answer in public_answers(home):
        assert answer.headers["X-Content-Type-Options"] == "nosniff", address
        assert answer.headers["X-Frame-Options"] == "DENY", address
        assert answer.headers["Referrer-Policy"] in ("no-referrer", "same-origin"), address
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin", address
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin", address
        assert "geolocation=()" in answer.headers["Permissions-Policy"], address


def test_no_public_page_loads_anything_from_another_host(home: HomePage) -> None:
    for address, answer in public_answers(home):
        assert elsewhere(answer.content.decode()) == [], address


def test_public_pages_hold_no_inline_script_or_style(home: HomePage) -> None:
    for address, answer in public_answers(home):
        html = answer.content.decode()
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", html), address
        for script in re.findall(r"<script([^>]*)>", html):
            assert "src=" in script or 'type="application/json"' in script, address


def test_the_admin_carries_its_own_policy_and_nobody_else_does(home: HomePage, signed_in: SignedIn) -> None:
    client = signed_in(person=administrator())
    policy = directives(client.get(reverse("wagtailadmin_home")))
    assert policy["default-src"] == ["'none'"]
    assert policy["frame-ancestors"] == ["'self'"]
    for sources in policy.values():
        assert not {source for source in sources if "//" in source or source == "*"}
    assert directives(client.get("/en/"))["script-src"] == ["'self'"]
    assert directives(client.get("/administration/", follow=True))["script-src"] == ["'self'"]


def admin_addresses(home: HomePage) -> list[str]:
    pages = house.one_of_each(home)
    names = [
        "wagtailadmin_home", "wagtailadmin_explore_root", "wagtailimages:index", "wagtailimages:add",
        "wagtaildocs:index", "wagtaildocs:add", "wagtailusers_users:index", "wagtailusers_users:add",
        "wagtailusers_groups:index", "wagtailadmin_account", "wagtailsites:index",
        "wagtailadmin_collections:index", "wagtaillocales:index", "wagtailadmin_workflows:index",
        "wagtailredirects:index", "wagtailadmin_reports:site_history", "memberships:index", "memberships:add",
        "recordings:index", "recordings:add",
    ]  # fmt: skip
    edits = [reverse("wagtailadmin_pages:edit", args=[page.pk]) for page in pages.values()]
    return [*map(reverse, names), *edits]


@pytest.mark.parametrize(
    ("address", "host", "status"), [("/en/", "evil.example", 400), ("/nothing/", "testserver", 302),
                                    ("/en/nothing", "testserver", 301)]
)  # fmt: skip
def test_what_is_refused_or_sent_on_early_carries_the_policy_too(
    home: HomePage, address: str, host: str, status: int
) -> None:
    answer = Client().get(address, headers={"host": host})
    assert answer.status_code == status
    assert directives(answer)["default-src"] == ["'none'"]
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_no_page_of_the_admin_loads_anything_from_another_host(home: HomePage, signed_in: SignedIn) -> None:
    client = signed_in(person=administrator())
    for address in admin_addresses(home):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert elsewhere(answer.content.decode()) == [], address


def test_no_template_of_ours_refers_to_another_host() -> None:
    found = [
        f"{path}: {address}"
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("templates/**/*.html")
        for address in elsewhere(path.read_text(encoding="utf-8"))
        if not address.startswith("{")
    ]
    assert found == []


@pytest.mark.parametrize("suffix", ["css", "js"])
def test_no_stylesheet_or_script_of_ours_refers_to_another_host(suffix: str) -> None:
    for path in (ROOT / "portal" / "static").rglob(f"*.{suffix}"):
        text = re.sub(r"/\*.*?\*/|(?m:^\s*//.*$)", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not re.search(r"https?://(?!www\.w3\.org)", text), path


def test_cookies_are_not_for_scripts_or_other_sites(home: HomePage) -> None:
    person = make_person(Role.LEARNER, email="somsri@example.org")
    client = Client()
    entrance = client.get(reverse("account_login"))
    inside = client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    cookies = [entrance.cookies[settings.CSRF_COOKIE_NAME], inside.cookies[settings.SESSION_COOKIE_NAME]]
    assert [cookie["httponly"] for cookie in cookies] == [True, True]
    assert [cookie["samesite"] for cookie in cookies] == ["Lax", "Lax"]
