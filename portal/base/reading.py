"""For whom is a page being made right now? Links inside its text lead only where that reader may go."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from wagtail.models import Page

from portal.base.audience import ANYBODY, Surface, Viewer, visible

_reader: ContextVar[tuple[Viewer, str]] = ContextVar("reader", default=(ANYBODY, Surface.WEB))
_besides: ContextVar[Collection[int]] = ContextVar("besides", default=())


@contextmanager
def reading(viewer: Viewer, *, surface: str, besides: Collection[int] = ()) -> Iterator[None]:
    """Blocks and rich text do not see the page's context; while they are rendered, this says who reads.

    `besides` are ids of pages that this reader will know of together with what is being made, though they are not live.
    """
    tokens = _reader.set((viewer, surface)), _besides.set(besides)
    try:
        yield
    finally:
        _reader.reset(tokens[0])
        _besides.reset(tokens[1])


def reader() -> tuple[Viewer, str]:
    """Who reads, on which surface; anybody on the web site where nothing is being made."""
    return _reader.get()


def is_open(page: Page) -> bool:
    """Whether whoever reads now may know of `page`."""
    viewer, surface = reader()
    return page.pk in _besides.get() or visible(page, viewer, surface)
