"""How is one more deed added to where somebody stands, without reading all that they ever did?

Only where that is plain: the deed is the latest, is done under the newest edition, and takes nothing back. Then this
is exactly what `fold` would say; tests hold both together. In every other case it says nothing, and all is folded.
"""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from lessons.progress.folding import (
    RANKS,
    Completed,
    Folded,
    FoldedObject,
    Happened,
    Outline,
    is_done,
    next_of,
    said,
)
from lessons.progress.models import Rank, Verb


def append(before: Folded, events: Iterable[Happened], outline: Outline) -> Folded | None:
    """Where `before` leads when `events` are added one after another; None if that is not plain."""
    after = before
    for event in events:
        if not _is_plain(event, after, outline):
            return None
        after = _append_one(after, event, outline)
    return after


def _is_plain(event: Happened, before: Folded, outline: Outline) -> bool:
    newest = outline.newest.id if outline.newest else None
    is_latest = before.last_at is None or event.moment > before.last_at
    return event.verb != Verb.VOIDED and is_latest and event.edition_id == newest == before.edition_id


def _append_one(before: Folded, event: Happened, outline: Outline) -> Folded:
    if event.object_id == outline.course_id:
        return _append_to_course(before, event)
    required = outline.newest.required if outline.newest else ()
    objects = {**before.objects, event.object_id: _append_to_object(before.objects.get(event.object_id), event)}
    after = replace(
        before,
        objects=objects,
        last_at=event.moment,
        done_count=sum(is_done(objects, object_id) for object_id in required),
        next_object_id=next_of(objects, required),
    )
    return replace(after, completed=_completed(after, outline)) if event.verb == Verb.FINISHED else after


def _append_to_course(before: Folded, event: Happened) -> Folded:
    if event.verb not in (Verb.ENROLLED, Verb.WITHDREW):
        return replace(before, last_at=event.moment)
    is_enrolled = event.verb == Verb.ENROLLED
    enrolled_at = before.enrolled_at or (event.moment if is_enrolled else None)
    return replace(before, last_at=event.moment, is_enrolled=is_enrolled, enrolled_at=enrolled_at)


def _append_to_object(before: FoldedObject | None, event: Happened) -> FoldedObject:
    rank = RANKS.get(Verb(event.verb), Rank.OPENED)
    done_at = event.moment if event.verb == Verb.FINISHED else None
    if before is None:
        share, score = said(event, "share"), said(event, "score")
        return FoldedObject(rank, event.moment, event.moment, done_at, share, score, event.value)
    return FoldedObject(
        rank=max(before.rank, rank),
        first_at=before.first_at,
        last_at=event.moment,
        done_at=before.done_at or done_at,
        share=_greater(before.share, said(event, "share")),
        score=_greater(before.score, said(event, "score")),
        latest=event.value or before.latest,
    )


def _greater(ours: Decimal | None, theirs: Decimal | None) -> Decimal | None:
    return max((number for number in (ours, theirs) if number is not None), default=None)


def _completed(after: Folded, outline: Outline) -> Completed | None:
    """What was done under the newest edition completes that one, or nothing more."""
    newest, known = outline.newest, after.completed
    is_new = newest is not None and (known is None or known.edition != newest)
    if newest is None or not is_new or not newest.required or after.done_count < after.required_count:
        return known
    done = [after.objects[object_id].done_at for object_id in newest.required]
    return Completed(newest, max(moment for moment in done if moment))
