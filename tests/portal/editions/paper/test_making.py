"""Does every edition get its papers once, and does nobody get a paper with something that is not for them?"""

import io
from datetime import datetime, timedelta
from uuid import uuid4

import pikepdf
import pytest
from django.core.cache import cache

from portal.base.audience import ANYBODY, Sensitivity, Surface, Viewer, viewer_for
from portal.editions import gate, store
from portal.editions.models import Edition, EditionFile, FileKind
from portal.editions.paper import making, printing
from portal.editions.paper.holding import CHECKLISTS, COMPLETE, WHOLE
from portal.editions.paper.making import Paper
from portal.editions.reading import Reader
from portal.editions.serving import pdfs_for
from portal.people.roles import Role
from tests.factories.editions import HOUR, NOON, Trio, add_section, issued, issued_manual, make_trio, write_manual
from tests.factories.people import make_person
from tests.portal.editions.paper.pages import words_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def trio() -> Trio:
    return make_trio()


@pytest.fixture
def guarded(trio: Trio) -> Edition:
    """One section for everybody, one for staff."""
    manual = write_manual(by=trio.author, sections=1)
    add_section(manual, title="Where she sleeps", by=trio.author, sensitivity=Sensitivity.STAFF)
    return issued(manual, trio)


def _papers(edition: Edition) -> dict[tuple[str, str], int]:
    rows = EditionFile.objects.filter(edition=edition, kind=FileKind.PDF)
    return {(row.language, row.name): row.size for row in rows}


def _make_all(edition: Edition) -> None:
    for paper in [each for each in making.missing() if each.edition_id == edition.pk]:
        making.print_(paper)


def paper_for(edition: Edition, viewer: Viewer, *, language: str, at: datetime) -> EditionFile | None:
    """The fullest paper that somebody may have."""
    reader = Reader(viewer, Surface.WEB, language, at)
    rows = {row.name: row for row in pdfs_for(edition, reader) if row.language == language}
    return rows.get(COMPLETE) or rows.get(WHOLE)


def _words(row: EditionFile | None) -> str:
    assert row is not None
    return words_in(pikepdf.open(io.BytesIO(store.kept(row.sha256))))


def test_what_is_for_the_kiosk_alone_is_no_paper_of_the_web_site(trio: Trio) -> None:
    _manual, edition = issued_manual(trio, surfaces=[Surface.KIOSK])
    _make_all(edition)
    assert set(_papers(edition).values()) == {0}
    assert paper_for(edition, ANYBODY, language="en", at=NOON + HOUR) is None


def test_an_edition_gets_its_papers_once(trio: Trio) -> None:
    _manual, edition = issued_manual(trio)
    _make_all(edition)
    sizes = _papers(edition)
    assert set(sizes) == {("en", WHOLE), ("en", COMPLETE), ("en", CHECKLISTS), ("", WHOLE), ("", COMPLETE)}
    assert sizes["en", WHOLE] > 10_000
    assert sizes["en", COMPLETE] == sizes["", WHOLE] == 0  # nothing that the whole does not hold
    assert list(making.missing()) == []


def test_an_edition_that_nobody_signed_has_no_papers(trio: Trio) -> None:
    from portal.editions.issuing import issue
    from portal.editions.models import ChangeKind

    issue(uuid4(), {"pages": []}, change_kind=ChangeKind.FIRST, by=trio.author, at=NOON)
    assert list(making.missing()) == []


def test_what_is_for_staff_stands_only_on_the_paper_of_staff(guarded: Edition) -> None:
    _make_all(guarded)
    at = NOON + HOUR
    visitors = paper_for(guarded, ANYBODY, language="en", at=at)
    trainers = paper_for(guarded, viewer_for(make_person(Role.TRAINER)), language="en", at=at)
    assert "Whereshesleeps" not in _words(visitors)
    assert "Whereshesleeps" in _words(trainers)


def test_a_visitor_gets_no_paper_of_a_section_for_staff(guarded: Edition) -> None:
    secret = guarded.pages.get(title="Where she sleeps")
    making.print_(Paper(guarded.pk, "en", making.name_of_section(secret.key), page=secret.key))
    for viewer, titles in ((ANYBODY, []), (viewer_for(make_person(Role.TRAINER)), [secret.key])):
        rows = pdfs_for(guarded, Reader(viewer, Surface.WEB, "en", NOON + HOUR))
        assert [row.page_key for row in rows] == titles
    assert "Whereshesleeps" in _words(rows[0])


def test_a_section_that_was_made_confidential_since_takes_the_paper_with_it(trio: Trio) -> None:
    manual, edition = issued_manual(trio)
    _make_all(edition)
    assert paper_for(edition, ANYBODY, language="en", at=NOON + HOUR) is not None
    section = manual.get_children().first().specific
    section.sensitivity = Sensitivity.STAFF
    with gate.opened():
        section.save()
    assert paper_for(edition, ANYBODY, language="en", at=NOON + HOUR) is None


def test_before_its_hour_visitors_get_no_paper(trio: Trio) -> None:
    manual = write_manual(by=trio.author, sections=1)
    edition = issued(manual, trio, effective_from=NOON + timedelta(days=3))
    _make_all(edition)
    assert paper_for(edition, ANYBODY, language="en", at=NOON + HOUR) is None


def test_what_fails_is_left_alone_until_the_worker_starts_again(trio: Trio, monkeypatch: pytest.MonkeyPatch) -> None:
    _manual, edition = issued_manual(trio)
    cache.delete(making.FAILED)
    monkeypatch.setattr(printing, "MODULE", "tests.no_such_press")
    wanted = list(making.missing())
    making._try(wanted[0])
    assert making._failed() == {wanted[0]}
    assert list(making.missing()) == wanted
    monkeypatch.undo()
    making.begin_again()
    assert making._failed() == frozenset()
    assert _papers(edition).get(("en", WHOLE), 0) >= 0


def test_one_task_prints_one_paper(trio: Trio) -> None:
    issued_manual(trio)
    cache.delete(making.FAILED)
    wanted = list(making.missing())
    assert making.make_next_paper.func() is True
    assert list(making.missing()) == wanted[1:]
