"""A reader sees what changed for them, confirms it, and writes to the authors; an outsider finds nothing."""

from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from lessons.manuals.models import ManualPage
from lessons.manuals.reading.models import Acknowledgement, Remark
from portal.base.audience import Sensitivity
from portal.people.models import Centre
from portal.people.roles import Role
from tests.conftest import SignedIn
from tests.factories.editions import HOUR, NOON, Trio, issued, issued_manual, rewrite, step, write_manual
from tests.factories.people import make_centre, make_person
from tests.lessons.manuals.reading.test_acknowledging import QUIZ
from tests.lessons.manuals.reading.test_who_must_read import section

pytestmark = pytest.mark.django_db
READ = "/en/reading/KP-SOP-001/"


def html_of(client: Client, url: str, **data: Any) -> str:
    response = client.get(url, data)
    assert response.status_code == 200, url
    return response.content.decode()


def url_of(page: Any) -> str:
    return str(page.get_url())


def test_a_reader_confirms_an_edition_where_they_find_it(trio: Trio, signed_in: SignedIn) -> None:
    manual, edition = issued_manual(trio)
    reader = signed_in(Role.LEARNER)
    for place in (url_of(manual), url_of(section()), "/en/my-learning/"):
        assert f'href="{READ}"' in html_of(reader, place)
    assert "You still have to read this" in html_of(reader, url_of(manual.get_parent()))
    html = html_of(reader, READ)
    assert edition.sha256 in html
    assert "I have read and understood edition 1 of KP-SOP-001." in html
    response = reader.post(READ, {"sha256": edition.sha256}, follow=True)
    assert "It is noted that you have read edition 1 of KP-SOP-001." in response.content.decode()
    assert Acknowledgement.objects.get().edition == edition
    for place in (url_of(manual), url_of(section()), "/en/my-learning/", url_of(manual.get_parent())):
        assert READ not in html_of(reader, place)
        assert "still have to read" not in html_of(reader, place)


def test_what_waits_is_told_in_thai(trio: Trio, signed_in: SignedIn) -> None:
    issued_manual(trio)
    reader = signed_in(Role.LEARNER)
    with translation.override("th"):
        html = html_of(reader, "/th/reading/KP-SOP-001/")
    assert 'lang="th"' in html


def test_what_changed_is_told_step_by_step(trio: Trio, signed_in: SignedIn) -> None:
    manual, edition = issued_manual(trio)
    person = make_person(Role.LEARNER)
    reader = signed_in(person=person)
    reader.post(READ, {"sha256": edition.sha256})
    rewrite(section(), by=trio.author, body=[*section().body.raw_data[:1], step("Offer water", id="new-step")])
    issued(manual, trio, at=NOON + HOUR, kind="new_required")
    html = html_of(reader, READ)
    assert "What is new for you since edition 1" in html
    assert "Offer water" in html
    assert "The second step is clearer." in html
    assert "Section 2" not in html.partition("<main")[2].partition("</main>")[0]


def test_a_section_that_the_reader_may_not_know_of_is_not_among_what_changed(trio: Trio, signed_in: SignedIn) -> None:
    manual = write_manual(by=trio.author)
    rewrite(section(), by=trio.author, sensitivity=Sensitivity.STAFF, title="The hidden door")
    issued(manual, trio)
    assert "The hidden door" not in html_of(signed_in(Role.LEARNER), READ)
    assert "The hidden door" in html_of(signed_in(Role.TRAINER), READ)


def test_a_wrong_answer_is_told_and_can_be_mended(trio: Trio, signed_in: SignedIn) -> None:
    manual = write_manual(by=trio.author, quiz=QUIZ)
    edition = issued(manual, trio)
    reader = signed_in(Role.LEARNER)
    assert "Papers can wait." not in html_of(reader, READ)
    response = reader.post(READ, {"sha256": edition.sha256, "question-1": "0"})
    assert response.status_code == 422
    assert "This was not the right answer." in response.content.decode()
    assert not Acknowledgement.objects.exists()
    assert reader.post(READ, {"sha256": edition.sha256, "question-1": "1"}).status_code == 302
    assert Acknowledgement.objects.get().quiz == "passed"


def test_a_form_of_an_edition_that_is_superseded_confirms_nothing(trio: Trio, signed_in: SignedIn) -> None:
    manual, first = issued_manual(trio)
    rewrite(section(), by=trio.author, body=[step("Listen")])
    issued(manual, trio, at=NOON + HOUR)
    reader = signed_in(Role.LEARNER)
    for sha256 in (first.sha256, "", "nonsense"):
        response = reader.post(READ, {"sha256": sha256}, follow=True)
        assert "Another edition has come into force" in response.content.decode()
    assert not Acknowledgement.objects.exists()


def test_a_visitor_signs_in_first_and_sees_nothing_of_it_on_the_manual(trio: Trio) -> None:
    manual, edition = issued_manual(trio)
    visitor = Client()
    assert "/accounts/login/" in visitor.get(READ).headers["Location"]
    assert "/accounts/login/" in visitor.post(READ, {"sha256": edition.sha256}).headers["Location"]
    for place in (url_of(manual), url_of(section())):
        html = html_of(visitor, place)
        assert "/en/reading/" not in html
        assert "<!--place" not in html


def test_people_without_a_role_and_of_another_centre_are_not_asked(trio: Trio, signed_in: SignedIn) -> None:
    manual, edition = issued_manual(trio, code="HC-SOP-001")
    address = READ.replace("KP", "HC")
    elsewhere = make_centre(code="OT", kind=Centre.Kind.SISTER)
    for client in (signed_in(), signed_in(Role.LEARNER, centre=elsewhere)):
        assert address not in html_of(client, url_of(manual))
        client.post(address, {"sha256": edition.sha256})
    assert not Acknowledgement.objects.exists()


def test_who_may_not_see_a_manual_never_learns_that_it_can_be_read(trio: Trio, signed_in: SignedIn) -> None:
    _manual, edition = issued_manual(trio, sensitivity=Sensitivity.STAFF)
    stranger = signed_in(Role.LEARNER)
    for address in (READ, READ.replace("001", "999")):
        assert stranger.get(address).status_code == 404
        assert stranger.post(address, {"sha256": edition.sha256}).status_code == 404


def remark_url(page: ManualPage | Any) -> str:
    return f"/en/reading/remarks/{page.pk}/"


def test_a_remark_on_a_step_reaches_the_authors_with_the_edition_that_was_read(trio: Trio, signed_in: SignedIn) -> None:
    _manual, edition = issued_manual(trio)
    reader = signed_in(Role.LEARNER)
    page = section()
    assert remark_url(page) in html_of(reader, url_of(page))
    chosen = page.steps[1]
    html = html_of(reader, remark_url(page), step=chosen.id)
    assert f'<option value="{chosen.id}" selected>' in html
    assert "Write no names of residents" in html
    response = reader.post(remark_url(page), {"step": chosen.id, "text": "Who writes it down?"})
    assert response.headers["Location"] == f"{page.get_url()}#{chosen.anchor}"
    written = Remark.objects.get()
    assert (written.edition, written.block_id, written.text) == (edition, chosen.id, "Who writes it down?")
    assert (written.section_title, written.step_title) == ("Section 1", "Step 2: Section 1: write down")


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001], ids=["empty", "blank", "long"])
def test_a_remark_has_words_and_an_end(trio: Trio, signed_in: SignedIn, text: str) -> None:
    issued_manual(trio)
    assert signed_in(Role.LEARNER).post(remark_url(section()), {"text": text}).status_code == 422
    assert not Remark.objects.exists()


def test_nobody_writes_more_than_ten_remarks_in_an_hour(trio: Trio, signed_in: SignedIn) -> None:
    issued_manual(trio)
    reader = signed_in(Role.LEARNER)
    answers = [reader.post(remark_url(section()), {"text": "Unclear."}).status_code for _time in range(11)]
    assert answers == [302] * 10 + [422]
    assert Remark.objects.count() == 10


def test_remarks_are_for_people_with_a_role_who_may_see_the_section(trio: Trio, signed_in: SignedIn) -> None:
    manual = write_manual(by=trio.author)
    rewrite(section(), by=trio.author, sensitivity=Sensitivity.STAFF)
    issued(manual, trio)
    hidden, shown = section(), section("Section 2")
    assert signed_in().post(remark_url(shown), {"text": "Unclear."}).status_code == 404
    assert signed_in(Role.LEARNER).post(remark_url(hidden), {"text": "Unclear."}).status_code == 404
    assert "/accounts/login/" in Client().post(remark_url(shown), {"text": "x"}).headers["Location"]
    assert signed_in(Role.LEARNER).get(remark_url(shown.get_parent().get_parent())).status_code == 404
    assert signed_in(Role.LEARNER).get("/en/reading/remarks/99999999999999999999/").status_code == 404
    assert not Remark.objects.exists()
