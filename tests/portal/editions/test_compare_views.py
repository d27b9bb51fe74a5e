"""What does somebody see who compares two editions, and what does nobody learn who may not read both?"""

import json
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lessons.manuals.models import SectionPage
from portal.base.audience import Audience, Limits, PageAudience, Sensitivity, Surface, viewer_for
from portal.editions.chain import content_of
from portal.editions.coming_into_force import show_what_holds
from portal.editions.models import ChangeKind
from portal.editions.proposing import Change, Note, propose
from portal.editions.shown_changes import Reader, changes_proposed
from portal.editions.signing import sign
from portal.people.roles import Role
from tests.factories.editions import (
    HOUR,
    NOON,
    Trio,
    add_section,
    issued,
    issued_manual,
    make_trio,
    proposed,
    rewrite,
    step,
)
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db

COMPARE = "/en/editions/KP-SOP-001/compare/"
FAR_AWAY = datetime(2999, 1, 1, tzinfo=UTC)


@pytest.fixture
def trio() -> Trio:
    return make_trio()


@pytest.fixture
def client() -> Client:
    return Client()


def _section(title: str = "section-1") -> SectionPage:
    return SectionPage.objects.get(slug=title)


def _two_editions(trio: Trio, *, text: str = "Ask him what he wants to do next.") -> None:
    """A manual of two sections; the second edition rewords the first step of the first section."""
    manual, _edition = issued_manual(trio)
    first, second = _section().body
    steps = [step("Section 1: listen", text=text, id=first.id), step("Section 1: write down", id=second.id)]
    rewrite(_section(), by=trio.author, body=steps)
    issued(manual, trio, at=NOON + HOUR)


def _html(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response
    return response.content.decode()


def test_a_visitor_reads_which_words_changed_and_why(trio: Trio, client: Client) -> None:
    _two_editions(trio)
    html = _html(client, f"{COMPARE}1/2/")
    assert "What changed from edition 1 to edition 2" in html
    assert "[removed:] </span>her" in html
    assert "[added:] </span>him" in html
    assert "The second step is clearer." in html
    assert "1 passage did not change" in html
    assert "2 sections did not change" in html
    assert '<option value="2" selected>' in html
    assert "<mark" not in html


def test_words_are_compared_in_the_language_of_the_reader_where_both_editions_have_it(
    trio: Trio, client: Client
) -> None:
    _two_editions(trio)
    html = _html(client, f"/th{COMPARE[3:]}1/2/")
    assert '<html lang="th">' in html
    assert '<h3 class="compared-block__title">Section 1: listen</h3>' in html
    assert 'id="changed-' in html
    assert ' lang="en">' in html


def test_what_is_written_is_shown_as_text(trio: Trio, client: Client) -> None:
    _two_editions(trio, text="Ask &lt;script&gt;alert(1)&lt;/script&gt; &amp; her")
    html = _html(client, f"{COMPARE}1/2/")
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html


def test_a_section_that_is_staff_only_in_one_edition_is_in_no_comparison_of_a_visitor(
    trio: Trio, client: Client
) -> None:
    manual, _edition = issued_manual(trio)
    rewrite(_section(), by=trio.author, sensitivity=Sensitivity.STAFF, body=[step("Secret")])
    add_section(manual, title="Night watch", by=trio.author, sensitivity=Sensitivity.STAFF)
    rewrite(_section("section-2"), by=trio.author, body=[step("Open")])
    issued(manual, trio, at=NOON + HOUR)
    html = _html(client, f"{COMPARE}1/2/")
    assert "Open" in html
    assert "Section 1" not in html
    assert "Secret" not in html
    assert "Night watch" not in html
    assert "1 section did not change" in html
    client.force_login(make_person(Role.AUTHOR))
    told = _html(client, f"{COMPARE}1/2/")
    assert "Secret" in told
    assert "Night watch" in told


def test_an_edition_that_is_not_in_force_yet_does_not_exist_for_a_visitor(trio: Trio, client: Client) -> None:
    manual, _edition = issued_manual(trio)
    rewrite(_section(), by=trio.author, body=[step("Tomorrow")])
    issued(manual, trio, effective_from=FAR_AWAY)
    assert client.get(f"{COMPARE}1/2/").status_code == 404
    assert "Tomorrow" not in _html(client, COMPARE)
    assert "only one edition" in _html(client, COMPARE)
    client.force_login(make_person(Role.AUTHOR))
    assert "Tomorrow" in _html(client, f"{COMPARE}1/2/")


def test_a_manual_that_is_hidden_answers_like_one_that_does_not_exist(trio: Trio, client: Client) -> None:
    issued_manual(trio, sensitivity=Sensitivity.STAFF)
    hidden, missing = client.get(COMPARE), client.get("/en/editions/KP-SOP-999/compare/")
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert client.get(f"{COMPARE}1/2/").status_code == 404
    client.force_login(make_person(Role.AUTHOR))
    assert client.get(COMPARE).status_code == 200


@pytest.mark.parametrize(
    "numbers", ["1/3", "0/1", "3/4", "99999999999999999999/1"], ids=["third", "zeroth", "both", "huge"]
)
def test_an_edition_that_was_never_issued_is_not_found(trio: Trio, client: Client, numbers: str) -> None:
    _two_editions(trio)
    assert client.get(f"{COMPARE}{numbers}/").status_code == 404


def test_two_editions_are_chosen_with_a_plain_form(trio: Trio, client: Client) -> None:
    _two_editions(trio)
    assert client.get(COMPARE, {"before": "1", "after": "2"}).headers["Location"] == f"{COMPARE}1/2/"
    assert client.get(COMPARE, {"before": "2", "after": "1"}).headers["Location"] == f"{COMPARE}1/2/"
    assert client.get(f"{COMPARE}2/1/").headers["Location"] == f"{COMPARE}1/2/"
    assert client.get(f"{COMPARE}2/2/").headers["Location"] == COMPARE
    for asked in ({"before": "1", "after": "1"}, {"before": "x", "after": "\x00"}, {"before": "9" * 50}):
        assert "Choose two different editions." in client.get(COMPARE, asked).content.decode()


def test_a_lesson_is_named_only_to_whom_may_read_it(trio: Trio, client: Client) -> None:
    manual, _edition = issued_manual(trio, sections=3)
    rewrite(_section(), by=trio.author, body=[step("New")])
    rewrite(_section("section-3"), by=trio.author, sensitivity=Sensitivity.STAFF)
    lessons = {_section(): _section("section-2"), _section("section-3"): _section("section-3")}
    notes = {
        page.translation_key: Note("New.", "Learned.", str(lesson.translation_key)) for page, lesson in lessons.items()
    }
    change = Change(kind=ChangeKind.CORRECTION, summary="Learned.", notes=notes)
    proposal = propose(manual.translation_key, change, by=trio.author, at=NOON + HOUR, statement="I stand for it.")
    for person in (trio.reviewer, trio.approver):
        sign(proposal, by=person, at=NOON + HOUR)
    show_what_holds(manual.translation_key, at=NOON + HOUR)
    lesson = '<a href="/en/'
    html = _html(client, f"{COMPARE}1/2/")
    assert "Lesson learned:" in html
    assert html.partition("Lesson learned:")[2].partition("</p>")[0].count(lesson) == 1
    assert html.count("Learned.") == 1
    PageAudience.objects.filter(page=_section("section-2")).update(
        audience=Audience.objects.for_limits(Limits(sensitivity=Sensitivity.STAFF))
    )
    assert "Lesson learned:" not in _html(client, f"{COMPARE}1/2/")


def test_an_author_sees_what_a_proposal_changes(trio: Trio) -> None:
    manual, edition = issued_manual(trio)
    rewrite(_section(), by=trio.author, body=[step("New")])
    after = json.loads(proposed(manual, by=trio.author, at=NOON + HOUR).content)
    reader = Reader(viewer_for(trio.author), surface=Surface.WEB, language="en", at=NOON)
    told = changes_proposed(content_of(edition), after, reader)
    assert [shown.compared.slug for shown in told.pages] == ["section-1"]
    assert [note.number for note in told.pages[0].notes] == [2]
    hidden = changes_proposed(None, after, reader, without=[str(_section().translation_key)])
    assert [shown.compared.slug for shown in hidden.pages] == ["kp-sop-001", "section-2"]


def test_a_comparison_is_in_no_search_engine_and_in_no_cache(trio: Trio, client: Client) -> None:
    _two_editions(trio)
    response = client.get(f"{COMPARE}1/2/")
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert "no-store" in response.headers["Cache-Control"]


def test_the_number_of_queries_does_not_grow_with_the_sections(trio: Trio, client: Client) -> None:
    counts = []
    for code, sections in (("KP-SOP-001", 1), ("KP-SOP-002", 8)):
        manual, _edition = issued_manual(trio, code=code, sections=sections)
        for section in SectionPage.objects.child_of(manual):
            rewrite(section, by=trio.author, body=[step("Another step")])
        issued(manual, trio, at=NOON + HOUR)
        client.get(f"/en/editions/{code}/compare/1/2/")
        with CaptureQueriesContext(connection) as asked:
            html = _html(client, f"/en/editions/{code}/compare/1/2/")
        assert html.count('class="compared__head"') == sections
        counts.append(len(asked))
    assert counts[0] == counts[1]
