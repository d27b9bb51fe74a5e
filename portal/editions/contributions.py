"""Who wrote what is about to be signed?"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from wagtail.models import Page

from portal.editions.models import Contribution, Edition, EditionPage
from portal.people.models import User


def note_contribution(page: Page, *, by: Any, at: datetime) -> None:
    """`by` saved a draft of `page`; None where nobody said who."""
    person = by if isinstance(by, User) else None
    Contribution.objects.update_or_create(page_key=page.translation_key, person=person, defaults={"at": at})


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
    for contribution in Contribution.objects.filter(page_key__in=wanted):
        if contribution.page_key not in frozen_at or contribution.at > frozen_at[contribution.page_key]:
            found[contribution.page_key].add(contribution.person_id)
    return found
