"""Which pictures and recordings of a page say nothing to people who cannot see or hear them?

A picture needs a text in the page's language, its own or the one written where it is used, unless it only decorates.
A recording needs captions or a transcript in some language.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from wagtail.blocks import StreamBlock, StreamValue
from wagtail.fields import StreamField

from media.models import Picture, Recording
from portal.base.languages import LANGUAGES

ENOUGH = ("captions", "transcript")


@dataclass(frozen=True)
class Silence:
    """Something that says nothing: in which field, in which block of it (by number), and what to do about it."""

    field: str
    sentence: str
    block: int | None = None
    #: The field inside the block beside which the sentence stands.
    inside: str = ""


def unsaid(page: Any) -> list[str]:
    """What keeps `page` from being published, as sentences for its editors."""
    return list(dict.fromkeys(silence.sentence for silence in silences(page)))


def silences(page: Any) -> list[Silence]:
    language = language_of(page)
    return [*silent_fields(page, language=language), *silent_blocks(page, language=language)]


def language_of(page: Any) -> str:
    return str(page.locale.language_code)


def silent_fields(page: Any, *, language: str) -> Iterator[Silence]:
    """Cover, floor plan and whatever other picture a page has; narration."""
    for field in page._meta.fields:
        if field.related_model is Picture and (picture := getattr(page, field.name)):
            told = getattr(page, f"{field.name}_alt", "")
            if not told.strip() and not picture.says_what_it_shows(language):
                yield Silence(field.name, sentence_for_picture(picture, language=language))
        if field.related_model is Recording:
            recording = getattr(page, field.name)
            if recording and not can_be_read(recording):
                yield Silence(field.name, sentence_for_recording(recording))


def silent_blocks(page: Any, *, language: str) -> Iterator[Silence]:
    for field in page._meta.fields:
        if isinstance(field, StreamField) and isinstance(field.stream_block, StreamBlock):
            for number, block in enumerate(getattr(page, field.name)):
                yield from silences_in(block, field=field.name, number=number, language=language)


def silences_in(block: StreamValue.StreamChild, *, field: str, number: int, language: str) -> Iterator[Silence]:
    if block.block_type == "picture" and (picture := block.value["picture"]):
        told = block.value["is_decorative"] or (block.value["alt"] or "").strip()
        if not told and not picture.says_what_it_shows(language):
            yield Silence(field, sentence_for_picture(picture, language=language), number, inside="alt")
    if block.block_type == "recording":
        recording = block.value["recording"]
        if recording and not can_be_read(recording):
            yield Silence(field, sentence_for_recording(recording), number, inside="recording")


def can_be_read(recording: Recording) -> bool:
    """A panorama has nothing to hear; for a video without sound, a transcript tells what is seen."""
    return recording.kind == Recording.Kind.PANORAMA or recording.texts.filter(kind__in=ENOUGH).exists()


def sentence_for_picture(picture: Picture, *, language: str) -> str:
    return _(
        "The picture “%(title)s” has no alternative text in %(language)s. Say what it shows, "
        "here or in the library, or tick that it only decorates."
    ) % {"title": picture.title, "language": LANGUAGES[language].english_name}


def sentence_for_recording(recording: Recording) -> str:
    return _(
        "The recording “%(title)s” has neither captions nor a transcript. Add one of them in the library, "
        "for people who cannot hear it."
    ) % {"title": recording.title}
