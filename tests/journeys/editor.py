"""How does somebody use Wagtail's page editor?"""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Error, FrameLocator, Locator, Page

from tests.journeys.conftest import PATIENCE


def fill(page: Page, **fields: str) -> None:
    for name, text in fields.items():
        page.locator(f"#id_{name}").fill(text)


@contextmanager
def leaving(page: Page) -> Iterator[None]:
    """What is done leads to another page, which is waited for: a new document, and not only a new address.

    Wagtail gives a new page its address as soon as it has saved it by itself.
    """
    page.evaluate("window.isLeft = true")
    yield
    ends = time.monotonic() + PATIENCE / 1_000
    while not _has_arrived(page):
        assert time.monotonic() < ends, "No other page came."
        page.wait_for_timeout(50)


def _has_arrived(page: Page) -> bool:
    """Asked again and again from here: where script is off, a page cannot be told to wait for anything."""
    try:
        return bool(page.evaluate("!window.isLeft && document.readyState === 'complete'"))
    except Error:
        # The document that was asked is just going.
        return False


def save_draft(page: Page) -> int:
    """Save, and answer the id of the page that was saved."""
    with leaving(page):
        page.locator("footer button.action-save").click()
    found = re.search(r"/admin/pages/(\d+)/edit/$", page.url)
    assert found is not None
    return int(found[1])


def publish_button(page: Page) -> Locator:
    return page.locator("footer button[name=action-publish]")


def publish(page: Page) -> None:
    """Publish; it leads to the list that the page stands in, unless the form has something to say."""
    page.locator("footer .w-dropdown__toggle").click()
    with leaving(page):
        publish_button(page).click()


def preview(page: Page) -> FrameLocator:
    """Open the preview beside the form, and answer what it shows."""
    page.locator("[data-side-panel-toggle=preview]").click()
    return page.frame_locator("#w-preview-iframe")
