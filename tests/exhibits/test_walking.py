"""Does the way through the rooms lead from stop to stop, past what a visitor may not see?"""

from exhibits.models import ExhibitionPage, RoomPage, StopPage
from portal.base.audience import ANYBODY, Sensitivity
from portal.home.models import HomePage
from tests.factories import house


def context(page: ExhibitionPage | RoomPage | StopPage) -> dict[str, object]:
    return page.extra_context(ANYBODY, surface="web")


def test_the_way_leads_through_all_rooms_in_order(home: HomePage) -> None:
    exhibition = house.way_to(ExhibitionPage, home=home)
    rooms = [house.page(RoomPage, below=exhibition) for _ in range(2)]
    stops = [house.page(StopPage, below=room) for room in rooms for _ in range(2)]
    way = [context(StopPage.objects.get(pk=stop.pk)) for stop in stops]
    assert [step["position"] for step in way] == [1, 2, 3, 4]
    assert [step["count"] for step in way] == [4] * 4
    assert [step["next"] for step in way] == [*stops[1:], None]
    assert [step["previous"] for step in way] == [None, *stops[:-1]]


def test_a_closed_room_is_walked_past(home: HomePage) -> None:
    exhibition = house.way_to(ExhibitionPage, home=home)
    first, closed, last = (
        house.page(RoomPage, below=exhibition, sensitivity=sensitivity)
        for sensitivity in (Sensitivity.PUBLIC, Sensitivity.STAFF, Sensitivity.PUBLIC)
    )
    house.page(StopPage, below=closed)
    assert context(first)["next"] == last
    assert context(last)["previous"] == first
    assert [room.page for room in context(exhibition)["rooms"]] == [first, last]  # type: ignore[attr-defined]


def test_an_exhibition_without_rooms_can_be_entered(home: HomePage) -> None:
    exhibition = house.way_to(ExhibitionPage, home=home)
    assert context(exhibition)["next"] is None
    empty = house.page(RoomPage, below=exhibition)
    assert context(empty)["stops"] == []
