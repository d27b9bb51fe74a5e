"""What can be found of a recording and of a leaflet in a page, and where does a hit lead?"""

from typing import Any

import pytest
from django.template import Context, Template
from django.utils import translation

from media.findable import LONGEST_GROUP, LONGEST_PIECE, MOST_SECONDS, parts_of_leaflet, parts_of_recording
from media.models import Leaflet, Recording
from media.playing import clock
from portal.base.audience import ANYBODY, PageAudience, Sensitivity, Surface, visible_pages
from portal.base.findable import LEAFLET, TRANSCRIPT, Part
from portal.home.models import HomePage, PlainPage
from portal.search.documents import documents_of, owner_of
from portal.search.part_documents import PART
from tests.factories.pages import publish
from tests.media import files

pytestmark = pytest.mark.django_db


def vtt(*cues: tuple[int, int, str]) -> str:
    times = [f"{clock(start).zfill(5)}.000 --> {clock(end).zfill(5)}.000\n{text}\n" for start, end, text in cues]
    return "\n".join(["WEBVTT\n", *times])


def spoken(*, language: str = "en", **texts: str) -> Recording:
    """A recording with texts of these kinds."""
    recording = Recording.objects.create(
        title="Her first day", file=files.called("day.wav", files.recording()), language=language
    )
    for kind, words in texts.items():
        recording.texts.create(kind=kind, language=language, vtt=words)
    return recording


def told(recording: Recording, *, language: str = "en", **options: Any) -> list[Part]:
    return list(parts_of_recording(Recording.objects.get(pk=recording.pk), language=language, **options))


def shown(recording: Recording, *, language: str = "en") -> str:
    with translation.override(language):
        return Template('{% include "media/recording.html" %}').render(Context({"recording": recording}))


def body_of(page: PlainPage) -> str:
    return Template('{% include "components/body.html" %}').render(Context({"page": page}))


def test_a_group_of_cues_is_a_moment_of_the_recording_and_leads_to_its_first_line() -> None:
    recording = spoken(transcript=vtt(*((20 * n, 20 * n + 20, f"Sentence {n}.") for n in range(6))))
    parts = told(recording)
    assert [part.text for part in parts] == [
        "Sentence 0.\nSentence 1.", "Sentence 2.\nSentence 3.", "Sentence 4.\nSentence 5.",
    ]  # fmt: skip
    assert [part.heading for part in parts] == ["Her first day · 0:00", "Her first day · 0:40", "Her first day · 1:20"]
    assert [part.anchor for part in parts] == [f"recording-{recording.pk}-t{second}" for second in (0, 40, 80)]
    assert {part.kind for part in parts} == {TRANSCRIPT}
    html = shown(recording)
    assert all(html.count(f'id="{part.anchor}"') == 1 for part in parts)


def test_a_group_never_ends_within_a_cue_and_is_never_too_long() -> None:
    long = "word " * 150
    cues = ((0, 5, "Short."), (5, 10, long.strip()), (10, 200, "Slow."), (200, 201, "x" * 300), (201, 202, "y" * 300))
    parts = told(spoken(transcript=vtt(*cues)))
    assert [part.text for part in parts] == [text for _start, _end, text in cues]
    assert len(long) > LONGEST_GROUP
    assert MOST_SECONDS < 190


def test_no_id_stands_in_a_page_twice_though_cues_begin_in_the_same_second() -> None:
    recording = spoken(transcript="WEBVTT\n\n00:01.000 --> 00:01.400\nOne\n\n00:01.500 --> 00:02.000\nTwo\n")
    assert shown(recording).count(f'id="recording-{recording.pk}-t1"') == 1


def test_a_recording_that_stands_on_a_page_twice_has_two_places(home: HomePage) -> None:
    recording = spoken(transcript=vtt((0, 2, "Welcome.")))
    body = [("recording", {"recording": recording, "title": title}) for title in ("", "Once more")]
    page = publish(PlainPage(title="Twice", slug="twice", body=body), below=home)
    anchors = [part.anchor for part in page.findable_parts() if part.kind == TRANSCRIPT]
    html = body_of(page)
    assert len(set(anchors)) == 2
    assert [html.count(f'id="{anchor}"') for anchor in anchors] == [1, 1]


def test_what_captions_repeat_is_told_once_and_what_they_add_is_told_too() -> None:
    transcript = vtt((0, 4, "Welcome. Please sit down."), (4, 8, "Would you like tea?"))
    same = vtt((0, 2, "Welcome."), (2, 4, "Please\nsit down"), (4, 8, "WOULD YOU LIKE TEA"))
    text = "\n".join(part.text for part in told(spoken(transcript=transcript, captions=same)))
    assert text == "Welcome. Please sit down.\nWould you like tea?"
    more = vtt((0, 4, "Welcome."), (6, 8, "[A door opens]"))
    text = "\n".join(part.text for part in told(spoken(transcript=transcript, captions=more, narration=same)))
    assert text == "Welcome. Please sit down.\nWould you like tea?\n[A door opens]"


def test_words_are_told_in_the_language_of_the_page_and_only_in_that() -> None:
    recording = spoken(transcript=vtt((0, 2, "Welcome.")))
    recording.texts.create(kind="captions", language="th", vtt=vtt((0, 2, "ยินดีต้อนรับ")))
    assert [(part.text, part.language) for part in told(recording, language="th")] == [("ยินดีต้อนรับ", "")]
    assert [(part.text, part.language) for part in told(recording)] == [("Welcome.", "")]


def test_without_words_in_the_language_of_the_page_all_are_told_and_lead_to_a_line_that_is_shown() -> None:
    recording = spoken(transcript=vtt((0, 40, "Welcome."), (40, 80, "Tea?")))
    recording.texts.create(kind="captions", language="th", vtt=vtt((3, 50, "ยินดีต้อนรับ"), (50, 80, "น้ำชา")))
    parts = told(recording, language="km")
    assert sorted((part.language, part.text) for part in parts) == [
        ("en", "Tea?"), ("en", "Welcome."), ("th", "น้ำชา"), ("th", "ยินดีต้อนรับ"),
    ]  # fmt: skip
    html = shown(recording, language="km")
    assert all(f'id="{part.anchor}"' in html for part in parts)


def test_what_nobody_has_checked_is_told_as_the_page_shows_it() -> None:
    recording = spoken(transcript=vtt((0, 2, "Welcome.")))
    recording.texts.create(kind="transcript", language="th", vtt=vtt((0, 2, "ยินดีต้อนรับ")), is_checked=False)
    assert "ยินดีต้อนรับ" in shown(recording, language="th")
    assert [part.text for part in told(recording, language="th")] == ["ยินดีต้อนรับ"]


@pytest.mark.parametrize("words", ["", "WEBVTT\n"], ids=["no text", "a text without words"])
def test_a_recording_in_which_nothing_is_said_is_found_by_its_title(words: str) -> None:
    recording = spoken(**({"transcript": words} if words else {}))
    assert told(recording, title="Looms") == [Part(text="", heading="Looms", anchor=f"recording-{recording.pk}")]
    assert f'id="recording-{recording.pk}"' in shown(recording)


def test_a_page_of_a_leaflet_is_a_part_and_a_long_one_is_several() -> None:
    leaflet = Leaflet(title="Your rights", text=f"First page.\n\nSecond page.\n{'x' * LONGEST_PIECE}\nThe end.")
    parts = list(parts_of_leaflet(leaflet, anchor="leaflet-1"))
    assert [part.text[:12] for part in parts] == ["First page.", "Second page.", "xxxxxxxxxxxx", "The end."]
    assert {(part.heading, part.anchor, part.kind) for part in parts} == {("Your rights", "leaflet-1", LEAFLET)}


def test_a_scan_is_found_by_its_title() -> None:
    parts = parts_of_leaflet(Leaflet(title="Scan"), title="Our rules", anchor="leaflet-1")
    assert list(parts) == [Part(text="", heading="Our rules", anchor="leaflet-1", kind=LEAFLET)]


def test_a_hit_in_a_leaflet_leads_to_its_place_in_the_page(home: HomePage, leaflet: Leaflet) -> None:
    Leaflet.objects.filter(pk=leaflet.pk).update(text="You may ask for an interpreter.")
    body = [("file", {"leaflet": leaflet, "title": ""})]
    page = publish(PlainPage(title="Rights", slug="rights", body=body), below=home)
    page = PlainPage.objects.get(pk=page.pk)
    (part,) = [part for part in page.findable_parts() if part.kind == LEAFLET]
    assert "interpreter" in part.text
    assert f'id="{part.anchor}"' in body_of(page)


def test_what_was_deleted_from_under_a_page_has_no_parts(home: HomePage, leaflet: Leaflet) -> None:
    recording = spoken(transcript=vtt((0, 2, "Welcome.")))
    body = [("file", {"leaflet": leaflet, "title": ""}), ("recording", {"recording": recording, "title": ""})]
    page = publish(PlainPage(title="Rights", slug="rights", body=body), below=home)
    leaflet.delete()
    recording.delete()
    assert {part.kind for part in PlainPage.objects.get(pk=page.pk).findable_parts()} == {""}


def test_an_outsider_finds_nothing_of_a_film_that_only_staff_are_shown(home: HomePage) -> None:
    recording = spoken(transcript=vtt((0, 2, "Where the keys are kept.")))
    body = [("recording", {"recording": recording, "title": ""})]
    staff = publish(PlainPage(title="Staff", slug="staff", sensitivity=Sensitivity.STAFF, body=body), below=home)
    public = publish(PlainPage(title="Public", slug="public"), below=home)
    assert "keys" in "".join(part.text for part in staff.findable_parts())
    assert "keys" not in "".join(part.text for part in public.findable_parts())
    assert not visible_pages(PlainPage.objects.filter(pk=staff.pk), ANYBODY, Surface.WEB).exists()
    # Of what visitors may find, all that tells of the keys belongs to the page, and has the audience of the page.
    documents = documents_of([owner_of(staff), owner_of(public), owner_of(recording)])
    audience = PageAudience.objects.get(page=staff).audience_id
    found = [document for document in documents if PART in document.labels and "keys" in str(document.shown)]
    assert {document.owner for document in found} == {owner_of(staff)}
    assert all(f"audience:{audience}" in document.labels for document in found)
