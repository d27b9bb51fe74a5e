"""Does every edition stand where the rules of its states say, without a query for each?"""

from typing import Any

import pytest

from lessons.manuals.models import ManualPage, SectionPage
from portal.base.audience import ANYBODY, Surface, viewer_for
from portal.editions import gate
from portal.editions.notices import editions_behind, notices_of
from portal.editions.ordering import in_order
from portal.editions.standing import editions_of, standings
from portal.editions.states import State, state_of
from portal.editions.withdrawing import withdraw
from tests.factories.editions import (
    HOUR,
    NOON,
    Trio,
    add_section,
    issued,
    issued_manual,
    make_trio,
    rewrite,
    step,
    write_manual,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def trio() -> Trio:
    return make_trio()


def _next(manual: ManualPage, trio: Trio, *, words: str, at: Any, **change: Any) -> Any:
    rewrite(SectionPage.objects.get(slug="section-1"), by=trio.author, body=[step(words)])
    return issued(manual, trio, at=at, **change)


def test_every_standing_is_the_state_of_its_edition(trio: Trio, django_assert_num_queries: Any) -> None:
    manual, first = issued_manual(trio)
    second = _next(manual, trio, words="Two", at=NOON + HOUR)
    third = _next(manual, trio, words="Three", at=NOON + 2 * HOUR, effective_from=NOON + 5 * HOUR)
    withdraw(second, by=trio.approver, at=NOON + 3 * HOUR, reason="Wrong.")
    for hours in range(7):
        at = NOON + hours * HOUR
        with django_assert_num_queries(1):
            found = standings(editions_of(manual.translation_key), at=at)
        assert [each.state for each in found] == [state_of(each.edition, at=at) for each in found]
    last = {each.edition.number: each for each in found}
    assert last[1].successor == second
    assert last[2].until == NOON + 3 * HOUR
    assert last[2].reason == "Wrong."
    assert (last[3].state, last[3].current) == (State.IN_FORCE, third)
    assert last[1].until == second.effective_from
    assert first.number == 1


def _told(page: Any, viewer: Any, *, at: Any) -> str:
    root = page if page.edition_code() else page.get_parent()
    notices = notices_of(page, viewer, editions=editions_behind(root.translation_key), at=at)
    return " ".join(f"{each.sentence} {each.quotation} {each.url}" for each in notices)


def test_a_live_page_tells_of_the_edition_behind_it_and_of_the_next(trio: Trio) -> None:
    manual, _first = issued_manual(trio)
    _next(manual, trio, words="Two", at=NOON + HOUR, effective_from=NOON + 48 * HOUR)
    section = SectionPage.objects.get(slug="section-1")
    for page in (manual, section):
        told = _told(page, ANYBODY, at=NOON + 2 * HOUR)
        assert "Edition 1, in force since" in told
        assert "Edition 2 is approved and will be in force from" in told
        assert "/KP-SOP-001/2/" not in told
        assert "/KP-SOP-001/2/" in _told(page, viewer_for(trio.reviewer), at=NOON + 2 * HOUR)


def test_a_withdrawn_manual_says_why(trio: Trio) -> None:
    manual, first = issued_manual(trio)
    withdraw(first, by=trio.approver, at=NOON + HOUR, reason="A law has changed.")
    told = _told(manual, ANYBODY, at=NOON + 2 * HOUR)
    assert "No edition is in force now." in told
    assert "A law has changed." in told


def test_a_manual_without_editions_says_nothing(trio: Trio) -> None:
    assert _told(write_manual(by=trio.author), ANYBODY, at=NOON) == ""


def test_a_section_that_nobody_signed_does_not_say_that_it_was_signed(trio: Trio) -> None:
    manual, _edition = issued_manual(trio)
    added = add_section(manual, title="Not signed", by=trio.author)
    signed = SectionPage.objects.get(slug="section-1")
    assert added.extra_context(ANYBODY, surface=Surface.WEB)["notices"] == []
    assert len(signed.extra_context(ANYBODY, surface=Surface.WEB)["notices"]) == 1


def test_readers_meet_the_sections_in_the_order_that_was_signed(trio: Trio) -> None:
    manual, _edition = issued_manual(trio)
    add_section(manual, title="Not signed", by=trio.author)
    SectionPage.objects.get(slug="section-2").move(SectionPage.objects.get(slug="section-1"), pos="left")
    tree = list(SectionPage.objects.order_by("path"))
    assert [page.title for page in tree] == ["Section 2", "Section 1", "Not signed"]
    ordered = in_order(tree, subject=manual.translation_key, language="en")
    assert [page.title for page in ordered] == ["Section 1", "Section 2"]


def test_before_the_first_edition_the_tree_says_the_order(trio: Trio) -> None:
    manual = write_manual(by=trio.author)
    tree = list(SectionPage.objects.order_by("path"))
    with gate.opened():
        assert in_order(tree, subject=manual.translation_key, language="en") == tree
