"""What does the demonstration's film show and say? Eight drawings, a sentence to each, and what can be seen in them."""

from collections.abc import Sequence
from typing import NamedTuple

from PIL import Image

from media.drawings.film import SECONDS_EACH, SMALL, WIDE, slide_film

LANGUAGES = ("en", "th")


class Slide(NamedTuple):
    """A drawing by its name; what is said and what is seen, by language."""

    drawing: str
    said: dict[str, str]
    seen: dict[str, str]


SLIDES = (
    Slide(
        "fence-to-flowers",
        {
            "en": "You are in a house that protects people. You have not been arrested.",
            "th": "คุณอยู่ในบ้านที่ให้ความคุ้มครอง คุณไม่ได้ถูกจับ",
        },
        {
            "en": "Barbed wire turns into garlands of flowers; behind them the sun rises over hills.",
            "th": "ลวดหนามค่อย ๆ กลายเป็นเถาดอกไม้ ด้านหลังดวงอาทิตย์ขึ้นเหนือเนินเขา",
        },
    ),
    Slide(
        "table-and-chairs",
        {
            "en": "You may eat, wash, sleep and see a nurse before anybody asks you anything.",
            "th": "คุณกินข้าว อาบน้ำ นอน และพบพยาบาลได้ ก่อนที่ใครจะถามอะไร",
        },
        {
            "en": "Two armchairs at a round table with tea and flowers, before a window.",
            "th": "เก้าอี้นวมสองตัวข้างโต๊ะกลมที่มีน้ำชาและแจกันดอกไม้ ด้านหลังเป็นหน้าต่าง",
        },
    ),
    Slide(
        "suitcase",
        {
            "en": "These are your own things, and this is where they are kept.",
            "th": "สิ่งของเหล่านี้เป็นของคุณ และเก็บไว้ตรงนี้",
        },
        {
            "en": "An open suitcase with folded cloth, a card and a book; a letter lies beside it.",
            "th": "กระเป๋าเดินทางเปิดอยู่ ข้างในมีผ้าพับ การ์ด และสมุด ข้าง ๆ มีจดหมายวางอยู่",
        },
    ),
    Slide(
        "doors-look",
        {
            "en": "Some people will talk with you, and tell you what each of them can and cannot do.",
            "th": "จะมีคนมาคุยกับคุณ และบอกว่าแต่ละคนช่วยอะไรได้และช่วยอะไรไม่ได้",
        },
        {
            "en": "A double door stands open on a bright room with a woven cloth on the wall.",
            "th": "ประตูสองบานเปิดสู่ห้องสว่าง มีผ้าทอแขวนอยู่บนผนัง",
        },
    ),
    Slide(
        "notebook",
        {
            "en": "You need not tell your story today. You can say stop, or ask for another interpreter.",
            "th": "วันนี้ยังไม่ต้องเล่าเรื่องของคุณ คุณขอหยุดหรือขอเปลี่ยนล่ามได้",
        },
        {
            "en": "A notebook of which one page is still empty, a pen, and a cup of tea.",
            "th": "สมุดบันทึกที่ยังว่างอยู่หน้าหนึ่ง ปากกา และถ้วยชา",
        },
    ),
    Slide(
        "river-and-road",
        {
            "en": "You may choose: to tell the police or not yet; to call your family or not; to learn, work or rest.",
            "th": "คุณเลือกได้ว่าจะแจ้งตำรวจหรือยังไม่แจ้ง จะติดต่อครอบครัวหรือไม่ จะเรียน ทำงาน หรือพัก",
        },
        {
            "en": "A river and a road, each on its own way through fields towards the hills.",
            "th": "แม่น้ำและถนนทอดผ่านทุ่งนาไปสู่เนินเขาคนละเส้นทาง",
        },
    ),
    Slide(
        "doors-procedure",
        {
            "en": "What you say stays with the team. There are exceptions, and you are told them first.",
            "th": "สิ่งที่คุณเล่าจะอยู่กับทีม มีข้อยกเว้นบางข้อ และเราจะบอกคุณก่อน",
        },
        {
            "en": "An open door; behind it, shelves of closed files, and one sheet with ticks.",
            "th": "ประตูเปิดอยู่ ด้านหลังเป็นชั้นแฟ้มที่ปิดไว้ และกระดาษแผ่นหนึ่งที่ทำเครื่องหมายถูก",
        },
    ),
    Slide(
        "doors-learn",
        {
            "en": "You can see this film again whenever you want.",
            "th": "คุณขอดูวิดีโอนี้อีกเมื่อไรก็ได้",
        },
        {
            "en": "An open door; behind it a desk with an open book, a lamp and a window.",
            "th": "ประตูเปิดกว้าง ด้านในมีโต๊ะวางหนังสือที่กางไว้ โคมไฟ และหน้าต่าง",
        },
    ),
)
POSTER = "doors-learn"


def films(drawings: Sequence[Image.Image]) -> tuple[bytes, bytes]:
    """The film, and the lighter one with a small picture, out of the drawings of `SLIDES`."""
    return slide_film(drawings, size=WIDE, quality=48), slide_film(drawings, size=SMALL, quality=32)


def said(language: str) -> str:
    return _vtt([slide.said[language] for slide in SLIDES], lasts=SECONDS_EACH)


def seen(language: str) -> str:
    """Told while the drawing appears, before there is much to read."""
    return _vtt([slide.seen[language] for slide in SLIDES], lasts=SECONDS_EACH - 1)


def _vtt(sentences: Sequence[str], *, lasts: int) -> str:
    starts = range(0, SECONDS_EACH * len(sentences), SECONDS_EACH)
    cues = (
        f"00:00:{start:02d}.000 --> 00:00:{start + lasts:02d}.000\n{sentence}\n"
        for start, sentence in zip(starts, sentences, strict=True)
    )
    return "WEBVTT\n\n" + "\n".join(cues)
