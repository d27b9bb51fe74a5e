"""How is an edition put into the words and blocks of a document, before it is printed?

The setting is data only. Which of its words the portal added, and in which language, is decided here; how it looks is
decided in `typst/`.
"""

import datetime
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from portal.base.languages import LANGUAGES
from portal.editions.paper import words
from portal.editions.paper.elements import Sheet
from portal.editions.paper.letters import clean
from portal.editions.paper.lines import Run, written
from portal.editions.paper.reading import Block, blocks

Look = Literal["a4", "large"]
#: How wide a line is, in em of its letters, by look; titles are larger.
ROOM: Mapping[str, float] = {"a4": 46.0, "large": 22.5}
ROOM_OF_TITLE = 0.5
ROOM_ON_COVER: Mapping[str, float] = {"a4": 15.0, "large": 12.5}
#: A notice with less than this (letters of JSON) is not parted between two pages.
SHORT = 900
#: With more headings than this, contents name pages only.
MOST_IN_CONTENTS = 140
#: Sections begin a page of their own if there are few, or if they fill it.
FEW_PAGES, FULL_PAGE = 14, 3500


@dataclass(frozen=True)
class Imprint:
    """What paper says of an edition that its content does not: where it is, whose it is, its digest, its hours."""

    address: str
    centre: str
    sha256: str
    issued_at: datetime.datetime
    in_force_from: datetime.datetime


@dataclass(frozen=True)
class Setting:
    """A document as the templates read it, and the files that it shows."""

    document: Mapping[str, Any]
    files: frozenset[str]
    drawings: Sequence[bytes]


@dataclass
class _Gathered:
    files: set[str] = field(default_factory=set)
    drawings: list[bytes] = field(default_factory=list)


def set_in_type(
    content: Mapping[str, Any],
    *,
    fragments: Callable[[str], str],
    imprint: Imprint,
    language: str | None,
    pages: Collection[str] | None,
    look: Look,
) -> Setting:
    """The edition in one language, or in all that it has, as one document; only the pages with the given keys."""
    languages = [language] if language else _in_order(content["languages"])
    gathered = _Gathered()
    parts = [
        _part(content, code, fragments=fragments, imprint=imprint, pages=pages, look=look, gathered=gathered,
              stands_alone=len(languages) == 1)
        for code in languages
    ]  # fmt: skip
    with translation.override(languages[0]):
        document = {
            "look": look,
            "title": clean(" / ".join(part["plain_title"] for part in parts)) or clean(content["code"]) or "-",
            "code": clean(content["code"]),
            "edition": words.edition(content["number"]),
            "centre": clean(imprint.centre),
            "kind": " · ".join(filter(None, [clean(content["code"]), "" if look == "a4" else gettext("Checklists")])),
            "address_broken": _broken(imprint.address),
            "qr_says": words.scanned(imprint.address),
            "parts": parts,
        }
    return Setting(document=document, files=frozenset(gathered.files), drawings=gathered.drawings)


def _in_order(codes: Collection[str]) -> list[str]:
    order = [code for code, _name in settings.LANGUAGES]
    return sorted(codes, key=lambda code: order.index(code) if code in order else len(order))


def _broken(address: str) -> str:
    return "".join(str(part) for part in written([Run(clean(address))], room=12.0, language="en"))


def _part(
    content: Mapping[str, Any],
    language: str,
    *,
    fragments: Callable[[str], str],
    imprint: Imprint,
    pages: Collection[str] | None,
    look: Look,
    gathered: _Gathered,
    stands_alone: bool,
) -> dict[str, Any]:
    level = 1 if stands_alone else 2
    chosen = [page for page in content["pages"] if language in page["versions"] and (not pages or page["key"] in pages)]
    title = _title(content, language, chosen)
    with translation.override(language):
        told = [
            _page(page, language, number, level=level + depth, room=ROOM[look], look=look, fragments=fragments,
                  gathered=gathered)
            for page, number, depth in _numbered(chosen, whole=content["pages"])
        ]  # fmt: skip
        told = [page for page in told if page["blocks"] or (look == "a4" and page["number"])]
        _arrange(told)
        return {
            "language": language,
            "level": level,
            "opens": "" if stands_alone else _opening(language, content["number"], imprint),
            "plain_title": title,
            "title": _line(title, room=ROOM_ON_COVER[look]),
            "short_title": _short(title),
            "edition": words.edition(content["number"]),
            "in_force": words.in_force(imprint.in_force_from),
            "running": words.running(clean(content["code"]), content["number"]),
            "check": str(words.CHECK),
            "contents": str(words.CONTENTS) if len(told) > 1 else "",
            "approval": _approval(content, imprint, room=ROOM[look]),
            "changes": _changes(content, language, imprint, room=ROOM[look]),
            "pages": told,
        }


def _opening(language: str, number: int, imprint: Imprint) -> str:
    name = LANGUAGES[language].name if language in LANGUAGES else language
    return f"{name} · {words.edition(number)} · {words.in_force(imprint.in_force_from)}"


def _title(content: Mapping[str, Any], language: str, chosen: Sequence[Mapping[str, Any]]) -> str:
    """The manual's title; if a part of it is printed alone, that of the part."""
    root = content["pages"][0]["versions"] if content["pages"] else {}
    if len(chosen) == 1:
        return str(chosen[0]["versions"][language]["title"])
    return str(root[language]["title"]) if language in root else str(content["code"])


def _short(title: str) -> str:
    """On one line of a header, where nothing may be parted."""
    one = " ".join(clean(title).split())
    return one if len(one) <= 64 else ""


def _numbered(
    chosen: Sequence[Mapping[str, Any]], *, whole: Sequence[Mapping[str, Any]]
) -> list[tuple[Mapping[str, Any], str, int]]:
    """Each page with its number among its siblings (1, 1.1, 2 ...) and its depth; the root has no number."""
    numbers: dict[str, str] = {}
    children: dict[str, int] = {}
    for page in whole:
        parent = page["parent"]
        children[parent] = children.get(parent, 0) + 1
        above = numbers.get(parent, "")
        own = str(children[parent])
        numbers[page["key"]] = "" if not parent else f"{above}.{own}" if above else own
    return [(page, numbers[page["key"]], min(numbers[page["key"]].count("."), 4)) for page in chosen]


def _page(
    page: Mapping[str, Any],
    language: str,
    number: str,
    *,
    level: int,
    room: float,
    look: Look,
    fragments: Callable[[str], str],
    gathered: _Gathered,
) -> dict[str, Any]:
    version = page["versions"][language]
    sheet = Sheet(language=language, level=level, drawings=gathered.drawings, files=gathered.files)
    found = blocks(fragments(version["html"]), sheet=sheet, room=room)
    if look == "large":
        found = _checklists(found, level=level + 1)
    is_root = not page["parent"]
    return {
        "level": level,
        "number": number,
        "title": _line(gettext("About this manual") if is_root else version["title"], room=room * ROOM_OF_TITLE),
        "unchecked": gettext("Machine translation, not yet checked.") if version.get("unchecked") else "",
        "blocks": [_with_levels(block, base=level) for block in found],
        "begins_page": True,
    }


def _checklists(found: Sequence[Block], *, level: int) -> list[Block]:
    """The checklists of a page, whatever they stand in."""
    lists: list[Block] = []
    for block in found:
        if block["k"] == "checklist":
            lists.append({**block, "level": level})
        lists.extend(_checklists(block.get("b", []), level=level))
    return lists


def _with_levels(block: Block, *, base: int) -> Block:
    """What templates ask of a block besides what was read: how deep below its page, whether contents name it, ..."""
    made = {**block}
    if block["k"] in {"h", "step", "checklist", "sheet"}:
        made |= {"base": base, "outlined": block["k"] in {"h", "step"} and block["level"] <= base + 2}
    if block["k"] == "notice":
        made["is_short"] = len(json.dumps(block, ensure_ascii=False)) < SHORT
    if "b" in block:
        made["b"] = [_with_levels(inner, base=base) for inner in block["b"]]
    return made


def _arrange(pages: list[dict[str, Any]]) -> None:
    """How much contents name, and which pages begin on new paper."""
    outlined = [block for page in pages for block in page["blocks"] if block.get("outlined")]
    if len(outlined) + len(pages) > MOST_IN_CONTENTS:
        for block in outlined:
            block["outlined"] = False
    sizes = [len(json.dumps(page["blocks"], ensure_ascii=False)) for page in pages]
    are_full = len(pages) <= FEW_PAGES or sum(sizes) / len(pages) > FULL_PAGE
    for page in pages:
        page["begins_page"] = are_full and "." not in page["number"]


def _line(text: str, *, room: float) -> list[Any]:
    return written([Run(text)], room=room, language=translation.get_language()) or ["–"]


def _pair(name: str, says: str, *, room: float) -> dict[str, Any]:
    return {"name": name, "says": _line(says, room=room)}


def _approval(content: Mapping[str, Any], imprint: Imprint, *, room: float) -> dict[str, Any]:
    """Capacity, day and statement of those who signed. Their names are told to nobody outside (people of a shelter)."""
    signed = [
        {
            "capacity": str(words.CAPACITIES.get(one["capacity"], clean(one["capacity"]))),
            "statement": _line(one["statement"], room=room * 0.4),
            "day": _signed_on(one["at"]),
        }
        for one in content.get("signatures", [])
    ]
    narrow = room * 0.6
    facts = [
        _pair(gettext("Issued"), words.moment(imprint.issued_at), room=narrow),
        _pair(gettext("In force from"), words.moment(imprint.in_force_from), room=narrow),
        _pair(gettext("Kind of change"), words.kind_of_change(content["change"]), room=narrow),
        _pair(gettext("Centre"), imprint.centre, room=narrow),
        _pair(gettext("Address of this edition"), imprint.address, room=narrow),
        _pair(gettext("Digest of this edition (SHA-256)"), imprint.sha256, room=narrow),
    ]
    if content.get("previous"):
        facts.append(_pair(gettext("Digest of the edition before (SHA-256)"), content["previous"], room=narrow))
    return {
        "title": str(words.APPROVAL),
        "says": gettext("Each of these people has read this edition, and signed a statement. The portal knows who."),
        "columns": [gettext("Capacity"), gettext("Statement"), gettext("Signed on")],
        "signed": signed,
        "facts": facts,
    }


def _signed_on(written_at: str) -> str:
    at = words.read_moment(written_at)
    return words.day(at) if at else ""


def _changes(content: Mapping[str, Any], language: str, imprint: Imprint, *, room: float) -> dict[str, Any] | None:
    change = content["change"]
    titles = {page["key"]: page["versions"].get(language, {}).get("title", "") for page in content["pages"]}
    notes = [_note(note, titles, room=room * 0.7) for note in change.get("notes", [])]
    if not notes and not change.get("summary"):
        return None
    return {
        "title": str(words.CHANGES),
        "summary": _line(change["summary"], room=room) if change.get("summary") else [],
        "notes": notes,
    }


def _note(note: Mapping[str, Any], titles: Mapping[str, str], *, room: float) -> dict[str, Any]:
    says = [
        _pair(name, note.get(key, ""), room=room)
        for name, key in ((gettext("What"), "what"), (gettext("Why"), "why"))
        if note.get(key)
    ]
    return {"title": _line(titles.get(note["key"], "") or gettext("A section"), room=room), "says": says}
