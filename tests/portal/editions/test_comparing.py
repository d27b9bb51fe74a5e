"""Which sections, steps and words does a comparison of two editions tell, and which not?"""

import json
from collections.abc import Sequence
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import pytest

from portal.editions.comparing import (
    Change,
    ComparedBlock,
    changed_steps,
    compare,
    summary,
)
from portal.editions.proposing import changed_keys
from portal.editions.words_compared import Mark

Json = dict[str, Any]


def _block(id: str, *lines: str, **others: Any) -> Json:
    plain = {"kind": "procedure_step", "anchor": f"step-{id}", "heading": "", "roles": []}
    return {**plain, "id": id, "lines": list(lines), **others}


def _version(title: str, *blocks: Json, **others: Any) -> Json:
    plain = {"slug": "section", "unchecked": False, "limits": {}, "fields": {}, "html": "a"}
    return {**plain, "title": title, "blocks": list(blocks), **others}


def _page(key: str, *blocks: Json, parent: str = "", **versions: Json) -> Json:
    return {"key": key, "parent": parent, "type": "manuals.SectionPage", "versions": versions or {
        "en": _version(f"Section {key}", *blocks)
    }}  # fmt: skip


def _content(*pages: Json) -> Json:
    return {"format": 1, "languages": ["en", "th"], "pages": list(pages)}


def _compared(before: Sequence[Json], after: Sequence[Json]) -> list[ComparedBlock]:
    """The blocks of a section in two editions."""
    page = compare(_content(_page("a", *before)), _content(_page("a", *after)), language="en")[0]
    return list(page.blocks)


def _changed(before: Json, after: Json) -> set[str]:
    """The keys of the pages that need a note; here they are words, which have their place in a UUID."""

    def keyed(content: Json) -> Json:
        return {**content, "pages": [{**page, "key": str(_uuid(page["key"]))} for page in content["pages"]]}

    words = {_uuid(page["key"]): page["key"] for content in (before, after) for page in content["pages"]}
    return {words[key] for key in changed_keys(keyed(before), keyed(after)["pages"])}


def _uuid(word: str) -> UUID:
    return uuid5(NAMESPACE_URL, word)


def _told(blocks: Sequence[ComparedBlock]) -> list[tuple[str, set[str]]]:
    return [(block.id, {change.value for change in block.changes}) for block in blocks]


def _sections(before: Json, after: Json, *, language: str = "en") -> list[tuple[str, set[str]]]:
    return [(page.key, {change.value for change in page.changes}) for page in compare(before, after, language=language)]


INTAKE = _block("1", "Welcome the person.", "Offer water.", heading="Welcome")
TALK = _block("2", "Ask for an interpreter.", heading="Talk")
REST = _block("3", "Show the room to the person.", heading="Rest")


def test_equal_editions_have_no_changes() -> None:
    content = _content(_page("a", INTAKE, TALK), _page("b", REST))
    assert _sections(content, content) == [("a", set()), ("b", set())]
    assert summary(compare(content, content, language="en")).is_empty
    assert _changed(content, content) == set()
    assert changed_steps(content, content) == []


def test_a_reworded_step_tells_the_words() -> None:
    [block] = _compared([INTAKE], [_block("1", "Welcome the person.", "Offer warm water.", heading="Welcome")])
    assert block.changes == {Change.REWORDED}
    assert [[(span.mark.value, span.text) for span in line] for line in block.lines] == [
        [("same", "Welcome the person.")],
        [("same", "Offer "), ("added", "warm "), ("same", "water.")],
    ]


def test_an_added_and_a_removed_step_stand_where_they_belong() -> None:
    blocks = _compared([INTAKE, TALK], [INTAKE, REST])
    assert _told(blocks) == [("1", set()), ("2", {"removed"}), ("3", {"added"})]
    assert [block.mark for block in blocks] == [Mark.SAME, Mark.REMOVED, Mark.ADDED]


def test_a_step_that_moved_is_told_as_moved_and_the_others_are_not() -> None:
    assert _told(_compared([INTAKE, TALK, REST], [TALK, REST, INTAKE])) == [
        ("2", set()),
        ("3", set()),
        ("1", {"moved"}),
    ]


def test_a_step_that_was_imported_anew_is_recognised_by_what_it_says() -> None:
    again = [_block("x", "Ask for an interpreter at once.", heading="Talk"), {**REST, "id": "y"}]
    blocks = _compared([INTAKE, TALK, REST], [INTAKE, *again])
    assert _told(blocks) == [("1", set()), ("x", {"reworded"}), ("y", set())]


def test_a_step_about_something_else_is_no_rewording_of_one_that_is_gone() -> None:
    other = _block("x", "The lawyer explains compensation.", heading="Law")
    assert _told(_compared([INTAKE, TALK], [INTAKE, other])) == [("1", set()), ("2", {"removed"}), ("x", {"added"})]


def test_a_heading_that_is_repeated_in_the_lines_is_told_once() -> None:
    before = _block("1", "Welcome", "Offer water.", heading="Welcome")
    after = _block("1", "Receive", "Offer water.", heading="Receive")
    [block] = _compared([before], [after])
    assert [span.text for span in block.heading] == ["Welcome", "Receive"]
    assert [[span.text for span in line] for line in block.lines] == [["Offer water."]]


def test_a_paragraph_that_was_divided_is_told_by_its_break_alone() -> None:
    [block] = _compared([_block("1", "One. Two.")], [_block("1", "One.", "Two.")])
    marked = [(span.mark, span.text) for line in block.lines for span in line if span.mark != Mark.SAME]
    assert marked[-1] == (Mark.ADDED, "\n")
    assert "".join(text for _mark, text in marked).strip() == ""


def test_a_new_line_at_the_end_needs_no_sign_for_its_break() -> None:
    [block] = _compared([_block("1", "One.")], [_block("1", "One.", "Two.")])
    assert [[span.text for span in line] for line in block.lines] == [["One."], ["Two."]]


@pytest.mark.parametrize("field", ["picture", "text"])
def test_another_picture_and_other_letters_are_told_although_the_words_are_the_same(field: str) -> None:
    def version(drawn: str) -> Json:
        body = json.dumps([{"id": "1", "type": "procedure_step", "value": {field: drawn}}])
        return _version("Section", INTAKE, TALK, fields={"body": body, "summary": "[{no stream"})

    before, after = (_content(_page("a", en=version(drawn))) for drawn in ("<b>7</b>", "8"))
    [page] = compare(before, after, language="en")
    assert _told(page.blocks) == [("1", {"redrawn"}), ("2", set())]
    assert [step.block_id for step in changed_steps(before, after)] == ["1"]


def test_a_page_that_looks_different_says_so() -> None:
    before, after = (_content(_page("a", en=_version("Section", INTAKE, html=html))) for html in "ab")
    assert _sections(before, after) == [("a", {"redrawn"})]


def test_a_page_that_is_only_written_by_another_template_looks_the_same_if_its_files_are_known() -> None:
    before, after = (_content(_page("a", en=_version("Section", html=html, files=["f"]))) for html in "ab")
    assert _sections(before, after) == [("a", set())]
    assert _changed(before, after) == set()


def test_sections_are_added_removed_and_moved() -> None:
    before = _content(_page("root"), _page("a", INTAKE), _page("b", TALK), _page("c", REST))
    after = _content(_page("root"), _page("b", TALK), _page("c", REST, parent="b"), _page("d"), _page("a", INTAKE))
    assert _sections(before, after) == [
        ("root", set()),
        ("b", set()),
        ("c", {"moved"}),
        ("d", {"added"}),
        ("a", {"moved"}),
    ]
    assert _changed(before, after) == {"a", "c", "d"}
    assert _sections(after, before)[-1] == ("d", {"removed"})
    told = summary(compare(before, after, language="en"))
    assert told.pages == {"changed": 0, "added": 1, "removed": 0, "moved": 2}


def test_steps_are_counted_each_once() -> None:
    before = _content(_page("a", INTAKE, TALK), _page("b", REST))
    after = _content(_page("a", _block("1", "Welcome.", heading="Hello"), {**REST, "id": "9"}), _page("b", REST))
    told = summary(compare(before, after, language="en"))
    assert told.blocks == {"changed": 1, "added": 1, "removed": 1, "moved": 0}
    assert told.pages == {"changed": 1, "added": 0, "removed": 0, "moved": 0}


def test_the_language_of_the_reader_is_compared_where_both_editions_have_it() -> None:
    english, thai = _version("Intake", INTAKE), _version("การรับเข้า", _block("1", "ต้อนรับ"))
    before = _content(_page("a", en=english, th=thai))
    after = _content(_page("a", en=english, th=_version("การรับตัว", _block("1", "ต้อนรับ"))))
    assert compare(before, after, language="th")[0].language == "th"
    assert _sections(before, after, language="th") == [("a", {"reworded"})]
    assert _sections(before, after, language="en") == [("a", set())]
    assert _changed(before, after) == {"a"}


def test_a_translation_that_is_new_is_no_new_step() -> None:
    english, thai = _version("Intake", INTAKE), _version("การรับเข้า", _block("1", "ต้อนรับ"))
    before, after = _content(_page("a", en=english)), _content(_page("a", en=english, th=thai))
    [page] = compare(before, after, language="th")
    assert (page.language, set(page.changes)) == ("en", {Change.TRANSLATED})
    assert [step.changes for step in changed_steps(before, after)] == [{Change.TRANSLATED}]


def test_editions_without_a_common_language_are_compared_all_the_same() -> None:
    before = _content(_page("a", en=_version("Intake", INTAKE)))
    after = _content(_page("a", th=_version("การรับเข้า", _block("1", "ต้อนรับ"))))
    [page] = compare(before, after, language="km")
    assert page.language == "th"
    assert page.blocks[0].changes == {Change.REWORDED}


def test_changed_steps_touch_the_roles_of_both_editions() -> None:
    before = _content(_page("a", {**INTAKE, "roles": ["nurse"]}, {**TALK, "roles": ["nurse"]}, REST))
    after = _content(
        _page("a", {**INTAKE, "roles": ["lawyer"]}, {**TALK, "lines": ["Ask."]}, {**REST, "kind": "warning"})
    )
    assert [(step.block_id, set(step.changes), set(step.roles)) for step in changed_steps(before, after)] == [
        ("1", {Change.REASSIGNED}, {"nurse", "lawyer"}),
        ("2", {Change.REWORDED, Change.REASSIGNED}, set()),
        ("3", {Change.REDRAWN}, set()),
    ]


def test_a_step_that_changed_in_two_languages_is_told_once() -> None:
    def content(line: str) -> Json:
        block = _block("1", line, roles=["nurse"])
        return _content(_page("a", en=_version("Intake", block), th=_version("การรับเข้า", block)))

    [step] = changed_steps(content("One"), content("Two"))
    assert (step.page_key, step.block_id, set(step.roles)) == ("a", "1", {"nurse"})


def test_unchanged_steps_between_changes_are_told_in_one_run() -> None:
    blocks = [_block(str(number), f"Step {number}.") for number in range(5)]
    changed = [*blocks[:4], _block("4", "Another step.")]
    page = compare(_content(_page("a", *blocks)), _content(_page("a", *changed)), language="en")[0]
    assert [(is_changed, len(run)) for is_changed, run in page.runs] == [(False, 4), (True, 1)]


def test_two_blocks_with_one_id_are_both_told() -> None:
    assert _told(_compared([INTAKE, INTAKE], [INTAKE])) == [("1", set()), ("1", {"removed"})]
