"""For whom is a page being made right now? Links inside its text lead only where that reader may go."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from wagtail.models import Page

from portal.base.audience import ANYBODY, Surface, Viewer, visible

_reader: ContextVar[tuple[Viewer, str]] = ContextVar("reader", default=(ANYBODY, Surface.WEB))


@contextmanager
def reading(viewer: Viewer, *, surface: str) -> Iterator[None]:
    """Blocks and rich text do not see the page's context; while they are rendered, this says who reads."""
    token = _reader.set((viewer, surface))
    try:
        yield
    finally:
        _reader.reset(token)


def reader() -> tuple[Viewer, str]:
    """Who reads, on which surface; anybody on the web site where nothing is being made."""
    return _reader.get()


def is_open(page: Page) -> bool:
    """Whether whoever reads now may know of `page`."""
    viewer, surface = reader()
    return visible(page, viewer, surface)
