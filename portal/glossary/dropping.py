"""When a term changes, what was remembered of the glossary? Everything, in all processes, after the commit."""

from typing import Any

from django.db.models.signals import post_delete, post_save

from portal.base.page_cache.tags import drop
from portal.glossary.models import Concept, Definition, Wording

#: What is remembered of the glossary (`portal.base.page_cache.facts`) depends on this tag.
TAG = "glossary"


def connect() -> None:
    for model in (Concept, Wording, Definition):
        for signal in (post_save, post_delete):
            signal.connect(_changed, sender=model, dispatch_uid=f"{model._meta.label_lower}.dropped.{id(signal)}")


def _changed(sender: type, **signal: Any) -> None:
    drop([TAG])
