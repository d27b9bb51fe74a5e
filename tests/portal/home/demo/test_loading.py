"""Is the demonstration the same after every loading, and the same in both languages?"""

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from wagtail.models import Page, Revision, Site

from lessons.articles.models import ArticlePage
from lessons.courses.models import CoursePage, LessonPage
from lessons.manuals.models import SectionPage
from media.stores import originals
from portal.audit.models import Event
from portal.base.audience import ANYBODY, Sensitivity, forget_admitted, visible
from portal.home.demo.accounts import ACCOUNTS, PASSWORD
from portal.home.demo.loading import load_pages
from portal.people.models import Membership, User
from portal.people.roles import Role
from tests.factories import house


@pytest.fixture(scope="module", autouse=True)
def _loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demonstration, loaded once for all tests of this file and rolled back after them."""
    with django_db_blocker.unblock():
        forget_admitted()
        block = transaction.atomic()
        block.__enter__()
        house.root()
        call_command("load_demo", verbosity=0, stdout=StringIO())
        yield
        transaction.set_rollback(True)
        block.__exit__(None, None, None)


pytestmark = pytest.mark.django_db


def snapshot() -> dict[str, object]:
    return {
        "pages": list(
            Page.objects.order_by("path").values_list("pk", "path", "slug", "title", "live", "latest_revision")
        ),
        "revisions": Revision.objects.count(),
        "people": list(User.objects.order_by("pk").values_list("pk", "email", "password")),
        "memberships": list(Membership.objects.order_by("pk").values_list("pk", "granted_at")),
        "events": Event.objects.count(),
        "files": sorted(originals().listdir("original_images")[1]),
        "sites": list(Site.objects.values_list("pk", "root_page")),
    }


def pairs() -> list[tuple[Page, Page]]:
    thai = {page.translation_key: page for page in Page.objects.filter(locale__language_code="th").specific()}
    english = Page.objects.filter(locale__language_code="en", depth__gte=2).specific()
    return [(page, thai[page.translation_key]) for page in english]


def blocks_of(page: Any) -> list[tuple[str, str]]:
    return [(block.block_type, block.id) for block in getattr(page, "body", [])]


def test_loading_again_changes_nothing() -> None:
    before = snapshot()
    call_command("load_demo", verbosity=0, stdout=StringIO())
    assert snapshot() == before


def test_what_somebody_broke_is_mended() -> None:
    article = ArticlePage.objects.filter(locale__language_code="en").first()
    assert article
    title = article.title
    article.title = "Broken"
    article.save_revision().publish()
    assert load_pages(by=User.objects.filter(is_superuser=True).get(), at=article.last_published_at, tell=print) == 1
    article.refresh_from_db()
    assert article.title == title


def test_there_is_as_much_as_was_promised() -> None:
    assert ArticlePage.objects.filter(locale__language_code="en").count() == 6
    assert SectionPage.objects.filter(locale__language_code="en", sensitivity=Sensitivity.PUBLIC).count() == 7
    assert CoursePage.objects.filter(locale__language_code="th").count() == 2
    assert LessonPage.objects.filter(locale__language_code="th").count() >= 12


def test_every_page_has_its_thai_twin_with_the_same_blocks() -> None:
    found = pairs()
    assert len(found) > 50
    for english, thai in found:
        assert type(english) is type(thai)
        assert blocks_of(english) == blocks_of(thai), english


def test_every_page_is_live_and_opens_for_whom_it_is() -> None:
    client = Client()
    for page in Page.objects.filter(depth__gte=2).specific():
        assert page.live, page
        assert client.get(page.get_url()).status_code == (200 if visible(page, ANYBODY) else 404), page


def test_there_is_something_that_visitors_must_not_see() -> None:
    hidden = [page for page in SectionPage.objects.all() if not visible(page, ANYBODY)]
    assert {page.locale.language_code for page in hidden} == {"en", "th"}


def test_the_people_are_made_up_and_have_exactly_their_role() -> None:
    for account in ACCOUNTS:
        person = User.objects.get(email=account.email)
        assert person.email.endswith("@demo.example")
        assert person.check_password(PASSWORD)
        held = [membership.role for membership in person.memberships.all()]
        assert held == ([account.role] if account.role in Role.values else [])
    assert User.objects.filter(is_superuser=True).count() == 1


def test_outside_the_demonstration_nothing_is_loaded(settings: Any) -> None:
    settings.DEMONSTRATION = False
    with pytest.raises(CommandError, match="DEMONSTRATION=1"):
        call_command("load_demo")
