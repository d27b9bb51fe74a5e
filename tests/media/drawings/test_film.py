"""Is the film one that browsers and our own door know, and do its words last as long as it does?"""

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from media import drawings, ingest
from media.captions import check_captions, cues_of
from media.drawings import film, first_day

SECONDS = film.SECONDS_EACH * len(first_day.SLIDES)


@pytest.fixture(scope="module")
def pictures() -> list[Image.Image]:
    return [Image.effect_mandelbrot((320, 200), (-3, -2.5, 2, 2.5), 50 + number).convert("RGB") for number in range(3)]


def test_a_film_of_three_drawings_goes_through_the_door_as_it_is(pictures: list[Image.Image]) -> None:
    content = film.slide_film(pictures, size=film.SMALL, quality=30)
    kept = ingest.cleaned_recording(ContentFile(content, name="film.webm"))
    assert (kept.recorded.kind, kept.recorded.width, kept.recorded.height) == ("video", *film.SMALL)
    assert kept.recorded.seconds == pytest.approx(15, abs=1)
    assert not kept.recorded.has_sound


def test_the_same_drawings_give_the_same_film(pictures: list[Image.Image]) -> None:
    assert film.slide_film(pictures, size=(64, 36), quality=30) == film.slide_film(pictures, size=(64, 36), quality=30)


def test_the_index_points_at_pictures(pictures: list[Image.Image]) -> None:
    content = film.slide_film(pictures[:1], size=(64, 36), quality=30)
    segment = content.index(bytes.fromhex("18538067"))
    begin = segment + 4 + (9 - content[segment + 4].bit_length())
    places = [part[:4] for part in content.split(bytes.fromhex("f184"))[1:]]
    assert len(places) == film.FRAMES_EACH
    for place in places:
        at = begin + int.from_bytes(place, "big")
        assert content[at : at + 4] == bytes.fromhex("1f43b675")


def test_what_webp_cannot_give_as_one_frame_is_not_taken() -> None:
    with pytest.raises(ValueError, match="lossy"):
        film.key_frame(Image.new("RGBA", (8, 8), (255, 0, 0, 40)), quality=30)


@pytest.mark.parametrize("language", first_day.LANGUAGES)
def test_words_are_there_for_every_drawing_until_the_end(language: str) -> None:
    for words in (first_day.said(language), first_day.seen(language)):
        check_captions(words)
        assert len(cues_of(words)) == len(first_day.SLIDES)
    assert cues_of(first_day.said(language))[-1].end == SECONDS * 1000


def test_every_slide_is_a_drawing_of_ours() -> None:
    assert {slide.drawing for slide in first_day.SLIDES} <= set(drawings.KEYS)
    assert first_day.POSTER in drawings.KEYS
