"""When a term of the glossary changes, its own documents do, and so may the concepts that all other documents hold."""

from typing import Any

from django.db import models
from django.db.models.signals import post_delete, post_save

from portal.glossary.models import Concept, Definition, Wording
from portal.search import feeding


def connect() -> None:
    for model in (Concept, Definition, Wording):
        for signal in (post_save, post_delete):
            uid = f"portal_search.{model._meta.model_name}.{id(signal)}"
            signal.connect(_glossary_changed, sender=model, dispatch_uid=uid)


def _glossary_changed(sender: type[models.Model], instance: Any, raw: bool = False, **signal: Any) -> None:
    if raw:
        return
    feeding.note_owner(owner_of_concept(instance.pk if sender is Concept else instance.concept_id))
    if sender is Wording:
        # What a term means is found by its words; only what it is called says which concepts a text names.
        feeding.note_everything(reason="the glossary changed")


def owner_of_concept(pk: int) -> str:
    return f"{Concept._meta.label_lower}:{pk}"
