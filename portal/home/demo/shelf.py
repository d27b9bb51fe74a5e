"""Where does the demonstration keep its drawings, its recording and its leaflets?"""

from functools import cache

from django.core.files.base import ContentFile
from wagtail.models import Collection

from media import drawings
from media.drawings import leaflets, sounds
from media.models import Leaflet, Picture, Recording, RecordingText, Rights

CREDIT = "Drawn by the portal's own code"
PICTURE_WIDTH = 1440


class DemoShelf:
    """What texts call by name, made when it is first asked for; `language` chooses among the leaflets."""

    def __init__(self, *, language: str, page_ids: dict[str, int]) -> None:
        self._language = language
        self._page_ids = page_ids

    def picture(self, key: str) -> int:
        return kept_picture(key)

    def recording(self, key: str) -> int:
        return kept_recording(key, language=_told_in(self._language))

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


@cache
def kept_recording(key: str, *, language: str) -> int:
    title = f"Sound: {key} ({language})"
    recording = Recording.objects.filter(title=title).first()
    if recording is None:
        recording = Recording.objects.create(
            title=title,
            file=ContentFile(sounds.loom_rhythm(), name=f"{key}.wav"),
            language=language,
            credit="Made by the portal's own code",
            rights=Rights.OWN,
            collection=_collection(),
        )
        for kind in (RecordingText.Kind.CAPTIONS, RecordingText.Kind.TRANSCRIPT):
            recording.texts.create(kind=kind, language=language, vtt=sounds.CAPTIONS[language])
    return int(recording.pk)


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
    for kept in (kept_picture, kept_recording, kept_leaflet):
        kept.cache_clear()
