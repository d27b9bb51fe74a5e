"""Where does the demonstration keep its drawings, its recordings and its leaflets?"""

from functools import cache

from django.core.files.base import ContentFile
from PIL import Image
from wagtail.models import Collection

from media import drawings
from media.drawings import first_day, leaflets, sounds
from media.models import Leaflet, Picture, Recording, RecordingText, RecordingVariant, Rights

CREDIT = "Drawn by the portal's own code"
MADE = "Made by the portal's own code"
PICTURE_WIDTH = 1440
FILM = "first-day"


class DemoShelf:
    """What texts call by name, made when it is first asked for; `language` chooses among the leaflets."""

    def __init__(self, *, language: str, page_ids: dict[str, int]) -> None:
        self._language = language
        self._page_ids = page_ids

    def picture(self, key: str, *, alt: str = "") -> int:
        """`alt` is what the text that shows it says about it; the first that does says it for the library too."""
        pk = kept_picture(key)
        if alt:
            _say(pk, alt, language=self._language)
        return pk

    def recording(self, key: str) -> int:
        return kept_film(key) if key == FILM else kept_recording(key, language=_told_in(self._language))

    def leaflet(self, key: str) -> int:
        return kept_leaflet(key, language=_told_in(self._language))

    def page(self, path: str) -> int:
        return self._page_ids[path]


def _told_in(language: str) -> str:
    """The language that a leaflet or a recording has for a reader of `language`."""
    return language if language in leaflets.RIGHTS else "en"


def _collection() -> Collection:
    root = Collection.get_first_root_node()
    return root.get_children().filter(name="Demonstration").first() or root.add_child(name="Demonstration")


@cache
def kept_picture(key: str) -> int:
    title = f"Drawing: {key}"
    picture = Picture.objects.filter(title=title).first()
    if picture is None:
        file = ContentFile(drawings.png(key, width=PICTURE_WIDTH), name=f"{key}.png")
        picture = Picture.objects.create(
            title=title, file=file, credit=CREDIT, rights=Rights.OWN, collection=_collection()
        )
    return int(picture.pk)


def _say(pk: int, alt: str, *, language: str) -> None:
    picture = Picture.objects.get(pk=pk)
    if language not in picture.alt:
        Picture.objects.filter(pk=pk).update(alt={**picture.alt, language: alt})


def mark_what_decorates() -> None:
    """Drawings of which no text says anything are there for the eye."""
    Picture.objects.filter(collection=_collection(), alt={}).update(is_decorative=True)


@cache
def kept_recording(key: str, *, language: str) -> int:
    title = f"Sound: {key} ({language})"
    recording = Recording.objects.filter(title=title).first()
    if recording is None:
        recording = Recording.objects.create(
            title=title,
            file=ContentFile(sounds.loom_rhythm(), name=f"{key}.wav"),
            language=language,
            credit=MADE,
            rights=Rights.OWN,
            collection=_collection(),
        )
        for kind in (RecordingText.Kind.CAPTIONS, RecordingText.Kind.TRANSCRIPT):
            recording.texts.create(kind=kind, language=language, vtt=sounds.CAPTIONS[language])
    return int(recording.pk)


@cache
def kept_film(key: str) -> int:
    """One film for all languages: it is silent, and its words are beside it."""
    title = f"Film: {key}"
    recording = Recording.objects.filter(title=title).first()
    if recording is None:
        film, small = first_day.films([_opened(kept_picture(slide.drawing)) for slide in first_day.SLIDES])
        recording = Recording.objects.create(
            title=title,
            file=ContentFile(film, name=f"{key}.webm"),
            language="en",
            poster_id=kept_picture(first_day.POSTER),
            credit=MADE,
            rights=Rights.OWN,
            collection=_collection(),
        )
        recording.variants.create(kind=RecordingVariant.Kind.SMALL, file=ContentFile(small, name=f"{key}-240.webm"))
        _write_words_of_film(recording)
    return int(recording.pk)


def _write_words_of_film(recording: Recording) -> None:
    """Nobody who speaks Thai has compared the Thai words yet, and the page says so."""
    said = (RecordingText.Kind.CAPTIONS, RecordingText.Kind.TRANSCRIPT, RecordingText.Kind.NARRATION)
    for language in first_day.LANGUAGES:
        is_checked = language == recording.language
        for kind in said:
            recording.texts.create(kind=kind, language=language, vtt=first_day.said(language), is_checked=is_checked)
        kind = RecordingText.Kind.DESCRIPTIONS
        recording.texts.create(kind=kind, language=language, vtt=first_day.seen(language), is_checked=is_checked)


def _opened(picture_id: int) -> Image.Image:
    with Picture.objects.get(pk=picture_id).file.open("rb") as file:
        return Image.open(file).convert("RGB")


@cache
def kept_leaflet(key: str, *, language: str) -> int:
    title = f"Leaflet: {key} ({language})"
    leaflet = Leaflet.objects.filter(title=title).first()
    if leaflet is None:
        make = {
            "rights-leaflet": leaflets.rights_leaflet,
            "intake-checklist-sheet": leaflets.intake_checklist_sheet,
        }[key]
        file = ContentFile(make(language), name=f"{key}-{language}.pdf")
        leaflet = Leaflet.objects.create(
            title=title, file=file, credit=CREDIT, rights=Rights.OWN, collection=_collection()
        )
    return int(leaflet.pk)


def forget() -> None:
    """Ask the database again next time; another database may be meant."""
    for kept in (kept_picture, kept_recording, kept_film, kept_leaflet):
        kept.cache_clear()
