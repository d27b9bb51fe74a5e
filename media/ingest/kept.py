"""What do all doors have in common: what they let in, and what they say to the person whom they turn away?"""

import hashlib
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

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


def extension_of(file: AnyFile) -> str:
    return PurePath(file.name or "").suffix.lower()


def content_of(file: AnyFile, *, at_most: int) -> bytes:
    """All bytes of `file`; one with more than `at_most` is refused unread."""
    if file.size > at_most:
        raise UnableToKeep(
            _("This file is too big (%(size)s). The limit is %(limit)s."),
            code="file_too_large",
            params={"size": filesizeformat(file.size), "limit": filesizeformat(at_most)},
        )
    file.open()
    content: Any = file.read()
    return bytes(content)


def damaged() -> UnableToKeep:
    message = _("This file is damaged or not complete. Open it on your computer, save it again, and try once more.")
    return UnableToKeep(message, code="damaged")
