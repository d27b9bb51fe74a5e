"""Does the index learn every change, whatever breaks?"""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django_tasks_db.models import DBTaskResult

from lessons.articles.models import ArticlePage
from lessons.manuals.models import SectionPage
from portal.home.models import HomePage
from portal.search import feeding, health
from portal.search.documents import documents_of
from portal.search.models import Change
from tests.conftest import Commits
from tests.factories import house
from tests.portal.search import indexes
from tests.portal.search.indexes import found

Index = Callable[[], int]


def test_a_change_is_noted_with_the_change_and_one_task_comes_for_many(home: HomePage, committed: Commits) -> None:
    with committed():
        for number in range(5):
            house.way_to(ArticlePage, home=home, title=f"Lesson {number}")
    assert Change.objects.count() >= 5
    assert DBTaskResult.objects.filter(task_path="portal.search.feeding.drain_index").count() == 1


def test_what_is_published_is_found_when_the_task_has_run(
    home: HomePage, indexed: Index, at_once: None, committed: Commits
) -> None:
    with committed():
        article = house.way_to(ArticlePage, home=home, title="On trust")
    assert found("trust") == [article.pk]
    assert not Change.objects.exists()


def test_many_changes_of_one_page_are_written_once(section: SectionPage, indexed: Index) -> None:
    for _again in range(3):
        section.save()
    assert indexed() >= 4
    before = feeding.index().reader().count()
    section.save()
    indexed()
    assert feeding.index().reader().count() == before


def test_what_is_hidden_or_deleted_is_found_no_more(section: SectionPage, indexed: Index) -> None:
    indexed()
    assert indexes.pages_found("identification") == {section.pk}
    section.unpublish()
    indexed()
    assert found("identification") == []
    assert [sorted(one.labels & {"part", "thing"}) for one in documents_of([f"wagtailcore.page:{section.pk}"])] == [
        ["thing"]
    ]


def test_publishing_never_fails_because_of_the_index(
    home: HomePage, index_folder: Path, at_once: None, committed: Commits
) -> None:
    with indexes.taken_away(index_folder), committed():
        house.way_to(ArticlePage, home=home, title="On trust")
    assert ArticlePage.objects.filter(title="On trust", live=True).exists()
    assert Change.objects.exists()


def test_changes_wait_where_nothing_can_be_written(section: SectionPage, indexed: Index, index_folder: Path) -> None:
    with indexes.taken_away(index_folder):
        assert indexed() == 0
        assert Change.objects.of_things().exists()
    indexed()
    assert not Change.objects.exists()
    assert indexes.pages_found("identification") == {section.pk}


@pytest.fixture
def files_left_open() -> Iterator[None]:
    """Whoosh leaves files open where it fails; here, and not in the middle of another test, they are closed."""
    yield
    gc.collect()


def published_in_vain(home: HomePage, drain: Index) -> ArticlePage:
    """A page that is published while the index cannot be written; it waits."""
    article = house.way_to(ArticlePage, home=home, title="On trust")
    assert drain() == 0
    assert ArticlePage.objects.filter(pk=article.pk, live=True).exists()
    assert article.pk in Change.objects.waiting().pages()
    return article


@pytest.mark.usefixtures("files_left_open")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("how", ["changed", "built"])
def test_a_disk_that_is_full_keeps_what_there_is_and_the_rest_waits(
    home: HomePage, section: SectionPage, indexed: Index, how: str
) -> None:
    indexed()
    # What migrations have made, and nobody has changed since.
    untouched = health.differences()
    if how == "built":
        feeding.note_everything(reason="the glossary changed")
    with indexes.full_disk():
        article = published_in_vain(home, indexed)
        assert indexes.pages_found("identification") == {section.pk}
    indexed()
    assert set(found("trust")) == {article.pk}
    assert health.differences() <= untouched


@pytest.mark.usefixtures("files_left_open")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_folder_that_is_read_only_answers_and_changes_wait(
    home: HomePage, section: SectionPage, indexed: Index, index_folder: Path
) -> None:
    indexed()
    with indexes.read_only(index_folder) as is_locked:
        if not is_locked:
            pytest.skip("this file system cannot keep root from writing")
        article = published_in_vain(home, indexed)
        assert indexes.pages_found("identification") == {section.pk}
    gc.collect()
    indexed()
    assert set(found("trust")) == {article.pk}
    assert health.differences() == frozenset()


def test_what_could_not_be_written_is_tried_again_without_anybody_asking(
    section: SectionPage, indexed: Index, index_folder: Path
) -> None:
    DBTaskResult.objects.all().delete()
    with indexes.taken_away(index_folder):
        indexed()
    task = DBTaskResult.objects.get()
    assert task.task_path == "portal.search.feeding.drain_index"
    assert (task.run_after - task.enqueued_at).total_seconds() == pytest.approx(30, abs=5)


def test_changes_wait_while_somebody_keeps_the_index(
    section: SectionPage, indexed: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeding, "SECONDS_OF_PATIENCE", 0.05)
    with feeding.index().turn():
        assert indexed() == 0
    assert Change.objects.of_things().exists()
    indexed()
    assert indexes.pages_found("identification") == {section.pk}


def test_a_page_that_cannot_be_told_keeps_no_other_from_being_found(
    section: SectionPage, indexed: Index, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    article = house.way_to(ArticlePage, home=HomePage.objects.get(), title="On trust")

    def fail(page: ArticlePage) -> None:
        raise ValueError("a fault of this kind of page")

    monkeypatch.setattr(ArticlePage, "findable_parts", fail)
    indexed()
    assert indexes.pages_found("identification") == {section.pk}
    assert f"wagtailcore.page:{article.pk} cannot be indexed" in caplog.text
    assert not Change.objects.exists()


def test_a_change_meets_an_index_that_is_gone_and_builds_it_again(
    section: SectionPage, indexed: Index, index_folder: Path
) -> None:
    indexed()
    indexes.remove_index(index_folder)
    section.save()
    indexed()
    assert indexes.pages_found("identification") == {section.pk}
    assert not Change.objects.exists()


def test_a_wish_to_build_everything_again_is_kept_until_it_was_done(section: SectionPage, indexed: Index) -> None:
    for _again in range(3):
        feeding.note_everything(reason="the glossary changed")
    before = indexes.generation(feeding.index().folder)
    indexed()
    assert indexes.generation(feeding.index().folder) != before
    assert not Change.objects.exists()


def test_searches_that_meet_a_broken_index_wish_for_one_rebuild(section: SectionPage, indexed: Index) -> None:
    cache.clear()
    DBTaskResult.objects.all().delete()
    for _search in range(5):
        feeding.ask_for_rebuild("a file is damaged")
        cache.delete(feeding.REBUILD_IS_COMING)
    assert Change.objects.of_everything().count() == 1
    assert DBTaskResult.objects.count() == 1


def test_another_engine_leaves_our_index_alone(section: SectionPage, settings: Any, index_folder: Path) -> None:
    engine = {"default": {"BACKEND": "modelsearch.backends.database", "AUTO_UPDATE": True}}
    settings.MODELSEARCH_BACKENDS = settings.WAGTAILSEARCH_BACKENDS = engine
    Change.objects.all().delete()
    feeding.note_everything(reason="the glossary changed")
    feeding.ask_for_rebuild("it is missing")
    assert not Change.objects.exists()
    assert not index_folder.exists()
