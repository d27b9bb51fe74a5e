"""How does somebody use Wagtail's page editor?"""

import re

from playwright.sync_api import FrameLocator, Locator, Page


def fill(page: Page, **fields: str) -> None:
    for name, text in fields.items():
        page.locator(f"#id_{name}").fill(text)


def save_draft(page: Page) -> int:
    """Save, and answer the id of the page that was saved."""
    page.locator("footer button.action-save").click()
    page.wait_for_url(re.compile(r"/admin/pages/\d+/edit/$"))
    found = re.search(r"/admin/pages/(\d+)/edit/$", page.url)
    assert found is not None
    return int(found[1])


def publish_button(page: Page) -> Locator:
    return page.locator("footer button[name=action-publish]")


def publish(page: Page) -> None:
    """Publish; it leads to the list that the page stands in, unless the form has something to say."""
    page.locator("footer .w-dropdown__toggle").click()
    with page.expect_navigation():
        publish_button(page).click()


def preview(page: Page) -> FrameLocator:
    """Open the preview beside the form, and answer what it shows."""
    page.locator("[data-side-panel-toggle=preview]").click()
    return page.frame_locator("#w-preview-iframe")
