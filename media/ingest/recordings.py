"""Which recordings are taken, and what is left of them?

What can be heard and seen. Each format is written anew by its own module, which copies only what it knows; the sound
and the pictures themselves are copied byte for byte, never decoded. The other formats are refused with advice.

A panorama is a picture that shows all around: twice as wide as high. It goes through the door of pictures,
and is made anew there: readers get it as it is stored.
"""

from collections.abc import Iterable
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from media.ingest import mp3, mp4, ogg, wav, webm
from media.ingest.kept import (
    AnyFile,
    Damaged,
    KeptFile,
    KeptRecording,
    TemporaryContent,
    UnableToKeep,
    check_size,
    damaged,
    extension_of,
)
from media.ingest.pictures import cleaned_picture, size_of
from media.ingest.recognised import is_picture, refusal_for
from media.ingest.recorded import Recorded, RecordingFormat

FORMATS: tuple[RecordingFormat, ...] = (
    *mp4.FORMATS,
    *webm.FORMATS,
    *ogg.FORMATS,
    *mp3.FORMATS,
    *wav.FORMATS,
)
MOST_BYTES = 500 * 1024 * 1024
HEAD = 64
#: Pictures that every browser shows as they are: no smaller copies are made of a panorama.
PANORAMAS = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp"}


def cleaned_recording(file: AnyFile) -> KeptRecording:
    """The same recording without anything but what can be heard and seen. Raises UnableToKeep."""
    if isinstance(file, KeptRecording):
        return file
    check_size(file, at_most=getattr(settings, "RECORDINGS_MAX_UPLOAD_SIZE", MOST_BYTES))
    file.open()
    head = file.read(HEAD)
    if is_picture(head):
        return panorama(file)
    webm.check_is_no_matroska(head)
    format_ = format_of(head)
    if format_ is None:
        raise refusal_for(cast(BinaryIO, file), door="recordings")
    check_name(extension_of(file), format_)
    return rewritten(file, format_)


def sound_of(file: AnyFile) -> KeptRecording:
    """Only what can be heard of a recording that is kept already. Raises UnableToKeep."""
    file.open()
    format_ = format_of(file.read(HEAD))
    if format_ is None:
        raise damaged()
    return rewritten(file, format_, sound_only=True)


def format_of(head: bytes) -> RecordingFormat | None:
    return next((format_ for format_ in FORMATS if format_.is_one(head)), None)


def check_name(extension: str, format_: RecordingFormat) -> None:
    if extension in format_.extensions:
        return
    raise UnableToKeep(
        _("The file holds a recording in the format %(format)s. Rename it to end in “%(right)s”."),
        code="invalid_sound_name",
        params={"format": format_.name, "right": format_.extensions[0]},
    )


def rewritten(file: AnyFile, format_: RecordingFormat, *, sound_only: bool = False) -> KeptRecording:
    into = TemporaryContent()
    try:
        recorded = format_.stripped(cast(BinaryIO, file), into, sound_only=sound_only)
    except Damaged as error:
        raise damaged() from error
    return KeptRecording(into, recorded=recorded)


def panorama(file: AnyFile) -> KeptRecording:
    """A picture that shows all around. Raises UnableToKeep for any other."""
    picture = cleaned_picture(file, anew=True)
    width, height = size_of(picture)
    if not height or abs(width / height - 2) > 0.04:
        message = _(
            "This is a picture. Only a 360° panorama, which is exactly twice as wide as it is high, is kept here. Add "
            "other pictures under Pictures."
        )
        raise UnableToKeep(message, code="is_picture")
    if picture.content_type not in PANORAMAS:
        raise UnableToKeep(_("Save the panorama as JPEG: not every browser shows this format."), code="other_picture")
    return as_recording(picture, width=width, height=height)


def as_recording(picture: KeptFile, *, width: int, height: int) -> KeptRecording:
    into = TemporaryContent()
    chunks: Iterable[Any] = picture.chunks()
    into.writelines(chunks)
    extension = PANORAMAS[picture.content_type]
    recorded = Recorded("panorama", extension, picture.content_type, width=width, height=height, has_sound=False)
    return KeptRecording(into, recorded=recorded)
