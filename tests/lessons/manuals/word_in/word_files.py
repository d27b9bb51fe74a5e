"""Word files as Word writes them, part by part, made for a test."""

import zipfile
from io import BytesIO
from pathlib import Path

from lessons.manuals.word_in.names import MC, OFFICE, PIC, W14, WP, A, M, R, V, W

NAMESPACES = {"w": W, "r": R, "a": A, "pic": PIC, "wp": WP, "m": M, "mc": MC, "v": V, "o": OFFICE, "w14": W14,
              "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
              "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
              "c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}  # fmt: skip
DECLARED = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in NAMESPACES.items())
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="Ours"><w:name w:val="Our own"/><w:basedOn w:val="Heading1"/></w:style>
<w:style w:type="paragraph" w:styleId="Outlined"><w:name w:val="Big"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/></w:style>
<w:style w:type="paragraph" w:styleId="ByStyle"><w:name w:val="List Number"/>
<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
"""


def level(depth: int, kind: str, text: str) -> str:
    return (f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
            f'<w:lvlText w:val="{text}"/></w:lvl>')  # fmt: skip


#: 1 are numbers, 2 bullets, 3 letters, 4 boxes, 5 begins 1 anew, 6 numbers headings.
NUMBERING = "".join([
    f'<w:abstractNum w:abstractNumId="0">{level(0, "decimal", "%1.")}{level(1, "lowerLetter", "%2)")}</w:abstractNum>',
    f'<w:abstractNum w:abstractNumId="1">{level(0, "bullet", "·")}{level(1, "bullet", "o")}</w:abstractNum>',
    f'<w:abstractNum w:abstractNumId="2">{level(0, "lowerLetter", "(%1)")}</w:abstractNum>',
    f'<w:abstractNum w:abstractNumId="3">{level(0, "bullet", chr(0xF0A8))}</w:abstractNum>',
    f'<w:abstractNum w:abstractNumId="4">{level(0, "decimal", "%1")}{level(1, "decimal", "%1.%2")}</w:abstractNum>',
    *(f'<w:num w:numId="{of + 1}"><w:abstractNumId w:val="{of}"/></w:num>' for of in range(4)),
    '<w:num w:numId="5"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
    '</w:lvlOverride></w:num><w:num w:numId="6"><w:abstractNumId w:val="4"/></w:num>',
])  # fmt: skip


def run(text: str, properties: str = "") -> str:
    told = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{told}<w:t xml:space="preserve">{text}</w:t></w:r>'


def par(text: str = "", *, style: str = "", number: int = 0, depth: int = 0, xml: str = "", bold: bool = False) -> str:
    """A paragraph; `xml` stands behind its words."""
    told = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number:
        told += f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    properties = f"<w:pPr>{told}</w:pPr>" if told else ""
    return f"<w:p>{properties}{run(text, '<w:b/>' if bold else '') if text else ''}{xml}</w:p>"


def cell(*inside: str, across: int = 1, merged: str = "") -> str:
    told = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
    told += {"": "", "restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}[merged]
    return f"<w:tc><w:tcPr>{told}</w:tcPr>{''.join(inside) or '<w:p/>'}</w:tc>"


def row(*cells: str, header: bool = False) -> str:
    return f"<w:tr>{'<w:trPr><w:tblHeader/></w:trPr>' if header else ''}{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def plain_table(*rows: tuple[str, ...]) -> str:
    return table(*(row(*(cell(par(text)) for text in each)) for each in rows))


def picture(relation: str = "rIdP", *, alt: str = "A loom") -> str:
    return (f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="{alt}"/><a:graphic><a:graphicData uri="x">'
            f'{bare_picture(relation)}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>')  # fmt: skip


def bare_picture(relation: str) -> str:
    return f'<pic:pic><pic:blipFill><a:blip r:embed="{relation}"/></pic:blipFill></pic:pic>'


def word_file(
    path: Path, *body: str, media: dict[str, bytes] | None = None, links: dict[str, str] | None = None,
    footnotes: str = "", comments: str = "", extra: dict[str, bytes] | None = None, main: str = MAIN,
) -> Path:  # fmt: skip
    """A .docx. `media` are pictures by the id of their relation, `links` addresses by theirs."""
    path.write_bytes(
        packed(*body, media=media, links=links, footnotes=footnotes, comments=comments, extra=extra, main=main)
    )
    return path


def packed(
    *body: str, media: dict[str, bytes] | None = None, links: dict[str, str] | None = None, footnotes: str = "",
    comments: str = "", extra: dict[str, bytes] | None = None, main: str = MAIN,
) -> bytes:  # fmt: skip
    office = R
    told = [("rIdS", "styles", "styles.xml", ""), ("rIdN", "numbering", "numbering.xml", "")]
    parts = {
        "word/document.xml": wrapped("document", f"<w:body>{''.join(body)}<w:sectPr/></w:body>"),
        "word/styles.xml": wrapped("styles", STYLES),
        "word/numbering.xml": wrapped("numbering", NUMBERING),
    }
    for name, inside in (("footnotes", footnotes), ("comments", comments)):
        if inside:
            told.append((f"rId-{name}", name, f"{name}.xml", ""))
            parts[f"word/{name}.xml"] = wrapped(name, inside)
    for key, content in (media or {}).items():
        name = f"media/{key}.png"
        told.append((key, "image", name, ""))
        parts[f"word/{name}"] = content
    told += [(key, "hyperlink", target, ' TargetMode="External"') for key, target in (links or {}).items()]
    parts["word/_rels/document.xml.rels"] = related(told, office)
    parts["_rels/.rels"] = related([("rId1", "officeDocument", "word/document.xml", "")], office)
    parts["[Content_Types].xml"] = (
        f'<Types xmlns="{TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    ).encode()
    return zipped({**parts, **(extra or {})})


def wrapped(name: str, inside: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{name} {DECLARED}>{inside}</w:{name}>'.encode()


def related(told: list[tuple[str, str, str, str]], office: str) -> bytes:
    inside = "".join(f'<Relationship Id="{key}" Type="{office}/{kind}" Target="{target}"{mode}/>'
                     for key, kind, target, mode in told)  # fmt: skip
    return f'<Relationships xmlns="{RELATIONS}">{inside}</Relationships>'.encode()


def zipped(parts: dict[str, bytes]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()
