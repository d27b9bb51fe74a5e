"""What is in a drawing: pictures, and things that only Word can show?"""

from collections.abc import Iterator
from typing import Any

from lessons.manuals.word_in.names import q


def drawn(holder: Any) -> Iterator[tuple[str, str]]:
    """The relation of each picture in a drawing, old or new, alone or in a group, and its alternative text."""
    for blip in holder.iter(q("a:blip")):
        relation = blip.get(q("r:embed")) or blip.get(q("r:link"))
        if relation:
            yield relation, told_of(blip, holder)
    for old in holder.iter(q("v:imagedata")):
        relation = old.get(q("r:id")) or old.get(q("r:href"))
        if relation:
            shape = old.getparent()
            yield relation, (shape.get("alt") if shape is not None else None) or old.get(q("o:title")) or ""


def told_of(blip: Any, holder: Any) -> str:
    """What somebody wrote about a picture, about it alone or about the drawing that it is in."""
    picture = next(blip.iterancestors(q("pic:pic")), None)
    own = picture.find(f"{q('pic:nvPicPr')}/{q('pic:cNvPr')}") if picture is not None else None
    for each in (own, next(holder.iter(q("wp:docPr")), None)):
        if each is not None and (told := (each.get("descr") or each.get("title") or "").strip()):
            return " ".join(told.split())
    return ""


def objects_in(holder: Any) -> dict[str, int]:
    """How many charts, diagrams and embedded objects a drawing has, by the key of the remark on them."""
    return {
        "charts": sum(1 for each in holder.iter() if isinstance(each.tag, str) and is_chart(each)),
        "diagrams": sum(1 for _ in holder.iter(q("dgm:relIds"))),
        "objects": sum(1 for _ in holder.iter(q("o:OLEObject"))),
    }


def is_chart(element: Any) -> bool:
    """New kinds of charts have new namespaces, which end alike."""
    name = str(element.tag)
    return name == q("c:chart") or name.endswith("/chartex}chart")
