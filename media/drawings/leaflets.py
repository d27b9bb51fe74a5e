"""What can be printed and handed over? Two sheets of one page each, in English and in Thai, with a sign for every line.

The PDF is a picture of the sheet; the same words (`RIGHTS`, `INTAKE`) lie beneath it, so that they can be found and
read aloud. The Thai has not been checked by a translator yet, and its sheet says so.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw

from media.drawings import palette as dye
from media.drawings import processes
from media.drawings.as_png import picture
from media.drawings.canvas import Scene, Shape, circle, place, rect
from media.drawings.lettering import Hand
from media.drawings.marks import badge, band
from media.drawings.words_beneath import with_words

PAGE = (1240, 1754)  # A4 at 150 dots an inch
DOTS = 150
_LONG_AGO: Final = time.gmtime(0)  # the same bytes whenever it is made

Z = "\u200b"


@dataclass(frozen=True, slots=True)
class Sheet:
    title: str
    lead: str
    rows: tuple[tuple[str, str], ...]  # a heading and a sentence, or a time and a step
    foot: str


RIGHTS: dict[str, Sheet] = {
    "en": Sheet(
        title="You are welcome here",
        lead=(
            "These are your rights while you stay with us. Ask about any of them, at any time, in your own language."
        ),
        rows=(
            ("You are safe", "Nobody may hurt, threaten or shame you. Visitors are checked at the gate."),
            ("Your language", "We find an interpreter whom you accept. You may ask for another one."),
            ("Your choice", "We ask before we act. You may say yes, say no, and change your mind."),
            ("Time to rest", "You may rest and think first. Nobody hurries you into an interview."),
            ("Your health", "A nurse or a doctor sees you if you wish. You may ask what each test is for."),
            ("Your words are kept", ("What you tell us is confidential. We tell you who needs to know, and why.")),
            ("The law", "Somebody explains the case, compensation and your papers: ask again freely."),
            ("Learning and work", "You may learn a trade here, and be paid for your work."),
            ("Going home", "You help to plan it. We contact your family only if you agree."),
        ),
        foot="If something is not right, tell any member of staff whom you trust. Nothing bad will follow.",
    ),
    "th": Sheet(
        title="ยินดีต้อนรับ",
        lead=f"นี่คือสิทธิของคุณ{Z}ระหว่างพักอยู่กับเรา ถามได้ทุกข้อ ทุกเวลา ด้วยภาษาของคุณเอง",
        rows=(
            ("คุณปลอดภัย", f"ไม่มีใคร{Z}ทำร้าย ข่มขู่ {Z}หรือทำให้คุณอับอายได้ ผู้มาเยี่ยม{Z}ต้องผ่านการตรวจ{Z}ที่ประตู"),
            ("ภาษาของคุณ", f"เราจัดหาล่าม{Z}ที่คุณยอมรับ และคุณขอเปลี่ยนล่ามได้"),
            ("คุณเป็นผู้เลือก", "เราถามก่อนทำเสมอ คุณตอบรับได้ ปฏิเสธได้ และเปลี่ยนใจได้"),
            ("เวลาพัก", f"คุณพักและคิด{Z}ให้พร้อมก่อนได้ ไม่มีใครเร่ง{Z}ให้คุณเข้าสัมภาษณ์"),
            ("สุขภาพของคุณ", f"พบพยาบาล{Z}หรือแพทย์ได้{Z}เมื่อคุณต้องการ ถามได้ว่า{Z}ตรวจอะไร {Z}เพื่ออะไร"),
            ("เรื่องของคุณเป็นความลับ", f"เราเก็บรักษาเรื่อง{Z}ที่คุณเล่า และบอกคุณว่า{Z}ใครจำเป็นต้องรู้ {Z}เพราะอะไร"),
            ("กฎหมาย", f"มีผู้อธิบายเรื่องคดี ค่าสินไหมทดแทน {Z}และเอกสารของคุณ กี่ครั้งก็ได้"),
            ("การเรียนและงาน", f"คุณฝึกอาชีพที่นี่ได้ {Z}และได้รับค่าตอบแทน{Z}จากงานที่ทำ"),
            ("การกลับบ้าน", f"คุณร่วมวางแผนเอง เราติดต่อครอบครัว{Z}เมื่อคุณยินยอมเท่านั้น"),
        ),
        foot=f"หากมีสิ่งใดไม่ถูกต้อง บอกเจ้าหน้าที่{Z}คนที่คุณไว้ใจได้เสมอ จะไม่มีผลเสียใด ๆ ตามมา",
    ),
}

INTAKE: dict[str, Sheet] = {
    "en": Sheet(
        title="Intake checklist",
        lead="For staff, one sheet for each arrival. It holds no name: file it under the number of the case.",
        rows=(
            ("Before", "A quiet room is ready: water, food, a bed, clean clothes."),
            ("Before", "An interpreter for the right language is asked, and accepted."),
            ("First hour", "Greet, say who you are and what happens next. No questions about the case."),
            ("First hour", "Urgent health needs and safety risks are asked about and acted on."),
            ("First hour", "Own clothes and belongings stay with the person; a list is signed by both."),
            ("First day", "Rights and house rules are explained, and may be asked about again."),
            ("First day", "Consent is sought for each thing by itself: health check, photograph, contact."),
            ("First day", "A case manager is named, and how to reach them is shown."),
            ("First days", "Orientation: the rooms, the people, the week, who may enter."),
            ("First days", "What the person wants is written down in their own words."),
        ),
        foot="Do no harm: stop when the person wants to stop. Write only what the next colleague needs.",
    ),
    "th": Sheet(
        title="รายการตรวจสอบการรับเข้า",
        lead=f"สำหรับเจ้าหน้าที่ หนึ่งแผ่น{Z}ต่อการรับเข้าหนึ่งครั้ง ไม่ลงชื่อบุคคล {Z}ให้เก็บตามเลขเคส",
        rows=(
            ("ก่อนรับ", "เตรียมห้องที่เงียบสงบ น้ำดื่ม อาหาร ที่นอน เสื้อผ้าสะอาด"),
            ("ก่อนรับ", f"ติดต่อล่าม{Z}ในภาษาที่ถูกต้อง {Z}และเป็นที่ยอมรับ"),
            ("ชั่วโมงแรก", f"ทักทาย แนะนำตัว บอกว่า{Z}จะเกิดอะไรขึ้นต่อไป ยังไม่ถามเรื่องคดี"),
            ("ชั่วโมงแรก", f"ถามและดูแล{Z}สุขภาพเร่งด่วน {Z}และความเสี่ยง{Z}ด้านความปลอดภัย"),
            ("ชั่วโมงแรก", f"เสื้อผ้าและของใช้{Z}อยู่กับเจ้าของ ลงนามรายการร่วมกัน"),
            ("วันแรก", f"อธิบายสิทธิ{Z}และข้อตกลงของบ้าน ถามซ้ำได้เสมอ"),
            ("วันแรก", f"ขอความยินยอม{Z}ทีละเรื่อง การตรวจสุขภาพ การถ่ายภาพ การติดต่อ"),
            ("วันแรก", f"แจ้งชื่อ{Z}ผู้รับผิดชอบเคส และวิธีติดต่อ"),
            ("วันต่อมา", "แนะนำห้อง ผู้คน กิจวัตร และผู้ที่เข้าออกได้"),
            ("วันต่อมา", f"บันทึกความต้องการ{Z}ด้วยถ้อยคำ{Z}ของเจ้าตัวเอง"),
        ),
        foot=f"ไม่ก่อให้เกิดอันตราย หยุดเมื่อเจ้าตัวต้องการหยุด บันทึกเท่าที่{Z}เพื่อนร่วมงานคนต่อไป{Z}จำเป็นต้องรู้",
    ),
}

_NOTES: dict[str, str] = {
    "en": "Demonstration sheet. Have it read by your own lawyer and your own interpreters before use.",
    "th": f"แผ่นตัวอย่าง คำแปลนี้{Z}ยังไม่ได้รับการตรวจทาน",
}

_SIGNS: tuple[Callable[[], tuple[Shape, ...]], ...] = (
    processes.shield_sign,
    processes.languages_sign,
    processes.choice_sign,
    processes.bed_sign,
    processes.care_sign,
    processes.papers_sign,
    processes.balance_sign,
    processes.tools_sign,
    processes.house_sign,
)


def rights_leaflet(language: str) -> bytes:
    """What a newcomer is told first, as a PDF of one page; English and Thai are there."""
    sheet = RIGHTS[language]
    page = picture(_rights_ground(), width=PAGE[0])
    pen = ImageDraw.Draw(page)
    _heading(pen, sheet)
    name, text = Hand(size=31, weight=600), Hand(size=25 if language == "en" else 28)
    for row, (heading, sentence) in enumerate(sheet.rows):
        y = 408 + row * 128
        name.write(pen, 250, y, heading, ink=dye.LAC)
        for i, line in enumerate(text.lines(sentence, width=880)):
            text.write(pen, 250, y + 40 + i * 36, line, ink=dye.CHARCOAL)
    _footing(pen, sheet, language=language)
    return with_words(_pdf(page, title=sheet.title), _words_of(sheet, language=language))


def intake_checklist_sheet(language: str) -> bytes:
    """A blank sheet for staff at an arrival, as a PDF of one page; English and Thai are there."""
    sheet = INTAKE[language]
    page = picture(_checklist_ground(len(sheet.rows)), width=PAGE[0])
    pen = ImageDraw.Draw(page)
    _heading(pen, sheet)
    when, text = Hand(size=23, weight=600), Hand(size=26 if language == "en" else 28)
    for row, (moment, step) in enumerate(sheet.rows):
        y = 396 + row * 112
        when.write(pen, 190, y, moment, ink=dye.LAC)
        for i, line in enumerate(text.lines(step, width=680)):
            text.write(pen, 380, y + i * 38, line, ink=dye.CHARCOAL)
    _footing(pen, sheet, language=language)
    return with_words(_pdf(page, title=sheet.title), _words_of(sheet, language=language))


def _words_of(sheet: Sheet, *, language: str) -> list[str]:
    rows = (words for row in sheet.rows for words in row)
    return [line.replace(Z, "") for line in (sheet.title, sheet.lead, *rows, sheet.foot, _NOTES[language])]


def _heading(pen: ImageDraw.ImageDraw, sheet: Sheet) -> None:
    Hand(size=64, family="serif").write(pen, 110, 200, sheet.title, ink=dye.INDIGO)
    lead = Hand(size=28)
    for i, line in enumerate(lead.lines(sheet.lead, width=1020)):
        lead.write(pen, 110, 258 + i * 42, line, ink=dye.INDIGO)


def _footing(pen: ImageDraw.ImageDraw, sheet: Sheet, *, language: str) -> None:
    foot, note = Hand(size=27, weight=600), Hand(size=20)
    for i, line in enumerate(foot.lines(sheet.foot, width=960)):
        foot.write(pen, 140, 1562 + i * 40, line, ink=dye.SILK_LIGHT)
    note.write(pen, 110, 1664, _NOTES[language], ink=dye.ASH)


def _paper(shapes: tuple[Shape, ...]) -> Scene:
    edge = (
        *band((0, 0, PAGE[0], 90)),
        rect(0, 90, PAGE[0], 8, fill=dye.TURMERIC),
        rect(100, 1510, 1040, 116, 18, fill=dye.INDIGO),
        *band((0, 1682, PAGE[0], 72)),
    )
    return Scene("", (*edge, *shapes), dye.SILK_LIGHT, size=PAGE)


def _rights_ground() -> Scene:
    shapes: list[Shape] = []
    for row, sign in enumerate(_SIGNS):
        y = 414 + row * 128
        shapes.append(circle(168, y, 56, fill=dye.SILK))
        shapes.append(circle(168, y, 56, stroke=dye.TURMERIC, width=3))
        shapes.extend(place(sign(), x=168, y=y, scale=0.56))
        if row:
            shapes.append(rect(250, y - 66, 890, 2, fill=dye.SILK_SHADE))
    return _paper(tuple(shapes))


def _checklist_ground(rows: int) -> Scene:
    shapes: list[Shape] = []
    for row in range(rows):
        y = 388 + row * 112
        if row % 2 == 0:
            shapes.append(rect(100, y - 48, 1040, 112, 10, fill=dye.SILK, opacity=0.7))
        shapes.extend(badge(row + 1, x=146, y=y, radius=24, ink=dye.LAC))
        shapes.append(rect(1086, y - 20, 38, 38, 5, fill=dye.SILK_LIGHT, stroke=dye.INDIGO, width=3))
    return _paper(tuple(shapes))


def _pdf(page: Image.Image, *, title: str) -> bytes:
    out = BytesIO()
    page.save(
        out,
        format="PDF",
        resolution=DOTS,
        quality=88,
        title=title,
        creationDate=_LONG_AGO,
        modDate=_LONG_AGO,
    )
    return out.getvalue()
