"""When a page changes, who keeps its audience and the cached pages that show it true?"""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.models import Page, PageViewRestriction, ReferenceIndex
from wagtail.signals import page_slug_changed, page_unpublished, post_page_move

from portal.base.audience import Audience, Limits, PageAudience, Sensitivity
from portal.base.models import PortalPage
from portal.base.page_cache import drop


def connect() -> None:
    post_save.connect(_page_was_saved, dispatch_uid="base.page_was_saved")
    post_delete.connect(_page_was_deleted, dispatch_uid="base.page_was_deleted")
    m2m_changed.connect(_centres_were_changed, dispatch_uid="base.centres_were_changed")
    page_unpublished.connect(_page_was_unpublished, dispatch_uid="base.page_was_unpublished")
    post_page_move.connect(_page_was_moved, dispatch_uid="base.page_was_moved")
    page_slug_changed.connect(_everything_moved, dispatch_uid="base.page_slug_changed")
    for signal in (post_save, post_delete):
        signal.connect(_restriction_changed, sender=PageViewRestriction, dispatch_uid=f"base.restriction.{id(signal)}")


def keep_audience(page: Page) -> None:
    """Compute the audience of `page` anew, and of all below it if it changed. Then the site is made anew too: what is
    below may have been named anywhere, in a language switch or a call to action."""
    parent = page.get_parent()
    before = PageAudience.objects.filter(page_id=page.pk).values_list("audience_id", flat=True).first()
    after = _keep_one(page, limits_above=_limits_at(parent))
    if before != after and page.numchild:
        _keep_below(page)
        drop({"site"})


@transaction.atomic
def keep_all_audiences() -> int:
    """Compute the audience of every page; returns how many pages there are."""
    pages = Page.objects.filter(depth=2)
    for page in pages:
        _keep_one(page, limits_above=Limits())
        _keep_below(page)
    return Page.objects.count()


def _limits_at(page: Page | None) -> Limits | None:
    """The limits that hold at `page`: no limits above the home page, None where a page on the way is not live."""
    if page is None or page.depth < 2:
        return Limits()
    kept = PageAudience.objects.filter(page_id=page.pk).select_related("audience").first()
    return kept.audience.limits if kept else None


def _keep_one(page: Page, *, limits_above: Limits | None) -> int | None:
    """Keep the audience of one page; returns the audience's id, or None for what nobody may see."""
    specific = Page.objects.get(pk=page.pk).specific
    if limits_above is None or not specific.live or not isinstance(specific, PortalPage):
        PageAudience.objects.filter(page_id=page.pk).delete()
        return None
    limits = limits_above & specific.own_limits()
    if PageViewRestriction.objects.filter(page_id=page.pk).exists():
        limits &= Limits(sensitivity=Sensitivity.RESTRICTED)
    audience = Audience.objects.for_limits(limits)
    PageAudience.objects.update_or_create(page_id=page.pk, defaults={"audience": audience})
    return int(audience.pk)


def _keep_below(page: Page) -> None:
    for child in page.get_children():
        _keep_one(child, limits_above=_limits_at(page))
        _keep_below(child)


def tags_of_change(page: Page) -> set[str]:
    """What shows something of `page`: itself, lists of its siblings, its translations, and pages that quote it."""
    tags = {f"page:{page.pk}", f"children:{page.pk}"}
    if parent := page.get_parent():
        tags.add(f"children:{parent.pk}")
    tags.update(f"page:{pk}" for pk in page.get_translations().values_list("pk", flat=True))
    return tags | tags_of_users(page)


def tags_of_users(thing: models.Model) -> set[str]:
    """The pages that quote `thing`, as Wagtail's reference index knows them."""
    return {f"page:{pk}" for pk in pages_that_use(thing)}


def pages_that_use(thing: models.Model) -> Iterable[int]:
    """The ids of the pages whose published or draft-only rows refer to `thing`."""
    references = ReferenceIndex.get_references_to(thing).filter(base_content_type__model="page")
    return {int(pk) for pk in references.values_list("object_id", flat=True)}


def _page_was_saved(sender: type, instance: Any, raw: bool = False, **signal: Any) -> None:
    # Also a plain Page: Wagtail saves one in the transaction in which it moves a page, before it tells of the move.
    if isinstance(instance, Page) and not raw:
        keep_audience(instance)
        drop(tags_of_change(instance))


def _page_was_deleted(sender: type, instance: Any, **signal: Any) -> None:
    if isinstance(instance, PortalPage):
        drop({"site"})


def _centres_were_changed(sender: type, instance: Any, action: str, **signal: Any) -> None:
    if isinstance(instance, PortalPage) and action.startswith("post_"):
        _page_was_saved(sender, instance)


def _page_was_unpublished(sender: type, instance: Page, **signal: Any) -> None:
    keep_audience(instance)
    drop(tags_of_change(instance))


def _page_was_moved(sender: type, instance: Page, **signal: Any) -> None:
    page = Page.objects.get(pk=instance.pk)
    _keep_one(page, limits_above=_limits_at(page.get_parent()))
    _keep_below(page)
    drop({"site"})


def _everything_moved(sender: type, **signal: Any) -> None:
    drop({"site"})


def _restriction_changed(sender: type, instance: PageViewRestriction, **signal: Any) -> None:
    page = Page.objects.filter(pk=instance.page_id).first()
    if page:
        _page_was_moved(sender, page)
