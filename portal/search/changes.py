"""Which changes concern the index? Each is noted in the transaction in which it is made.

Django's signals and not django-modelsearch's: those come by way of a task, whose failure would lose the change.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from modelsearch.index import class_is_indexed
from wagtail.models import Page

from portal.base.audience import PageAudience
from portal.base.models import Topic
from portal.search import feeding
from portal.search.documents import owner_of
from portal.search.models import PAGE

#: What a draft or an editor's lock changes in a page's row, and no search tells.
UNTOLD = frozenset(
    {
        "draft_title", "has_unpublished_changes", "latest_revision", "latest_revision_created_at", "live_revision",
        "locked", "locked_at", "locked_by", "go_live_at", "expire_at",
    }
)  # fmt: skip


def connect() -> None:
    post_save.connect(_saved, dispatch_uid="portal_search.saved")
    post_delete.connect(_deleted, dispatch_uid="portal_search.deleted")
    m2m_changed.connect(_relations_changed, dispatch_uid="portal_search.relations_changed")
    pre_save.connect(_audience_is_saved, sender=PageAudience, dispatch_uid="portal_search.audience_is_saved")
    post_delete.connect(_audience_is_gone, sender=PageAudience, dispatch_uid="portal_search.audience_is_gone")
    for signal in (post_save, pre_delete):
        signal.connect(_topic_changed, sender=Topic, dispatch_uid=f"portal_search.topic.{id(signal)}")


def _saved(
    sender: type[Model], instance: Any, raw: bool = False, update_fields: Iterable[str] | None = None, **signal: Any
) -> None:
    if raw or not class_is_indexed(sender) or (update_fields and UNTOLD.issuperset(update_fields)):
        return
    feeding.note(instance)
    if isinstance(instance, Page):
        _note_branch(instance)


def _note_branch(page: Page) -> None:
    """Pages below one that was moved, or that got another address: they stand elsewhere now, and others may see them.

    Wagtail saves such a page after it has moved the branch in the tree and before it writes the addresses below, all
    in one transaction; its own signals come after that, and would be lost with a process that is killed in between.
    """
    children = Page.objects.filter(path__range=Page._get_children_path_interval(page.path), depth=page.depth + 1)
    if children.exclude(url_path__startswith=page.url_path).exists():
        below = Page.objects.filter(path__startswith=page.path, depth__gt=page.depth)
        feeding.note_owners(f"{PAGE}{pk}" for pk in below.values_list("pk", flat=True))


def _deleted(sender: type[Model], instance: Any, **signal: Any) -> None:
    if class_is_indexed(sender):
        feeding.note(instance)


def _relations_changed(
    sender: type[Model], instance: Any, action: str, model: type[Model], pk_set: set[Any] | None, **signal: Any
) -> None:
    """Things that are related to others, from whichever side: topics of an article, articles of a topic."""
    if not action.startswith("post_"):
        return
    if class_is_indexed(type(instance)):
        feeding.note(instance)
    if class_is_indexed(model) and pk_set:
        feeding.note_owners(owner_of(model(pk=pk)) for pk in pk_set)


def _audience_is_saved(sender: type, instance: PageAudience, raw: bool = False, **signal: Any) -> None:
    """It is saved with every draft, and hardly ever another one: before the row is written one can still see that."""
    kept = PageAudience.objects.filter(page_id=instance.page_id, audience_id=instance.audience_id)
    if not raw and not kept.exists():
        feeding.note_owner(f"{PAGE}{instance.page_id}")


def _audience_is_gone(sender: type, instance: PageAudience, **signal: Any) -> None:
    feeding.note_owner(f"{PAGE}{instance.page_id}")


def _topic_changed(sender: type, instance: Topic, raw: bool = False, **signal: Any) -> None:
    """All kinds of pages that have topics; before a topic is deleted, while it is known which they are."""
    if raw:
        return
    for relation in Topic._meta.related_objects:
        pages: Any = relation.related_model
        if relation.many_to_many and class_is_indexed(pages):
            keys = pages.objects.filter(**{relation.field.name: instance}).values_list("pk", flat=True)
            feeding.note_owners(f"{PAGE}{key}" for key in keys)
