"""How does a manual that somebody wrote in Word or Markdown become drafts?

The file is read (`reading_in`), its pictures go through the door that all pictures go through, and then the manual and
its sections are made, all at once, as drafts of a given person. Nothing is published here.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Collection
from wagtail.permissions import policy_registry

from lessons.manuals import numbering
from lessons.manuals.linking import Linking
from lessons.manuals.models import ManualIndexPage, ManualPage, SectionPage
from lessons.manuals.reading_in import Manuscript
from media.ingest.kept import ContentBytes, UnableToKeep
from media.ingest.pictures import format_of
from media.library.duplicates import same_as
from media.models import Picture
from media.models.credited import Rights
from portal.audit.recording import record
from portal.base.words import shortened
from portal.people.models import User

LONGEST_TITLE, LONGEST_SLUG, LONGEST_CREDIT = 200, 120, 160

Progress = Callable[[int, int], None]


class UnableToImport(Exception):
    """The sentence says why no manual was made."""


@dataclass(frozen=True)
class RefusedPicture:
    """A picture that did not come through the door; `place` counts from 1, in reading order."""

    place: int
    reason: str


@dataclass
class Imported:
    """What was made of a file."""

    manual: ManualPage
    sections: list[SectionPage] = field(default_factory=list)
    refused: list[RefusedPicture] = field(default_factory=list)
    pictures: int = 0
    broken_links: int = 0


@dataclass(frozen=True)
class Order:
    """What a person says about a manual that is brought."""

    number: str
    title: str = ""
    credit: str = ""


def check_can_import(shelf: ManualIndexPage, *, by: User) -> None:
    """Only who may add a manual by hand may bring one."""
    if not shelf.permissions_for_user(by).can_add_subpage():
        raise UnableToImport(_("You may not add manuals here. Ask somebody who may write manuals."))


def check_number(number: str) -> None:
    if not numbering.NUMBER.match(number):
        raise UnableToImport(_("Write the number like KP-SOP-012: the code of the centre, SOP, and three digits."))
    if ManualPage.objects.filter(number=number).exists():
        raise UnableToImport(
            _("Another manual has the number %(number)s. Choose one that is free.") % {"number": number}
        )


def import_manuscript(
    manuscript: Manuscript,
    order: Order,
    *,
    to: ManualIndexPage,
    by: User,
    at: datetime,
    progress: Progress | None = None,
) -> Imported:
    """Make the drafts. Raises UnableToImport; then nothing was made."""
    check_can_import(to, by=by)
    check_number(order.number)
    tell = progress or (lambda done, total: None)
    keeping = Keeping(manuscript, order, language=to.locale.language_code, by=by, tell=tell)
    keeping.keep_all()
    try:
        with transaction.atomic():
            made = Making(manuscript, order, keeping, to=to, by=by).make(tell)
            record("manual.imported", by=by, at=at, subject=made.manual, sections=len(made.sections))
    except ValidationError as error:
        keeping.undo()
        raise UnableToImport(" ".join(error.messages)) from error
    except BaseException:
        keeping.undo()
        raise
    return made


class Keeping:
    """Puts the pictures of a manuscript into the library, each once; one that is there already is used again."""

    def __init__(self, manuscript: Manuscript, order: Order, *, language: str, by: User, tell: Progress) -> None:
        self.manuscript, self.order, self.language, self.by, self.tell = manuscript, order, language, by, tell
        self.kept: dict[str, Picture] = {}
        self.new: list[Picture] = []
        self.refused: list[RefusedPicture] = []
        self.by_content: dict[bytes, Picture] = {}

    def keep_all(self) -> None:
        names = self.manuscript.pictures()
        total = len(names) + len(self.manuscript.sections) + 1
        self._check_may_add(names)
        for number, name in enumerate(names, start=1):
            try:
                self.kept[name] = self.keep(name, number)
            except UnableToKeep as error:
                self.refused.append(RefusedPicture(number, " ".join(error.messages)))
            self.tell(number, total)

    def _check_may_add(self, names: list[str]) -> None:
        policy = policy_registry.get_by_type(Picture)
        if names and not policy.user_has_permission(self.by, "add"):
            raise UnableToImport(_("The file holds pictures, and you may not add pictures to the library."))

    def keep(self, name: str, number: int) -> Picture:
        content = (self.manuscript.folder / name).read_bytes()
        if content in self.by_content:
            return self.by_content[content]
        picture = Picture(
            title=_("Picture %(number)d of %(manual)s") % {"number": number, "manual": self.order.number},
            file=ContentBytes(content, name=f"picture{true_extension(content, name)}"),
            alt={self.language: alt} if (alt := self.alt_of(name)) else {},
            credit=self.order.credit[:LONGEST_CREDIT] or self.order.number,
            rights=Rights.OWN,
            collection=Collection.get_first_root_node(),
            uploaded_by_user=self.by,
        )
        with transaction.atomic():
            picture.save()
        older = same_as(picture, by=self.by).first()
        if older is not None:
            picture.delete()
            picture = older
        else:
            self.new.append(picture)
        self.by_content[content] = picture
        return picture

    def alt_of(self, name: str) -> str:
        told = (block["value"]["alt"] for block in self.manuscript.blocks() if block["type"] == "picture"
                and block["value"]["picture"] == name)  # fmt: skip
        return next((alt for alt in told if alt), "")

    def undo(self) -> None:
        """No manual was made: its pictures go, too."""
        for picture in self.new:
            picture.delete()


def true_extension(content: bytes, name: str) -> str:
    """What the picture is; programs name pictures as they like. For what is none of ours, the name it came with."""
    try:
        return format_of(content[:4096]).extensions[0]
    except UnableToKeep:
        return Path(name).suffix


class Making:
    """Makes the pages of a manuscript: first all of them, then their texts, which may link to each other."""

    def __init__(
        self, manuscript: Manuscript, order: Order, keeping: Keeping, *, to: ManualIndexPage, by: User
    ) -> None:
        self.manuscript, self.order, self.keeping, self.to, self.by = manuscript, order, keeping, to, by
        self.slugs: set[str] = set()

    def make(self, tell: Progress) -> Imported:
        pictures, total = len(self.manuscript.pictures()), len(self.manuscript.pictures())
        total += len(self.manuscript.sections) + 1
        title = self.order.title or self.manuscript.title or self.order.number
        manual = ManualPage(**self.page(title, self.order.number), number=self.order.number)
        self.to.add_child(instance=manual)
        made = Imported(manual, refused=self.keeping.refused, pictures=len(self.keeping.kept))
        made.sections = [self.section(manual, each, number) for number, each in enumerate(self.manuscript.sections)]
        linking = Linking(self.manuscript, manual=manual.pk, sections=[page.pk for page in made.sections])
        self.write(manual, linking.linked(self.manuscript.intro, section=-1))
        for number, page in enumerate(made.sections):
            self.write(page, linking.linked(self.manuscript.sections[number]["blocks"], section=number))
            tell(pictures + number + 1, total)
        made.broken_links = linking.broken
        return made

    def page(self, title: str, fallback: str) -> dict[str, Any]:
        language = self.to.locale.language_code
        name = shortened(title, most=LONGEST_TITLE, language=language) or fallback
        return {"title": name, "slug": self.slug(name, fallback), "owner": self.by, "live": False,
                "has_unpublished_changes": True, "locale": self.to.locale}  # fmt: skip

    def section(self, manual: ManualPage, told: dict[str, Any], number: int) -> SectionPage:
        fallback = _("Section %(number)d") % {"number": number + 1}
        page = SectionPage(**self.page(told["title"], fallback))
        manual.add_child(instance=page)
        return page

    def slug(self, title: str, fallback: str) -> str:
        # Without letters of other scripts: of Thai, slugify would keep the consonants alone.
        wanted = slugify(title)[:LONGEST_SLUG] or slugify(fallback) or "section"
        free = next(slug for slug in numbered(wanted) if slug not in self.slugs and self.is_free(slug))
        self.slugs.add(free)
        return free

    def is_free(self, slug: str) -> bool:
        return bool(self.slugs) or not self.to.get_children().filter(slug=slug).exists()

    def write(self, page: Any, blocks: list[dict[str, Any]]) -> None:
        field = page._meta.get_field("body")
        page.body = field.to_python([block for each in blocks for block in self.with_pictures(each)])
        page.save()
        page.save_revision(user=self.by)

    def with_pictures(self, block: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """The block as it is kept: a picture by its number. Of a refused picture its words are left."""
        if block["type"] != "picture":
            yield block
        elif picture := self.keeping.kept.get(block["value"]["picture"]):
            yield {**block, "value": {**block["value"], "picture": picture.pk}}
        else:
            words = [text for text in (block["value"]["alt"], block["value"]["caption"]) if text]
            if words:
                yield {"type": "paragraph", "id": block["id"], "value": "".join(paragraph(text) for text in words)}


def paragraph(text: str) -> str:
    from django.utils.html import escape

    return f"<p><i>{escape(text)}</i></p>"


def numbered(slug: str) -> Iterator[str]:
    yield slug
    number = 2
    while True:
        yield f"{slug}-{number}"
        number += 1
