"""What follows from what somebody did does not depend on when we heard of it."""

import dataclasses
import random
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from lessons.progress.appending import append
from lessons.progress.folding import Completed, EditionOutline, Folded, Happened, Outline, fold
from lessons.progress.models import Rank, Verb

COURSE, FIRST, SECOND, THIRD, ELSEWHERE = 1, 2, 3, 4, 9
NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
ONE_EDITION = Outline(COURSE, (EditionOutline(10, 1, (FIRST, SECOND)),))
TWO_EDITIONS = Outline(COURSE, (EditionOutline(10, 1, (FIRST, SECOND)), EditionOutline(20, 2, (FIRST, SECOND, THIRD))))


def happened(
    number: int, verb: str, thing: int, *, edition: int | None = 10, voids: int | None = None, **value: float
) -> Happened:
    moment = NOON + timedelta(minutes=number)
    target = UUID(int=voids) if voids else None
    return Happened(UUID(int=number), thing, verb, moment, edition, value, target)


def test_nothing_happened_is_nothing_done() -> None:
    folded = fold([], ONE_EDITION)
    assert (folded.percent, folded.is_enrolled, folded.completed, folded.next_object_id) == (0, False, None, FIRST)


def test_half_of_what_is_required_is_fifty_percent_and_the_other_half_is_next() -> None:
    folded = fold([happened(1, Verb.ENROLLED, COURSE), happened(2, Verb.FINISHED, FIRST)], ONE_EDITION)
    assert (folded.percent, folded.is_enrolled, folded.next_object_id) == (50, True, SECOND)


def test_what_was_begun_last_is_where_one_goes_on() -> None:
    outline = TWO_EDITIONS
    folded = fold([happened(1, Verb.OPENED, THIRD), happened(2, Verb.FINISHED, FIRST)], outline)
    assert folded.next_object_id == THIRD


def test_completing_an_edition_stays_when_the_next_requires_more() -> None:
    folded = fold([happened(1, Verb.FINISHED, FIRST), happened(2, Verb.FINISHED, SECOND)], TWO_EDITIONS)
    assert folded.completed == Completed(TWO_EDITIONS.editions[0], NOON + timedelta(minutes=2))
    assert (folded.percent, folded.new_since, folded.next_object_id) == (66, 1, THIRD)


def test_doing_now_what_an_old_edition_required_does_not_complete_the_old_edition() -> None:
    events = [happened(number, Verb.FINISHED, thing, edition=20) for number, thing in [(1, FIRST), (2, SECOND)]]
    assert fold(events, TWO_EDITIONS).completed is None


def test_what_was_done_before_the_first_edition_counts_for_it() -> None:
    events = [happened(number, Verb.FINISHED, thing, edition=None) for number, thing in [(1, FIRST), (2, SECOND)]]
    assert fold(events, ONE_EDITION).percent == 100


def test_an_edition_that_requires_nothing_is_never_complete() -> None:
    folded = fold([happened(1, Verb.FINISHED, FIRST)], Outline(COURSE, (EditionOutline(10, 1),)))
    assert (folded.percent, folded.completed) == (0, None)


def test_the_rank_never_falls_and_only_taking_back_undoes_it() -> None:
    done = [happened(1, Verb.FINISHED, FIRST), happened(2, Verb.OPENED, FIRST)]
    assert fold(done, ONE_EDITION).objects[FIRST].rank == Rank.DONE
    assert fold([*done, happened(3, Verb.VOIDED, FIRST, voids=1)], ONE_EDITION).objects[FIRST].rank == Rank.OPENED


def test_leaving_and_coming_back_is_told_by_the_last_of_both() -> None:
    events = [happened(1, Verb.ENROLLED, COURSE), happened(2, Verb.WITHDREW, COURSE)]
    assert fold(events, ONE_EDITION).is_enrolled is False
    assert fold([*events, happened(3, Verb.ENROLLED, COURSE)], ONE_EDITION).is_enrolled is True
    assert fold([*events, happened(3, Verb.ENROLLED, COURSE)], ONE_EDITION).enrolled_at == NOON + timedelta(minutes=1)


def test_the_greatest_share_counts_and_the_latest_position_is_kept() -> None:
    events = [
        happened(1, Verb.REACHED, FIRST, share=60, position=180),
        happened(2, Verb.REACHED, FIRST, share=20.5, position=61),
    ]
    state = fold(events, ONE_EDITION).objects[FIRST]
    assert (state.share, state.latest["position"], state.rank) == (Decimal(60), 61, Rank.BEGUN)


def number_of(folded: Folded) -> int:
    """The edition that was completed, or 0."""
    return folded.completed.edition.number if folded.completed else 0


things = st.sampled_from([COURSE, FIRST, SECOND, THIRD, ELSEWHERE])
one_event = st.builds(
    Happened,
    id=st.integers(1, 40).map(lambda number: UUID(int=number)),
    object_id=things,
    verb=st.sampled_from([verb for verb in Verb if verb != Verb.VOIDED]),
    moment=st.integers(0, 6).map(lambda minute: NOON + timedelta(minutes=minute)),
    edition_id=st.sampled_from([None, 10, 20]),
    value=st.one_of(st.just({}), st.fixed_dictionaries({"share": st.integers(0, 100)})),
)
some_events = st.lists(one_event, max_size=25, unique_by=lambda event: event.id)
any_outline = st.sampled_from([Outline(COURSE), ONE_EDITION, TWO_EDITIONS])


def take_back(event: Happened) -> Happened:
    return dataclasses.replace(event, id=UUID(int=event.id.int + 1000), verb=Verb.VOIDED, voids=event.id)


@given(events=some_events, outline=any_outline, seed=st.integers(), voided=st.integers(0, 3))
def test_order_and_repetition_change_nothing(events: list[Happened], outline: Outline, seed: int, voided: int) -> None:
    events = events + [take_back(event) for event in events[:voided]]
    shuffled = events + events[: len(events) // 2]
    random.Random(seed).shuffle(shuffled)  # noqa: S311
    assert fold(shuffled, outline) == fold(events, outline)


@given(events=some_events, outline=any_outline, voided=st.integers(0, 3))
def test_percent_is_between_0_and_100_and_means_what_it_says(
    events: list[Happened], outline: Outline, voided: int
) -> None:
    folded = fold(events + [take_back(event) for event in events[:voided]], outline)
    assert 0 <= folded.percent <= 100
    is_complete = folded.completed is not None and folded.completed.edition == outline.newest
    assert (folded.percent == 100) == is_complete
    assert (folded.next_object_id is None) == (folded.done_count == folded.required_count)


@given(events=some_events, more=one_event)
def test_what_was_attained_does_not_disappear_by_doing_more(events: list[Happened], more: Happened) -> None:
    before, after = fold(events, TWO_EDITIONS), fold([more, *events], TWO_EDITIONS)
    known = {event.id for event in events}
    if more.id in known:
        return
    assert after.percent >= before.percent
    assert number_of(after) >= number_of(before)
    assert all(after.objects[thing].rank >= state.rank for thing, state in before.objects.items())


@given(events=some_events)
def test_a_new_edition_takes_nothing_away_from_who_completed_the_one_before(events: list[Happened]) -> None:
    told_before = [event for event in events if event.edition_id != 20]
    before, after = fold(told_before, ONE_EDITION), fold(told_before, TWO_EDITIONS)
    assert number_of(after) >= number_of(before)


@given(events=some_events, more=st.lists(one_event, max_size=4, unique_by=lambda event: event.id), outline=any_outline)
def test_adding_to_where_one_stands_is_the_same_as_folding_all(
    events: list[Happened], more: list[Happened], outline: Outline
) -> None:
    known = {event.id for event in events}
    later = [
        dataclasses.replace(event, moment=event.moment + timedelta(minutes=number))
        for number, event in enumerate(more)
        if event.id not in known
    ]
    added = append(fold(events, outline), later, outline)
    assert added is None or added == fold([*events, *later], outline)


def test_the_latest_deed_under_the_newest_edition_is_added_without_folding_all() -> None:
    done = [happened(1, Verb.FINISHED, FIRST), happened(2, Verb.FINISHED, SECOND)]
    assert append(fold(done[:1], ONE_EDITION), done[1:], ONE_EDITION) == fold(done, ONE_EDITION)
    assert append(fold(done, ONE_EDITION), [happened(3, Verb.VOIDED, FIRST, voids=1)], ONE_EDITION) is None
