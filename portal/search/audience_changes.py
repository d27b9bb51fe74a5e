"""When the audience of a page changes, its documents do too; an ancestor's change reaches all pages below it."""

from typing import Any

from django.db.models.signals import post_delete, post_save

from portal.base.audience import PageAudience
from portal.search import feeding


def connect() -> None:
    for signal in (post_save, post_delete):
        signal.connect(_audience_changed, sender=PageAudience, dispatch_uid=f"portal_search.audience.{id(signal)}")


def _audience_changed(sender: type, instance: PageAudience, raw: bool = False, **signal: Any) -> None:
    if not raw:
        feeding.note_owner(f"wagtailcore.page:{instance.page_id}")
