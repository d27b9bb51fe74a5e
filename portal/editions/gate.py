"""How does a page that is issued in editions become public? Only when its edition comes into force."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.utils.translation import gettext as _

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
