"""What every test stands on: nothing remembered from another test, a small house, and people who are signed in."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation
from wagtail.models import Collection

from media.serving.remembered import forget_public_files
from portal.base.audience import forget_admitted
from portal.base.page_cache import store
from portal.base.page_cache.facts import forget_facts
from portal.editions import gate
from portal.home.models import HomePage
from portal.people.models import User
from portal.people.roles import Role
from tests.factories import house, people

SignedIn = Callable[..., Client]
Commits = Callable[[], AbstractContextManager[Any]]


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """Ids come again in another test, so nothing that is kept under an id may stay."""
    cache.clear()
    forget_admitted()
    forget_facts()
    forget_public_files()
    store.wholes.clear()
    store.parts.clear()
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _what_migrations_made(request: pytest.FixtureRequest) -> None:
    """A test that commits finds the root of all collections, which the test before it may have flushed."""
    mark = request.node.get_closest_marker("django_db")
    if mark is not None and mark.kwargs.get("transaction"):
        request.getfixturevalue("transactional_db")
        if Collection.get_first_root_node() is None:
            Collection.add_root(name="Root")


@pytest.fixture
def unsigned() -> Iterator[None]:
    """Pages of manuals are published like all others: for tests that are not about editions."""
    with gate.opened():
        yield


@pytest.fixture
def home(db: None) -> HomePage:
    """The English home page, below a real root and with a site."""
    return house.home("en")


@pytest.fixture
def thai_home(home: HomePage) -> HomePage:
    return house.home("th", translation_key=home.translation_key)


@pytest.fixture
def signed_in(db: None) -> SignedIn:
    """A browser in which somebody with these roles, or this person, is signed in."""

    def browser(*roles: Role, person: User | None = None, **fields: Any) -> Client:
        client = Client()
        client.force_login(person or people.make_person(*roles, **fields))
        return client

    return browser


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Commits:
    """`with committed():` does what waits for the end of the transaction."""
    return partial(django_capture_on_commit_callbacks, execute=True)
