"""Which parts of a PDF are refused, and which stay?

Everything that can be reached from the document's root is looked at once; what cannot be is not written.
"""

from collections.abc import Iterator
from typing import Any

import pikepdf

from media.workshop import paper_keys as known
from media.workshop.paper_endings import Reason, Refused
from media.workshop.paper_streams import Counter
from media.workshop.paper_streams import clean as clean_stream

MOST_OBJECTS, MOST_PARTS = 200_000, 5_000_000
#: What stands in a dictionary, read once: each look into the library's own costs a microsecond or ten.
Items = dict[str, Any]
HOLDERS = (pikepdf.Dictionary, pikepdf.Array, pikepdf.Stream)


def parts_of(pdf: Any) -> Iterator[tuple[Any, Items]]:
    """Every dictionary and stream that can be reached from the document's root, once; nothing here is recursive."""
    waiting: list[Iterator[Any]] = [iter([pdf.trailer])]
    met, count = set[tuple[int, int]](), 0
    while waiting:
        part = next(waiting[-1], None)
        if part is None:
            waiting.pop()
            continue
        count += 1
        if count > MOST_PARTS or len(met) > MOST_OBJECTS:
            raise Refused(Reason.UNPACKS_TO_TOO_MUCH)
        if not isinstance(part, HOLDERS) or is_met(part, met):
            continue
        if isinstance(part, pikepdf.Array):
            waiting.append(iter(part))
        else:
            items = dict(part.items())
            waiting.append(iter([value for value in items.values() if isinstance(value, HOLDERS)]))
            yield part, items


def is_met(part: Any, met: set[tuple[int, int]]) -> bool:
    """Whether `part` was here before; it is remembered if it can come again."""
    if not part.is_indirect:
        return False
    number = part.objgen
    if number in met:
        return True
    met.add(number)
    return False


def flatten_form(pdf: Any) -> None:
    """Draw the boxes of an empty form onto its pages; one that is filled in is somebody's answer."""
    if "/AcroForm" not in pdf.Root:
        return
    for _part, items in parts_of(pdf):
        check_harmless(items)
        check_empty(items)
    for page in pdf.pages:
        keep_notes(page, {"/Link", "/Widget"})
    pdf.flatten_annotations()


def clean(pdf: Any) -> None:
    """Refuse what acts, take out what tells."""
    drawings, counter = set[tuple[int, int]](), Counter()
    streams = {}
    for part, items in parts_of(pdf):
        check_harmless(items)
        is_stream = isinstance(part, pikepdf.Stream)
        if is_stream:
            streams[part.objgen] = part
        drawings |= drawings_in(part, items) if is_stream else drawings_of(items)
        strip(part, items, is_stream=is_stream)
    keep_only(pdf.trailer, known.TRAILER)
    clean_catalogue(pdf.Root)
    for page in pdf.pages:
        clean_page(page)
    for number, stream in streams.items():
        clean_stream(stream, draws=number in drawings, counter=counter)


def check_harmless(items: Items) -> None:
    """Raises Refused for what acts when somebody reads it, or carries other files."""
    keys = items.keys()
    if keys & known.CARRIES or items.get("/Type") == "/EmbeddedFile" or items.get("/Subtype") == "/FileAttachment":
        raise Refused(Reason.CARRIES_FILES)
    if keys & known.ACTS or ("/S" in keys and "/K" not in keys and name_of(items, "/S") in known.ACTIONS_THAT_ACT):
        raise Refused(Reason.ACTS)
    if "/Rect" in keys and name_of(items, "/Subtype") in known.ANNOTATIONS_THAT_ACT:
        raise Refused(Reason.ACTS)
    if "/ByteRange" in keys:
        raise Refused(Reason.SIGNED)


def name_of(items: Items, key: str) -> str:
    value = items.get(key)
    return str(value) if isinstance(value, pikepdf.Name) else ""


def check_empty(items: Items) -> None:
    """Raises Refused for a field of a form that holds an answer."""
    if "/FT" not in items and "/T" not in items:
        return
    answer = items.get("/V")
    if isinstance(answer, pikepdf.Dictionary):
        raise Refused(Reason.SIGNED)
    if isinstance(answer, pikepdf.Name):
        answer = None if answer == "/Off" else str(answer)
    elif isinstance(answer, pikepdf.String):
        answer = bytes(answer)
    elif isinstance(answer, pikepdf.Array):
        answer = list(answer)
    if answer is not None and (isinstance(answer, pikepdf.Stream) or answer):
        raise Refused(Reason.FILLED_IN)


def strip(part: Any, items: Items, *, is_stream: bool) -> None:
    """Leave the keys that are needed, where the kind of part is known, and else none that is known to tell."""
    needed = needed_by(items, is_stream=is_stream)
    for key, value in items.items():
        is_needed = needed is None or key in needed
        is_elsewhere = is_stream and key in known.ELSEWHERE
        if not is_needed or key in known.TELLS or is_elsewhere or is_a_note(key, value):
            del part[key]
    if items.get("/O") == "/UserProperties" and "/P" in items:
        del part["/P"]


def is_a_note(key: str, value: Any) -> bool:
    return key not in known.TEXTS and isinstance(value, pikepdf.String)


def needed_by(items: Items, *, is_stream: bool) -> frozenset[str] | None:
    if is_stream:
        return known.BY_SUBTYPE_OF_STREAM.get(name_of(items, "/Subtype"))
    if "/Title" in items and "/Parent" in items and "/K" not in items:
        return known.OUTLINE
    if "/Kids" in items and "/Count" in items:
        return known.BY_TYPE["/Pages"]
    return known.BY_TYPE.get(name_of(items, "/Type"))


def drawings_in(part: Any, items: Items) -> set[tuple[int, int]]:
    """A stream of drawing orders: a form or a pattern."""
    return {part.objgen} if name_of(items, "/Subtype") == "/Form" or "/PatternType" in items else set()


def drawings_of(items: Items) -> set[tuple[int, int]]:
    """Which streams of drawing orders a page or a font of drawn letters has."""
    found: list[Any] = []
    if "/Contents" in items and name_of(items, "/Type") == "/Page":
        contents = items["/Contents"]
        found = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    elif isinstance(items.get("/CharProcs"), pikepdf.Dictionary):
        found = list(items["/CharProcs"].values())
    return {stream.objgen for stream in found if isinstance(stream, pikepdf.Stream)}


def keep_only(part: Any, keys: frozenset[str]) -> None:
    for key in set(part.keys()) - keys:
        del part[key]


def clean_catalogue(root: Any) -> None:
    keep_only(root, known.CATALOGUE)
    for key, keys in (("/Names", known.NAMES), ("/ViewerPreferences", known.PREFERENCES)):
        if isinstance(root.get(key), pikepdf.Dictionary):
            keep_only(root[key], keys)
        elif key in root:
            del root[key]
    layers = root.get("/OCProperties")
    if isinstance(layers, pikepdf.Dictionary) and "/Configs" in layers:
        del layers["/Configs"]
    for item in outline_of(root):
        clean_action(item)


def outline_of(root: Any) -> Iterator[Any]:
    waiting, met = [root.get("/Outlines")], set[tuple[int, int]]()
    while waiting:
        item = waiting.pop()
        if not isinstance(item, pikepdf.Dictionary) or (item.is_indirect and item.objgen in met):
            continue
        met.add(item.objgen)
        if len(met) > MOST_PARTS or (not item.is_indirect and len(waiting) > 1000):
            raise Refused(Reason.UNUSUAL)
        yield item
        waiting += [item.get("/First"), item.get("/Next")]


def clean_page(page: Any) -> None:
    """Of what lies over a page only links stay, and only those to a place in the leaflet or in the web."""
    keep_only(page.obj, known.BY_TYPE["/Page"])
    keep_notes(page, {"/Link"})
    notes = [note for note in page.get("/Annots", []) if clean_action(note) or "/Dest" in note]
    for note in notes:
        keep_only(note, known.LINK)
    if "/Annots" in page:
        page["/Annots"] = pikepdf.Array(notes)


def keep_notes(page: Any, subtypes: set[str]) -> None:
    notes = page.get("/Annots")
    if notes is None:
        return
    found = list(notes) if isinstance(notes, pikepdf.Array) else []
    page["/Annots"] = pikepdf.Array(
        [note for note in found if isinstance(note, pikepdf.Dictionary) and str(note.get("/Subtype")) in subtypes]
    )


def clean_action(note: Any) -> bool:
    """Leave of a link's action where it leads, if that is a place that may be; tells whether it leads somewhere."""
    action = note.get("/A")
    if action is None:
        return False
    keys = known.LINK_ACTIONS.get(str(action.get("/S"))) if isinstance(action, pikepdf.Dictionary) else None
    if keys is None or ("/URI" in action and not leads_to_web(action)):
        del note["/A"]
        return False
    keep_only(action, keys)
    return True


def leads_to_web(action: Any) -> bool:
    address = action.get("/URI")
    return isinstance(address, pikepdf.String) and str(address).lower().startswith(known.WHERE_LINKS_LEAD)
