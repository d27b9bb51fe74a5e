"""Does the square on a printed copy answer for that very copy?"""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.utils.html import strip_tags

from lessons.manuals.models import ManualPage, SectionPage
from portal.base.audience import Sensitivity
from portal.editions.addresses import short_address
from portal.editions.withdrawing import withdraw
from portal.people.roles import Role
from tests.conftest import SignedIn
from tests.factories.editions import HOUR, NOON, Trio, issued, issued_manual, make_trio, rewrite, step

pytestmark = pytest.mark.django_db
SHORT = "/e/KP-SOP-001.1"


@pytest.fixture(autouse=True)
def _later() -> Iterator[None]:
    with time_machine.travel(NOON + 24 * HOUR, tick=False):
        yield


@pytest.fixture
def trio() -> Trio:
    return make_trio()


def _told(client: Client, address: str = SHORT, language: str = "en") -> str:
    response = client.get(address, headers={"accept-language": language})
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Robots-Tag"] == "noindex"
    return str(response.content.decode())


def _second(manual: ManualPage, trio: Trio) -> None:
    rewrite(SectionPage.objects.get(slug="section-1"), by=trio.author, body=[step("Another way")])
    issued(manual, trio, at=NOON + 2 * HOUR)


def test_a_copy_in_force_says_so(client: Client, trio: Trio) -> None:
    _manual, edition = issued_manual(trio)
    assert short_address(edition).endswith(SHORT)
    told = _told(client)
    assert "This printed copy is edition 1 of KP-SOP-001" in strip_tags(told)
    assert ">KP-SOP-001</span>" in told
    assert "in force since" in told
    assert "/en/editions/KP-SOP-001/1/" in told


@pytest.mark.parametrize("address", ["/e/kp-sop-001.1", "/e/Kp-Sop-001.1"])
def test_capitals_do_not_matter(client: Client, trio: Trio, address: str) -> None:
    issued_manual(trio)
    assert "edition 1 of KP-SOP-001" in strip_tags(_told(client, address))


def test_an_old_copy_says_which_edition_superseded_it(client: Client, trio: Trio) -> None:
    manual, _edition = issued_manual(trio)
    _second(manual, trio)
    told = _told(client)
    assert "edition 2 superseded it" in told
    assert "/en/editions/KP-SOP-001/2/" in told
    assert str(manual.get_url()) in told


def test_a_withdrawn_copy_says_why(client: Client, trio: Trio) -> None:
    _manual, edition = issued_manual(trio)
    withdraw(edition, by=trio.approver, at=NOON + HOUR, reason="A number <b>was</b> wrong.")
    assert "A number &lt;b&gt;was&lt;/b&gt; wrong." in _told(client)


def test_a_copy_answers_in_the_language_of_whoever_asks(client: Client, trio: Trio) -> None:
    issued_manual(trio)
    told = _told(client, language="th")
    assert '<html lang="th">' in told
    assert "/en/editions/KP-SOP-001/1/" in told


def test_a_copy_that_waits_for_its_hour_is_known_to_staff_only(client: Client, signed_in: SignedIn, trio: Trio) -> None:
    manual, _edition = issued_manual(trio)
    rewrite(SectionPage.objects.get(slug="section-1"), by=trio.author, body=[step("Another way")])
    issued(manual, trio, at=NOON + HOUR, effective_from=NOON + 48 * HOUR)
    assert "not yet in force" in _told(signed_in(Role.TRAINER), "/e/KP-SOP-001.2")
    assert client.get("/e/KP-SOP-001.2").status_code == 404


def test_a_copy_of_a_manual_for_staff_tells_visitors_nothing(client: Client, signed_in: SignedIn, trio: Trio) -> None:
    issued_manual(trio, sensitivity=Sensitivity.STAFF)
    hidden, nowhere = client.get(SHORT), client.get("/e/KP-SOP-999.1")
    assert (hidden.status_code, nowhere.status_code) == (404, 404)
    assert client.get("/e/KP-SOP-001", follow=True).status_code == 404
    assert "edition 1" in _told(signed_in(Role.TRAINER))


def test_the_code_alone_leads_to_what_is_in_force(client: Client, trio: Trio) -> None:
    manual, _edition = issued_manual(trio)
    response = client.get("/e/kp-sop-001", follow=True)
    assert response.redirect_chain[-1][0] == manual.get_url()


@pytest.mark.parametrize("address", ["/e/KP-SOP-001.0", "/e/KP-SOP-001.2", "/e/KP-SOP-001.99999999999", "/e/.1"])
def test_what_was_never_printed_is_not_found(client: Client, trio: Trio, address: str) -> None:
    issued_manual(trio)
    assert client.get(address).status_code == 404
