"""What do all doors have in common: what they let in, and what they say to the person whom they turn away?"""

import hashlib
import tempfile
from io import BufferedRandom
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from media.ingest.recorded import Recorded

if TYPE_CHECKING:
    AnyFile = File[Any]
    ContentBytes = ContentFile[bytes]
else:
    # Django's files are generic for the type checker only.
    AnyFile, ContentBytes = File, ContentFile


class UnableToKeep(ValidationError):
    """The sentence says to the person who brought the file what is wrong with it, and what they can do."""


class Damaged(Exception):
    """A file breaks off or contradicts itself; the message is for developers."""


class KeptFile(ContentBytes):
    """The content of a file that has been through its door, named after its content.

    People name files after people and places; the name of a stored file tells nothing.
    """

    def __init__(self, content: bytes, *, extension: str, content_type: str) -> None:
        digest = hashlib.blake2b(content, digest_size=10).hexdigest()
        super().__init__(content, name=f"{digest}{extension}")
        self.content_type = content_type


class TemporaryContent(BufferedRandom):
    """A file that nobody else sees, and that is gone as soon as nobody needs it."""

    def __init__(self) -> None:
        unbuffered = tempfile.TemporaryFile(buffering=0, dir=settings.FILE_UPLOAD_TEMP_DIR)  # noqa: SIM115
        super().__init__(unbuffered, 256 * 1024)

    def __del__(self) -> None:
        # Without this, Python would warn of a file that was never closed.
        self.close()


class KeptRecording(KeptFile):
    """A recording that has been through its door: too large for the memory, it lies in a temporary file."""

    def __init__(self, content: BinaryIO, *, recorded: Recorded) -> None:
        self.size = content.seek(0, 2)
        content.seek(0)
        digest = hashlib.blake2b(digest_size=10)
        while piece := content.read(1024 * 1024):
            digest.update(piece)
        content.seek(0)
        File.__init__(self, content, name=f"{digest.hexdigest()}{recorded.extension}")
        self.content_type = recorded.content_type
        self.recorded = recorded


def extension_of(file: AnyFile) -> str:
    return PurePath(file.name or "").suffix.lower()


def content_of(file: AnyFile, *, at_most: int) -> bytes:
    """All bytes of `file`; one with more than `at_most` is refused unread."""
    check_size(file, at_most=at_most)
    file.open()
    content: Any = file.read()
    return bytes(content)


def check_size(file: AnyFile, *, at_most: int) -> None:
    if file.size > at_most:
        raise UnableToKeep(
            _("This file is too big (%(size)s). The limit is %(limit)s."),
            code="file_too_large",
            params={"size": filesizeformat(file.size), "limit": filesizeformat(at_most)},
        )


def damaged() -> UnableToKeep:
    message = _("This file is damaged or not complete. Open it on your computer, save it again, and try once more.")
    return UnableToKeep(message, code="damaged")
