"""Does search ever tell of a page that somebody may not see, however they ask?

Every answer to somebody is compared with the answer to the same address after all that is hidden from them was deleted:
if nothing can be learnt, they are the same, letter by letter.
"""

import re
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from lessons.articles.models import ArticlePage
from media.models import Leaflet, Recording
from portal.base.audience import Sensitivity, Surface
from portal.base.models import PortalPage, Topic
from portal.home.models import HomePage, PlainPage
from portal.people.roles import Role
from portal.search.models import LEAST_TOLD, Change, Promotion, UnfoundWords
from tests.conftest import SignedIn
from tests.factories import house
from tests.media import files
from tests.portal.search.indexes import remove_index

Index = Callable[[], int]
Get = Callable[[str], str]

SHARED, TITLE, BODY, SPOKEN, PRINTED = "lantern", "qovadrixo", "zubrelkin", "wexholtar", "plimquosti"
YEAR = 1987
#: How the pages are hidden that neither a visitor nor a learner nor an author may see.
HIDDEN_FROM_ALL: dict[str, dict[str, Any]] = {
    "restricted": {"sensitivity": Sensitivity.RESTRICTED},
    "for curators": {"audience_roles": [Role.CURATOR]},
    "in the kiosk": {"surfaces": [Surface.KIOSK]},
    "draft": {"live": False},
}
FOR_STAFF: dict[str, dict[str, Any]] = {"for staff": {"sensitivity": Sensitivity.STAFF}}
VTT = f"WEBVTT\n\n00:00.000 --> 00:02.000\nShe said {SPOKEN}.\n"
#: What differs from one answer to the next, whoever asks.
CHANGING = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"')


@dataclass(frozen=True)
class House:
    """What everybody may see, what somebody may not, and a topic that only hidden pages have."""

    hidden: Sequence[PortalPage]
    topic: Topic

    def delete_hidden(self) -> None:
        PageViewRestriction.objects.all().delete()
        for page in self.hidden:
            # Asked for again: each deletion changes the tree.
            Page.objects.get(pk=page.pk).specific.delete()


def hide(home: HomePage, ways: dict[str, dict[str, Any]], topic: Topic) -> list[PortalPage]:
    """Two pages for every way of hiding: one with words of its own everywhere, and one with a film and a leaflet."""
    recording = Recording.objects.create(
        title="Testimony", file=files.called("day.wav", files.recording()), language="en"
    )
    recording.texts.create(kind="transcript", language="en", vtt=VTT)
    leaflet = Leaflet.objects.create(title="Leaflet", file=files.called("a.pdf", files.leaflet()))
    Leaflet.objects.filter(pk=leaflet.pk).update(text=f"Rights and {PRINTED}.")
    body = [("recording", {"recording": recording, "title": ""}), ("file", {"leaflet": leaflet, "title": ""})]
    pages: list[PortalPage] = []
    for name, limits in ways.items():
        words = {"summary": f"{SHARED} {BODY}", "happened": f"{BODY} and {SHARED}", "happened_on": f"{YEAR}-05-01"}
        page = house.way_to(ArticlePage, home=home, title=f"{SHARED} {TITLE} {name}", **words, **limits)
        page.topics.add(topic)
        page.save()
        pages += [page, house.way_to(PlainPage, home=home, title=f"{TITLE} films {name}", body=body, **limits)]
    return pages


@pytest.fixture
def topic(home: HomePage) -> Topic:
    return Topic.objects.create(name="Undercover work", slug="undercover", locale=home.locale)


@pytest.fixture
def house_with_secrets(home: HomePage, thai_home: HomePage, topic: Topic) -> House:
    for number in range(13):
        house.way_to(ArticlePage, home=home, title=f"The {SHARED} of room {number}", happened_on="2020-02-02")
    house.way_to(ArticlePage, home=thai_home, title=f"โคมไฟ {SHARED}")
    hidden = hide(home, HIDDEN_FROM_ALL, topic)
    unpublished = house.way_to(ArticlePage, home=home, title=f"{SHARED} {TITLE} withdrawn")
    unpublished.unpublish()
    closed = house.way_to(ArticlePage, home=home, title=f"{SHARED} {TITLE} behind a door")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.GROUPS)
    hidden += [unpublished, closed]
    Promotion.objects.create(page=hidden[0], words=f"{SHARED}\n{TITLE}")
    return House(hidden, topic)


def addresses(secrets: House) -> list[str]:
    """Everything that somebody could send who suspects something."""
    words = (SHARED, TITLE, BODY, SPOKEN, PRINTED)
    slips = (TITLE[:-1], f"{TITLE}x", TITLE.replace("v", "w"), BODY[:4], f'"{SHARED} {TITLE}"', f"{SHARED} -{TITLE}")
    narrowing: list[dict[str, Any]] = [
        *({"audience": level} for level in range(4)),
        *({"kind": kind} for kind in ("article", "plain", "transcript", "leaflet")),
        *({"within": page.pk} for page in secrets.hidden[:2]),
        {"year": YEAR}, {"topic": secrets.topic.translation_key}, {"language": "th"}, {"sort": "date"}, {"page": 2},
        {"page": 50}, {"year": YEAR, "sort": "date", "audience": 3},
    ]  # fmt: skip
    asked: list[dict[str, Any]] = [{"q": word} for word in (*words, *slips)]
    asked += [{"q": word, **more} for word in (SHARED,) for more in narrowing]
    typed: list[dict[str, Any]] = [{"q": word[:length]} for word in (*words, "undercover") for length in (1, 4)]
    typed += [{"q": SHARED[:3], "within": page.pk} for page in secrets.hidden[:2]]
    return [
        *(f"/en/search/?{urlencode(one)}" for one in asked),
        *(f"/en/search/suggestions/?{urlencode(one)}" for one in typed),
    ]


def browser_of(who: str, signed_in: SignedIn) -> Client:
    return Client() if who == "visitor" else signed_in(Role(who))


def answers(browser: Client, asked: Sequence[str]) -> dict[str, str]:
    told: dict[str, str] = {}
    for address in asked:
        for accept in ("text/html", "application/json") if "suggestions" in address else ("text/html",):
            response = browser.get(address, headers={"accept": accept})
            assert response.status_code == 200
            told[f"{accept} {address}"] = CHANGING.sub("", response.content.decode())
    return told


def differing(one: dict[str, str], other: dict[str, str]) -> list[str]:
    return [address for address in one if one[address] != other[address]]


# --- the same answers --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["visitor", "learner", "author"])
def test_what_is_hidden_changes_no_answer(
    who: str, house_with_secrets: House, home: HomePage, indexed: Index, signed_in: SignedIn
) -> None:
    secrets = house_with_secrets
    if who != "author":
        secrets = House([*secrets.hidden, *hide(home, FOR_STAFF, secrets.topic)], secrets.topic)
    indexed()
    asked, browser = addresses(secrets), browser_of(who, signed_in)
    with_secrets = answers(browser, asked)
    secrets.delete_hidden()
    indexed()
    assert differing(with_secrets, answers(browser, asked)) == []


def test_who_may_see_it_is_told(house_with_secrets: House, indexed: Index, signed_in: SignedIn) -> None:
    indexed()
    manager = signed_in(Role.CENTRE_MANAGER)
    for word in (TITLE, BODY, SPOKEN, PRINTED):
        found = manager.get(f"/en/search/?q={word}").context["findings"]
        assert found.count, word
    assert TITLE in manager.get(f"/en/search/suggestions/?q={TITLE[:4]}").content.decode()
    narrowed = manager.get(f"/en/search/?q={TITLE}&topic={house_with_secrets.topic.translation_key}&year={YEAR}")
    assert narrowed.context["findings"].count == 1
    promoted = manager.get(f"/en/search/?q={TITLE}").context["findings"].promoted
    assert [result.page.pk for result in promoted] == [house_with_secrets.hidden[0].pk]


@pytest.mark.parametrize("who", ["visitor", "learner", "author"])
def test_without_an_index_what_is_hidden_changes_no_answer(
    who: str, house_with_secrets: House, indexed: Index, index_folder: Path, signed_in: SignedIn
) -> None:
    indexed()
    remove_index(index_folder)
    asked, browser = addresses(house_with_secrets), browser_of(who, signed_in)
    with_secrets = answers(browser, asked)
    assert browser.get(f"/en/search/?q={SHARED}").context["findings"].answers_from == "database"
    house_with_secrets.delete_hidden()
    assert differing(with_secrets, answers(browser, asked)) == []


def test_while_changes_wait_nothing_of_what_was_just_hidden_is_told(
    home: HomePage, house_with_secrets: House, indexed: Index
) -> None:
    fresh = [house.way_to(ArticlePage, home=home, title=f"{SHARED} {TITLE} {number}") for number in range(4)]
    indexed()
    assert Client().get(f"/en/search/?q={TITLE}").context["findings"].count == len(fresh)
    fresh[0].unpublish()
    fresh[1].sensitivity = Sensitivity.STAFF
    fresh[1].save()
    PageViewRestriction.objects.create(page=fresh[2], restriction_type=PageViewRestriction.LOGIN)
    fresh[3].delete()
    assert Change.objects.exists()
    secrets = House(fresh[:3], house_with_secrets.topic)
    told = answers(Client(), addresses(secrets))
    assert [address for address, html in told.items() if f"{SHARED} {TITLE} " in re.sub("</?mark>", "", html)] == []
    assert Client().get(f"/en/search/?q={TITLE}").context["findings"].count == 0


# --- what is kept -------------------------------------------------------------------------------------------------
def test_words_of_hidden_pages_are_told_only_to_who_reads_the_list_of_what_was_not_found(
    house_with_secrets: House, indexed: Index, signed_in: SignedIn
) -> None:
    indexed()
    for number in range(LEAST_TOLD + 1):
        for word in (TITLE, "neverwritten"):
            Client().get(f"/en/search/?q={word}", REMOTE_ADDR=f"198.51.100.{number}")
    # A hidden word and an unknown one are counted alike, so the list tells no more than that both were asked.
    kept = dict(UnfoundWords.objects.values_list("words", "count"))
    assert kept == {TITLE: LEAST_TOLD + 1, "neverwritten": LEAST_TOLD + 1}
    learner = signed_in(Role.LEARNER)
    for word in (TITLE, "neverwritten"):
        assert word not in learner.get("/en/search/").content.decode()


def test_a_saved_search_says_no_more_than_its_words(
    house_with_secrets: House, indexed: Index, signed_in: SignedIn
) -> None:
    indexed()
    hidden, topic = house_with_secrets.hidden[0], house_with_secrets.topic
    learner = signed_in(Role.LEARNER)
    narrowing = {"within": hidden.pk, "topic": topic.translation_key, "year": YEAR}
    learner.post("/en/search/saved/add/", {"name": "Mine", "search": urlencode({"q": SHARED, **narrowing})})
    listed = learner.get("/en/search/saved/").content.decode()
    assert "Mine" in listed
    assert TITLE not in listed
    assert hidden.title not in learner.get(f"/en/search/?{urlencode({'q': SHARED, **narrowing})}").content.decode()


# --- time ----------------------------------------------------------------------------------------------------------
def test_a_hidden_word_takes_as_long_as_an_unknown_one(house_with_secrets: House, indexed: Index) -> None:
    indexed()
    browser = Client()

    def spent(word: str) -> float:
        begun_at = time.process_time()
        browser.get(f"/en/search/?q={word}")
        return time.process_time() - begun_at

    # In turns, so that whatever else slows the machine slows both; each unknown word has as many letters.
    pairs = [(spent(TITLE), spent("kobadriwo")) for _turn in range(60)]
    hidden, unknown = (statistics.median(times) for times in zip(*pairs, strict=True))
    assert 1 / 1.25 < hidden / unknown < 1.25
