"""Whom does what was frozen name? Pure functions of the content of two editions."""

from typing import Any

from lessons.manuals.reading.duties import changed, together, touches, whole


def block(id: str, text: str, *roles: str) -> dict[str, Any]:
    return {
        "id": id, "kind": "procedure_step", "anchor": f"step-{id}", "heading": "", "lines": [text], "roles": list(roles)
    }  # fmt: skip


def page(key: str, *blocks: dict[str, Any], parent: str = "root", roles: tuple[str, ...] = ()) -> dict[str, Any]:
    version = {"title": key, "fields": {"roles": list(roles)}, "blocks": list(blocks), "html": ""}
    return {"key": key, "parent": parent, "type": "manuals.SectionPage", "versions": {"en": version}}


def content(*sections: dict[str, Any], roles: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"pages": [page("root", parent="", roles=roles), *sections]}


def in_thai_too(section: dict[str, Any]) -> dict[str, Any]:
    return {**section, "versions": {**section["versions"], "th": section["versions"]["en"]}}


def test_a_manual_that_names_nobody_is_for_everybody() -> None:
    assert whole(content(page("a", block("1", "x")))) is None
    assert whole(content()) is None


def test_a_section_that_names_nobody_is_read_by_whom_the_manual_names() -> None:
    assert whole(content(page("a"), page("b", roles=("law",)), roles=("police",))) == frozenset({"police", "law"})


def test_where_every_section_names_somebody_the_manual_is_for_those() -> None:
    named = content(page("a", roles=("law",)), page("b", block("1", "x", "police"), roles=("nursing",)))
    assert whole(named) == frozenset({"law", "nursing", "police"})


def test_a_changed_step_touches_those_whom_it_names() -> None:
    before = content(page("a", block("1", "x", "law"), block("2", "y", "police")))
    after = content(page("a", block("1", "x", "law"), block("2", "z", "police")))
    assert changed(before, after) == frozenset({"police"})
    assert changed(before, before) == frozenset()


def test_a_changed_step_that_names_nobody_touches_all_that_its_section_names_else_its_manual_else_everybody() -> None:
    for section_roles, manual_roles, expected in (
        (("law",), ("police",), {"law"}),
        ((), ("police",), {"police"}),
        ((), (), None),
    ):
        before = content(page("a", block("1", "x"), roles=section_roles), roles=manual_roles)
        after = content(page("a", block("1", "y"), roles=section_roles), roles=manual_roles)
        assert changed(before, after) == expected


def test_who_loses_or_gets_a_step_is_touched() -> None:
    before = content(page("a", block("1", "x", "law")))
    assert changed(before, content(page("a", block("1", "x", "police")))) == frozenset({"law", "police"})
    assert changed(before, content()) == frozenset({"law"})


def test_a_translation_is_nothing_new() -> None:
    section = page("a", block("1", "x"))
    assert changed(content(section), content(in_thai_too(section))) == frozenset()


def test_everybody_is_more_than_anybody() -> None:
    assert together([frozenset({"law"}), None]) is None
    assert together([]) == frozenset()
    assert touches(None, "")
    assert not touches(frozenset({"law"}), "")
