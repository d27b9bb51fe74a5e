"""Does a page tell all that can be found on it, at the very place, and nothing that its readers do not see?"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.db import models
from django.test import Client
from wagtail.models import Page, get_page_models

from exhibits.models import ExhibitionPage, StopPage
from lessons.articles.models import ArticlePage
from lessons.courses.models import CoursePage
from lessons.manuals.models import ManualPage, SectionPage
from media.blocks import BodyBlock
from media.models import Leaflet, Picture, Recording
from portal.base.audience import Sensitivity
from portal.base.findable import LEAFLET, LONGEST, STEP, TRANSCRIPT, Part, one_text, plain
from portal.base.models import PortalPage, Topic
from portal.home.models import HomePage, PlainPage
from tests.factories import house
from tests.media import files

pytestmark = pytest.mark.usefixtures("unsigned")

KINDS = sorted((kind for kind in get_page_models() if issubclass(kind, PortalPage)), key=lambda kind: kind.__name__)
LANGUAGES = ["en", "th"]
#: What an author writes, in both languages.
WORDS = {
    "en": {"heading": "Before the interview", "step": "Offer water & a seat", "said": "She decides herself."},
    "th": {"heading": "ก่อนการสัมภาษณ์", "step": "ให้น้ำดื่มและที่นั่ง", "said": "ผู้เสียหายตัดสินใจเองได้"},
}
#: Fields whose words are not this page's to tell: its title is known, the rest is not shown or not free.
NOT_OF_THE_TEXT = {"title", "number", "draft_title", "slug", "url_path", "path", "seo_title", "search_description"}


@pytest.fixture
def picture(db: None) -> Picture:
    words = {"en": "A loom", "th": "กี่ทอผ้า"}
    return Picture.objects.create(title="For staff", file=files.called("loom.jpg", files.photograph()), alt=words)


@pytest.fixture
def recording(db: None) -> Recording:
    recording = Recording.objects.create(title="Welcome", file=files.called("welcome.wav", files.recording()))
    recording.texts.create(kind="captions", language="en", vtt="WEBVTT\n\n00:00.000 --> 00:02.000\nCome in.\n")
    return recording


@pytest.fixture
def leaflet(db: None) -> Leaflet:
    return Leaflet.objects.create(title="Your rights", file=files.called("rights.pdf", files.leaflet()))


@pytest.fixture
def fronts(home: HomePage, thai_home: HomePage) -> dict[str, HomePage]:
    return {"en": home, "th": thai_home}


@pytest.fixture
def everything(picture: Picture, recording: Recording, leaflet: Leaflet, home: HomePage) -> dict[str, Any]:
    """One block of every kind that may stand in a body; the call leads to a page for staff."""
    staff = house.page(PlainPage, below=home, sensitivity=Sensitivity.STAFF)
    cells = [["<p>Alone</p>", "<p>Never</p>"]]
    return {
        "paragraph": "<p>First lines.</p><p>Then <b>bold</b> ones &amp; more.</p>",
        "list": {"kind": "number", "items": ["<p>A quiet room</p>", "<p>An interpreter</p>"]},
        "picture": {"picture": picture, "alt": "", "is_decorative": False, "caption": "Made in the house"},
        "recording": {"recording": recording, "title": "How it sounds"},
        "quotation": {"text": "I was asked.\nThat was new.", "attribution": "A resident"},
        "warning": {"title": "Not now", "text": "<p>Stop when she asks.</p>"},
        "key_point": {"text": "<p>Consent can be withdrawn.</p>"},
        "checklist": {"title": "Ready?", "items": ["Door closed", "Telephone off"]},
        "table": {"caption": "Who may come in", "header": ["Who", "When"], "rows": [{"cells": row} for row in cells]},
        "definition": {"term": "Referral", "meaning": "<p>Bringing her to who can help.</p>"},
        "file": {"leaflet": leaflet, "title": ""},
        "call_to_action": {"text": "To the secret shelf", "page": staff},
    }


def heading(text: str, level: str = "2") -> tuple[str, dict[str, str]]:
    return "heading", {"text": text, "level": level}


def step(title: str, **fields: str) -> tuple[str, dict[str, str]]:
    empty = dict.fromkeys(("when", "who", "do_no_harm", "time_limit", "evidence"), "")
    return "procedure_step", {"title": title, "text": "<p>What to do.</p>", **empty, **fields}


def full_body(everything: dict[str, Any], *, code: str) -> list[tuple[str, Any]]:
    """Everything, under a heading that stands there twice, with two steps of the same name."""
    words = WORDS[code]
    said = ("paragraph", f"<p>{words['said']}</p>")
    harm = {"do_no_harm": words["said"], "who": "Interviewer", "when": "At once", "time_limit": "One hour"}
    return [
        said,
        heading(words["heading"]),
        *everything.items(),
        step(words["step"], evidence="A note in the file", **harm),
        ("checklist", everything["checklist"]),
        step(words["step"]),
        heading(words["heading"], "3"),
        said,
    ]


def own_text_fields(kind: type[PortalPage]) -> Iterator[str]:
    """The fields in which an author writes; a choice is not such."""
    for field in kind._meta.get_fields():
        is_text = isinstance(field, models.CharField | models.TextField) and not field.choices
        if is_text and field.name not in NOT_OF_THE_TEXT and kind.classification.get(field.name) == "public":
            yield field.name


def filled(kind: type[PortalPage], *, front: HomePage, picture: Picture | None, body: list[Any]) -> PortalPage:
    """A page with words in every field; also in those that its template shows only together with others."""
    fields: dict[str, Any] = {name: f"The words of {name}" for name in own_text_fields(kind)}
    fields |= {"body": body, "cover": picture}
    if kind is CoursePage:
        fields["outcomes"] = [("outcome", "Listen without asking twice")]
    if hasattr(kind, "floor_plan"):
        fields["floor_plan"] = picture
    if hasattr(kind, "narration"):
        fields["narration"] = Recording.objects.first()
    if kind is HomePage:
        for name, value in fields.items():
            setattr(front, name, value)
        front.save()
        return front
    return house.way_to(kind, home=front, **fields)


def read(page: Page) -> BeautifulSoup:
    answer = Client().get(page.get_url())
    assert answer.status_code == 200
    return BeautifulSoup(answer.content.decode(), "html.parser")


def seen(soup: Tag) -> str:
    """All that reaches a reader: text, the words of pictures, and what search engines and previews show."""
    told = [str(tag[name]) for name in ("alt", "aria-label") for tag in soup.select(f"[{name}]")]
    described = [str(tag["content"]) for tag in soup.select("meta[name=description]")]
    return " ".join(" ".join([soup.get_text(" "), *told, *described]).split())


def ids_of(soup: Tag) -> Counter[str]:
    return Counter(str(tag["id"]) for tag in soup.select("[id]"))


def words_of(parts: list[Part]) -> str:
    return " ".join(f"{part.heading} {part.text}" for part in parts)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_part_of_every_kind_of_page_is_seen_where_it_says_that_it_stands(
    kind: type[PortalPage], code: str, fronts: dict[str, HomePage], picture: Picture, everything: dict[str, Any]
) -> None:
    body = full_body(everything, code=code)
    page = kind.objects.get(pk=filled(kind, front=fronts[code], picture=picture, body=body).pk)
    soup = read(page)
    ids, text = ids_of(soup), seen(soup)
    assert max(ids.values()) == 1
    parts = page.findable_parts()
    assert (parts[0].heading, parts[0].anchor) == ("", "")
    for part in parts:
        if part.anchor:
            assert ids[part.anchor] == 1, part
            assert part.heading in seen(soup.select_one(f"#{part.anchor}") or soup) or part.kind == TRANSCRIPT, part
        for line in part.text.splitlines() if part.kind != LEAFLET else ():
            assert line in text, part
    assert Counter(part.heading for part in parts)[WORDS[code]["heading"]] == 2
    assert [part.heading for part in parts if part.kind == STEP] == [WORDS[code]["step"]] * 2


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_what_the_template_does_not_show_is_not_found(
    kind: type[PortalPage], home: HomePage, everything: dict[str, Any]
) -> None:
    page = filled(kind, front=home, picture=None, body=full_body(everything, code="en"))
    if kind is ArticlePage:
        page.source = ""
        page.save()
    page = kind.objects.get(pk=page.pk)
    text, found = seen(read(page)), words_of(page.findable_parts())
    assert "alt" not in re.findall(r"The words of (?:\w+_)?(\w+)", found)
    assert all(words in text for words in re.findall(r"The words of \w+", found))
    assert "secret shelf" not in found
    assert "For staff" not in found


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_what_an_author_wrote_and_a_reader_sees_can_be_found(
    kind: type[PortalPage], home: HomePage, picture: Picture
) -> None:
    page = kind.objects.get(pk=filled(kind, front=home, picture=picture, body=[]).pk)
    text, found = seen(read(page)), words_of(page.findable_parts())
    shown = {f"The words of {name}" for name in own_text_fields(kind)} & set(re.findall(r"The words of \w+", text))
    assert "The words of summary" in shown
    assert {words for words in shown if words not in found} == set()


def test_no_kind_of_block_is_left_out_of_these_tests(everything: dict[str, Any]) -> None:
    assert set(BodyBlock().child_blocks) == {"heading", "procedure_step", *everything}


def test_a_step_is_a_part_with_all_that_belongs_to_it(home: HomePage, everything: dict[str, Any]) -> None:
    page = house.way_to(SectionPage, home=home, body=full_body(everything, code="en"))
    first, second = (part for part in page.findable_parts() if part.kind == STEP)
    assert first.text.splitlines() == [
        "At once", "Interviewer", "What to do.", "She decides herself.", "One hour", "A note in the file",
        "Ready?", "Door closed", "Telephone off",
    ]  # fmt: skip
    assert second.text == "What to do."
    assert first.anchor != second.anchor


def test_the_text_of_all_blocks_below_a_heading_belongs_to_it(home: HomePage, everything: dict[str, Any]) -> None:
    page = house.way_to(PlainPage, home=home, body=full_body(everything, code="en"))
    opening, below, *_rest = page.findable_parts()
    assert opening == Part(text="She decides herself.")
    assert below.heading == "Before the interview"
    for line in [
        "Then bold ones & more.", "An interpreter", "That was new.", "A resident", "Not now", "Who may come in",
        "Never", "Referral", "Consent can be withdrawn.", "Made in the house",
    ]:  # fmt: skip
        assert line in below.text.splitlines()
    assert "Numbers" not in below.text


def test_a_picture_is_found_by_what_it_shows_unless_it_only_decorates(home: HomePage, picture: Picture) -> None:
    shown = {"picture": picture, "alt": "", "is_decorative": False, "caption": ""}
    blocks = [shown, {**shown, "alt": "Her loom"}, {**shown, "is_decorative": True, "alt": "Dots", "caption": "Cloth"}]
    page = house.way_to(PlainPage, home=home, body=[("picture", block) for block in blocks])
    assert page.findable_parts() == [Part(text="A loom\nHer loom\nCloth")]


def test_an_address_outlives_edits_of_the_block_and_of_others_and_is_the_same_in_translation(
    home: HomePage, thai_home: HomePage
) -> None:
    page = house.way_to(SectionPage, home=home, body=[heading("One"), step("Two"), heading("Two")])
    before = [part.anchor for part in page.findable_parts()[1:]]
    assert [anchor.partition("-")[0] for anchor in before] == ["heading", "step", "heading"]
    raw = list(page.body.raw_data)
    raw[1]["value"]["title"] = "สอง"
    raw.insert(0, {"type": "heading", "value": {"text": "One", "level": "2"}, "id": "0f" * 16})
    page.body = BodyBlock().to_python([raw[0], *raw[2:]])
    page.save()
    page = SectionPage.objects.get(pk=page.pk)
    assert [part.anchor for part in page.findable_parts()[2:]] == before[1:]
    thai = page.copy_for_translation(thai_home.locale, copy_parents=True)
    assert [part.anchor for part in thai.findable_parts()[2:]] == before[1:]


def test_the_table_of_contents_leads_to_the_same_places(home: HomePage) -> None:
    page = house.way_to(PlainPage, home=home, body=[heading("Safety"), heading("Safety", "3"), heading("ความปลอดภัย")])
    listed = [link["href"] for link in read(page).select(".contents__link")]
    assert listed == [f"#{part.anchor}" for part in page.findable_parts()[1:]]
    assert len(set(listed)) == 3


def test_a_heading_never_takes_an_address_that_the_page_itself_needs(home: HomePage) -> None:
    page = house.way_to(PlainPage, home=home, body=[heading("main"), heading("seek"), heading("Contents title")])
    assert max(ids_of(read(page)).values()) == 1


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_three_leaves_of_a_lesson_learned_are_parts_of_their_own(code: str, fronts: dict[str, HomePage]) -> None:
    words = {"happened": "A guard stood there.", "learnt": "Uniforms frighten.", "recommended": "Come\nwithout one."}
    page = house.way_to(ArticlePage, home=fronts[code], **words)
    titles = [title.get_text() for title in read(page).select(".leaf__title")]
    parts = page.findable_parts()[1:]
    assert [(part.anchor, part.text) for part in parts] == list(words.items())
    assert [part.heading for part in parts] == titles
    assert ("What happened" in titles) == (code == "en")


def test_the_label_of_a_stop_and_the_wall_of_an_exhibition_are_their_openings(home: HomePage) -> None:
    exhibition = house.way_to(ExhibitionPage, home=home, opening="Walk slowly.")
    stop = house.way_to(StopPage, home=home, label="A chair.", content_warning="Violence is told.")
    assert exhibition.findable_parts() == [Part(text="Walk slowly.")]
    assert stop.findable_parts() == [Part(text="Violence is told.\nA chair.")]


def test_a_manual_is_found_by_its_number_and_by_what_it_covers(home: HomePage) -> None:
    manual = house.way_to(ManualPage, home=home, number="KP-SOP-012", scope="Residents\nand guests")
    assert manual.findable_parts() == [Part(text="KP-SOP-012\nResidents\nand guests")]


def test_what_is_said_at_a_stop_is_found_there(home: HomePage, recording: Recording) -> None:
    stop = house.way_to(StopPage, home=home, narration=recording)
    said = stop.findable_parts()[1]
    assert (said.text, said.kind) == ("Come in.", TRANSCRIPT)
    assert ids_of(read(stop))[said.anchor] == 1


def test_what_one_can_do_after_a_course_is_a_part(home: HomePage) -> None:
    outcomes = [("outcome", "Listen"), ("outcome", "Refer")]
    page = house.way_to(CoursePage, home=home, outcomes=outcomes, body=[("paragraph", "<p>Slowly.</p>")])
    parts = page.findable_parts()
    assert parts == [Part("Slowly."), Part("Listen\nRefer", heading="Afterwards you can", anchor="outcomes-title")]


def test_a_long_part_is_cut_between_paragraphs_and_every_piece_leads_to_its_heading(home: HomePage) -> None:
    lines = [f"{number} {'word ' * 40}".strip() for number in range(60)]
    long = "".join(f"<p>{line}</p>" for line in lines)
    page = house.way_to(PlainPage, home=home, body=[heading("Long"), ("paragraph", long)])
    pieces = page.findable_parts()[1:]
    assert len(pieces) > 2
    assert all(len(piece.text) <= LONGEST for piece in pieces)
    assert {(piece.heading, piece.anchor) for piece in pieces} == {("Long", pieces[0].anchor)}
    assert "\n".join(piece.text for piece in pieces).splitlines() == lines


def test_topics_are_named_so_that_they_are_the_same_in_every_language(home: HomePage) -> None:
    topic = Topic.objects.create(name="Interviews", slug="interviews", locale=home.locale)
    page = house.way_to(ArticlePage, home=home)
    page.topics.add(topic)
    page.save()
    assert list(ArticlePage.objects.get(pk=page.pk).findable_topics()) == [str(topic.translation_key)]
    assert list(house.way_to(PlainPage, home=home).findable_topics()) == []


def test_the_year_is_when_it_happened_or_else_when_it_was_first_published(home: HomePage) -> None:
    # New Year's Eve in Greenwich, New Year's Day where the house stands.
    published = datetime(2024, 12, 31, 20, tzinfo=UTC)
    assert house.way_to(ArticlePage, home=home, happened_on="2019-05-01", first_published_at=published)
    assert ArticlePage.objects.get(happened_on__isnull=False).findable_year() == 2019
    assert house.way_to(PlainPage, home=home, first_published_at=published).findable_year() == 2025
    assert PlainPage(title="A draft").findable_year() is None


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>two</p>", "One\ntwo"),
        ("<ul><li>a</li><li>b<br/>c</li></ul>", "a\nb\nc"),
        ("<p>1 &lt; 2 <b>&amp;</b> <a href='/x'>a link</a></p>", "1 < 2 & a link"),
        ("<p>ผู้<b>เสีย</b>หาย</p>", "ผู้เสียหาย"),
        ("<p>  \u00a0 </p>", ""),
    ],
    ids=["paragraphs", "items", "entities", "thai", "blank"],
)
def test_rich_text_is_read_as_lines(html: str, text: str) -> None:
    assert one_text([plain(html)]) == text
