"""What did an edition change, and why, as far as this reader may know of it?

A note is shown to whoever may read its section in that edition; where the section ended with it, in the one before.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Cast
from wagtail.models import Page

from portal.base.audience import visible_pages
from portal.editions.models import Edition, EditionPage
from portal.editions.reading import Guarded, Reader

A_KEY = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class ChangeNote:
    """`lesson` is the page that the change was made for; `page` is None where the section ended with this edition."""

    position: int
    title: str
    what: str
    why: str
    lesson: Page | None
    page: EditionPage | None


def changes_of(editions: Iterable[Edition]) -> dict[int, Mapping[str, Any]]:
    """What the authors of some editions said of them, by the id of the edition. One query, which reads no texts."""
    asked = Edition.objects.filter(pk__in=[edition.pk for edition in editions])
    told = KeyTransform("change", Cast("content", models.JSONField()))
    return dict(asked.annotate(told=told).values_list("pk", "told"))


def notes_of(editions: Sequence[Edition], guarded: Iterable[Guarded], reader: Reader) -> dict[int, list[ChangeNote]]:
    """The notes of `editions`, the newest first, by the id of the edition; `guarded` are the pages of all of them."""
    known = {(each.page.edition_id, each.page.key): each for each in guarded}
    changes = changes_of(editions)
    lessons = _lessons((note["lesson"] for change in changes.values() for note in change["notes"]), reader)
    told: dict[int, list[ChangeNote]] = {}
    for edition, before in zip_longest(editions, editions[1:]):
        for note in changes[edition.pk]["notes"]:
            now = known.get((edition.pk, UUID(note["key"])))
            shown = now or (known.get((before.pk, UUID(note["key"]))) if before else None)
            if shown is not None and reader.may(shown):
                lesson = lessons.get(note["lesson"])
                page = now.page if now else None
                position, title = shown.page.position, shown.page.title
                one = ChangeNote(position, title, note["what"], note["why"], lesson=lesson, page=page)
                told.setdefault(edition.pk, []).append(one)
    return {pk: sorted(notes, key=lambda note: note.position) for pk, notes in told.items()}


def _lessons(keys: Iterable[str], reader: Reader) -> dict[str, Page]:
    """The pages that notes name, in the reader's language, if they may be seen."""
    wanted = {key for key in keys if A_KEY.fullmatch(key)}
    pages = Page.objects.filter(translation_key__in=wanted, locale__language_code=reader.language)
    return {str(page.translation_key): page for page in visible_pages(pages, reader.viewer, reader.surface)}
