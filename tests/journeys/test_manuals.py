"""Does a manual go from a Word file to a printed page, and does the square on it tell the truth? In two languages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import pypdfium2
import zxingcpp
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from tests.journeys import editor
from tests.journeys.conftest import DESK, LANGUAGES, PHONE, Visit, Windows
from tests.journeys.test_accessibility import violations
from tests.journeys.test_media_library import SECONDS_OF_WORK, file, opened, rows, wait_for_row
from tests.lessons.manuals.word_in.word_files import packed, par, plain_table

NO_PROPOSAL = "00000000-0000-4000-8000-000000000000"
IN_TWO_YEARS = f"{datetime.now(tz=UTC) + timedelta(days=700):%Y-%m-%d}"

PEOPLE = ("author", "reviewer", "approver", "learner", "manager")
#: Contrast does not depend on the language, nor do scripts on the light.
LOOKS: dict[str, dict[str, Any]] = {
    "en": {"size": DESK, "color_scheme": "light"},
    "th": {"size": PHONE, "color_scheme": "dark"},
}


@dataclass(frozen=True)
class Words:
    """What the people of a journey write, in their language."""

    title: str
    section: str
    steps: tuple[str, str]
    below: tuple[str, str]
    who: str
    table: tuple[tuple[str, str], tuple[str, str]]
    checklist: str
    ticks: tuple[str, str]
    scope: str
    whom: str
    law: str
    emergency: str
    at_once: str
    evidence: str
    added: str
    what: str
    why: str

    def word_file(self) -> bytes:
        """What somebody wrote in Word: headings, a numbered list, a table, boxes to tick."""
        first, second = self.steps
        return packed(
            par(self.title, style="Title"),
            par(self.section, style="Heading1"),
            par(first, number=1),
            par(self.below[0], number=2, depth=1),
            par(second, number=1),
            par(self.below[1], number=2, depth=1),
            plain_table(*self.table),
            par(self.checklist, style="Heading2"),
            *(par(tick, number=4) for tick in self.ticks),
        )


WORDS = {
    "en": Words(
        title="Calls at night",
        section="When the telephone rings",
        steps=("Take the call", "Write down the call"),
        below=("Say your first name and that you listen.", "Write what was asked, and no address."),
        who="Person on duty",
        table=(("Call", "Tell"), ("A threat", "The lead on duty")),
        checklist="Before you go home",
        ticks=("The book is locked away", "The next person knows what is open"),
        scope="Calls that come between eight in the evening and seven in the morning.",
        whom="Whoever is on duty at night",
        law="Standing order of the centre on duties at night",
        emergency="Somebody says that she is in danger now",
        at_once="Stay on the line, and let a colleague call for help.",
        evidence="Entry in the duty book",
        added="Ask whether it is safe to talk.",
        what="The first step asks whether it is safe to talk.",
        why="Somebody listened in on a call.",
    ),
    "th": Words(
        title="สายเรียกเข้าตอนกลางคืน",
        section="เมื่อโทรศัพท์ดัง",
        steps=("รับสาย", "บันทึกสาย"),
        below=("บอกชื่อเล่นของคุณและบอกว่าคุณพร้อมรับฟัง", "จดสิ่งที่ถาม แต่ไม่จดที่อยู่"),
        who="ผู้เข้าเวร",
        table=(("สาย", "แจ้งใคร"), ("มีการข่มขู่", "หัวหน้าเวร")),
        checklist="ก่อนกลับบ้าน",
        ticks=("เก็บสมุดเข้าตู้และล็อกแล้ว", "ผู้เข้าเวรคนต่อไปทราบเรื่องที่ค้างอยู่"),
        scope="สายที่โทรเข้ามาระหว่างสองทุ่มถึงเจ็ดโมงเช้า",
        whom="ผู้ที่เข้าเวรตอนกลางคืน",
        law="คำสั่งของศูนย์เรื่องการเข้าเวรกลางคืน",
        emergency="มีผู้บอกว่าตนเองกำลังอยู่ในอันตราย",
        at_once="อย่าวางสาย และให้เพื่อนร่วมงานโทรขอความช่วยเหลือ",
        evidence="บันทึกในสมุดเวร",
        added="ถามก่อนว่าพูดได้อย่างปลอดภัยหรือไม่",
        what="ขั้นตอนแรกถามว่าพูดได้อย่างปลอดภัยหรือไม่",
        why="เคยมีผู้แอบฟังการสนทนา",
    ),
}


@dataclass(frozen=True)
class Brought:
    """A manual on its way through the house."""

    code: str
    page: int
    section: int


@LANGUAGES
def test_a_manual_goes_from_word_to_paper_and_back(visit: Windows, visit_as: Windows, language: str) -> None:
    words, looks = WORDS[language], LOOKS[language]
    author, reviewer, approver, learner, manager = (visit_as(role, locale=language, **looks) for role in PEOPLE)
    visitor = visit(locale=language, **looks)

    manual = bring(author, words, language=language)
    fill_in_what_is_missing(author, manual, words)
    proposal = propose(author, manual)
    drafts = [f"/{language}/editions/{manual.code}/", f"/{language}/editions/{manual.code}/1/", f"/e/{manual.code}.1"]
    for outsider in (visitor, learner):
        expect_no_trace(outsider, drafts, proposal=proposal, page=manual.page)
    sign(reviewer, proposal)
    sign(approver, proposal)

    wait_until_in_force(visitor, manual, number=1)
    live = open_manual(visitor, manual, words, language=language)
    first = read_edition(visitor, manual, words, number=1, language=language)
    tick_and_print(visitor, live, words)
    paper = fetch_paper(visitor, first)
    confirm(learner, manual, live, language=language)

    ask_for_safety(author, manual, words)
    second = propose(author, manual, words)
    sign(reviewer, second)
    sign(approver, second)
    wait_until_in_force(visitor, manual, number=2)

    expect_superseded(visitor, first)
    compare(visitor, manual, words, language=language)
    expect(open_lines(manager, manual, "Lamai")).to_have_count(1)
    confirm(learner, manual, live, language=language, added=words.steps[0])
    expect(open_lines(manager, manual, "Lamai")).to_have_count(0)

    scan(visitor, paper, code=manual.code)


# --- the author -------------------------------------------------------------------------------------------------


def bring(author: Visit, words: Words, *, language: str) -> Brought:
    """From a Word file to drafts: what was found is shown before anything is made."""
    page = opened(author, "/admin/manuals/import/")
    look(author, "import")
    page.locator("#id_file").set_input_files(file("Night.docx", words.word_file()))
    page.locator("#id_shelf").select_option(str(shelf_in(author, language)))
    code = page.locator("#id_number").input_value()
    page.locator("main form [type=submit]").first.click()
    page.locator("button[name=make]").wait_for(timeout=SECONDS_OF_WORK * 1000)
    expect(page.locator("#id_title")).to_have_value(words.title)
    page.get_by_text(words.section).first.click()
    expect(page.locator(".manual-import__section")).to_contain_text(words.steps[0])
    look(author, "import-read")
    page.locator("button[name=make]").click()
    leads_on = page.locator(".manual-import a[href$='/edit/']")
    leads_on.wait_for(timeout=SECONDS_OF_WORK * 1000)
    look(author, "import-made")
    found = re.search(r"/pages/(\d+)/edit/", leads_on.get_attribute("href") or "")
    assert found is not None
    return Brought(code, int(found[1]), section_below(author, int(found[1])))


def shelf_in(visited: Visit, language: str) -> int:
    query = """SELECT page.id FROM wagtailcore_page page JOIN wagtailcore_locale locale ON locale.id = page.locale_id
               JOIN manuals_manualindexpage shelf ON shelf.page_ptr_id = page.id WHERE locale.language_code = ?"""
    return int(rows(visited, query, language)[0][0])


def section_below(visited: Visit, manual: int) -> int:
    query = """SELECT section.id FROM wagtailcore_page section JOIN wagtailcore_page manual
               ON section.path LIKE manual.path || '____' WHERE manual.id = ?"""
    ((section,),) = rows(visited, query, manual)
    return int(section)


def fill_in_what_is_missing(author: Visit, manual: Brought, words: Words) -> None:
    page = opened(author, f"/admin/pages/{manual.page}/edit/")
    missing = page.locator(".structure__lack--must")
    expect(missing.first).to_be_visible()
    look(author, "editor")
    editor.fill(page, scope=words.scope, for_whom=words.whom, legal_basis=words.law, review_by=IN_TWO_YEARS)
    give_to(page, "Rattana")
    write_emergency(page, words)
    save(page)
    expect(missing).to_have_count(0)

    page = opened(author, f"/admin/pages/{manual.section}/edit/")
    expect(missing).to_have_count(len(words.steps))
    for field in page.locator("[name^=body-][name$=-value-who]").all():
        field.fill(words.who)
    for field in page.locator("[name^=body-][name$=-value-evidence]").all():
        field.fill(words.evidence)
    save(page)
    expect(missing).to_have_count(0)


def give_to(page: Page, name: str) -> None:
    option = page.locator("#id_review_owner option").filter(has_text=name)
    page.locator("#id_review_owner").select_option(option.get_attribute("value"))


def write_emergency(page: Page, words: Words) -> None:
    page.locator("[data-contentpath=emergency] .c-sf-add-button").first.click()
    page.locator("[name='emergency-0-value-title']").fill(words.emergency)
    write(page, page.locator("[data-contentpath=emergency] [contenteditable=true]").first, words.at_once)


def write(page: Page, place: Locator, text: str) -> None:
    """Words at the beginning of a rich text, which tells the form of them a moment later."""
    place.click()
    page.keyboard.press("Control+Home")
    page.keyboard.insert_text(text)
    form = place.locator("xpath=ancestor::*[.//input[@type='hidden' and contains(@name, '-value')]][1]")
    expect(form.locator("input[type=hidden][name*='-value']").first).to_have_value(re.compile(re.escape(text[:20])))


def save(page: Page) -> None:
    editor.save_draft(page)
    page.wait_for_load_state("networkidle")


def ask_for_safety(author: Visit, manual: Brought, words: Words) -> None:
    """The author changes a step."""
    page = opened(author, f"/admin/pages/{manual.section}/edit/")
    write(page, page.locator("[data-contentpath=body] [contenteditable=true]").first, f"{words.added} ")
    save(page)


def propose(author: Visit, manual: Brought, words: Words | None = None) -> str:
    """Sign as author; `words` are those of a change. Answers where the proposal stands."""
    page = opened(author, f"/admin/editions/{manual.page}/propose/")
    look(author, "propose")
    if words is not None:
        page.locator("[name=kind][value=new_required]").check()
        page.locator("[name=summary]").fill(words.what)
        page.locator("[name^=what-]").fill(words.what)
        page.locator("[name^=why-]").fill(words.why)
    page.locator(".editions__signature [type=submit]").click()
    page.wait_for_url("**/admin/editions/proposals/**")
    return urlsplit(page.url).path


# --- those who sign ---------------------------------------------------------------------------------------------


def sign(visited: Visit, proposal: str) -> None:
    page = opened(visited, proposal)
    look(visited, "proposal")
    page.locator(f"a[href='{proposal}sign/']").click()
    page.wait_for_url("**/sign/")
    look(visited, "sign")
    page.locator("main .editions__signature [type=submit]").click()
    page.wait_for_url(f"**{proposal}")
    expect(page.locator(f"a[href='{proposal}sign/']")).to_have_count(0)


# --- outsiders --------------------------------------------------------------------------------------------------


def expect_no_trace(outsider: Visit, addresses: list[str], *, proposal: str, page: int) -> None:
    """Neither a draft, nor a proposal and its files, nor an edition that is none yet: what is there is not told."""
    for address in addresses:
        assert answered(outsider, address) == 404, address
    nothing = answered(outsider, f"/admin/editions/proposals/{NO_PROPOSAL}/")
    files = [f"{proposal}read/en/", f"{proposal}changes/", f"{proposal}sign/", f"{proposal}files/{'0' * 64}"]
    for address in (proposal, *files, f"/admin/pages/{page}/edit/", f"/admin/pages/{page}/view_draft/"):
        assert answered(outsider, address) == nothing != 200, address


def answered(visited: Visit, address: str) -> int:
    return visited.page.request.get(visited.address + address, max_redirects=0).status


# --- readers ----------------------------------------------------------------------------------------------------


def wait_until_in_force(visited: Visit, manual: Brought, *, number: int) -> None:
    """The task worker shows what was signed, page by page, and when it has shown all, readers are asked to read it.

    The history of a manual knows of an edition before that.
    """
    query = """SELECT 1 FROM editions_inforce shown JOIN editions_edition edition ON edition.id = shown.edition_id
               WHERE edition.code = ? AND edition.number = ?"""
    wait_for_row(visited, query, manual.code, number)


def open_manual(visitor: Visit, manual: Brought, words: Words, *, language: str) -> str:
    """The address of the manual."""
    page = visitor.open(f"/{language}/manuals/")
    page.locator("main").get_by_role("link", name=words.title).first.click()
    expect(page.locator("main h1")).to_have_text(words.title)
    expect(page.locator("main")).to_contain_text(words.emergency)
    look(visitor, "manual")
    return urlsplit(page.url).path


def read_edition(visitor: Visit, manual: Brought, words: Words, *, number: int, language: str) -> str:
    """The history, the cover and a section of an edition; answers where its cover stands."""
    page = visitor.open(f"/{language}/editions/{manual.code}/")
    look(visitor, "history")
    page.locator(f"main a[href$='/{manual.code}/{number}/']").first.click()
    expect(page.locator("main h1")).to_contain_text(words.title)
    look(visitor, "edition")
    cover = urlsplit(page.url).path
    page.locator(".sections").get_by_role("link", name=words.section).click()
    expect(page.locator("main")).to_contain_text(words.steps[0])
    look(visitor, "edition-section")
    return cover


def tick_and_print(visitor: Visit, live: str, words: Words) -> None:
    """Ticks are sent nowhere; on paper the boxes are large and the site's own furniture is gone."""
    page = visitor.open(live)
    page.locator(".sections").get_by_role("link", name=words.section).click()
    expect(page.locator("main h1")).to_have_text(words.section)
    look(visitor, "section")
    sent = len(visitor.sent)
    page.locator(".checklist__box").first.check()
    page.emulate_media(media="print")
    box = page.locator(".checklist__box").first.bounding_box()
    assert box is not None
    assert box["width"] >= 28
    expect(page.locator("header nav").first).to_be_hidden()
    expect(page.locator(".checklist")).to_contain_text(words.ticks[0])
    page.emulate_media(media="screen")
    assert visitor.sent[sent:] == []


def confirm(learner: Visit, manual: Brought, live: str, *, language: str, added: str = "") -> None:
    """From the notice on the manual to the confirmation; then the notice is gone."""
    page = learner.open(live)
    look(learner, "to-read")
    page.locator(".to-read a.button").click()
    page.wait_for_url(f"**/{language}/reading/{manual.code}/")
    expect(page.locator("main")).to_contain_text(added)
    look(learner, "confirm")
    page.locator("form.confirm [type=submit]").click()
    page.wait_for_url(re.compile(f"{re.escape(live)}(#|$)"))
    expect(page.locator(".to-read")).to_have_count(0)


def expect_superseded(visitor: Visit, cover: str) -> None:
    page = visitor.open(cover)
    expect(page.locator("main .notice--warning").first).to_be_visible()
    look(visitor, "superseded")


def compare(visitor: Visit, manual: Brought, words: Words, *, language: str) -> None:
    page = visitor.open(f"/{language}/editions/{manual.code}/compare/1/2/")
    marked = page.locator(".compared__text ins")
    expect(marked.first).to_be_visible()
    assert "".join(map(seen_in, marked.all())).strip() == words.added
    expect(page.locator(".compared__text del")).to_have_count(0)
    expect(page.locator(".compared__notes")).to_contain_text(words.why)
    look(visitor, "compare")


def seen_in(mark: Locator) -> str:
    """What is marked, without what only a screen reader says of it."""
    own = "mark => [...mark.childNodes].filter(node => node.nodeType === 3).map(node => node.data).join('')"
    return str(mark.evaluate(own))


def open_lines(manager: Visit, manual: Brought, name: str) -> Locator:
    """What the manager's list says of somebody and a manual."""
    page = opened(manager, "/admin/reports/readers/")
    look(manager, "readers")
    return page.locator("tbody tr").filter(has_text=manual.code).filter(has_text=name)


# --- paper ------------------------------------------------------------------------------------------------------


def fetch_paper(visitor: Visit, cover: str) -> bytes:
    """The printed edition, once the worker has made it; the cover leads to the same."""
    for _second in range(SECONDS_OF_WORK):
        if answered(visitor, f"{cover}edition.pdf") == 302:
            break
        visitor.page.wait_for_timeout(1000)
    answer = visitor.page.request.get(f"{visitor.address}{cover}edition.pdf")
    assert answer.headers.get("content-type") == "application/pdf", answer.status
    assert len(PdfReader(BytesIO(answer.body())).pages) >= 2
    page = visitor.open(cover)
    expect(page.locator(f"main a[href='{urlsplit(answer.url).path}']")).to_be_visible()
    look(visitor, "printed")
    return answer.body()


def scan(visitor: Visit, paper: bytes, *, code: str) -> None:
    """Whoever holds an old copy learns which one is true now."""
    squares = set(squares_on(paper))
    assert {urlsplit(square).path for square in squares} == {f"/e/{code}.1"}
    page = visitor.open(f"/e/{code}.1")
    expect(page.locator("main h1")).to_contain_text(code)
    expect(page.locator("main .notice--warning").first).to_be_visible()
    expect(page.locator(f"main a[href$='/editions/{code}/2/']").first).to_be_visible()
    look(visitor, "scanned")


def squares_on(paper: bytes) -> Iterator[str]:
    """What a telephone reads on the pages."""
    document = pypdfium2.PdfDocument(paper)
    for number in range(len(document)):
        picture = document[number].render(scale=3).to_pil()
        yield from (found.text for found in zxingcpp.read_barcodes(picture))


# --- looking ----------------------------------------------------------------------------------------------------


def look(visited: Visit, name: str) -> None:
    """Everybody can use the screen: axe-core finds nothing, and nothing runs off it."""
    page = visited.page
    if "/admin/" in page.url:
        page.wait_for_load_state("networkidle")
    size = page.viewport_size
    assert size is not None
    # The button of the little map beside Wagtail's editor is Wagtail's own, and small.
    assert [each for each in violations(visited) if "w-minimap" not in each] == [], name
    assert page.evaluate("() => document.documentElement.scrollWidth") <= size["width"], name
