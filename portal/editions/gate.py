"""How does a page that is issued in editions become public? Only when its edition comes into force."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page

from media.library.publishing import UnableToPublish
from portal.editions.pages import EditionedPage

_open: ContextVar[bool] = ContextVar("editions_gate", default=False)


@contextmanager
def opened() -> Iterator[None]:
    """Inside, pages may be published: an edition comes into force, or a test builds its house."""
    token = _open.set(True)
    try:
        yield
    finally:
        _open.reset(token)


def is_open() -> bool:
    return _open.get()


def reasons_against(page: Any) -> list[str]:
    """Why `page` may not be published now: one of the gates of `media.library.publishing`."""
    if is_open() or not isinstance(page, EditionedPage):
        return []
    return [_("This is published as part of an edition, when an author, a reviewer and an approver have signed it.")]


def check_can_stay_live(page: EditionedPage, *, saving: Collection[str] | None) -> None:
    """Raises UnableToPublish if saving these fields of a page (None for all) would show text that nobody signed."""
    from portal.editions.collecting import NO_TEXT, fields_of  # it is not loaded yet when the models are

    if is_open() or (saving is not None and "live" not in saving and not set(saving) - NO_TEXT):
        return
    shown = type(page)._base_manager.filter(pk=page.pk, live=True).first()
    says, said = fields_of(page), fields_of(shown) if shown else None
    if said is None or any(says[name] != said[name] for name in says if saving is None or name in saving):
        raise UnableToPublish(reasons_against(page), page_id=page.pk)


def watch_plain_pages(sender: type[Page], instance: Page, raw: bool = False, **signal: Any) -> None:
    """Before a page is saved as a plain Page, whose class knows nothing of editions."""
    if raw or is_open() or not instance.live or instance._state.adding:
        return
    if issubclass(instance.specific_class or Page, EditionedPage):
        shown = Page.objects.filter(pk=instance.pk, live=True).values_list("title", "slug", "seo_title").first()
        if shown != (instance.title, instance.slug, instance.seo_title):
            raise UnableToPublish(reasons_against(instance.specific), page_id=instance.pk)


def take_away_what_moved(
    sender: type[Page], instance: Page, parent_page_before: Page, parent_page_after: Page, **signal: Any
) -> None:
    """A section that is moved to another manual was never signed there: it is a draft until it is."""
    page = Page.objects.get(pk=instance.pk).specific
    if isinstance(page, EditionedPage) and parent_page_before.pk != parent_page_after.pk and not page.edition_code():
        for moved in page.get_descendants(inclusive=True).live().specific():
            moved.unpublish()
