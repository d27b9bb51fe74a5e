"""How does something that can be learned get its permanent identity?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from lessons.progress.models import LearningObject
from lessons.progress.parking import waits_for_object
from lessons.progress.storing import unpark


@dataclass(frozen=True)
class Identity:
    """What names an object: a page in all its languages, or a block in it."""

    translation_key: UUID
    kind: str
    block_id: str = ""

    @property
    def key(self) -> tuple[UUID, str]:
        return self.translation_key, self.block_id


@transaction.atomic
def keep_identities(identities: Iterable[Identity]) -> dict[tuple[UUID, str], LearningObject]:
    """The objects with these identities: made where they are new, taken out of the archive where they were in it.

    Events that waited for one of them are stored now.
    """
    wanted = {identity.key: identity for identity in identities}
    known = _known(wanted)
    missing = [identity for key, identity in wanted.items() if key not in known]
    if missing:
        LearningObject.objects.bulk_create([_new(identity) for identity in missing], ignore_conflicts=True)
        known = _known(wanted)
    archived = [thing.pk for thing in known.values() if thing.archived_at]
    if archived:
        LearningObject.objects.filter(pk__in=archived).update(archived_at=None)
    if missing:
        unpark([waits_for_object(identity.key) for identity in missing])
    return known


def archive(translation_keys: Iterable[UUID], *, at: datetime) -> None:
    """Put away what is no longer offered in any language. What people learned of it stays."""
    living = LearningObject.objects.filter(translation_key__in=list(translation_keys), archived_at__isnull=True)
    living.update(archived_at=at)


def _known(wanted: dict[tuple[UUID, str], Identity]) -> dict[tuple[UUID, str], LearningObject]:
    keys = {translation_key for translation_key, _block_id in wanted}
    found = LearningObject.objects.filter(translation_key__in=keys)
    return {thing.key: thing for thing in found if thing.key in wanted}


def _new(identity: Identity) -> LearningObject:
    return LearningObject(translation_key=identity.translation_key, block_id=identity.block_id, kind=identity.kind)
