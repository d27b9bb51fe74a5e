"""What is a file called and allowed to be in a browser? What we say, and it does nothing."""

from pathlib import PurePath
from typing import Any

from django.utils.http import content_disposition_header

from media.models import Leaflet, Picture, Recording, RecordingVariant
from portal.base.headers import PERMISSIONS

CONTENT_TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".heic": "image/heic",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".tif": "image/tiff",
    ".webp": "image/webp",
    ".m4a": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".ogg": "audio/ogg",
    ".wav": "audio/wav",
    ".weba": "audio/webm",
    ".webm": "video/webm",
    ".pdf": "application/pdf",
}
#: What no browser shows, or not every one, is only saved; so is what we do not know.
ONLY_SAVED = frozenset({"application/octet-stream", "image/heic", "image/tiff"})
PUBLIC = "public, max-age=30, must-revalidate"
PRIVATE = "private, no-cache"
SANDBOX = "default-src 'none'; frame-ancestors 'none'; sandbox"
# Browsers do not open a PDF in a sandbox; their own viewer is one.
PDF_POLICY = "default-src 'none'; frame-ancestors 'none'"
#: Said here, and not left to the middleware that pages pass through: the door answers before it.
INERT = {
    "Content-Security-Policy": SANDBOX,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def headers_of(thing: Any, name: str) -> dict[str, str]:
    """The headers of the file called `name` that belongs to `thing`, whoever asks for it and however it is sent."""
    suffix = PurePath(name).suffix.lower()
    content_type = CONTENT_TYPES.get(suffix, "application/octet-stream")
    is_saved = isinstance(thing, Picture) or content_type in ONLY_SAVED
    return {
        **INERT,
        "Content-Type": content_type,
        "Content-Disposition": content_disposition_header(is_saved, saved_as(thing, suffix)) or "inline",
        "Content-Security-Policy": PDF_POLICY if suffix == ".pdf" else SANDBOX,
    }


def saved_as(thing: Any, suffix: str) -> str:
    """Under its title, which readers know of leaflets and recordings; the title of a picture is for editors."""
    titled = thing.recording if isinstance(thing, RecordingVariant) else thing
    if isinstance(titled, Leaflet | Recording):
        # A header is one line: what cannot be printed would break it.
        title = "".join(letter if letter.isprintable() else " " for letter in titled.title).strip()
        return f"{title or 'file'}{suffix}"
    return f"picture{suffix}" if isinstance(thing, Picture) else ""
