"""Is everything found while the index is being built again, and afterwards?"""

import io
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from lessons.articles.models import ArticlePage
from lessons.manuals.models import SectionPage
from portal.home.models import HomePage
from portal.search import documents, feeding
from portal.search.models import Change
from portal.search.whoosh_index import Index as Index_
from portal.search.whoosh_index import IndexIsBusy
from tests.factories import house
from tests.portal.search import indexes
from tests.portal.search.indexes import found

pytestmark = pytest.mark.usefixtures("unsigned")

Index = Callable[[], int]


def test_a_rebuild_covers_the_changes_that_were_noted(section: SectionPage, index_folder: Path) -> None:
    counts: list[tuple[int, int]] = []
    assert feeding.rebuild(progress=lambda done, of: counts.append((done, of))) >= len(counts) > 0
    assert counts[-1][0] == counts[-1][1]
    assert not Change.objects.exists()
    assert indexes.pages_found("identification") == {section.pk}


def during(act: Callable[[], None], *, at: int = 1) -> Callable[[int, int], None]:
    """A progress that does something when so many things were read."""

    def progress(done: int, of: int) -> None:
        if done == at:
            act()

    return progress


def test_what_changes_during_a_rebuild_is_found_at_once_and_afterwards(
    home: HomePage, section: SectionPage, indexed: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page is published, another one is changed after it was read, and a third one is deleted."""
    monkeypatch.setattr(feeding, "SECONDS_BETWEEN_DRAINS", 0)
    gone = house.way_to(ArticlePage, home=home, title="To be forgotten")
    indexed()
    seen_meanwhile: list[list[int]] = []

    def change() -> None:
        house.way_to(ArticlePage, home=home, title="On trust")
        section.title = "Recognising victims"
        section.save()
        gone.delete()

    steps = during(change, at=feeding.count_things() - 1)

    def progress(done: int, of: int) -> None:
        steps(done, of)
        if done == of:
            seen_meanwhile.extend([found("trust"), found("recognising"), found("forgotten")])

    feeding.rebuild(progress=progress)
    new = ArticlePage.objects.get(title="On trust")
    for trust, recognising, forgotten in (
        seen_meanwhile[:3], [found("trust"), found("recognising"), found("forgotten")]
    ):  # fmt: skip
        assert (set(trust), set(recognising), forgotten) == ({new.pk}, {section.pk}, [])
    assert not Change.objects.exists()


def test_a_worker_drains_while_another_process_rebuilds(
    home: HomePage, section: SectionPage, indexed: Index, index_folder: Path
) -> None:
    indexed()
    with feeding.index().rebuilding():
        article = house.way_to(ArticlePage, home=home, title="On trust")
        indexed()
        assert set(found("trust")) == {article.pk}
        assert not Change.objects.waiting().exists()
        # Kept for the one who rebuilds.
        assert f"wagtailcore.page:{article.pk}" in Change.objects.written().values_list("owner", flat=True)
    # That rebuild was given up: nobody needs the rows any more.
    indexed()
    assert not Change.objects.exists()


def test_a_rebuild_that_is_killed_half_way_leaves_the_old_index_and_the_next_one_clears_away(
    home: HomePage, section: SectionPage, indexed: Index, index_folder: Path
) -> None:
    indexed()
    old = indexes.generation(index_folder)
    # What a process leaves that gets no chance to clear away.
    (index_folder / f"{old.name[:8]}-000000000000").mkdir()
    (index_folder / f"{old.name[:8]}-000000000000" / "MAIN_half.trm").write_bytes(b"half")
    assert indexes.pages_found("identification") == {section.pk}
    feeding.rebuild()
    assert [path.name for path in index_folder.iterdir() if path.is_dir()] == [indexes.generation(index_folder).name]
    assert indexes.pages_found("identification") == {section.pk}


def test_a_rebuild_that_fails_changes_nothing(section: SectionPage, indexed: Index, index_folder: Path) -> None:
    indexed()
    old = indexes.generation(index_folder)
    section.save()

    def fail(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        feeding.rebuild(progress=fail)
    assert [path for path in index_folder.iterdir() if path.is_dir()] == [old]
    assert Change.objects.exists()
    indexed()
    assert not Change.objects.exists()


def test_a_page_that_cannot_be_told_stops_no_rebuild(
    home: HomePage, section: SectionPage, index_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.way_to(ArticlePage, home=home, title="On trust")

    def fail(page: ArticlePage) -> None:
        raise ValueError("a fault of this kind of page")

    monkeypatch.setattr(ArticlePage, "findable_parts", fail)
    feeding.rebuild()
    assert indexes.pages_found("identification") == {section.pk}
    assert found("trust") == []


def test_of_two_rebuilds_the_second_waits_or_says_so(section: SectionPage, indexed: Index) -> None:
    indexed()
    with feeding.index().rebuilding(), pytest.raises(IndexIsBusy):
        feeding.rebuild(patience=0.05)
    waiting = threading.Thread(target=_rebuild_nothing, args=[feeding.index()])
    with feeding.index().rebuilding():
        waiting.start()
        waiting.join(timeout=0.2)
        assert waiting.is_alive()
    waiting.join(timeout=20)
    assert not waiting.is_alive()


def _rebuild_nothing(index: Index_) -> None:
    with index.rebuilding():
        pass


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_command_shows_how_far_it_is_on_a_terminal_only(section: SectionPage, index_folder: Path) -> None:
    terminal, file = Terminal(), io.StringIO()
    call_command("rebuild_index", stdout=terminal)
    call_command("rebuild_index", stdout=file)
    things = len(documents.all_owners())
    assert f"{things} of {things} (100 %)" in terminal.getvalue()
    assert "%" not in file.getvalue()
    assert "documents are indexed" in file.getvalue()


def test_the_command_says_why_it_cannot_build(section: SectionPage, indexed: Index, index_folder: Path) -> None:
    with indexes.taken_away(index_folder), pytest.raises(CommandError, match="cannot be written"):
        call_command("rebuild_index", verbosity=0)


@pytest.mark.parametrize("arguments", [[], ["--if-needed"]])
def test_the_command_builds_what_is_missing(section: SectionPage, index_folder: Path, arguments: list[str]) -> None:
    call_command("rebuild_index", *arguments, verbosity=0)
    assert indexes.pages_found("identification") == {section.pk}


def test_if_needed_leaves_a_good_index_as_it_is(section: SectionPage, indexed: Index, index_folder: Path) -> None:
    indexed()
    # What migrations have made is in the index, too.
    call_command("rebuild_index", verbosity=0)
    before = (index_folder / "current").read_text()
    call_command("rebuild_index", "--if-needed", verbosity=0)
    assert (index_folder / "current").read_text() == before


def test_wagtails_own_command_builds_the_index_too(section: SectionPage, indexed: Index) -> None:
    call_command("update_index", stdout=io.StringIO())
    assert indexes.pages_found("identification") == {section.pk}
    assert not Change.objects.exists()
