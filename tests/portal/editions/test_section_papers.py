"""Does whoever may read a section get it on paper, once it is printed, and nobody else?"""

from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django_tasks_db.models import DBTaskResult

from portal.base.audience import Sensitivity, Surface
from portal.editions.models import Edition
from portal.editions.paper import making
from portal.editions.paper.making import make_section_paper
from tests.conftest import SignedIn
from tests.factories.editions import HOUR, NOON, Trio, add_section, issued, make_trio, write_manual

pytestmark = pytest.mark.django_db
SECTION = "/en/editions/KP-SOP-001/1/section-1/section.pdf"


@pytest.fixture(autouse=True)
def _later() -> Iterator[None]:
    cache.clear()
    with time_machine.travel(NOON + 24 * HOUR, tick=False):
        yield


@pytest.fixture
def edition() -> Edition:
    """A section for everybody, one for staff, and one for the kiosk alone."""
    trio: Trio = make_trio()
    manual = write_manual(by=trio.author, sections=1)
    add_section(manual, title="Where she sleeps", by=trio.author, sensitivity=Sensitivity.STAFF)
    add_section(manual, title="On screen", by=trio.author, surfaces=[Surface.KIOSK])
    return issued(manual, trio)


def orders() -> int:
    return DBTaskResult.objects.filter(task_path__endswith="make_section_paper").count()


def test_a_section_is_printed_when_somebody_asks_and_then_kept(client: Client, edition: Edition) -> None:
    for _time in range(2):
        waiting = client.get(SECTION)
        assert (waiting.status_code, waiting.headers["Refresh"]) == (202, "4")
    assert orders() == 1
    page = edition.pages.get(slug="section-1")
    make_section_paper.func(edition.pk, "en", str(page.key))
    there = client.get(SECTION)
    assert there.status_code == 302
    assert client.get(there.headers["Location"]).headers["Content-Type"] == "application/pdf"


def test_what_is_hidden_is_never_printed(client: Client, edition: Edition) -> None:
    base = "/en/editions/KP-SOP-001/1/"
    for slug in ("where-she-sleeps", "on-screen", "nothing"):
        assert client.get(f"{base}{slug}/section.pdf").status_code == 404
    assert orders() == 0


def test_the_paper_of_a_section_for_staff_is_for_staff(client: Client, edition: Edition, signed_in: SignedIn) -> None:
    page = edition.pages.get(slug="where-she-sleeps")
    row = making.print_(making.Paper(edition.pk, "en", making.name_of_section(page.key), page=page.key))
    address = "/en/editions/KP-SOP-001/1/where-she-sleeps/section.pdf"
    file = f"/editions/files/KP-SOP-001/1/{row.sha256}"
    assert [client.get(one, follow=True).status_code for one in (address, file)] == [404, 404]
    assert signed_in("trainer").get(address).headers["Location"] == file
