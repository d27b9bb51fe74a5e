"""How do pages become HTML and files that nothing can change any more?

A fragment is made with the site's templates, for a reader of whom nothing is known, in the language of the page.
Scripts and style sheets go: the reader's view brings those of its own day. Every file that a fragment shows is copied,
and its address becomes `edition-file:<sha256>`.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.template.loader import render_to_string
from django.utils import translation
from wagtail.models import Page, ReferenceIndex

from media.models import Picture, Recording
from media.serving.inert import headers_of
from media.serving.stored import text_of, thing_called
from portal.base.audience import ANYBODY, Surface
from portal.base.reading import reading
from portal.editions import store
from portal.editions.collecting import Draft, drafts_of

FILE = re.compile(re.escape(settings.MEDIA_URL) + r"""([^\s"'<>?#,]+)[^\s"'<>,]*""")
TEXT = re.compile(r"texts/(\d+)/(\w+)\.(\w+)\.vtt")
MACHINERY = re.compile(r"<script\b.*?</script>|<link\b[^>]*>", re.DOTALL | re.IGNORECASE)
BLANKS = re.compile(r"\n\s*\n+")
SCHEME = "edition-file:"
SHOWN = re.compile(SCHEME + r"([0-9a-f]{64})")


@dataclass(frozen=True)
class KeptFile:
    sha256: str
    name: str
    content_type: str
    size: int

    def as_json(self) -> dict[str, Any]:
        return {"name": self.name, "type": self.content_type, "size": self.size}


class Freezer:
    """Freezes the pages of one tree; a file that many pages show is read once."""

    def __init__(self) -> None:
        self.files: dict[str, KeptFile | None] = {}

    def html(self, draft: Draft) -> str:
        page = draft.page
        with translation.override(page.language_code), reading(ANYBODY, surface=Surface.WEB, besides=draft.besides):
            made = render_to_string(page.fragment_template, {"page": page, "self": page, "surface": Surface.WEB})
        bare = MACHINERY.sub("", made.replace(host_of(page), ""))
        return BLANKS.sub("\n", FILE.sub(self._frozen_address, bare)).strip() + "\n"

    def _frozen_address(self, match: re.Match[str]) -> str:
        name = unquote(match[1])
        if name not in self.files:
            self.files[name] = kept_file(name)
        file = self.files[name]
        return f"{SCHEME}{file.sha256}" if file else match[0]


def host_of(page: Page) -> str:
    """Where the site is reached today; an edition is read for longer. Without a site, something that no page says."""
    parts = page.get_url_parts()
    return str(parts[1]) if parts and parts[1] else "\0"


def kept_file(name: str) -> KeptFile | None:
    """Keep the file that the address `/files/<name>` leads to; None if nothing is there."""
    if words := TEXT.fullmatch(name):
        text = text_of(int(words[1]), kind=words[2], language=words[3])
        return _kept(text.vtt.encode(), name=name, content_type="text/vtt") if text else None
    thing = thing_called(name)
    if thing is None:
        return None
    try:
        with thing.file.storage.open(name) as file:
            content = file.read()
    except FileNotFoundError:
        return None
    return _kept(content, name=name, content_type=headers_of(thing, name)["Content-Type"])


def _kept(content: bytes, *, name: str, content_type: str) -> KeptFile:
    return KeptFile(store.keep(content), name.rpartition("/")[2], content_type, len(content))


def being_made(drafts: Iterable[Page]) -> list[Picture | Recording]:
    """The pictures and recordings that these drafts show, of which the task worker has not made all sizes yet."""
    shown = {
        (kind, pk) for draft in drafts for kind, pk, *_path in ReferenceIndex._extract_references_from_object(draft)
    }
    waiting: dict[type[Picture | Recording], str] = {Picture: "renditions_made_at", Recording: "variants_made_at"}
    found: list[Picture | Recording] = []
    for model, made_at in waiting.items():
        content_type = ContentType.objects.get_for_model(model).pk
        pks = [pk for kind, pk in shown if kind == content_type]
        found += model._default_manager.filter(pk__in=pks, **{made_at: None}) if pks else []
    return found


class UnableToFreeze(Exception):
    """A file that a page shows is not there, or not yet."""


def freeze(pages: list[dict[str, Any]], *, subject: Any, leaving_out: Any = ()) -> dict[str, dict[str, Any]]:
    """Write the digest of its HTML, and of the files in it, into every version of `pages`; returns all those files.

    Raises UnableToFreeze where a file is gone, or is still being made by the task worker.
    """
    freezer = Freezer()
    versions = {(page["key"], code): version for page in pages for code, version in page["versions"].items()}
    for draft in drafts_of(subject, leaving_out=leaving_out):
        html = freezer.html(draft)
        version = versions[str(draft.page.translation_key), draft.page.language_code]
        version["html"] = store.keep(html.encode())
        version["files"] = sorted(set(SHOWN.findall(html)))
    if missing := [name for name, file in freezer.files.items() if file is None]:
        raise UnableToFreeze(missing[0])
    return {file.sha256: file.as_json() for file in freezer.files.values() if file}


def thawed(html: str, *, address_of: Callable[[str], str]) -> str:
    """The HTML of a fragment with an address for each of its files."""
    return SHOWN.sub(lambda match: address_of(match[1]), html)
