"""Are steps numbered as readers see them, and do the ways of a decision lead where they say?"""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from lessons.manuals.blocks import ManualBodyBlock, QuestionBlock
from lessons.manuals.steps import ways_of
from tests.lessons.manuals.written import block_id, decision, raw, section, step, way

#: Wagtail asks for the kind of a new page.
pytestmark = pytest.mark.django_db

LISTEN, REST = step("Listen"), step("Rest")


def ways(*branches: dict[str, Any]) -> list[Any]:
    asked = decision("Is she safe?", *branches)
    page = section(LISTEN, raw("warning", "w", title="", text="<p>Wait.</p>"), asked, REST)
    block = next(child for child in page.body if child.block_type == "decision")
    return ways_of(block.value, block_id=block.id, steps=page.steps)


def test_steps_and_decisions_are_numbered_together_past_what_stands_between() -> None:
    page = section(LISTEN, raw("warning", "w", title="", text="<p>Wait.</p>"), decision("Safe?"), REST)
    assert [(each.number, each.title) for each in page.steps] == [(1, "Listen"), (2, "Safe?"), (3, "Rest")]
    assert page.steps[0].anchor == f"step-{block_id('Listen')[:8]}"


def test_a_way_says_where_it_leads() -> None:
    onward, back, end, nowhere = ways(
        way("Yes"), way("Not yet", "step", step=LISTEN["id"]), way("No", "end"), way("?", "step", step="gone")
    )
    assert onward.where == "Go on with step 3: Rest"
    assert back.where == "Go back to step 1: Listen"
    assert end.where == "The procedure ends here."
    assert nowhere.leads_nowhere
    assert not any(each.leads_nowhere for each in (onward, back, end))


def test_a_step_that_is_named_by_its_number_is_kept_by_its_id() -> None:
    block = ManualBodyBlock()
    stored = block.to_python([LISTEN, decision("Safe?", way("Yes", "step", step="3"), way("No", "end")), REST])
    cleaned = block.clean(stored)
    assert cleaned[1].value["branches"][0]["step"] == REST["id"]


def test_a_step_is_forgotten_where_the_way_leads_elsewhere() -> None:
    block = ManualBodyBlock()
    asked = decision("Safe?", way("Yes", "end", step=REST["id"]), way("No"))
    assert block.clean(block.to_python([asked, REST]))[0].value["branches"][0]["step"] == ""


def test_what_was_stored_before_there_were_roles_goes_on_being_read() -> None:
    page = section(raw("procedure_step", "old", title="Greet", when="", who="Nurse", text="<p>Say your name.</p>"))
    assert page.body[0].value["roles"] == []
    assert page.body[0].value["who"] == "Nurse"


def test_a_decision_is_found_by_where_its_ways_lead() -> None:
    page = section(LISTEN, decision("Is she safe?", way("Yes"), way("No", "step", step=LISTEN["id"])), REST)
    part = next(part for part in page.findable_places() if part.heading == "Is she safe?")
    assert "Yes: Go on with step 3: Rest" in part.text
    assert "No: Go back to step 1: Listen" in part.text
    assert part.kind == "step"


def test_nobody_is_asked_to_translate_the_id_of_a_step() -> None:
    reference = ManualBodyBlock().child_blocks["decision"].child_blocks["branches"].child_block.child_blocks["step"]
    assert reference.get_searchable_content(LISTEN["id"]) == []
    assert "CharBlock" not in [kind.__name__ for kind in type(reference).__mro__]


@pytest.mark.parametrize("right", [0, 2])
def test_a_question_has_one_right_answer(right: int) -> None:
    block = QuestionBlock()
    answers = [{"text": f"Answer {n}", "is_right": n < right} for n in range(3)]
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"question": "Why?", "answers": answers, "why": ""}))
