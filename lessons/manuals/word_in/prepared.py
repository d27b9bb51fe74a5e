"""What does mammoth get to read, so that no word is lost?

mammoth passes over much that Word files hold: text boxes of new Word, pictures in groups, tracked moves, equations.
Here a document is written anew with nothing in it but paragraphs, runs, tables, links and notes. What Word keeps in
styles and lists is told by the style of each paragraph: `H2` is a heading, `L-number-0` an item of a list. A picture
is a bookmark, `picture:3`. So mammoth needs neither the styles nor the lists nor the pictures of the file.
"""

import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from lxml import etree

from lessons.manuals.word_in import bounds
from lessons.manuals.word_in.drawings import drawn, objects_in
from lessons.manuals.word_in.names import STRICT, q
from lessons.manuals.word_in.numbering import Numbering, numbering_of
from lessons.manuals.word_in.packed import Packed, parsed
from lessons.manuals.word_in.parts import Reading
from lessons.manuals.word_in.styles import Styles, level_of, list_of, styles_of, switch
from lessons.manuals.word_in.words import chosen, words_in_xml

#: Wrappers whose inside we keep.
OPENED = {q(f"w:{name}") for name in ("ins", "moveTo", "smartTag", "customXml", "dir", "bdo", "fldSimple", "sdtContent",
                                      "ruby", "rt", "rubyBase", "subDoc")}  # fmt: skip
#: What is not text, or is told elsewhere.
TAKEN_OUT = {q(f"w:{name}") for name in (
    "del", "moveFrom", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "proofErr", "lastRenderedPageBreak", "rubyPr",
    "commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef", "permStart", "permEnd", "altChunk",
    "bookmarkEnd", "sectPr", "dirPr", "movie", "contentPart", "tblGrid", "tblPrEx",
)}  # fmt: skip
#: A paragraph and a table stand in a body, cell or note; a run stands in a paragraph.
PARAGRAPH, RUN, TABLE = q("w:p"), q("w:r"), q("w:tbl")
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
TYPES = f"""<Types xmlns="{PACKAGE}content-types"><Default Extension="xml" ContentType="application/xml"/>
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>"""


@dataclass
class Preparing:
    """What is known while a document is written anew."""

    packed: Packed
    reading: Reading
    styles: Styles
    numbering: Numbering
    #: Where the pictures that stand in the text lie in the file, by number.
    pictures: list[tuple[str, str]] = field(default_factory=list)
    relations: dict[str, tuple[str, str, bool]] = field(default_factory=dict)


def prepared(packed: Packed, reading: Reading) -> tuple[BytesIO, list[tuple[str, str]]]:
    """A Word file for mammoth, and for each picture in it its place in the old file and its alternative text."""
    preparing = Preparing(
        packed, reading, styles_of(part(packed, "styles")), numbering_of(part(packed, "numbering"))
    )  # fmt: skip
    new = {
        "[Content_Types].xml": TYPES.encode(),
        "_rels/.rels": relations({"d": ("officeDocument", "word/document.xml")}),
    }
    notes = {kind: packed.part_of_kind(kind) for kind in ("footnotes", "endnotes")}
    links = {f"n{kind}": (kind, f"{kind}.xml") for kind, place in notes.items() if place in packed.names}
    write(preparing, packed.document, new, "document", links)
    for kind, place in notes.items():
        if place in packed.names:
            write(preparing, place, new, kind, {})
    remark_on_what_stays(preparing)
    return zipped(new), preparing.pictures


def part(packed: Packed, kind: str) -> Any:
    return normal(packed, packed.part_of_kind(kind))


def normal(packed: Packed, place: str) -> Any:
    """The root of a part, with the strict names made transitional."""
    if place not in packed.names:
        return None
    content = packed.bytes_of(place, most=bounds.LARGEST_XML)
    for strict, transitional in STRICT.items():
        content = content.replace(strict, transitional)
    return parsed(content)


def write(
    preparing: Preparing, place: str, new: dict[str, bytes], name: str, links: dict[str, tuple[str, str]]
) -> None:
    """One part of text written anew, and what it links to."""
    root = normal(preparing.packed, place)
    preparing.relations = preparing.packed.relations_of(place)
    for word, count in words_in_xml(root).items():
        preparing.reading.words[word] = preparing.reading.words.get(word, 0) + count
    rewrite(root, preparing)
    outside = {key: (kind.rpartition("/")[2], target) for key, (kind, target, is_outside) in preparing.relations.items()
               if is_outside and kind.endswith("/hyperlink")}  # fmt: skip
    new[f"word/{name}.xml"] = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    new[f"word/_rels/{name}.xml.rels"] = relations(links, outside=outside)


def relations(inside: dict[str, tuple[str, str]], *, outside: dict[str, tuple[str, str]] | None = None) -> bytes:
    root = etree.Element(f"{{{PACKAGE}relationships}}Relationships")
    for key, (kind, target) in {**inside, **(outside or {})}.items():
        each = etree.SubElement(root, f"{{{PACKAGE}relationships}}Relationship")
        each.attrib.update({"Id": key, "Type": RELATION + kind, "Target": target})
        if key not in inside:
            each.set("TargetMode", "External")
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def zipped(files: dict[str, bytes]) -> BytesIO:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    made.seek(0)
    return made


def rewrite(root: Any, preparing: Preparing) -> None:
    open_wrappers(root, preparing)
    replace_drawings(root, preparing)
    replace_equations(root, preparing)
    straighten_tables(root, preparing)
    for paragraph in list(root.iter(PARAGRAPH)):
        tell_by_style(paragraph, preparing)


def open_wrappers(root: Any, preparing: Preparing) -> None:
    """Keep what stands in changes, controls, fields and alternatives; take out what is no text."""
    remark = preparing.reading.remark
    remark("insertions", sum(1 for _ in root.iter(q("w:ins"), q("w:moveTo"))))
    remark("deletions", sum(1 for each in root.iter(q("w:del"), q("w:moveFrom")) if len(each)))
    remark("other_documents", sum(1 for _ in root.iter(q("w:altChunk"))))
    for alternates in list(root.iter(q("mc:AlternateContent"))):
        if attached(alternates, root):
            put_in_place(alternates, list(chosen(alternates)))
    for each in list(root.iter()):
        if not isinstance(each.tag, str):
            continue
        if each.tag in TAKEN_OUT:
            put_in_place(each, [])
        elif each.tag == q("w:sdt"):
            put_in_place(each, inside_of_control(each))
        elif each.tag in OPENED:
            put_in_place(each, list(each))


def inside_of_control(control: Any) -> list[Any]:
    """What a content control shows; a box to tick is the character for it."""
    content = control.find(q("w:sdtContent"))
    return list(content) if content is not None else []


def attached(element: Any, root: Any) -> bool:
    return element is root or any(parent is root for parent in element.iterancestors())


def put_in_place(element: Any, others: list[Any]) -> None:
    """`others` where `element` was."""
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    parent[at : at + 1] = others


def replace_drawings(root: Any, preparing: Preparing) -> None:
    """Pictures become bookmarks; the paragraphs of text boxes stand behind the paragraph that the box hung on."""
    boxes = 0
    for holder in [each for each in root.iter(q("w:drawing"), q("w:pict"), q("w:object"))]:
        # What was in a text box that has been moved is met again, in its new place.
        host = next(holder.iterancestors(PARAGRAPH), None)
        outermost = [box for box in holder.iter(q("w:txbxContent")) if not is_within(box, holder)]
        boxes += len(outermost)
        moved = [each for box in outermost for each in list(box)]
        for each in moved:
            each.getparent().remove(each)
        marks = [bookmark(f"picture:{number}") for number in pictures_in(holder, preparing)]
        remark_on_objects(holder, preparing)
        put_in_place(holder, marks)
        put_behind(host, moved)
    preparing.reading.remark("text_boxes", boxes)


def is_within(box: Any, holder: Any) -> bool:
    """Whether a text box stands in another one of the same holder."""
    for parent in box.iterancestors():
        if parent is holder:
            return False
        if parent.tag == q("w:txbxContent"):
            return True
    return False


def put_behind(host: Any, moved: list[Any]) -> None:
    for each in reversed(moved):
        if host is not None and host.getparent() is not None:
            host.addnext(each)


def pictures_in(holder: Any, preparing: Preparing) -> list[int]:
    """The numbers that the pictures of a drawing get."""
    numbers = []
    for relation, alt in drawn(holder):
        _, place, is_outside = preparing.relations.get(relation, ("", "", False))
        if is_outside:
            preparing.reading.remark("linked_pictures")
        elif place in preparing.packed.names:
            numbers.append(len(preparing.pictures))
            preparing.pictures.append((place, alt))
        else:
            preparing.reading.remark("missing_pictures")
    return numbers


def remark_on_objects(holder: Any, preparing: Preparing) -> None:
    for name, times in objects_in(holder).items():
        preparing.reading.remark(name, times)


def bookmark(name: str) -> Any:
    mark = etree.Element(q("w:bookmarkStart"))
    mark.set(q("w:name"), name)
    return mark


def replace_equations(root: Any, preparing: Preparing) -> None:
    """An equation becomes its letters in one line, which is not what it looked like."""
    for equation in list(root.iter(q("m:oMath"))):
        run = etree.Element(RUN)
        text = etree.SubElement(run, q("w:t"))
        text.text = " ".join(piece for each in equation.iter(q("m:t")) if (piece := (each.text or "").strip()))
        put_in_place(equation, [run])
        preparing.reading.remark("equations")
    for group in list(root.iter(q("m:oMathPara"))):
        put_in_place(group, list(group))
    # Left over of such a group are only its properties; a run outside of a paragraph would not be read.
    for each in list(root.iter(q("m:oMathParaPr"))):
        put_in_place(each, [])


def straighten_tables(root: Any, preparing: Preparing) -> None:
    """What mammoth would drop or stumble over: words in a cell that is covered, rows that begin further right."""
    for row in root.iter(q("w:tr")):
        before = row.find(f"{q('w:trPr')}/{q('w:gridBefore')}")
        for _ in range(min(30, int(before.get(q("w:val"), "0"))) if before is not None else 0):
            first = next((at for at, each in enumerate(row) if each.tag == q("w:tc")), len(row))
            cell = etree.Element(q("w:tc"))
            etree.SubElement(cell, PARAGRAPH)
            row.insert(first, cell)
    for cell in root.iter(q("w:tc")):
        merged = cell.find(f"{q('w:tcPr')}/{q('w:vMerge')}")
        if merged is None:
            continue
        preparing.reading.remark("merged_cells", int(merged.get(q("w:val")) == "restart"))
        says = any((each.text or "").strip() for each in cell.iter(q("w:t")))
        if says or next(cell.iter(q("w:bookmarkStart"), TABLE), None) is not None:
            merged.getparent().remove(merged)
    preparing.reading.remark("merged_cells", sum(1 for _ in root.iter(q("w:gridSpan"))))
    preparing.reading.remark("nested_tables", sum(1 for _ in root.iterfind(f".//{q('w:tc')}//{TABLE}")))
    preparing.reading.remark("tables", sum(1 for _ in root.iter(TABLE)))


def tell_by_style(paragraph: Any, preparing: Preparing) -> None:
    """The properties of a paragraph become one style that tells them, and of those of its runs a few are left."""
    properties = paragraph.find(q("w:pPr"))
    named = properties.find(q("w:pStyle")) if properties is not None else None
    style_id = named.get(q("w:val"), "") if named is not None else preparing.styles.usual
    told = style_told(properties, style_id, paragraph, preparing)
    if properties is not None:
        paragraph.remove(properties)
    if told:
        properties = etree.Element(q("w:pPr"))
        etree.SubElement(properties, q("w:pStyle")).set(q("w:val"), told)
        paragraph.insert(0, properties)
    for run in paragraph.iter(RUN):
        style_run(run, style_id, preparing)


def style_told(properties: Any, style_id: str, paragraph: Any, preparing: Preparing) -> str:
    styles = preparing.styles
    number, depth = list_of(properties)
    if number is None:
        number = styles.told(style_id, "number")
    if depth is None:
        depth = styles.told(style_id, "depth") or 0
    own = level_of(properties)
    level = styles.heading_level(style_id) if own is None else own if own <= 9 else None
    names = styles.names(style_id)
    says = has_words(paragraph)
    listed = preparing.numbering.level(number, depth) if number and says else None
    label = preparing.numbering.label(number, depth) if number and listed else ""
    if level is not None or "title" in names or "caption" in names:
        put_before(paragraph, label)
        return f"H{level}" if level is not None else "T" if "title" in names else "C"
    if listed is None or listed.kind is None:
        put_before(paragraph, label)
        return ""
    if listed.kind == "letter":
        put_before(paragraph, label)
    return f"L-{listed.kind}-{depth}"


def has_words(paragraph: Any) -> bool:
    return any((each.text or "").strip() for each in paragraph.iter(q("w:t"), q("w:sym"))) or (
        next(paragraph.iter(q("w:bookmarkStart")), None) is not None
    )


def put_before(paragraph: Any, label: str) -> None:
    if not label:
        return
    run = etree.Element(RUN)
    text = etree.SubElement(run, q("w:t"))
    text.text = f"{label} "
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    properties = paragraph.find(q("w:pPr"))
    paragraph.insert(0 if properties is None else 1, run)


def style_run(run: Any, paragraph_style: str, preparing: Preparing) -> None:
    properties = run.find(q("w:rPr"))
    style = properties.find(q("w:rStyle")) if properties is not None else None
    style_id = style.get(q("w:val"), "") if style is not None else ""
    flags = [name for name, what in (("w:b", "is_bold"), ("w:i", "is_italic"))
             if flag(properties, name, what, (style_id, paragraph_style), preparing)]  # fmt: skip
    if flag(properties, "w:vanish", "is_hidden", (style_id, paragraph_style), preparing):
        preparing.reading.remark("hidden", int(any((each.text or "").strip() for each in run.iter(q("w:t")))))
    if properties is not None:
        run.remove(properties)
    if flags:
        properties = etree.Element(q("w:rPr"))
        for name in flags:
            etree.SubElement(properties, q(name))
        run.insert(0, properties)
    replace_signs(run, preparing)


def flag(properties: Any, name: str, what: str, styles: tuple[str, ...], preparing: Preparing) -> bool:
    own = switch(properties, name)
    if own is not None:
        return own
    return bool(next((told for each in styles if (told := preparing.styles.told(each, what)) is not None), False))


#: Boxes of the fonts that Word takes signs from, which stand in what Unicode keeps for private use.
SIGNS = {0xA8: "☐", 0x6F: "☐", 0x71: "☐", 0x72: "☐", 0xFE: "☑", 0xFD: "☒", 0xFC: "✓", 0xFB: "✗", 0x6C: "●", 0x6E: "■",
         0xA7: "▪", 0xB7: "•", 0xE0: "→", 0xF0: "⇨", 0xDF: "←", 0xE1: "↑", 0xE2: "↓", 0x4A: "☺", 0xAE: "→"}  # fmt: skip
IN_TEXT = {0xF000 + code: sign for code, sign in SIGNS.items()}


def replace_signs(run: Any, preparing: Preparing) -> None:
    """Signs, and the old kinds of space and break, become what mammoth reads."""
    for each in list(run):
        if each.tag == q("w:sym"):
            put_in_place(each, [sign(each, preparing)])
        elif each.tag == q("w:t") and each.text:
            each.text = each.text.translate(IN_TEXT)
        elif each.tag == q("w:ptab"):
            each.tag = q("w:tab")
        elif each.tag == q("w:cr"):
            each.tag = q("w:br")


def sign(symbol: Any, preparing: Preparing) -> Any:
    code = symbol.get(q("w:char")) or ""
    number = (
        int(code, 16) if code and len(code) <= 6 and all(letter in "0123456789abcdefABCDEF" for letter in code) else 0
    )
    text = etree.Element(q("w:t"))
    text.text = SIGNS.get(number & 0xFF, "") if number < 0x100 or 0xF000 <= number <= 0xF0FF else printed(number)
    preparing.reading.remark("signs", int(not text.text))
    return text


def printed(number: int) -> str:
    return chr(number) if number < 0xD800 or 0xF900 <= number < 0x110000 else ""


def remark_on_what_stays(preparing: Preparing) -> None:
    """Comments, headers and footers stay behind; how many, a person is told."""
    packed, remark = preparing.packed, preparing.reading.remark
    comments = part(packed, "comments")
    remark("comments", sum(1 for _ in comments.iter(q("w:comment"))) if comments is not None else 0)
    for kind, place, _ in packed.relations_of(packed.document).values():
        if kind.endswith(("/header", "/footer")) and place in packed.names:
            said = sum(count for word, count in words_in_xml(normal(packed, place)).items() if not word.isdecimal())
            remark("headers", int(bool(said)))
