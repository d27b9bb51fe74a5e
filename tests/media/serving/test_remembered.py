"""Is what was public a moment ago hidden at once, for every process, although it was remembered?"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings as current
from django.core.files.storage import default_storage
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Collection, PageViewRestriction

from media.models import Picture
from media.serving import remembered
from media.serving.remembered import forget_public_files
from portal.base.audience import Sensitivity
from portal.home.models import PlainPage
from portal.people.roles import Role
from tests.conftest import SignedIn
from tests.factories import house
from tests.factories.server import ROOT
from tests.media.conftest import Shown

# What happens in a transaction that may be rolled back is not remembered.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _nothing_public() -> Iterator[None]:
    forget_public_files()
    yield
    forget_public_files()


@pytest.fixture(autouse=True)
def _collection(transactional_db: None) -> None:
    """Emptied tables have lost what migrations put into them."""
    Collection.get_first_root_node() or Collection.add_root(name="Root")


@pytest.fixture
def public(_collection: None, shown: Shown) -> Shown:
    """Everything on it was asked for once."""
    shown.page.sensitivity = Sensitivity.PUBLIC
    shown.page.save_revision().publish()
    for address in shown.addresses:
        assert fetched(address).status_code == 200
    return shown


def fetched(address: str, **headers: str) -> Any:
    response: Any = Client().get(address, headers=headers)
    response.body = b"".join(response)
    response.close()
    return response


def files_among(addresses: list[str]) -> list[str]:
    return [address for address in addresses if not address.endswith(".vtt")]


def test_a_public_file_is_answered_without_a_query(
    public: Shown, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for address in files_among(public.addresses):
        with django_assert_num_queries(0):
            assert fetched(address).status_code == 200
            assert fetched(address, range="bytes=0-9").status_code == 206


def test_whoever_asks_first_and_whoever_asks_later_are_answered_alike(public: Shown) -> None:
    for address in files_among(public.addresses):
        later = fetched(address)
        forget_public_files()
        first = fetched(address)
        assert dict(first.headers) == dict(later.headers)
        assert first.body == later.body


def unpublish(page: PlainPage) -> None:
    page.unpublish()


def make_it_for_staff(page: PlainPage) -> None:
    page.sensitivity = Sensitivity.STAFF
    page.save_revision().publish()


def make_what_is_above_for_staff(page: PlainPage) -> None:
    home = page.get_parent().specific
    home.sensitivity = Sensitivity.STAFF
    home.save_revision().publish()


def restrict(page: PlainPage) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def move_below_a_hidden_page(page: PlainPage) -> None:
    hidden = house.way_to(PlainPage, home=page.get_parent().specific, title="Hidden", sensitivity=Sensitivity.STAFF)
    page.move(hidden, pos="last-child")


def delete_it(page: PlainPage) -> None:
    page.delete()


def take_everything_off(page: PlainPage) -> None:
    page.cover, page.body = None, []
    page.save_revision().publish()


@pytest.mark.parametrize(
    "hide",
    [
        unpublish, make_it_for_staff, make_what_is_above_for_staff, restrict, move_below_a_hidden_page, delete_it,
        take_everything_off,
    ],
)  # fmt: skip
def test_what_is_hidden_again_is_hidden_at_once(public: Shown, hide: Callable[[PlainPage], None]) -> None:
    hide(PlainPage.objects.get(pk=public.page.pk))
    assert {address: fetched(address).status_code for address in public.addresses} == dict.fromkeys(
        public.addresses, 404
    )


def test_what_another_page_shows_stays_public(public: Shown) -> None:
    other = house.way_to(PlainPage, home=public.page.get_parent().specific, title="Other")
    other.cover = public.page.cover
    other.save_revision().publish()
    public.page.unpublish()
    found = {address: fetched(address).status_code for address in public.addresses}
    assert {status for address, status in found.items() if "/images/" in address} == {200}
    assert {status for address, status in found.items() if "/images/" not in address} == {404}


def test_what_is_published_again_is_shown_at_once(public: Shown) -> None:
    public.page.unpublish()
    assert fetched(public.addresses[0]).status_code == 404
    public.page.save_revision().publish()
    assert fetched(public.addresses[0]).status_code == 200


def test_a_deleted_picture_is_gone_at_once(public: Shown) -> None:
    Picture.objects.get().delete()
    assert {fetched(address).status_code for address in public.addresses if "/images/" in address} == {404}


def test_a_file_that_is_gone_from_the_disk_is_not_found(public: Shown) -> None:
    default_storage.delete(public.addresses[0].removeprefix("/files/"))
    assert fetched(public.addresses[0]).status_code == 404


def test_a_change_in_another_process_holds_here(
    public: Shown, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    program = (
        "import sys; from pathlib import Path; from portal.base.page_cache.tags import FileCounters, slots_of;"
        "FileCounters(Path(sys.argv[1])).count(slots_of([sys.argv[2]]))"
    )
    counters = f"{current.VAR_DIR}/page_cache.counters"
    command = [sys.executable, "-c", program, counters, f"page:{public.page.pk}"]
    subprocess.run(command, cwd=ROOT, check=True)
    with django_assert_num_queries(2):
        assert fetched(public.addresses[0]).status_code == 200
    with django_assert_num_queries(0):
        assert fetched(public.addresses[0]).status_code == 200


def test_after_half_a_minute_it_is_asked_again(
    public: Shown, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    monkeypatch.setattr(remembered, "MAX_AGE", 0)
    with django_assert_num_queries(2):
        assert fetched(public.addresses[0]).status_code == 200


def test_no_more_is_remembered_than_there_is_room_for(public: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "MOST_REMEMBERED", 1)
    forget_public_files()
    for address in files_among(public.addresses):
        assert fetched(address).status_code == 200
    names = [address.removeprefix("/files/") for address in files_among(public.addresses)]
    assert [name for name in names if remembered.public_file(name)] == names[-1:]


def test_what_only_staff_may_see_is_never_remembered(public: Shown, signed_in: SignedIn) -> None:
    make_it_for_staff(public.page)
    manager = signed_in(Role.CENTRE_MANAGER)
    for address in public.addresses:
        response = manager.get(address)
        response.close()
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "private, no-cache"
    assert {fetched(address).status_code for address in public.addresses} == {404}
