"""What is in the player of a recording, and who gets to see it?"""

import pytest
from django.template import Context, Template
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from media.models import Picture, Recording, RecordingVariant
from media.playing import clock, lines_of, playing_of, with_all_that_plays
from portal.base.audience import Sensitivity
from portal.home.models import HomePage, PlainPage
from tests.media import files

SAID = "WEBVTT\n\n00:00.000 --> 00:01.000\n<v Nok (made up)>Welcome &amp; sit down.\n\n00:01.000 --> 00:02.000\nTea?\n"
SAID_IN_THAI = "WEBVTT\n\n00:00.000 --> 00:01.000\nเชิญนั่ง\n"
SEEN = "WEBVTT\n\n00:01.000 --> 00:02.000\nTwo cups on a table.\n"


@pytest.fixture
def told(picture: Picture) -> Recording:
    """A recording with all that can belong to one."""
    recording = Recording.objects.create(
        title="Welcome", file=files.called("welcome.wav", files.recording()), poster=picture, credit="The centre"
    )
    aloud = Recording.objects.create(title="Read aloud", file=files.called("aloud.wav", files.recording(seconds=1)))
    recording.texts.create(kind="captions", language="en", vtt=SAID)
    recording.texts.create(kind="captions", language="th", vtt=SAID_IN_THAI)
    recording.texts.create(kind="descriptions", language="en", vtt=SEEN)
    recording.texts.create(kind="narration", language="th", vtt=SAID_IN_THAI, spoken=aloud)
    light = files.called("light.wav", files.recording(seconds=1))
    recording.variants.create(kind=RecordingVariant.Kind.SOUND, file=light)
    return recording


def shown(recording: Recording, *, language: str = "en") -> str:
    with translation.override(language):
        template = Template('{% include "media/recording.html" %}')
        return template.render(Context({"recording": recording}))


def test_nothing_is_fetched_while_a_player_is_shown(
    told: Recording, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    recording = Recording.objects.get(pk=told.pk)
    with_all_that_plays([recording])
    with django_assert_num_queries(0):
        assert "Tea?" in shown(recording)


def test_ten_recordings_on_a_page_cost_as_many_queries_as_one(
    told: Recording, home: HomePage, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    others = [
        Recording.objects.create(title=f"Part {part}", file=files.called("part.wav", files.recording()))
        for part in range(9)
    ]
    for other in others:
        other.texts.create(kind="captions", language="en", vtt=SAID)
    pages = [
        PlainPage(title="One", slug="one", body=[("recording", {"recording": told, "title": ""})]),
        PlainPage(
            title="Ten",
            slug="ten",
            body=[("recording", {"recording": each, "title": ""}) for each in (told, *others)],
        ),
    ]
    for page in pages:
        home.add_child(instance=page)
        found = PlainPage.objects.get(pk=page.pk)
        with django_assert_max_num_queries(7):
            for block in found.body:
                block.render({"page": None})


def test_every_way_to_take_it_in_is_a_link_that_tells_its_size(told: Recording) -> None:
    html = shown(told)
    choices = playing_of(told, language="en").choices
    assert [choice.name for choice in choices] == ["whole", "sound", "spoken", "read"]
    assert all(choice.size > 0 for choice in choices)
    assert choices[0].size > choices[1].size
    for choice in choices[:-1]:
        assert f'href="{choice.url}"' in html
    assert "31.3\xa0KB" in html
    assert 'Listen in <bdi lang="th">ไทย</bdi>' in html
    assert f'href="#recording-{told.pk}-words"' in html
    assert f'id="recording-{told.pk}-words"' in html


def test_sizes_are_written_as_the_reader_writes_them(told: Recording) -> None:
    assert "31,3" in shown(told, language="vi")


def test_nothing_plays_or_loads_by_itself(told: Recording) -> None:
    html = shown(told)
    assert "autoplay" not in html
    assert 'preload="none"' in html
    assert " style=" not in html


def test_who_speaks_stands_before_what_is_said_and_descriptions_stand_at_their_time(told: Recording) -> None:
    reading = playing_of(told, language="en").reading
    assert reading
    assert [line.text for line in reading.lines] == [
        "Nok (made up): Welcome & sit down.", "Two cups on a table.", "Tea?",
    ]  # fmt: skip
    assert "[Description: Two cups on a table.]" in shown(told)


def test_words_cannot_bring_markup_along(told: Recording) -> None:
    told.texts.filter(kind="captions", language="en").update(
        vtt="WEBVTT\n\n00:00.000 --> 00:01.000\n&lt;script&gt;alert(1)&lt;/script&gt; <b>bold</b>\n"
    )
    html = shown(Recording.objects.get(pk=told.pk))
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; bold" in html


def test_the_transcript_is_in_the_language_of_the_page(told: Recording) -> None:
    in_thai = playing_of(told, language="th")
    assert in_thai.reading
    assert in_thai.reading.language == "th"
    assert not in_thai.is_foreign
    assert [other.language_name for other in in_thai.others] == ["English"]
    assert [(track.language, track.is_default) for track in in_thai.tracks if track.kind == "captions"] == [
        ("en", False), ("th", True),
    ]  # fmt: skip


def test_without_words_in_the_language_of_the_page_there_are_those_of_the_recording_and_a_note(
    told: Recording,
) -> None:
    html = shown(told, language="km")
    assert playing_of(told, language="km").is_foreign
    assert '<ol class="player__lines" lang="en">' in html
    assert '<bdi lang="en">English</bdi>' in html


def test_a_translation_that_nobody_has_checked_says_so_and_the_original_does_not(told: Recording) -> None:
    in_english, in_thai = (playing_of(told, language=language).reading for language in ("en", "th"))
    assert in_english
    assert in_thai
    assert not in_english.is_unchecked
    assert in_thai.is_unchecked
    told.texts.update(is_checked=True)
    again = playing_of(Recording.objects.get(pk=told.pk), language="th").reading
    assert again
    assert not again.is_unchecked


def test_a_recording_without_words_has_no_transcript_to_offer(db: None) -> None:
    recording = Recording.objects.create(title="Birds", file=files.called("birds.wav", files.recording()))
    html = shown(recording)
    assert [choice.name for choice in playing_of(recording, language="en").choices] == ["whole"]
    assert "transcript" not in html


def test_a_recording_that_was_deleted_leaves_nothing_behind(db: None) -> None:
    assert Template("{% load player_tags %}{% player None %}").render(Context()).strip() == ""


def test_a_panorama_waits_until_it_is_opened(db: None) -> None:
    recording = Recording.objects.create(title="The work room", file="recordings/a.jpg", kind="panorama", width=4000)
    html = shown(recording)
    assert "<audio" not in html
    assert '<details class="player__panorama">' in html
    assert 'alt="The work room"' in html
    assert 'loading="lazy"' in html


@pytest.mark.parametrize(
    ("seconds", "written"), [(0, "0:00"), (4.9, "0:04"), (61, "1:01"), (3599, "59:59"), (3723, "1:02:03")]
)
def test_times_are_written_as_players_write_them(seconds: float, written: str) -> None:
    assert clock(seconds) == written


def test_an_empty_text_has_no_lines() -> None:
    assert lines_of("") == []


@pytest.fixture
def hidden(home: HomePage, told: Recording) -> PlainPage:
    """A page for staff with the recording on it."""
    page: PlainPage = home.add_child(
        instance=PlainPage(
            title="For staff",
            slug="for-staff",
            sensitivity=Sensitivity.STAFF,
            body=[("recording", {"recording": told, "title": ""})],
        )
    )
    return page


def addresses_in(recording: Recording) -> list[str]:
    playing = playing_of(recording, language="en")
    return [*(choice.url for choice in playing.choices if choice.url), *(track.url for track in playing.tracks)]


def test_a_visitor_gets_neither_the_player_nor_the_files_of_a_hidden_recording(
    client: Client, hidden: PlainPage, told: Recording
) -> None:
    addresses = addresses_in(told)
    assert len(addresses) == 6
    assert client.get(hidden.url).status_code == 404
    assert [client.get(address).status_code for address in addresses] == [404] * 6


def test_a_visitor_gets_all_that_the_player_of_a_public_page_names(
    client: Client, hidden: PlainPage, told: Recording
) -> None:
    hidden.sensitivity = Sensitivity.PUBLIC
    hidden.save_revision().publish()
    page = client.get(hidden.url).content.decode()
    addresses = addresses_in(told)
    assert all(address in page for address in addresses)
    assert [client.get(address).status_code for address in addresses] == [200] * 6
