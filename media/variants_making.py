"""Who makes the lighter versions of recordings, for slow lines?

As with the sizes of pictures, a recording whose `variants_made_at` is empty is the order itself.
"""

import logging
from collections.abc import Callable

from django.core.cache import cache
from django.utils import timezone
from django_tasks import task

from media.models import Recording

logger = logging.getLogger(__name__)

VARIANTS_ARE_COMING = "media:variants"
SECONDS_OF_TRUST = 30


def ask_for_variants() -> None:
    """See to it that the worker will come; after the commit that stored a recording."""
    if cache.add(VARIANTS_ARE_COMING, True, timeout=SECONDS_OF_TRUST):
        make_waiting_variants.enqueue()


def begin_again() -> None:
    """For a worker that starts: whatever the one before it promised, it may have been killed."""
    cache.delete(VARIANTS_ARE_COMING)
    ask_for_variants()


@task(backend="background", queue_name="background")
def make_waiting_variants() -> int:
    """What the task worker does after a recording was brought."""
    return make_all()


def make_all(*, progress: Callable[[int], None] = lambda count: None) -> int:
    cache.delete(VARIANTS_ARE_COMING)
    return Recording.objects.filter(variants_made_at=None).update(variants_made_at=timezone.now())
