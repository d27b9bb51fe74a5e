"""Where do the bytes of editions lie, and are they still what they were?

Every file lies under the SHA-256 of what is in it, so the same picture in ten editions is kept once, and nothing that
happens to the media library can change it.
"""

import hashlib
import re

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

DIGEST = re.compile(r"[0-9a-f]{64}")


class UnableToOpen(Exception):
    """The file is gone, or its bytes are not those that were frozen."""


def store() -> Storage:
    return storages["editions"]


def name_of(sha256: str) -> str:
    if not DIGEST.fullmatch(sha256):
        raise UnableToOpen(f"{sha256[:80]} is no digest")
    return f"{sha256[:2]}/{sha256}"


def keep(content: bytes) -> str:
    """Keep `content` for ever; returns its SHA-256 in hexadecimal. What is there and right is left alone."""
    sha256 = hashlib.sha256(content).hexdigest()
    name = name_of(sha256)
    if not is_right(sha256):
        if store().exists(name):
            store().delete(name)
        store().save(name, ContentFile(content))
    return sha256


def kept(sha256: str) -> bytes:
    """The bytes under a digest. Raises UnableToOpen if they are gone or have changed."""
    try:
        with store().open(name_of(sha256)) as file:
            content: bytes = file.read()
    except FileNotFoundError as error:
        raise UnableToOpen(f"{sha256} is gone") from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise UnableToOpen(f"{sha256} was changed")
    return content


def is_right(sha256: str) -> bool:
    try:
        kept(sha256)
    except UnableToOpen:
        return False
    return True
