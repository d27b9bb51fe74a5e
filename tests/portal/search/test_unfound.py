"""What is kept of a question that found nothing, and what never?"""

import pickle
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.test import Client

from lessons.articles.models import ArticlePage
from portal.home.models import HomePage
from portal.people.roles import Role
from portal.search import queries, unfound
from portal.search.models import UnfoundWords
from tests.conftest import SignedIn
from tests.factories import house

Index = Callable[[], int]
Ask = Callable[..., None]
pytestmark = pytest.mark.django_db
NAME = "Malee Sukjai"


def told() -> dict[str, int]:
    return dict(unfound.told(at=datetime.now(UTC)).values_list("words", "count"))


def counts() -> list[int]:
    return list(UnfoundWords.objects.order_by("pk").values_list("count", flat=True))


def dump() -> str:
    """All that the database holds, in every table."""
    cells: list[str] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            cells += [str(cell) for row in cursor.fetchall() for cell in row]
    return "\n".join(cells).casefold()


def cached() -> list[bytes]:
    """The names and values that lie in the cache's folder."""
    kept: list[bytes] = []
    for path in map(Path, cache._list_cache_files()):  # type: ignore[attr-defined]
        with path.open("rb") as file:
            pickle.load(file)  # noqa: S301 - our own
            kept.append(path.name.encode() + zlib.decompress(file.read()))
    return kept


@pytest.fixture
def ask(home: HomePage, indexed: Index) -> Ask:
    """Search on the site; each number is somebody with a network of their own."""
    indexed()

    def answer(text: str, *, by: int = 0, language: str = "en", browser: Client | None = None, **sent: Any) -> None:
        address = {"REMOTE_ADDR": f"198.51.100.{by}", **sent.pop("headed", {})}
        response = (browser or Client()).get(f"/{language}/search/", {"q": text, **sent}, **address)
        assert response.status_code == 200

    return answer


# --- eleven -----------------------------------------------------------------------------------------------------
def test_ten_searches_leave_no_word_in_the_database_and_the_eleventh_is_told(ask: Ask) -> None:
    for number in range(10):
        ask(NAME, by=number)
    assert (told(), counts()) == ({}, [10])
    assert "malee" not in dump()
    assert "sukjai" not in dump()
    ask(NAME.upper(), by=10)
    assert told() == {"malee sukjai": 11}
    assert "malee sukjai" in dump()


def test_words_below_eleven_are_refused_by_the_database_itself(db: None) -> None:
    month = datetime(2026, 11, 1, tzinfo=UTC).date()
    with pytest.raises(DatabaseError):
        UnfoundWords.objects.create(digest="d", language="en", words="malee", count=10, since=month, last=month)


def test_what_is_kept_cannot_be_guessed_without_the_key(ask: Ask, settings: Any) -> None:
    ask(NAME)
    kept = UnfoundWords.objects.get().digest
    assert kept == unfound.digest_of("malee sukjai", language="en")
    settings.SECRET_KEY = configured.SECRET_KEY[::-1]
    assert kept != unfound.digest_of("malee sukjai", language="en")


def test_writings_of_the_same_words_count_together_and_languages_apart(ask: Ask) -> None:
    for number, text in enumerate(["silk  worms", "Silk Worms", "silk, worms?"]):
        ask(text, by=number)
    ask("silk worms", by=9, language="th")
    assert counts() == [3, 1]


# --- nobody counts twice ----------------------------------------------------------------------------------------
def test_one_person_who_repeats_stays_one(ask: Ask, signed_in: SignedIn) -> None:
    for _again in range(15):
        ask(NAME)
    assert counts() == [1]
    browser = signed_in(Role.LEARNER)
    for number in range(1, 13):
        ask(NAME, by=number, browser=browser)
    assert counts() == [2]


def test_one_network_of_version_six_stays_one(ask: Ask) -> None:
    for number in range(1, 13):
        ask(NAME, headed={"REMOTE_ADDR": f"2001:db8:1:2::{number:x}"})
    assert counts() == [1]


def test_an_address_that_a_visitor_only_claims_is_not_believed(ask: Ask) -> None:
    for number in range(1, 13):
        ask(NAME, headed={"HTTP_X_FORWARDED_FOR": f"203.0.113.{number}"})
    assert counts() == [1]


def test_robots_and_requests_without_a_network_are_not_counted(ask: Ask) -> None:
    ask(NAME, headed={"HTTP_USER_AGENT": "Mozilla/5.0 (compatible; ExampleBot/2.1)"})
    ask(NAME, headed={"REMOTE_ADDR": ""})
    ask(NAME, headed={"REMOTE_ADDR": "no address"})
    assert counts() == []


def test_one_network_adds_only_so_many_wordings_a_day(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unfound, "MOST_A_DAY", 3)
    for word in ("aaaab", "bbbbc", "ccccd", "dddde", "eeeef"):
        ask(word)
    assert counts() == [1, 1, 1]


def test_the_next_day_counts_again_and_nobody_can_tell_who_asked_the_day_before(ask: Ask) -> None:
    ask(NAME)
    secret = cache.get(unfound.SECRET)
    cache.delete(unfound.SECRET)
    ask(NAME)
    assert counts() == [2]
    assert cache.get(unfound.SECRET) != secret


def test_nothing_in_the_cache_tells_words_or_addresses(ask: Ask) -> None:
    ask(NAME, by=77)
    kept = cached()
    assert len(kept) >= 3
    assert not [value for value in kept if b"198.51.100" in value or b"malee" in value.lower()]


# --- what is never counted --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "text",
    [
        "malee@example.org", "malee＠example.org", "0812345678", "081 234 5678", "๐๘๑ ๒๓๔ ๕", "passport ab12345",
        "where is the girl who came yesterday", "m" * 61, "silk -malee", "???", "",
    ],
)  # fmt: skip
def test_sentences_numbers_and_addresses_are_never_counted(text: str, ask: Ask) -> None:
    ask(text)
    assert counts() == []


@pytest.mark.parametrize("text", ["article 1234", "six words are not too many", "การคัดแยก", "nghề dệt"])
def test_ordinary_words_are_counted(text: str) -> None:
    assert unfound.countable(queries.read(text))


def test_what_is_found_narrowed_or_leafed_through_is_not_counted(ask: Ask, home: HomePage, indexed: Index) -> None:
    house.way_to(ArticlePage, home=home, title="Silk")
    indexed()
    ask("silk")
    ask(NAME, kind="article")
    ask(NAME, within=home.pk)
    ask(NAME, page=2)
    assert counts() == []


def test_while_the_index_is_built_again_nothing_is_counted(home: HomePage) -> None:
    Client().get("/en/search/", {"q": NAME})
    assert counts() == []


# --- an answer never fails --------------------------------------------------------------------------------------
def test_a_database_that_cannot_be_written_costs_only_the_count(ask: Ask) -> None:
    def refuse(execute: Any, sql: str, *rest: Any) -> Any:
        if "portal_search_unfoundwords" in sql:
            raise DatabaseError("disk full")
        return execute(sql, *rest)

    with connection.execute_wrapper(refuse):
        ask(NAME)
    assert counts() == []


def test_without_a_cache_nothing_is_counted(ask: Ask, settings: Any) -> None:
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": "/dev/null/cache"}
    }
    ask(NAME)
    assert counts() == []


def test_there_is_an_end_to_what_is_kept(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unfound, "MOST_UNTOLD", 2)
    for number, word in enumerate(["aaaab", "bbbbc", "ccccd"]):
        ask(word, by=number)
    ask("aaaab", by=9)
    assert counts() == [2, 1]


# --- forgetting -------------------------------------------------------------------------------------------------
def kept_since(year: int, month: int, *, words: str = "") -> UnfoundWords:
    first = datetime(year, month, 1, tzinfo=UTC).date()
    digest = unfound.digest_of(f"{words}{year}{month}", language="en")
    return UnfoundWords.objects.create(
        digest=digest, language="en", words=words, count=11 if words else 5, since=first, last=first
    )


def test_all_is_forgotten_after_twelve_months_and_what_is_rare_after_three() -> None:
    now = datetime(2026, 11, 22, tzinfo=UTC)
    kept = [kept_since(2025, 12, words="sari"), kept_since(2026, 9)]
    kept_since(2025, 11, words="sarong")
    kept_since(2026, 8)
    assert list(unfound.told(at=now)) == kept[:1]
    unfound.forget(at=now)
    assert list(UnfoundWords.objects.order_by("pk")) == kept


def test_a_search_forgets_what_is_old(ask: Ask) -> None:
    kept_since(2020, 1, words="sarong")
    ask(NAME)
    assert counts() == [1]


def test_the_worker_forgets_what_is_old_when_it_starts(at_once: None) -> None:
    kept_since(2020, 1, words="sarong")
    unfound.begin()
    assert counts() == []
