"""Is an author told in plain words what a manual still misses, and where?"""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from lessons.manuals.structure import Lack, Severity, Tree, missing, musts
from tests.lessons.manuals.written import TODAY, decision, raw, section, step, tree, way, whole

#: Wagtail asks for the kind of a new page.
pytestmark = pytest.mark.django_db


def told(tree: Tree, *others: Tree) -> list[Lack]:
    return missing([tree, *others], on=TODAY)


def sentences(tree: Tree, *others: Tree) -> list[str]:
    return [lack.sentence for lack in told(tree, *others)]


def test_nothing_is_said_of_a_manual_that_has_everything() -> None:
    assert told(tree()) == []


@pytest.mark.parametrize(
    ("field", "value", "severity", "says"),
    [
        ("scope", "", Severity.MUST, "the scope is empty"),
        ("for_whom", " ", Severity.MUST, "nobody is named"),
        ("emergency", [], Severity.MUST, "the box is missing"),
        ("sources", [], Severity.MUST, "there is no legal basis"),
        ("review_owner_id", None, Severity.MUST, "who looks after"),
        ("review_by", None, Severity.MUST, "by when"),
        ("review_by", date(2026, 11, 21), Severity.MUST, "is over"),
        ("definitions", [], Severity.SHOULD, "there are no definitions"),
        ("related", [], Severity.SHOULD, "the course that teaches it"),
        ("centre_id", None, Severity.SHOULD, "no centre is chosen"),
    ],
)
def test_what_a_manual_lacks_is_said_once(field: str, value: Any, severity: Severity, says: str) -> None:
    [lack] = told(tree(manual=whole(**{field: value})))
    assert says in lack.sentence
    assert (lack.severity, lack.title) == (severity, "Protection")


@pytest.mark.parametrize("actions", [[], ["<p> </p>"], ["Call for help.", ""]], ids=["none", "blank", "one is empty"])
def test_an_emergency_says_what_to_do_at_once(actions: list[str]) -> None:
    emergency = raw("emergency", "box", title="Danger", actions=actions, then="")
    for page in (tree(manual=whole(emergency=[emergency])), tree(section(step("Rest"), emergency=[emergency]))):
        [lack] = musts(told(page))
        assert lack.sentence == "The emergency “Danger” does not say what to do at once."
        assert (lack.field, lack.block) == ("emergency", emergency["id"])


def test_professions_name_people_as_well_as_words_do() -> None:
    assert told(tree(manual=whole(for_whom="", roles=["nursing"]))) == []


@pytest.mark.parametrize(
    ("checked_on", "says", "severity"),
    [
        (None, "was never checked", Severity.MUST),
        ("2026-11-23", "has not come yet", Severity.MUST),
        ("2025-11-21", "more than a year ago", Severity.SHOULD),
    ],
)
def test_a_source_is_compared_with_the_law_every_year(checked_on: Any, says: str, severity: Severity) -> None:
    source = raw("source", "law", source="The Act", article="6", says="It.", checked_on=checked_on)
    [lack] = told(tree(manual=whole(sources=[source])))
    assert says in lack.sentence
    assert (lack.severity, lack.field, lack.block) == (severity, "sources", source["id"])


def test_a_source_that_was_checked_a_year_ago_to_the_day_is_still_fresh() -> None:
    source = raw("source", "law", source="The Act", article="6", says="It.", checked_on="2025-11-22")
    assert told(tree(manual=whole(sources=[source]))) == []


def test_a_step_says_who_does_it_and_what_shows_it() -> None:
    body = [step("Greet her", who="", evidence=""), step("Rest")]
    nobody, unseen = told(tree(section(*body)))
    assert nobody.sentence == "Step 1, “Greet her”, does not say who does it."
    assert (nobody.is_must, unseen.is_must) == (True, False)
    assert nobody.block == unseen.block == body[0]["id"]


def test_a_step_that_names_a_profession_says_who_does_it() -> None:
    assert told(tree(section(step("Greet her", who="", roles=["nursing"])))) == []


def test_a_section_without_steps_is_no_procedure() -> None:
    [lack] = told(tree(section(raw("paragraph", "p") | {"value": "<p>Words.</p>"})))
    assert (lack.sentence, lack.field) == ("Write down the steps: the section has none.", "body")


def test_a_manual_without_sections_is_no_procedure() -> None:
    assert "Write the procedure: the manual has no sections." in sentences(Tree(whole(), []))


def test_somebody_thinks_of_harm() -> None:
    [lack] = told(tree(section(step("One", do_no_harm=""), step("Two", do_no_harm=""))))
    assert not lack.is_must
    assert "what could hurt somebody" in lack.sentence


@pytest.mark.parametrize(
    ("branch", "says"),
    [
        (way("Yes", "step"), "leads nowhere: choose the step"),
        (way("Yes", "step", step="gone"), "leads to a step that is no longer there"),
        (way("Yes", "section"), "leads nowhere: choose the section"),
        (way("Yes"), "but none follows"),
        (way("100 %s", "step"), "the way “100 %s” leads nowhere"),
    ],
)
def test_a_way_that_leads_nowhere_is_found(branch: dict[str, Any], says: str) -> None:
    [lack] = told(tree(section(step("Listen"), decision("Is she safe?", branch, way("No", "end")))))
    assert says in lack.sentence
    assert lack.sentence.startswith("In decision 2 ")
    assert lack.is_must


def test_ways_that_lead_somewhere_are_fine() -> None:
    first = step("Listen")
    asked = decision("Is she safe?", way("No", "step", step=first["id"]), way("Yes", "end"))
    assert told(tree(section(first, asked))) == []


def test_a_question_leads_not_back_to_itself() -> None:
    asked = decision("Is she safe?", way("Yes", "end"))
    asked = decision("Is she safe?", way("No", "step", step=asked["id"]), way("Yes", "end"))
    [lack] = told(tree(section(step("Listen"), asked)))
    assert "leads back to the same question" in lack.sentence


def test_one_way_is_no_decision() -> None:
    [lack] = told(tree(section(step("Listen"), decision("Is she safe?", way("Yes", "end")))))
    assert "needs two ways at least" in lack.sentence


def test_a_question_of_the_quiz_has_one_right_answer() -> None:
    answers = [{"type": "item", "value": {"text": text, "is_right": True}, "id": text} for text in ("a", "b")]
    quiz = [raw("question", "q", question="Why?", answers=answers, why="")]
    [lack] = told(tree(manual=whole(quiz=quiz)))
    assert lack.sentence == "Question 1 of the quiz needs one right answer."


def test_a_translation_has_all_sections_and_no_others() -> None:
    ours, theirs = section(title="Intake"), section(title="Return", language="th")
    assert sentences(tree(ours), tree(theirs, manual=whole("th"))) == [
        "The section “Intake” is not translated.",
        "The section “Return” is in this language only.",
    ]


def test_a_translation_that_is_older_should_be_compared() -> None:
    ours, theirs = section(), section(language="th")
    ours.latest_revision_created_at = datetime(2026, 11, 2, tzinfo=UTC)
    theirs.latest_revision_created_at = datetime(2026, 11, 1, tzinfo=UTC)
    [lack] = told(tree(ours), tree(theirs, manual=whole("th")))
    assert (lack.is_must, lack.language) == (False, "th")
    assert "compare them" in lack.sentence


def test_a_translation_has_as_many_steps() -> None:
    ours, theirs = section(step("One"), step("Two")), section(step("One"), language="th")
    [lack] = musts(told(tree(ours), tree(theirs, manual=whole("th"))))
    assert "has 1 step, and the text that it translates has 2" in lack.sentence
