"""Who wrote what is about to be signed?"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from wagtail.models import Page
from wagtail_localize.models import StringTranslation

from portal.editions.models import Contribution, Edition, EditionPage
from portal.people.models import User

#: A page, who wrote in it, and when last.
Wrote = tuple[UUID, int | None, datetime]


def note_contribution(page: Page, *, by: Any, at: datetime) -> None:
    """`by` saved a draft of `page`; None where nobody said who."""
    person = by if isinstance(by, User) else None
    Contribution.objects.update_or_create(page_key=page.translation_key, person=person, defaults={"at": at})


def hand_on_contributions(source: UUID, *, to: UUID, at: datetime) -> None:
    """The text of one page became that of another: whoever wrote the one wrote the other."""
    for contribution in Contribution.objects.filter(page_key=source):
        Contribution.objects.update_or_create(page_key=to, person_id=contribution.person_id, defaults={"at": at})


def contributors_to(keys: Iterable[UUID], *, subject: UUID) -> dict[UUID, set[int | None]]:
    """For each page, who saved drafts of it since it was last part of an edition. None is somebody unknown."""
    wanted = set(keys)
    frozen_at: dict[UUID, datetime] = {}
    issued = Edition.objects.of(subject).select_related("proposal").defer("content", "proposal__content")
    for edition in issued.order_by("number"):
        at = edition.proposal.proposed_at if edition.proposal else edition.issued_at
        held = EditionPage.objects.filter(edition=edition, key__in=wanted).values_list("key", flat=True)
        frozen_at |= dict.fromkeys(held, at)
    found: dict[UUID, set[int | None]] = {key: set() for key in wanted}
    for key, person, at in [*_who_saved(wanted), *_who_translated(wanted)]:
        if key not in frozen_at or at > frozen_at[key]:
            found[key].add(person)
    return found


def _who_saved(keys: set[UUID]) -> Iterable[Wrote]:
    return Contribution.objects.filter(page_key__in=keys).values_list("page_key", "person_id", "at")


def _who_translated(keys: set[UUID]) -> Iterable[Wrote]:
    """Translators write sentence by sentence; somebody else may save the page that these become."""
    sentences = StringTranslation.objects.filter(context__object_id__in=keys, last_translated_by__isnull=False)
    return sentences.values_list("context__object_id", "last_translated_by_id", "updated_at")
