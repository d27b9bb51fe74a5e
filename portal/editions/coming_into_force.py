"""When the hour of an edition has come, how do the pages of the site show it?

The task worker sees to it: at the hour, at its start, and after each approval and withdrawal. Doing it again changes
nothing, so a worker that was killed in between is no harm.
"""

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone
from django_tasks import task
from wagtail.models import Page, Revision

from portal.base.page_cache import drop
from portal.editions import gate
from portal.editions.chain import content_of
from portal.editions.collecting import fields_of, roots_of
from portal.editions.models import Edition, InForce
from portal.editions.pages import EditionedPage
from portal.editions.signatures import faults_of_signatures
from portal.editions.states import in_force

logger = logging.getLogger(__name__)
PRIORITY = 60


@task(queue_name="background", backend="background", priority=PRIORITY)
def follow_the_clock_task() -> None:
    follow_the_clock(at=timezone.now())


def follow_the_clock_soon() -> None:
    transaction.on_commit(follow_the_clock_task.enqueue, robust=True)


def follow_the_clock_at(hour: datetime) -> None:
    """As soon as the transaction is committed, and again when the hour comes."""
    follow_the_clock_soon()
    if hour > timezone.now():
        transaction.on_commit(lambda: follow_the_clock_task.using(run_after=hour).enqueue(), robust=True)


def follow_the_clock(*, at: datetime) -> None:
    """Bring every edition into force whose hour has come, and take away what was withdrawn.

    What goes wrong with one manual is no reason for the others to wait.
    """
    for subject in Edition.objects.exclude(code="").order_by("subject").values_list("subject", flat=True).distinct():
        try:
            show_what_holds(subject, at=at)
        except DatabaseError:
            logger.exception("what holds of %s cannot be shown now", subject)


def show_what_holds(subject: UUID, *, at: datetime) -> None:
    """Let the live pages of a tree be those of the edition that holds at `at`."""
    shown = InForce.objects.filter(subject=subject).select_related("edition").first()
    edition = in_force(subject, at=at)
    if edition is None and shown is not None:
        _take_away(shown)
    elif edition is not None and (shown is None or shown.edition_id != edition.pk):
        bring_into_force(edition, at=at)


def bring_into_force(edition: Edition, *, at: datetime) -> None:
    """Publish the pages of an edition as they were signed, and take those away that are not part of it."""
    content = content_of(edition)
    if unsigned := list(faults_of_signatures(edition, content)):
        logger.error("edition %s does not come into force: %s", edition.pk, " ".join(unsigned))
        return
    wanted = set()
    pages = pages_of(edition.subject)
    for page in content["pages"]:
        for language, version in page["versions"].items():
            wanted.add((page["key"], language))
            _publish(pages.get((page["key"], language)), version["fields"], edition=edition)
    _unpublish_others(edition, wanted)
    with transaction.atomic():
        InForce.objects.update_or_create(subject=edition.subject, defaults={"edition": edition, "since": at})
        drop({"site", f"editions:{edition.subject}"})


def pages_of(subject: UUID) -> dict[tuple[str, str], int]:
    """The pages that stand in a tree now, by translation key and language. One that was moved away is none of them."""
    return {
        (str(key), root.language_code): pk
        for root in roots_of(subject)
        for key, pk in root.get_descendants(inclusive=True).filter(alias_of=None).values_list("translation_key", "pk")
    }


def _publish(pk: int | None, fields: Mapping[str, Any], *, edition: Edition) -> None:
    """Show what was signed. Where another page has taken the address since, this one keeps its own."""
    page = Page.objects.get(pk=pk).specific if pk else None
    if page is None or (page.live and fields_of(page) == fields):
        return
    is_free = Page._slug_is_available(fields["slug"], page.get_parent(), page)
    said = fields if is_free else {**fields, "slug": page.slug}
    try:
        with transaction.atomic(), gate.opened():
            revision_of(page, said, edition=edition).publish(user=edition.issued_by, skip_permission_checks=True)
    except ValidationError:
        # What it shows was taken back since, or its row cannot be written: nothing is better than the edition before.
        logger.exception("edition %s: page %s cannot be shown", edition.pk, pk)
        if page.live:
            page.unpublish(user=edition.issued_by)


def revision_of(page: EditionedPage, fields: Mapping[str, Any], *, edition: Edition) -> Revision:
    """A revision that says what was signed. What somebody has written since stays the newest draft."""
    draft = page.get_latest_revision_as_object()
    is_newest = fields_of(draft) == fields
    assert edition.proposal is not None  # noqa: S101 - every edition that has pages was proposed
    revision = Revision.objects.create(
        content_object=page,
        base_content_type=page.get_base_content_type(),
        user=edition.issued_by,
        content={**page.serializable_data(), **fields, "go_live_at": None, "expire_at": None},
        object_str=str(page),
        created_at=timezone.now() if is_newest else edition.proposal.proposed_at,
    )
    if is_newest:
        Page.objects.filter(pk=page.pk).update(latest_revision=revision, latest_revision_created_at=revision.created_at)
        # Publishing saves these from the page at hand: an older one would tell authors that somebody wrote meanwhile.
        page.latest_revision, page.latest_revision_created_at = revision, revision.created_at
    return revision


def _unpublish_others(edition: Edition, wanted: set[tuple[str, str]]) -> None:
    for root in roots_of(edition.subject):
        for page in root.get_descendants(inclusive=True).live().specific():
            if (str(page.translation_key), page.language_code) not in wanted:
                page.unpublish(user=edition.issued_by)


def _take_away(shown: InForce) -> None:
    """What was withdrawn is not read as if it held: its sections go, the root stays and says why."""
    for root in roots_of(shown.subject):
        for page in root.get_descendants().live().specific():
            page.unpublish(user=shown.edition.withdrawal.by)
    with transaction.atomic():
        shown.delete()
        drop({"site", f"editions:{shown.subject}"})
