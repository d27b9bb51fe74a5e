"""Can people write the words of a recording, is nothing that they typed lost, and is everybody else kept out?"""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from media.captions import cues_of
from media.models import Recording
from portal.audit.models import Event
from portal.people.roles import Role
from tests.conftest import SignedIn
from tests.media import files
from tests.media.captions.test_importing import BURMESE, KHMER, SRT, THAI, ZAWGYI
from tests.media.captions.test_parsing import NAUGHTY
from tests.media.texts_admin.conftest import WORDS, Desk, shown_in

pytestmark = pytest.mark.django_db
TICKED = re.compile(r'<input[^>]*name="is_checked"[^>]* checked')
PLACES = ["", "captions/en/", "captions/th/", "captions/en/delete/"]


def typed_in(page: str) -> str:
    """What stands in the field that is sent."""
    found = re.search(r'<textarea[^>]*name="vtt"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL)
    assert found
    return html.unescape(found[1])


def verbs() -> list[str]:
    return sorted(Event.objects.values_list("verb", flat=True).filter(verb__startswith="media.text_"))


# --- who may ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.LEARNER, Role.REVIEWER, Role.APPROVER, Role.CENTRE_MANAGER])
@pytest.mark.parametrize("place", PLACES)
def test_who_may_not_change_a_recording_learns_nothing_of_its_words(
    signed_in: SignedIn, recording: Recording, role: Role, place: str
) -> None:
    desk = Desk(signed_in(role), recording)
    fields = {"vtt": WORDS.replace("Welcome", "Mine"), "begun_with": desk.version()}
    answers = [desk.client.get(desk.address(place), follow=True)]
    answers += [desk.client.post(desk.address(each), fields, follow=True) for each in (place, "captions/en/check/")]
    assert {answer.status_code for answer in answers} <= {403, 404}
    assert not any("Welcome" in shown_in(answer) for answer in answers)
    assert recording.texts.get().vtt.endswith("Welcome.\n")


@pytest.mark.parametrize("place", [*PLACES, "captions/en/check/"])
def test_a_visitor_is_asked_to_sign_in(recording: Recording, place: str) -> None:
    desk = Desk(Client(), recording)
    for response in (desk.open(place), desk.send(WORDS, place if place else "captions/en/", began="")):
        assert response.status_code == 302
        assert "login" in response.headers["Location"]


@pytest.mark.parametrize("place", PLACES)
def test_a_curator_opens_every_screen(desk: Desk, place: str) -> None:
    assert desk.open(place).status_code == 200


@pytest.mark.parametrize("place", ["songs/en/", "captions/xx/", "captions/EN/", "captions/en/other/"])
def test_what_does_not_exist_is_not_found(desk: Desk, place: str) -> None:
    assert desk.client.get(desk.address(place), follow=True).status_code == 404


# --- the list ---------------------------------------------------------------------------------------------------


def test_the_list_tells_how_much_has_words_and_who_checked(desk: Desk) -> None:
    desk.recording.texts.create(kind="transcript", language="th", vtt=WORDS.replace("2.000", "1.000"), is_checked=True)
    page = shown_in(desk.open(""))
    assert re.findall(r"(\d+) %", page) == ["100", "50"]
    assert (page.count(">not checked<"), page.count(">checked<")) == (1, 1)


@pytest.mark.parametrize("count", [1, 6])
def test_the_list_asks_the_database_no_more_for_more_texts(
    desk: Desk, count: int, django_assert_max_num_queries: object
) -> None:
    for language in ["th", "lo", "my", "km", "vi"][: count - 1]:
        desk.recording.texts.create(kind="captions", language=language, vtt=WORDS)
    desk.open("")
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        desk.open("")


def test_the_form_of_the_list_leads_to_the_editor(desk: Desk) -> None:
    response = desk.client.post(desk.address(""), {"kind": "narration", "language": "km"})
    assert response.headers["Location"] == desk.address("narration/km/")


def test_the_form_of_the_list_takes_a_file_along(desk: Desk) -> None:
    file = SimpleUploadedFile("a.srt", SRT.format(THAI).encode("cp874"))
    page = shown_in(desk.client.post(desk.address(""), {"kind": "captions", "language": "th", "file": file}))
    assert THAI in typed_in(page)
    assert desk.text("captions/th/") is None


# --- writing ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [THAI, KHMER, BURMESE, "<v Guide>Welcome</v>"])
def test_words_are_kept_in_one_way_however_they_are_typed(desk: Desk, words: str) -> None:
    response = desk.send(f"WEBVTT\r\n\r\n0:00 --> 1,5\r\n{words}\r\n", "captions/th/", is_checked="on")
    assert response.headers["Location"] == desk.address("captions/th/")
    text = desk.text("captions/th/")
    assert text
    assert text.vtt == f"WEBVTT\n\n00:00:00.000 --> 00:00:01.500\n{words}\n"
    assert text.is_checked
    assert verbs() == ["media.text_checked", "media.text_saved"]


def test_who_wrote_it_stays_out_of_what_readers_fetch(desk: Desk) -> None:
    desk.send(WORDS + "\nNOTE by Somchai\n\nSTYLE\n::cue { background: url(//x) }\n", "captions/th/")
    text = desk.text("captions/th/")
    assert text
    assert text.vtt == WORDS


@pytest.mark.parametrize("words", NAUGHTY)
def test_naughty_words_break_neither_the_page_nor_the_cue(desk: Desk, words: str) -> None:
    sent = f"WEBVTT\n\n0:00 --> 0:01\nbefore\n{words}\n"
    response = desk.send(sent, "captions/th/")
    assert response.status_code in {200, 302}
    page = shown_in(desk.open("captions/th/") if response.status_code == 302 else response)
    assert "<img src=x" not in page
    assert "<script>alert" not in page
    if response.status_code == 302:
        text = desk.text("captions/th/")
        assert text
        assert len(cues_of(text.vtt)) == 1
        assert cues_of(typed_in(page)) == cues_of(text.vtt)


@pytest.mark.parametrize(
    ("vtt", "sentence"),
    [
        ("WEBVTT\n\n0:05 --> 0:02\nA <b>\n", "Line 3: The caption ends before it begins."),
        ("WEBVTT\n\nsoon --> 0:02\nA\n", "Line 3: Write the times as"),
        ("just words & <i>\n", "Line 1: There are words without times."),
        ("", "There is no caption yet."),
        (f"WEBVTT\n\n0:00 --> 0:02\n{ZAWGYI}\n", "Zawgyi"),
    ],
)
def test_what_is_wrong_comes_back_with_its_line_and_nothing_typed_is_lost(desk: Desk, vtt: str, sentence: str) -> None:
    response = desk.send(vtt, is_checked="on")
    assert response.status_code == 200
    assert sentence in html.unescape(shown_in(response))
    assert typed_in(shown_in(response)) == vtt
    assert TICKED.search(shown_in(response))
    assert desk.recording.texts.get().vtt.endswith("Welcome.\n")


def test_remarks_keep_nobody_from_saving(desk: Desk) -> None:
    assert desk.send(f"WEBVTT\n\n0:00 --> 0:01\n{'a' * 60}\n").status_code == 302
    page = shown_in(desk.open())
    assert "2 remarks; you can save all the same." in page
    assert "a line of 60 letters" in page


def test_taking_the_tick_away_is_recorded_too(desk: Desk) -> None:
    desk.send(WORDS, is_checked="on")
    desk.send(WORDS, is_checked="on")
    desk.send(WORDS)
    assert verbs() == [
        "media.text_checked", "media.text_saved", "media.text_saved", "media.text_saved", "media.text_unchecked",
    ]  # fmt: skip
    assert set(Event.objects.filter(verb="media.text_checked").values_list("actor", flat=True)) != {""}


# --- files ------------------------------------------------------------------------------------------------------


def test_a_file_is_shown_before_anything_is_saved(desk: Desk) -> None:
    file = SimpleUploadedFile("a.srt", SRT.format("Hello").encode("utf-16"))
    page = shown_in(desk.send(WORDS, file=file, is_checked="on"))
    assert "The file holds 2 parts." in page
    assert "Saving replaces the text that is kept now." in page
    assert [cue.text for cue in cues_of(typed_in(page))] == ["<i>Hello</i>", "two\nlines"]
    assert not TICKED.search(page)
    assert "begins after the end of the recording" in page
    assert desk.recording.texts.get().vtt.endswith("Welcome.\n")


def test_plain_text_becomes_a_transcript_that_nobody_has_checked(desk: Desk) -> None:
    file = SimpleUploadedFile("a.txt", b"One.\n\nTwo, which is longer.\n")
    page = shown_in(desk.send("", "transcript/en/", file=file))
    assert "The file has no times." in page
    assert [cue.text for cue in cues_of(typed_in(page))] == ["One.", "Two, which is longer."]


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n\0", ZAWGYI.encode(), b"x" * 2_200_000])
def test_a_file_that_cannot_be_read_is_explained_and_the_words_stay(desk: Desk, content: bytes) -> None:
    response = desk.send("WEBVTT\n\nmine, half", file=SimpleUploadedFile("a.vtt", content))
    assert response.status_code == 200
    assert 'class="captions-problems__error"' in shown_in(response)
    assert typed_in(shown_in(response)) == "WEBVTT\n\nmine, half"


# --- two people -------------------------------------------------------------------------------------------------


def test_two_people_who_write_at_once_lose_nothing(desk: Desk) -> None:
    began = desk.version()
    desk.send(WORDS.replace("Welcome", "Theirs"))
    response = desk.send(WORDS.replace("Welcome", "Mine"), began=began)
    page = shown_in(response)
    assert response.status_code == 200
    assert "Somebody else has saved this text" in page
    assert "Mine." in typed_in(page)
    assert "Theirs." in page
    assert "Theirs." in desk.recording.texts.get().vtt
    again = re.search(r'name="begun_with" value="([^"]+)"', page)
    assert again
    assert desk.send(WORDS.replace("Welcome", "Mine"), began=again[1]).status_code == 302
    assert "Mine." in desk.recording.texts.get().vtt


def test_a_text_that_two_people_begin_at_once_is_written_once(desk: Desk) -> None:
    desk.send(WORDS, "captions/th/", began="")
    response = desk.send(WORDS.replace("Welcome", "Mine"), "captions/th/", began="")
    assert response.status_code == 200
    assert "Mine." in typed_in(shown_in(response))


def test_words_are_not_lost_when_somebody_deletes_the_text(desk: Desk) -> None:
    began = desk.version()
    desk.recording.texts.all().delete()
    response = desk.send(WORDS, began=began)
    assert "Somebody else has deleted this text" in shown_in(response)
    assert typed_in(shown_in(response)) == WORDS
    assert desk.send(WORDS, began="").status_code == 302


def test_a_text_is_deleted_after_a_question(desk: Desk) -> None:
    response = desk.client.post(desk.address("captions/en/delete/"), {"begun_with": desk.version()})
    assert response.headers["Location"] == desk.address("")
    assert desk.text() is None
    assert verbs() == ["media.text_deleted"]
    assert desk.open("captions/en/delete/").status_code == 302


def test_what_somebody_has_just_written_is_not_deleted(desk: Desk) -> None:
    began = desk.version()
    desk.send(WORDS.replace("Welcome", "New"))
    response = desk.client.post(desk.address("captions/en/delete/"), {"begun_with": began})
    assert response.headers["Location"] == desk.address()
    assert desk.text()


# --- translating ------------------------------------------------------------------------------------------------


def test_another_language_lends_its_times_and_stands_beside(desk: Desk) -> None:
    page = shown_in(desk.open("captions/th/?from=captions.en"))
    assert typed_in(page).strip() == "WEBVTT\n\n00:00:00.000 --> 00:00:02.000"
    assert '"Welcome."' in page


def test_a_translation_may_be_saved_half_done_and_gone_on_with(desk: Desk) -> None:
    desk.send("WEBVTT\n\n0:00 --> 0:01\nOne\n\n0:01 --> 0:02\nTwo\n")
    response = desk.send(
        f"WEBVTT\n\n0:00 --> 0:01\n{THAI}\n\n0:01 --> 0:02\n\n", "captions/th/?from=captions.en", began=""
    )
    assert response.headers["Location"] == desk.address("captions/th/?from=captions.en")
    text = desk.text("captions/th/")
    assert text
    assert len(cues_of(text.vtt)) == 1
    assert "00:00:01.000 --&gt; 00:00:02.000" in shown_in(desk.open("captions/th/?from=captions.en"))


@pytest.mark.parametrize("name", ["captions.xx", "nothing", "", "captions.th", "<b>"])
def test_an_unknown_language_lends_nothing(desk: Desk, name: str) -> None:
    response = desk.client.get(desk.address("captions/th/"), {"from": name})
    assert response.status_code == 200
    assert "<b>" not in typed_in(shown_in(response))


# --- spoken versions and the live check -------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "status"), [("audio", 302), ("video", 200), ("panorama", 200)])
def test_the_spoken_version_is_a_sound(desk: Desk, kind: str, status: int) -> None:
    spoken = Recording.objects.create(title="Read", file=files.called("r.wav", files.recording(seconds=3)))
    Recording.objects.filter(pk=spoken.pk).update(kind=kind)
    assert desk.send(WORDS, "narration/en/", spoken=spoken.pk).status_code == status
    text = desk.text("narration/en/")
    assert (text.spoken if text else None) == (spoken if status == 302 else None)


def test_the_script_is_told_what_is_wrong_and_nothing_is_saved(desk: Desk) -> None:
    response = desk.client.post(desk.address("captions/th/check/"), {"vtt": "WEBVTT\n\n0:05 --> 0:02\nA\n"})
    assert response.json() == {
        "problems": [{"line": 3, "isError": True, "sentence": "The caption ends before it begins."}],
        "summary": "1 thing must be corrected before you can save.",
    }
    assert desk.text("captions/th/") is None
    assert desk.open("captions/th/check/").status_code == 405
