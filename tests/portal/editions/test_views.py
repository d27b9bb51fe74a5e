"""Does an edition stand at its address, for ever, and does nobody see there what they may not know of?"""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lessons.manuals.models import SectionPage
from portal.base.audience import Sensitivity
from portal.editions import gate, store
from portal.editions.models import Edition
from portal.editions.withdrawing import withdraw
from portal.people.roles import Role
from tests.conftest import Commits, SignedIn
from tests.factories import house
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
BASE = "/en/editions/KP-SOP-001/"


@pytest.fixture(autouse=True)
def _later() -> Iterator[None]:
    with time_machine.travel(NOON + 24 * HOUR, tick=False):
        yield


@pytest.fixture
def trio() -> Trio:
    return make_trio()


def _seen(client: Client, address: str, status: int = 200, **more: Any) -> str:
    response = client.get(address, **more)
    assert response.status_code == status, response.content[:300]
    return str(response.content.decode())


def _second(manual: Any, trio: Trio, **change: Any) -> Edition:
    rewrite(SectionPage.objects.get(slug="section-1"), by=trio.author, body=[step("Another way")])
    return issued(manual, trio, at=NOON + 2 * HOUR, **change)


def test_every_edition_stays_readable_as_it_was(client: Client, trio: Trio) -> None:
    manual, _first = issued_manual(trio)
    _second(manual, trio)
    old, new = (_seen(client, f"{BASE}{number}/section-1/") for number in (1, 2))
    assert "Section 1: listen" in old
    assert "Another way" not in old
    assert "Another way" in new


def test_every_page_of_an_edition_says_where_it_stands(client: Client, trio: Trio, committed: Commits) -> None:
    manual, _first = issued_manual(trio)
    second = _second(manual, trio)
    for address in (f"{BASE}1/", f"{BASE}1/section-1/", f"{BASE}1/?q=listen"):
        assert "edition 2 superseded it on 1 November 2026" in _seen(client, address)
        assert f'href="{BASE}2/"' in _seen(client, address)
        assert '<meta name="robots" content="noindex">' in _seen(client, address)
    assert "Edition 2, in force since 1 November 2026." in _seen(client, f"{BASE}2/section-1/")
    with time_machine.travel(NOON + 25 * HOUR), committed():
        withdraw(second, by=trio.approver, at=NOON + 25 * HOUR, reason="A number was wrong.")
    with time_machine.travel(NOON + 26 * HOUR):
        for address in (f"{BASE}2/", f"{BASE}2/section-1/"):
            assert "Do not work by it." in _seen(client, address)
            assert "A number was wrong." in _seen(client, address)


def test_the_cover_tells_who_signed_in_which_capacity_and_names_nobody(client: Client, trio: Trio) -> None:
    for person, name in zip((trio.author, trio.reviewer, trio.approver), ("Ada", "Ben", "Cho"), strict=True):
        person.first_name = f"{name}-the-signer"
        person.save()
    _manual, edition = issued_manual(trio)
    cover = _seen(client, f"{BASE}1/")
    assert all(told in cover for told in ("Author", "Reviewer", "Approver", edition.sha256, "<svg"))
    assert "-the-signer" not in cover


@pytest.mark.parametrize(("role", "is_told"), [(Role.LEARNER, False), (Role.TRAINER, True)], ids=["learner", "trainer"])
def test_names_of_signers_are_for_staff(signed_in: SignedIn, trio: Trio, role: Role, is_told: bool) -> None:
    trio.approver.first_name = "Cho-the-signer"
    trio.approver.save()
    issued_manual(trio)
    for client in (signed_in(Role.TRAINER), signed_in(role), signed_in(role)):
        cover = _seen(client, f"{BASE}1/")
    assert ("Cho-the-signer" in cover) == is_told


def test_a_section_for_staff_leaves_no_trace_for_others(client: Client, signed_in: SignedIn, trio: Trio) -> None:
    manual = write_manual(by=trio.author, sections=1)
    add_section(manual, title="Where she sleeps", by=trio.author, sensitivity=Sensitivity.STAFF)
    issued(manual, trio)
    trainer, learner = signed_in(Role.TRAINER), signed_in(Role.LEARNER)
    pages = (BASE, f"{BASE}1/", f"{BASE}1/section-1/", f"{BASE}1/?q=sleeps")
    assert any("Where she sleeps" in _seen(trainer, address) for address in pages)
    assert "Where she sleeps" in _seen(trainer, f"{BASE}1/where-she-sleeps/")
    for outsider in (client, learner):
        for address in pages:
            assert "Where she sleeps" not in _seen(outsider, address)
        _seen(outsider, f"{BASE}1/where-she-sleeps/", status=404)


def test_a_note_on_a_hidden_section_is_hidden(client: Client, signed_in: SignedIn, trio: Trio) -> None:
    manual = write_manual(by=trio.author, sections=1)
    secret = add_section(manual, title="Where she sleeps", by=trio.author, sensitivity=Sensitivity.STAFF)
    issued(manual, trio)
    rewrite(secret, by=trio.author, body=[step("Elsewhere")])
    issued(manual, trio, at=NOON + HOUR)
    trainer = signed_in(Role.TRAINER)
    told = [_seen(reader, BASE).count("Two teams read it differently.") for reader in (client, trainer)]
    assert told == [2, 4]
    assert "Two teams read it differently." not in _seen(client, f"{BASE}2/")
    assert "Two teams read it differently." in _seen(trainer, f"{BASE}2/")


@pytest.mark.parametrize("address", ["", "1/", "1/section-1/", "1/?q=listen", "current/", "1/edition.pdf"])
def test_a_manual_for_staff_does_not_exist_for_visitors(client: Client, trio: Trio, address: str) -> None:
    issued_manual(trio, sensitivity=Sensitivity.STAFF)
    nowhere = client.get(f"/en/editions/XX-SOP-001/{address}")
    hidden = client.get(f"{BASE}{address}")
    assert (hidden.status_code, nowhere.status_code) == (404, 404)


@pytest.mark.parametrize(
    "address",
    ["0/", "2/", "99999999999999999999/", "-1/", "1/none/", "1/%00/", "1/ขั้นตอน/", "1/identification/", "01/", "one/"],
)
def test_what_was_never_issued_is_not_found(client: Client, trio: Trio, address: str) -> None:
    issued_manual(trio)
    assert client.get(f"{BASE}{address}").status_code == 404


@pytest.mark.parametrize("code", ["%00", "KP-SOP-001%00", "'--", "x" * 300, "ก", "%2e%2e", "KP-SOP-001.1", "1"])
def test_hostile_codes_are_not_found(client: Client, trio: Trio, code: str) -> None:
    issued_manual(trio)
    for address in (f"/en/editions/{code}/", f"/en/editions/{code}/1/", f"/e/{code}", f"/e/{code}.1"):
        if address == "/e/KP-SOP-001.1":
            continue
        assert client.get(address, follow=True).status_code == 404, address


def test_an_edition_that_waits_for_its_hour_is_for_staff(client: Client, signed_in: SignedIn, trio: Trio) -> None:
    manual, _first = issued_manual(trio)
    _second(manual, trio, effective_from=NOON + 48 * HOUR)
    trainer = signed_in(Role.TRAINER)
    assert "not yet in force" in _seen(trainer, f"{BASE}2/section-1/")
    assert "Edition 2" in _seen(trainer, BASE)
    for outsider in (client, signed_in(Role.LEARNER)):
        _seen(outsider, f"{BASE}2/", status=404)
        assert "Edition 2" not in _seen(outsider, BASE)
    with time_machine.travel(NOON + 49 * HOUR):
        assert "Edition 2, in force" in _seen(client, f"{BASE}2/")


def test_a_cached_page_says_so_once_another_edition_is_in_force(client: Client, trio: Trio, committed: Commits) -> None:
    manual, _first = issued_manual(trio)
    assert "in force since" in _seen(client, f"{BASE}1/section-2/")
    with committed():
        _second(manual, trio)
    assert "superseded it" in _seen(client, f"{BASE}1/section-2/")


def test_a_section_that_is_made_confidential_is_gone_from_the_cache(
    client: Client, trio: Trio, committed: Commits
) -> None:
    issued_manual(trio)
    assert "Section 1" in _seen(client, f"{BASE}1/section-2/")
    _seen(client, f"{BASE}1/section-1/")
    with committed():
        section = SectionPage.objects.get(slug="section-1")
        section.sensitivity = Sensitivity.STAFF
        with gate.opened():
            section.save()
    _seen(client, f"{BASE}1/section-1/", status=404)
    assert "Section 1" not in _seen(client, f"{BASE}1/section-2/")


def test_a_section_with_a_thai_address_is_found(client: Client, trio: Trio) -> None:
    manual = write_manual(by=trio.author, sections=1)
    add_section(manual, title="ตอนแรก", by=trio.author)
    issued(manual, trio)
    assert "ตอนแรก" in _seen(client, f"{BASE}1/ตอนแรก/")


def test_an_edition_leads_to_a_language_that_it_has(client: Client, trio: Trio) -> None:
    issued_manual(trio)
    response = client.get("/th/editions/KP-SOP-001/1/")
    assert (response.status_code, response.headers["Location"]) == (302, f"{BASE}1/")
    assert _seen(client, "/th/editions/KP-SOP-001/").count("Identification") == 1


def test_the_languages_of_a_section_lead_to_the_same_section(client: Client, trio: Trio) -> None:
    manual = write_manual(by=trio.author, sections=1)
    section = SectionPage.objects.get(slug="section-1")
    house.home("th", translation_key=manual.get_parent().get_parent().translation_key)
    thai = write_manual(by=trio.author, sections=0, language="th", translation_key=manual.translation_key)
    add_section(thai, title="ตอน", by=trio.author, translation_key=section.translation_key)
    issued(manual, trio)
    assert 'href="/th/editions/KP-SOP-001/1/%E0%B8%95%E0%B8%AD%E0%B8%99/"' in _seen(client, f"{BASE}1/section-1/")
    assert f'href="{BASE}1/section-1/"' in _seen(client, "/th/editions/KP-SOP-001/1/ตอน/")


def test_the_permanent_address_leads_to_the_page_in_force(client: Client, trio: Trio) -> None:
    manual, _edition = issued_manual(trio)
    response = client.get(f"{BASE}current/")
    assert (response.status_code, response.headers["Location"]) == (302, manual.get_url())


def test_the_history_tells_all_editions_with_their_days_and_notes(client: Client, trio: Trio) -> None:
    manual, first = issued_manual(trio)
    second = _second(manual, trio)
    told = _seen(client, BASE)
    assert told.index("Edition 2") < told.index("Edition 1")
    assert all(word in told for word in ("Superseded", "In force", "Two teams read it differently.", "Clearer words."))
    assert f'href="{BASE}compare/1/2/"' in told
    assert str(second.get_change_kind_display()) in told
    assert str(first.get_change_kind_display()) in told


def test_the_words_of_an_edition_are_found_where_they_stand(client: Client, trio: Trio) -> None:
    manual = write_manual(by=trio.author, sections=0)
    add_section(manual, title="First contact", by=trio.author, body=[step("Ask ผู้เสียหายได้รับความช่วยเหลือ politely")])
    issued(manual, trio)
    assert "First contact" in _seen(client, f"{BASE}1/?q=ความช่วยเหลือ")
    found = _seen(client, f"{BASE}1/?q=politely")
    assert "#step-" in found
    assert "<mark>politely</mark>" in found
    assert "Nothing was found" in _seen(client, f"{BASE}1/?q=xylophone")
    for odd in ("", "%00", '"', "-", "x" * 5000, "%F0%9F%98%80"):
        _seen(client, f"{BASE}1/?q={odd}")


def test_editions_are_in_no_sitemap_and_no_search(client: Client, trio: Trio) -> None:
    issued_manual(trio)
    assert "/editions/" not in _seen(client, "/sitemap.xml")
    assert "/editions/" not in _seen(client, "/en/search/?q=listen").partition("<main")[2]


def test_nothing_but_reading_is_allowed(client: Client, trio: Trio) -> None:
    issued_manual(trio)
    for address in (BASE, f"{BASE}1/", f"{BASE}1/section-1/", "/e/KP-SOP-001.1"):
        assert client.post(address).status_code in (403, 405)


def test_an_edition_whose_text_is_gone_says_so(client: Client, trio: Trio) -> None:
    _manual, edition = issued_manual(trio)
    page = edition.pages.get(slug="section-1")
    kept = store.kept(page.html_sha256)
    store.store().delete(store.name_of(page.html_sha256))
    try:
        assert "not what was signed" in _seen(client, f"{BASE}1/section-1/")
    finally:
        store.keep(kept)


def test_the_contents_cost_no_more_queries_for_many_sections(client: Client, trio: Trio) -> None:
    counts = []
    for code, sections in (("KP-SOP-001", 2), ("KP-SOP-002", 12)):
        issued_manual(trio, code=code, sections=sections)
        _seen(client, f"/en/editions/{code}/1/?warm=1")
        with CaptureQueriesContext(connection) as queries:
            _seen(client, f"/en/editions/{code}/1/section-1/?cold=1")
        counts.append(len(queries))
    assert counts[0] == counts[1]
