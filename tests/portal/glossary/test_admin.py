"""Who keeps the glossary, and what does the form say?"""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from portal.glossary.models import Concept, Definition, Wording
from portal.people.roles import Role
from tests.conftest import SignedIn
from tests.factories.glossary import make_concept

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]

ADD = "wagtailsnippets_portal_glossary_concept:add"
EDIT = "wagtailsnippets_portal_glossary_concept:edit"
LIST = "wagtailsnippets_portal_glossary_concept:list"
DELETE = "wagtailsnippets_portal_glossary_concept:delete"
Row = dict[str, Any]


@pytest.fixture
def approver(signed_in: SignedIn) -> Client:
    return signed_in(Role.APPROVER)


def form(wordings: list[Row], definitions: list[Row] | None = None, *, stored: int = 0) -> dict[str, str]:
    """What a browser sends."""
    sent = {"note": ""}
    for prefix, rows in (("wordings", wordings), ("definitions", definitions or [])):
        kept = stored if prefix == "wordings" else 0
        sent |= {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": str(kept)}
        sent |= {f"{prefix}-MIN_NUM_FORMS": "0", f"{prefix}-MAX_NUM_FORMS": "1000"}
        for number, row in enumerate(rows):
            full = {"ORDER": number + 1, "id": "", "DELETE": "", **row}
            sent |= {f"{prefix}-{number}-{name}": str(value) for name, value in full.items()}
    return sent


def wording(language: str, text: str, **more: Any) -> Row:
    return {"language": language, "text": text, **more}


def test_an_approver_adds_a_term(approver: Client) -> None:
    rows = [wording("en", "consent", is_verified="on"), wording("th", "ความยินยอม")]
    answer = approver.post(reverse(ADD), form(rows, [wording("en", "A free yes.")]))
    assert answer.status_code == 302
    assert list(Wording.objects.values_list("concept", "language", "text", "is_verified")) == [
        (1, "en", "consent", True), (1, "th", "ความยินยอม", False)
    ]  # fmt: skip
    assert Definition.objects.get().text == "A free yes."
    assert "consent" in approver.get(reverse(LIST)).content.decode()


@pytest.mark.parametrize(
    ("wordings", "definitions", "sentence"),
    [
        ([], [], "A term needs a wording in at least one language."),
        ([wording("en", "gone", DELETE="on")], [], "A term needs a wording in at least one language."),
        ([wording("en", "consent"), wording("en", "Consent ")], [], "is here twice in English."),
        (
            [wording("en", "consent")],
            [wording("en", "One."), wording("en", "Two.")],
            "There are two definitions in English. Keep one.",
        ),
        ([wording("my", "ေက်းဇူး")], [], "written for the Zawgyi font"),
    ],
    ids=["nothing", "removed", "twice", "two-definitions", "zawgyi"],
)
def test_what_is_wrong_is_said_in_plain_words(
    wordings: list[Row], definitions: list[Row], sentence: str, approver: Client
) -> None:
    answer = approver.post(reverse(ADD), form(wordings, definitions))
    assert sentence in answer.content.decode()
    assert not Concept.objects.exists()


def test_two_wordings_may_change_places(approver: Client) -> None:
    concept = make_concept(en="shelter|refuge")
    first, second = concept.wordings.all()
    rows = [wording("en", "refuge", id=first.pk), wording("en", "shelter", id=second.pk)]
    assert approver.post(reverse(EDIT, args=[concept.pk]), form(rows, stored=2)).status_code == 302
    assert str(Concept.objects.get()) == "refuge"
    assert Concept.objects.get().number == concept.number


def test_a_term_is_found_once_in_the_list_by_any_of_its_words(approver: Client) -> None:
    make_concept(en="refuge", vi="refuge house")
    make_concept(en="silk")
    html = approver.get(reverse(LIST), {"q": "refuge"}).content.decode()
    assert html.count(reverse(EDIT, args=[1])) >= 1
    assert reverse(EDIT, args=[2]) not in html
    assert html.count('id="snippet_1_title"') == 1


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.REVIEWER, Role.TRAINER, Role.CURATOR, Role.LEARNER], ids=str)
def test_nobody_else_changes_what_is_published_at_once(role: Role, signed_in: SignedIn) -> None:
    concept = make_concept(en="consent")
    browser = signed_in(role)
    for name, arguments in ((ADD, []), (EDIT, [concept.pk]), (DELETE, [concept.pk])):
        answer = browser.post(reverse(name, args=arguments), form([wording("en", "changed")]))
        assert answer.status_code in (302, 403, 404)
    assert list(Wording.objects.values_list("text", flat=True)) == ["consent"]


def test_a_visitor_is_sent_to_sign_in(client: Client) -> None:
    assert client.get(reverse(LIST)).status_code == 302
