"""Does search notice whatever is wrong with its index, and mend it?"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from lessons.articles.models import ArticlePage
from lessons.manuals.models import SectionPage
from portal.base import background
from portal.base.audience import Audience, Limits, PageAudience, Sensitivity
from portal.home.models import HomePage
from portal.people.roles import Role
from portal.search import feeding, health
from portal.search.models import Change
from portal.search.whoosh_index import IndexIsUnusable
from tests.conftest import SignedIn
from tests.factories import house
from tests.portal.search import indexes

Index = Callable[[], int]
FILES = ["current", ".toc", ".trm", ".pst", ".col", ".json"]
DAMAGE = {"cut short": indexes.cut_short, "scribbled": indexes.scribble}


@pytest.fixture
def pages(home: HomePage, section: SectionPage, indexed: Index) -> list[int]:
    """Pages in the index, of several kinds."""
    made = [section.pk, *(house.way_to(ArticlePage, home=home, title=f"Trust, part {n}").pk for n in range(5))]
    indexed()
    # What migrations have made is in the index, too.
    feeding.rebuild()
    return made


def test_an_index_that_is_well_differs_in_nothing(pages: list[int]) -> None:
    assert health.differences() == frozenset()
    assert health.look().is_well(at=timezone.now())


@pytest.mark.parametrize("how", DAMAGE)
@pytest.mark.parametrize("kind", FILES)
def test_a_damaged_file_is_noticed_and_the_index_is_built_again(
    pages: list[int], index_folder: Path, kind: str, how: str
) -> None:
    chance = indexes.seeded(f"{kind} {how}")
    for _again in range(2):
        damaged = indexes.kinds_of_files(index_folder)[kind]
        if kind != "current":
            indexes.touch(index_folder)
        DAMAGE[how](damaged, chance=chance)
        with pytest.raises(IndexIsUnusable):
            feeding.index().reader()
        assert not health.look().is_usable
        health.mend()
        assert health.look().is_well(at=timezone.now())
        assert health.differences() == frozenset()
        assert indexes.pages_found("trust") == set(pages[1:])


@pytest.mark.parametrize("how", DAMAGE)
@pytest.mark.parametrize("kind", FILES)
def test_a_change_that_meets_a_damaged_file_arrives(
    home: HomePage, pages: list[int], index_folder: Path, kind: str, how: str
) -> None:
    indexes.touch(index_folder)
    DAMAGE[how](indexes.kinds_of_files(index_folder)[kind], chance=indexes.seeded(f"{kind} {how}"))
    new = house.way_to(ArticlePage, home=home, title="Trust again")
    feeding.drain()
    indexes.touch(index_folder)
    assert indexes.pages_found("trust") == {*pages[1:], new.pk}
    assert not Change.objects.exists()


def test_a_file_of_a_generation_that_is_gone_is_noticed(pages: list[int], index_folder: Path) -> None:
    for kind in (".toc", ".trm", ".pst", ".json"):
        indexes.touch(index_folder)
        indexes.kinds_of_files(index_folder)[kind].unlink()
        with pytest.raises(IndexIsUnusable):
            feeding.index().reader()
        health.mend()
        assert indexes.pages_found("trust") == set(pages[1:])


def test_an_index_of_another_schema_is_built_again(pages: list[int], index_folder: Path) -> None:
    (index_folder / "current").write_text("00000000-0123456789ab 0123456789ab")
    assert not health.look().is_usable
    health.mend()
    assert indexes.pages_found("trust") == set(pages[1:])


def test_a_schema_that_holds_another_pickle_is_never_unpickled(pages: list[int], index_folder: Path) -> None:
    indexes.touch(index_folder)
    toc = indexes.kinds_of_files(index_folder)[".toc"]
    planted = index_folder / "planted"
    pickled = f"cposix\nsystem\n(Vtouch {planted}\ntR.".encode()
    toc.write_bytes(toc.read_bytes()[:40] + pickled * 20)
    health.mend()
    assert not planted.exists()
    assert indexes.pages_found("trust") == set(pages[1:])


def without_a_note(change: Callable[[], object]) -> None:
    """As if a row of the outbox had been lost."""
    change()
    Change.objects.all().delete()


def test_things_that_are_missing_are_found_again(home: HomePage, pages: list[int]) -> None:
    without_a_note(lambda: house.way_to(ArticlePage, home=home, title="Trust again"))
    new = ArticlePage.objects.get(title="Trust again")
    assert health.differences() == {f"wagtailcore.page:{new.pk}"}
    health.mend()
    assert indexes.pages_found("trust") == {*pages[1:], new.pk}


def test_things_that_should_not_be_there_are_taken_out(pages: list[int]) -> None:
    without_a_note(lambda: ArticlePage.objects.get(pk=pages[1]).delete())
    health.mend()
    assert indexes.pages_found("trust") == set(pages[2:])


def test_another_audience_is_noticed(pages: list[int]) -> None:
    staff = Audience.objects.for_limits(Limits(sensitivity=Sensitivity.STAFF))
    without_a_note(lambda: PageAudience.objects.filter(page=pages[1]).update(audience=staff))
    assert health.differences() == {f"wagtailcore.page:{pages[1]}"}
    health.mend()
    assert health.differences() == frozenset()


def test_what_waits_is_no_difference(home: HomePage, pages: list[int]) -> None:
    house.way_to(ArticlePage, home=home, title="Trust again")
    assert health.differences() == frozenset()


def test_where_much_is_missing_all_is_built_anew(pages: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "LEAST_TO_REBUILD", 2)
    old = indexes.generation(feeding.index().folder)
    without_a_note(lambda: [ArticlePage.objects.get(pk=pk).delete() for pk in pages[1:]])
    health.mend()
    assert indexes.generation(feeding.index().folder) != old
    assert indexes.pages_found("trust") == set()


def test_a_worker_that_starts_looks_after_the_index(pages: list[int], index_folder: Path, at_once: None) -> None:
    indexes.remove_index(index_folder)
    cache.clear()
    background.begin()
    assert indexes.pages_found("trust") == set(pages[1:])


def test_another_engine_takes_our_index_away(pages: list[int], settings: Any, index_folder: Path) -> None:
    """Nobody would tell it of changes: when it is chosen again, it must not answer with what was hidden since."""
    engine = {"BACKEND": "modelsearch.backends.database", "PATH": str(index_folder)}
    settings.MODELSEARCH_BACKENDS = settings.WAGTAILSEARCH_BACKENDS = {"default": engine}
    health.mend()
    with pytest.raises(IndexIsUnusable):
        feeding.index().reader()


# --- what staff are told ---------------------------------------------------------------------------------------
NOTICE = "search index"


def admin_home(browser: Any) -> str:
    response = browser.get("/admin/")
    assert response.status_code == 200
    return str(response.content.decode())


def test_staff_who_publish_are_told_while_the_index_cannot_be_used(
    pages: list[int], index_folder: Path, signed_in: SignedIn
) -> None:
    manager = signed_in(Role.CENTRE_MANAGER)
    assert NOTICE not in admin_home(manager)
    indexes.remove_index(index_folder)
    told = admin_home(manager)
    assert "cannot be used, and will be built again by itself" in told
    assert "tell whoever looks after the server" in told
    with feeding.index().rebuilding():
        assert "is being built again" in admin_home(manager)
    health.mend()
    assert NOTICE not in admin_home(manager)


def test_an_author_who_can_do_nothing_about_it_is_not_troubled(
    pages: list[int], index_folder: Path, signed_in: SignedIn
) -> None:
    indexes.remove_index(index_folder)
    assert NOTICE not in admin_home(signed_in(Role.AUTHOR))


def test_the_administrator_is_told_what_to_do_when_changes_wait(
    home: HomePage, pages: list[int], signed_in: SignedIn
) -> None:
    house.way_to(ArticlePage, home=home, title="Trust again")
    administrator = signed_in(is_superuser=True)
    assert NOTICE not in admin_home(administrator)
    Change.objects.update(noted_at=timezone.now() - timedelta(minutes=10))
    told = admin_home(administrator)
    assert "not in the search index yet" in told
    assert "manage.py rebuild_index" in told


def test_a_worker_that_cannot_mend_tries_again_later(pages: list[int], index_folder: Path) -> None:
    DBTaskResult.objects.all().delete()
    with indexes.taken_away(index_folder):
        health.mend()
        assert not health.look().is_usable
    assert DBTaskResult.objects.exists()
    feeding.drain()
    assert indexes.pages_found("trust") == set(pages[1:])
