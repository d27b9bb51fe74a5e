"""Which recordings are taken, and what is left of them?

So far WAV only: its samples are copied into a new file, so nothing else can come along. The other formats hide names,
places and pictures in many corners; until each has a module here they are refused with advice.
"""

import wave
from io import BytesIO

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from media.ingest.kept import AnyFile, KeptFile, UnableToKeep, content_of, damaged, extension_of

MOST_BYTES = 60 * 1024 * 1024
#: What the beginnings of sound and video files look like: where, which bytes, what people call it.
OTHERS = (
    (0, b"ID3", "MP3"),
    (0, b"\xff\xfb", "MP3"),
    (0, b"\xff\xf3", "MP3"),
    (0, b"\xff\xf2", "MP3"),
    (0, b"OggS", "OGG"),
    (0, b"\x1aE\xdf\xa3", "WebM"),
    (0, b"fLaC", "FLAC"),
    (4, b"ftypM4A", "M4A"),
    (4, b"ftyp", "MP4"),
)


def cleaned_recording(file: AnyFile) -> KeptFile:
    """The same sound without anything but its samples. Raises UnableToKeep."""
    if isinstance(file, KeptFile) and file.content_type.startswith("audio/"):
        return file
    content = content_of(file, at_most=getattr(settings, "RECORDINGS_MAX_UPLOAD_SIZE", MOST_BYTES))
    check_is_wav(content, extension=extension_of(file))
    return KeptFile(samples_only(content), extension=".wav", content_type="audio/wav")


def check_is_wav(content: bytes, *, extension: str) -> None:
    if content[:4] != b"RIFF" or content[8:12] != b"WAVE":
        name = next((name for at, magic, name in OTHERS if content.startswith(magic, at)), "")
        if not name:
            raise UnableToKeep(_("This is not a recording that we can play. Save it as WAV."), code="invalid_sound")
        raise UnableToKeep(
            _("%(format)s files can tell who recorded them, and where; we cannot clean them yet. Save it as WAV."),
            code="not_yet",
            params={"format": name},
        )
    if extension != ".wav":
        message = _("The file holds a WAV recording. Rename it to end in “.wav”.")
        raise UnableToKeep(message, code="invalid_sound_name")


def samples_only(content: bytes) -> bytes:
    """A WAV file with the format and the samples of `content`: no INFO, no bext, no ID3 and no cue points."""
    out = BytesIO()
    try:
        with wave.open(BytesIO(content)) as source, wave.open(out, "wb") as copy:
            copy.setparams(source.getparams())
            samples = source.readframes(source.getnframes())
            if not samples or len(samples) < source.getnframes() * source.getnchannels() * source.getsampwidth():
                raise damaged()
            copy.writeframes(samples)
    except (wave.Error, EOFError, OSError, ValueError) as error:
        raise damaged() from error
    return out.getvalue()


def seconds_of(file: AnyFile) -> int:
    """How long a cleaned recording takes, in seconds, rounded up."""
    file.open()
    with wave.open(file, "rb") as sound:
        return -(-sound.getnframes() // sound.getframerate())
