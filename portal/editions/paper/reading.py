"""What does a frozen fragment of HTML say, block by block, for a page that is printed?

The blocks are what `typst/blocks.typ` knows how to set. An element whose class is known becomes its block; any other
becomes what its tag says, and what is neither gives its contents: no word is lost because a template grew a new class.
"""

from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from typing import Any

from django.utils.translation import gettext
from lxml import etree, html

from portal.editions.paper.drawings import drawing
from portal.editions.paper.elements import (
    UNSEEN,
    Place,
    Sheet,
    classes_of,
    first_inside,
    is_hidden,
    is_machinery,
    is_unseen,
    left_without,
    number_in,
    pairs_in,
    rows_of,
)
from portal.editions.paper.lines import Run, Style, known_language, outside, runs_of, text_of, written
from portal.editions.paper.tables import Cell, table

#: A block as JSON: "k" says which kind it is.
Block = dict[str, Any]

KINDS = frozenset({"step__kind", "emergency__kind", "sheet__number"})
HEADINGS = {f"h{level}": level for level in range(1, 7)}
FLOWING = frozenset({
    "address", "article", "aside", "blockquote", "center", "dd", "details", "dialog", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "legend", "li", "main", "menu", "nav", "ol",
    "p", "pre", "section", "summary", "table", "ul", "svg", "img", "picture", "caption", "tbody", "thead", "tfoot",
    "tr", "td", "th", *HEADINGS,
})  # fmt: skip
#: Deeper structure is set as if it stood less deep: Typst bounds how deep calls may go.
DEEPEST = 7
#: Deeper elements are read as text.
DEEPEST_ELEMENT = 60
FILE = "edition-file:"
#: How wide things are, in em of the text around them.
INDENT_OF_LIST, INDENT_OF_STEP, INDENT_OF_NOTICE = 1.7, 3.0, 2.0
COLUMNS_OF_FACTS, GUTTER_OF_FACTS = 3, 1.3


def blocks(fragment: str, *, sheet: Sheet, room: float) -> list[Block]:
    """The blocks of a fragment; `room` is the width of a line in em."""
    if not fragment.strip():
        return []
    try:
        # How deep elements may stand in each other is bounded below, not by losing what stands deeper.
        parser = html.HTMLParser(huge_tree=True)
        root = html.fragment_fromstring(fragment.replace("\x00", ""), create_parent="div", parser=parser)
    except etree.ParserError:
        return []
    return list(_flow(root, Place(room=room), sheet))


def _flow(element: Any, place: Place, sheet: Sheet) -> Iterator[Block]:
    """Paragraphs of what stands loosely in `element`, and the blocks between them."""
    loose: list[Run] = []
    if element.text:
        loose.append(place.style.run(element.text))
    for child in element:
        if isinstance(child.tag, str) and child.tag not in UNSEEN and not is_hidden(child):
            if _is_flowing(child, place):
                yield from _paragraph(loose, place, sheet)
                loose = []
                yield from _block(child, place.inside(child), sheet)
            else:
                loose.extend(runs_of(child, place.style, without=is_unseen))
        if child.tail:
            loose.append(place.style.run(child.tail))
    yield from _paragraph(loose, place, sheet)


def _is_flowing(element: Any, place: Place) -> bool:
    if place.deep > DEEPEST_ELEMENT:
        return False
    if element.tag in FLOWING or not classes_of(element).isdisjoint(BY_CLASS) or "-" in element.tag:
        return True
    return any(isinstance(inner.tag, str) and inner.tag in FLOWING for inner in element.iterdescendants())


def _block(element: Any, place: Place, sheet: Sheet) -> Iterator[Block]:
    if place.depth < DEEPEST:
        classes = classes_of(element)
        for name, reader in BY_CLASS.items():
            if name in classes:
                return reader(element, place, sheet)
        if element.tag in HEADINGS:
            return _heading(element, place, sheet)
        if element.tag in BY_TAG:
            return BY_TAG[element.tag](element, place, sheet)
    return _flow(element, place, sheet)


def _paragraph(runs: list[Run], place: Place, sheet: Sheet) -> Iterator[Block]:
    lines = written(runs, room=place.room, language=sheet.language)
    if lines:
        yield {"k": "p", "r": lines}


def _line(element: Any, place: Place, sheet: Sheet, *, without: Callable[[Any], bool] = is_unseen) -> list[Any]:
    """All words of `element` as one paragraph."""
    runs = list(runs_of(element, place.style, without=without)) if element is not None else []
    return written(runs, room=place.room, language=sheet.language)


def _heading(element: Any, place: Place, sheet: Sheet) -> Iterator[Block]:
    lines = _line(element, replace(place, room=place.room / 1.5), sheet)
    if lines:
        yield {"k": "h", "level": sheet.level_of(HEADINGS[element.tag]), "r": lines}


def _step(element: Any, place: Place, sheet: Sheet) -> Iterator[Block]:
    title = first_inside(element, "step__title")
    inside = place.inside(element, narrower=INDENT_OF_STEP, deeper=True)
    sheet.steps += 1
    # The place in the order of headings is taken before what stands in the step.
    level = sheet.level_of(HEADINGS.get(title.tag, 3) if title is not None else 3)
    lines = _line(title, replace(inside, room=inside.room / 1.2), sheet) or [gettext("Step")]
    over = _over(element, inside, sheet)
    inner = list(_flow(left_without(element, title), inside, sheet))
    yield {"k": "step", "number": sheet.steps, "level": level, "over": over, "r": lines, "b": inner}


def _facts(element: Any, place: Place, sheet: Sheet) -> Iterator[Block]:
    pairs = list(pairs_in(element))
    if not pairs:
        yield from _flow(element, place, sheet)
        return
    is_short = "step__facts" in classes_of(element)
    column = place.room / min(len(pairs), COLUMNS_OF_FACTS) - GUTTER_OF_FACTS
    inside = replace(place, room=max(column if is_short else place.room * 0.66, 2.0), depth=place.depth + 1)
    beside = replace(place, room=max(column if is_short else place.room * 0.25, 2.0))
    told = [
        {
            "name": [line for name in names for line in _line(name, beside, sheet)],
            "b": [found for one in facts for found in _flow(one, inside, sheet)],
        }
        for names, facts in pairs
    ]
    yield {"k": "facts", "is_short": is_short, "pairs": told}


def _over(element: Any, place: Place, sheet: Sheet) -> list[Any]:
    """The words above a title that say what kind of thing it opens; they are taken out of `element`."""
    kind = next((inner for inner in element.iterdescendants() if not classes_of(inner).isdisjoint(KINDS)), None)
    lines = _line(kind, place, sheet)
    left_without(element, kind)
    return lines


def _notice(kind: str, *titles: str) -> Callable[[Any, Place, Sheet], Iterator[Block]]:
    """A box that says in its first words what it is; `titles` are the classes of those words."""

    def read(element: Any, place: Place, sheet: Sheet) -> Iterator[Block]:
        inside = place.inside(element, narrower=INDENT_OF_NOTICE, deeper=True)
        title = next((found for name in titles if (found := first_inside(element, name)) is not None), None)
        if title is None and len(element) and element[0].tag == "strong" and not (element.text or "").strip():
            title = element[0]
        # What only screen readers hear on a screen says on paper, without colours, what this is.
        lines = _line(title, replace(inside, style=Style()), sheet, without=is_machinery)
        over = _over(element, inside, sheet)
        inner = list(_flow(left_without(element, title), inside, sheet))
        if lines or inner:
            yield {"k": "notice", "kind": kind, "over": over, "r": lines, "b": inner}

    return read


def _sheet(element: Any, place: Place, sheet: Sheet) -> Iterator[Block]:
    """A blank form or an annex: what it is called, what it is for, and that it can be had."""
    title = first_inside(element, "sheet__title")
    inside = place.inside(element, narrower=INDENT_OF_NOTICE, deeper=True)
    level = sheet.level_of(HEADINGS.get(title.tag, 3) if title is not None else 3)
    lines = _line(title, replace(inside, room=inside.room / 1.2), sheet)
    over = _over(element, inside, sheet)
    inner = list(_flow(left_without(element, title), inside, sheet))
    yield {"k": "sheet", "level": level, "over": over, "r": lines or [gettext("Form")], "b": inner}


def _checklist(element: Any, place: Place, sheet: Sheet) -> Iterator[Block]:
    title = first_inside(element, "checklist__title")
    inside = place.inside(element, narrower=INDENT_OF_LIST + INDENT_OF_NOTICE, deeper=True)
    items = [item for item in element.iter("li") if "checklist__item" in classes_of(item)] or list(element.iter("li"))
    told = [line for item in items if (line := _line(item, inside, sheet))]
    heading = _line(title, replace(inside, room=inside.room / 1.2), sheet) or [gettext("Checklist")]
    level = sheet.level_of(HEADINGS.get(title.tag, 3) if title is not None else 3)
    if told:
        yield {"k": "checklist", "level": level, "r": heading, "items": told}


def _list(element: Any, place: Place, sheet: Sheet) -> Iterator[Block]:
    inside = place.inside(element, narrower=INDENT_OF_LIST, deeper=True)
    items = [list(_flow(item, inside.inside(item), sheet)) for item in element.iterchildren("li")]
    has_boxes = any(box.get("type") == "checkbox" for box in element.iterfind("./li//input"))
    loose = [child for child in element if isinstance(child.tag, str) and child.tag not in {"li", *UNSEEN}]
    if any(items):
        yield {
            "k": "list",
            "is_numbered": element.tag == "ol",
            "has_boxes": has_boxes,
            "start": number_in(element.get("start"), 1),
            "items": [item or [{"k": "p", "r": [" "]}] for item in items],
        }
    for child in loose:
        yield from _block(child, inside.inside(child), sheet)


def _quotation(element: Any, place: Place, sheet: Sheet) -> Iterator[Block]:
    source = first_inside(element, "quotation__source")
    inside = place.inside(element, narrower=INDENT_OF_NOTICE, deeper=True)
    lines = _line(source, inside, sheet)
    within = element if element.tag == "blockquote" else next(element.iter("blockquote"), element)
    inner = list(_flow(within if within is not element else left_without(element, source), inside, sheet))
    if inner:
        yield {"k": "quote", "r": lines, "b": inner}


def _figure(element: Any, place: Place, sheet: Sheet) -> Iterator[Block]:
    caption = next(element.iterchildren("figcaption"), None)
    lines = _line(caption, place, sheet)
    inner = list(_flow(left_without(element, caption), place.inside(element), sheet))
    pictures = [block for block in inner if block["k"] in {"picture", "drawing"}]
    if lines and len(pictures) == 1:
        pictures[0]["r"] = lines
    yield from inner
    if lines and len(pictures) != 1:
        yield {"k": "caption", "r": lines}


def _picture(element: Any, place: Place, sheet: Sheet) -> Iterator[Block]:
    image = element if element.tag == "img" else next(element.iter("img"), None)
    if image is None:
        return
    address, alt = image.get("src", ""), text_of([Run(image.get("alt", ""))])
    if address.startswith(FILE):
        sha256 = address.removeprefix(FILE).split("#")[0]
        sheet.files.add(sha256)
        yield {"k": "picture", "file": sha256, "alt": alt, "r": []}
    elif alt:
        yield {"k": "picture", "file": "", "alt": alt, "r": []}


def _drawing(element: Any, place: Place, sheet: Sheet) -> Iterator[Block]:
    drawn = drawing(element, language=sheet.language)
    if drawn is not None and not (element.get("aria-hidden") == "true" and drawn.is_small):
        sheet.drawings.append(drawn.svg)
        letters = [asdict(line) for line in drawn.letters]
        yield {"k": "drawing", "number": len(sheet.drawings) - 1, "alt": drawn.alt, "letters": letters, "r": []}


def _table(element: Any, place: Place, sheet: Sheet) -> Iterator[Block]:
    if any(True for _ in element.iterdescendants("table")) and place.depth + 2 > DEEPEST:
        yield from _flow(element, place, sheet)
        return
    caption = next(element.iterchildren("caption"), None)
    lines = _line(caption, place, sheet)

    def contents(cell: Any, room: float) -> list[Block]:
        inside = replace(place.inside(cell, deeper=True), room=room)
        # The weight of a heading comes from the template.
        return list(_flow(cell, replace(inside, style=place.style), sheet))

    def words(cell: Any) -> str:
        return text_of(list(runs_of(cell, Style(), without=is_unseen)))

    cells = [
        Cell(element=cell, row=row, rows=number_in(cell.get("rowspan"), 1), columns=number_in(cell.get("colspan"), 1),
             is_head=cell.tag == "th", is_in_head=cell.getparent().getparent().tag == "thead", words=words(cell))
        for row, tr in enumerate(rows_of(element))
        for cell in tr.iterchildren("td", "th")
    ]  # fmt: skip
    made = table(cells, room=place.room, is_outermost=place.depth == 0, language=sheet.language, contents=contents)
    if made is not None:
        yield {**made, "r": lines}


def _recording(element: Any, place: Place, sheet: Sheet) -> Iterator[Block]:
    title = _line(first_inside(element, "player__title"), place, sheet)
    note = gettext("A recording. It can be watched or heard online.")
    yield {"k": "elsewhere", "r": title or [gettext("Recording")], "note": note}
    transcript = first_inside(element, "player__transcript")
    if transcript is not None:
        yield from _flow(transcript, place, sheet)


def _leaflet(element: Any, place: Place, sheet: Sheet) -> Iterator[Block]:
    link = next(element.iter("a"), None)
    facts = first_inside(element, "leaflet__facts")
    note = text_of(list(runs_of(facts, Style(), without=is_unseen))) if facts is not None else ""
    title = _line(link if link is not None else element, place, sheet)
    if title:
        yield {"k": "elsewhere", "r": title, "note": note or gettext("A file. It can be opened online.")}


def _call(element: Any, place: Place, sheet: Sheet) -> Iterator[Block]:
    """A button that leads on: on paper, only an address outside leads anywhere."""
    link = next(element.iter("a"), None)
    if link is not None and outside(link.get("href", "")):
        yield from _flow(element, place, sheet)


def _rule(element: Any, place: Place, sheet: Sheet) -> Iterator[Block]:
    yield {"k": "rule"}


def _preformatted(element: Any, place: Place, sheet: Sheet) -> Iterator[Block]:
    runs = [
        Run(line.replace(" ", "\u00a0"), styles="c", newline=bool(number))
        for number, line in enumerate("".join(element.itertext()).strip("\n").split("\n"))
    ]
    yield from _paragraph(runs, place, sheet)


def _in_its_language(element: Any, place: Place, sheet: Sheet) -> Iterator[Block]:
    language = known_language(element.get("lang", ""))
    inner = list(_flow(element, place, sheet))
    if language and language != sheet.language and inner and place.depth < DEEPEST - 1:
        yield {"k": "foreign", "language": language, "b": inner}
    else:
        yield from inner


Reader = Callable[[Any, Place, Sheet], Iterator[Block]]

BY_CLASS: dict[str, Reader] = {
    "step": _step,
    "step__facts": _facts,
    "step__harm": _notice("harm"),
    "step__evidence": _notice("evidence"),
    "notice--warning": _notice("warning", "notice__title", "notice__kind"),
    "notice--key": _notice("key", "notice__kind", "notice__title"),
    "notice": _notice("plain", "notice__title", "notice__kind"),
    "warning": _notice("warning", "warning__title"),
    "key-point": _notice("key", "key-point__kind"),
    "emergency": _notice("emergency", "emergency__title"),
    "checklist": _checklist,
    "sheet": _sheet,
    "quotation": _quotation,
    "leaflet": _leaflet,
    "player": _recording,
    "call": _call,
    "facts": _facts,
}
BY_TAG: dict[str, Reader] = {
    "ul": _list,
    "ol": _list,
    "menu": _list,
    "dl": _facts,
    "table": _table,
    "figure": _figure,
    "blockquote": _quotation,
    "pre": _preformatted,
    "hr": _rule,
    "img": _picture,
    "picture": _picture,
    "svg": _drawing,
    "div": _in_its_language,
    "section": _in_its_language,
}
