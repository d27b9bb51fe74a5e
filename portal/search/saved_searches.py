"""Which searches does a person keep? Personal: shown to nobody else, in no admin, in no trail of events."""

import unicodedata
from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlencode

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.people.models import User
from portal.search.asked import Asked
from portal.search.layout import Way
from portal.search.models import SavedSearch

MOST_SAVED = 50
LONGEST_NAME = 120


class UnableToSave(Exception):
    """The sentence says why, to the person whose search it is."""


def check_can_save(asked: Asked, *, by: User) -> None:
    """Raises UnableToSave if nothing was asked, or this person keeps enough already."""
    if not asked.question.text:
        raise UnableToSave(_("Search for something first; then the search can be saved."))
    if SavedSearch.objects.of(by).count() >= MOST_SAVED:
        sentence = ngettext(
            "You keep %(most)d search already. Delete it, and there is room again.",
            "You keep %(most)d searches already. Delete one, and there is room again.",
            MOST_SAVED,
        )
        raise UnableToSave(sentence % {"most": MOST_SAVED})


def save(asked: Asked, *, name: str, by: User, at: datetime) -> SavedSearch:
    """Keep what was asked; the same again only gets the new name. No event is recorded: it would tell who seeks."""
    with transaction.atomic():
        # One after the other, so that two windows cannot both take the last place.
        User.objects.select_for_update().get(pk=by.pk)
        if found := same_as(asked, of=by):
            return rename(found, name=name, by=by)
        check_can_save(asked, by=by)
        return SavedSearch.objects.create(person=by, name=name, saved_at=at, **_words_of(asked))


def rename(search: SavedSearch, *, name: str, by: User) -> SavedSearch:
    _check_is_own(search, by=by)
    search.name = name
    search.save(update_fields=["name"])
    return search


def delete(search: SavedSearch, *, by: User) -> None:
    _check_is_own(search, by=by)
    search.delete()


def _check_is_own(search: SavedSearch, *, by: User) -> None:
    if search.person_id != by.pk:
        raise UnableToSave(_("This search belongs to somebody else."))


def same_as(asked: Asked, *, of: User) -> SavedSearch | None:
    """The same search, if this person keeps it."""
    return SavedSearch.objects.of(of).filter(**_words_of(asked)).first()


def _words_of(asked: Asked) -> dict[str, str]:
    """A search as it is kept: its words, and what narrows it. Which page was looked at is forgotten."""
    narrowing = asked.but(number=1).parameters()
    return {"question": narrowing.pop("q", ""), "narrowing": urlencode(narrowing)}


def offered(asked: Asked, chips: Iterable[Way], *, to: User) -> dict[str, object]:
    """What the page of results says of keeping this search: that it is kept, or under which name it could be."""
    search = urlencode(asked.but(number=1).parameters())
    return {"saved": same_as(asked, of=to), "asked_query": search, "proposed_name": proposed_name(asked, chips)}


def proposed_name(asked: Asked, chips: Iterable[Way]) -> str:
    """What a search could be called: its words, and what narrows it; cut before a letter, never between its marks."""
    whole = " · ".join([asked.question.text, *(chip.name for chip in chips)])
    if len(whole) <= LONGEST_NAME:
        return whole
    end = LONGEST_NAME
    while unicodedata.category(whole[end]).startswith("M"):
        end -= 1
    return whole[:end].strip()
