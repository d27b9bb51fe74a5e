"""What changed between two editions: which sections, which steps in them, which words in those?

Pages are aligned by their key, blocks by their id. Blocks whose ids are not found in the other edition, because a text
was imported anew, are aligned by what they say, in order. Everything here is a pure function of the frozen content.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import groupby
from typing import Any

from portal.editions.aligning import Aligned, aligned_blocks, aligned_by_key, text_of
from portal.editions.words_compared import Mark, Span, compare_words, is_same

Content = Mapping[str, Any]
Frozen = Mapping[str, Any]
NOTHING: Frozen = {}
#: The kind of the block that repeats the title of a page.
TITLE = "title"


class Change(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    MOVED = "moved"
    REDRAWN = "redrawn"
    """The same words, but another picture, file or layout."""
    REASSIGNED = "reassigned"
    """Other roles of the team are touched."""
    TRANSLATED = "translated"
    """A language was added or taken away; what it says is not new."""


@dataclass(frozen=True)
class ComparedBlock:
    """One step or passage of a page, with what was removed and what was added."""

    id: str
    kind: str
    anchor: str
    changes: frozenset[Change]
    heading: tuple[Span, ...]
    lines: tuple[tuple[Span, ...], ...]

    @property
    def is_changed(self) -> bool:
        return bool(self.changes)

    @property
    def mark(self) -> Mark:
        return _mark_of(self.changes)


@dataclass(frozen=True)
class ComparedPage:
    """One section in both editions. `language` is that of its texts: the one asked for, where both editions have it."""

    key: str
    type: str
    slug: str
    """Where the later edition has it; empty if it is gone."""
    language: str
    changes: frozenset[Change]
    title: tuple[Span, ...]
    blocks: tuple[ComparedBlock, ...]

    @property
    def is_changed(self) -> bool:
        return bool(self.changes)

    @property
    def mark(self) -> Mark:
        return _mark_of(self.changes)

    @cached_property
    def runs(self) -> list[tuple[bool, list[ComparedBlock]]]:
        """The blocks in order, those that follow each other without a change in one run: (is it changed?, blocks)."""
        return [(is_changed, list(run)) for is_changed, run in groupby(self.blocks, key=lambda block: block.is_changed)]


@dataclass(frozen=True)
class ChangedStep:
    """A block that changed in any language. `roles` are those that it touches in either edition; none means all."""

    page_key: str
    block_id: str
    changes: frozenset[Change]
    roles: frozenset[str]


@dataclass(frozen=True)
class Summary:
    """How many sections, and how many steps and passages in them, changed, were added, removed, or only moved."""

    pages: Mapping[str, int]
    blocks: Mapping[str, int]

    @property
    def is_empty(self) -> bool:
        return not any(self.pages.values())


def compare(before: Content, after: Content, *, language: str) -> list[ComparedPage]:
    """All pages of both editions in the order of the later; those that are gone stand where they stood."""
    return [_page(each, language=language) for each in aligned_by_key(before["pages"], after["pages"])]


def summary(pages: Iterable[ComparedPage]) -> Summary:
    told = list(pages)
    return Summary(pages=_counted(told), blocks=_counted([block for page in told for block in page.blocks]))


def changed_steps(before: Content, after: Content) -> list[ChangedStep]:
    """The blocks that differ, in the order of the later edition; a block that differs in several languages once."""
    found: dict[tuple[str, str], ChangedStep] = {}
    for pair in aligned_by_key(before["pages"], after["pages"]):
        for step in _steps_of(pair):
            place = (step.page_key, step.block_id)
            found[place] = _both(found[place], step) if place in found else step
    return list(found.values())


# --- pages -----------------------------------------------------------------------------------------------------
def _page(pair: Aligned, *, language: str) -> ComparedPage:
    before, after = pair.before or NOTHING, pair.after or NOTHING
    ours, theirs, spoken = _versions(before, after, language=language)
    blocks = tuple(_block(each) for each in aligned_blocks(_blocks_of(ours), _blocks_of(theirs)))
    title = tuple(compare_words(ours.get("title", ""), theirs.get("title", "")))
    changes = set(_of_page(pair, title=title, blocks=blocks))
    if not changes and _looks_different(ours, theirs):
        changes = {Change.REDRAWN}
    if before and after and (language in before["versions"]) != (language in after["versions"]):
        changes.add(Change.TRANSLATED)
    told = after or before
    return ComparedPage(
        told["key"], told["type"], theirs.get("slug", ""), spoken, frozenset(changes), title=title, blocks=blocks
    )


def _versions(before: Frozen, after: Frozen, *, language: str) -> tuple[Frozen, Frozen, str]:
    """The versions of both sides in one language, if there is one that both have, and which it is."""
    ours, theirs = before.get("versions", NOTHING), after.get("versions", NOTHING)
    spoken = [code for code in (theirs or ours) if code in ours] if ours and theirs else [*theirs, *ours]
    code = language if language in spoken else next(iter(spoken), "")
    if code:
        return ours.get(code, NOTHING), theirs.get(code, NOTHING), code
    last = language if language in theirs else next(iter(theirs), "")
    return next(iter(ours.values()), NOTHING), theirs.get(last, NOTHING), last


def _of_page(pair: Aligned, *, title: Sequence[Span], blocks: Sequence[ComparedBlock]) -> Iterator[Change]:
    if not pair.before:
        yield Change.ADDED
    elif not pair.after:
        yield Change.REMOVED
    else:
        if not is_same(title) or any(block.is_changed for block in blocks):
            yield Change.REWORDED
        if pair.is_moved or pair.before["parent"] != pair.after["parent"]:
            yield Change.MOVED


# --- blocks ----------------------------------------------------------------------------------------------------
def _blocks_of(version: Frozen) -> list[Frozen]:
    """The blocks of a version without its title, and without their headings in their lines; with what was `drawn`."""
    drawn = dict(_drawn(version.get("fields", NOTHING)))
    return [
        {**block, "lines": _lines_without_heading(block), "drawn": drawn.get(block["id"])}
        for block in version.get("blocks", ())
        if block["kind"] != TITLE
    ]


def _lines_without_heading(block: Frozen) -> list[str]:
    lines: list[str] = block["lines"]
    return lines[1:] if block["heading"] and lines[:1] == [block["heading"]] else lines


def _drawn(fields: Frozen) -> Iterator[tuple[str, Any]]:
    """What an editor put into each block of the streams, by its id: also which picture, and what is in bold."""
    for written in fields.values():
        for block in _stream(written) if isinstance(written, str) and written.startswith("[{") else ():
            value = block["value"]
            yield block["id"], {**value, "roles": None} if isinstance(value, dict) else value


def _stream(written: str) -> list[Frozen]:
    """The blocks of a stream as Wagtail writes it; none if this is a text that only begins like one."""
    try:
        blocks: list[Frozen] = json.loads(written)
    except ValueError:
        return []
    return [block for block in blocks if isinstance(block, dict) and {"id", "value"} <= block.keys()]


def _block(pair: Aligned) -> ComparedBlock:
    before, after = pair.before or NOTHING, pair.after or NOTHING
    told = after or before
    heading = tuple(compare_words(before.get("heading", ""), after.get("heading", "")))
    words = compare_words("\n".join(before.get("lines", ())), "\n".join(after.get("lines", ())))
    changes = frozenset(_of_block(pair))
    return ComparedBlock(told["id"], told["kind"], told["anchor"], changes, heading, tuple(_lines(words)))


def _of_block(pair: Aligned) -> Iterator[Change]:
    """What happened to a block, without comparing its words."""
    before, after = pair.before, pair.after
    if before is None:
        yield Change.ADDED
    elif after is None:
        yield Change.REMOVED
    else:
        if text_of(before) != text_of(after):
            yield Change.REWORDED
        elif before["kind"] != after["kind"] or _is_redrawn(before, after):
            yield Change.REDRAWN
        if pair.is_moved:
            yield Change.MOVED
        if set(before["roles"]) != set(after["roles"]):
            yield Change.REASSIGNED


def _is_redrawn(before: Frozen, after: Frozen) -> bool:
    """Whether the same words come with another picture or in other letters; what is new by its id has no likeness."""
    return before["id"] == after["id"] and before["drawn"] != after["drawn"]


def _looks_different(ours: Frozen, theirs: Frozen) -> bool:
    """Whether the same words come with other files; where it is not known which, whether their HTML is another."""
    name = "files" if "files" in ours and "files" in theirs else "html"
    return ours.get(name) != theirs.get(name)


def _lines(words: Iterable[Span]) -> Iterator[tuple[Span, ...]]:
    """The lines of both texts. A line's end that was removed or added is told if what is around it stayed."""
    lines: list[list[Span]] = [[]]
    ends: list[Mark] = []
    for span in words:
        first, *others = span.text.split("\n")
        lines[-1] += [Span(span.mark, first)] if first else []
        lines += [[Span(span.mark, text)] if text else [] for text in others]
        ends += [span.mark] * len(others)
    for line, mark, following in zip(lines, [*ends, Mark.SAME], [*lines[1:], []], strict=True):
        is_told = mark != Mark.SAME and _has_other(line, mark) and _has_other(following, mark)
        if line:
            yield (*line, Span(mark, "\n")) if is_told else tuple(line)


def _has_other(line: Iterable[Span], mark: Mark) -> bool:
    return any(span.mark != mark for span in line)


def _mark_of(changes: frozenset[Change]) -> Mark:
    if Change.ADDED in changes:
        return Mark.ADDED
    return Mark.REMOVED if Change.REMOVED in changes else Mark.SAME


# --- told together ---------------------------------------------------------------------------------------------
def _steps_of(pair: Aligned) -> Iterator[ChangedStep]:
    """The blocks of a page that changed, language by language."""
    before, after = pair.before or NOTHING, pair.after or NOTHING
    key = (after or before)["key"]
    ours, theirs = before.get("versions", NOTHING), after.get("versions", NOTHING)
    for code in sorted({*ours, *theirs}):
        is_translation = bool(ours and theirs) and (code not in ours or code not in theirs)
        for each in aligned_blocks(*(_blocks_of(side.get(code, NOTHING)) for side in (ours, theirs))):
            changes = {Change.TRANSLATED} if is_translation else set(_of_block(each))
            if changes:
                yield ChangedStep(key, (each.after or each.before or NOTHING)["id"], frozenset(changes), _roles(each))


def _roles(pair: Aligned) -> frozenset[str]:
    """Who is touched, before or after; a block that names nobody touches everybody."""
    named = [frozenset(block.get("roles", ())) for block in (pair.before, pair.after) if block]
    return frozenset().union(*named) if all(named) else frozenset()


def _both(one: ChangedStep, other: ChangedStep) -> ChangedStep:
    roles = one.roles | other.roles if one.roles and other.roles else frozenset()
    return ChangedStep(one.page_key, one.block_id, one.changes | other.changes, roles)


def _counted(compared: Sequence[ComparedBlock] | Sequence[ComparedPage]) -> dict[str, int]:
    """Each is counted once: as added, removed, or else changed (its words, picture or roles), or else moved."""
    counts = dict.fromkeys(("changed", "added", "removed", "moved"), 0)
    for each in compared:
        if each.mark != Mark.SAME:
            counts[each.mark] += 1
        elif each.changes:
            counts["moved" if each.changes == {Change.MOVED} else "changed"] += 1
    return counts
