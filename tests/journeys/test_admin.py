"""Does Wagtail's admin stay on this machine, on every kind of its pages?"""

from playwright.sync_api import expect

from tests.journeys.conftest import Windows

SCREENS = ["/admin/", "/admin/pages/", "/admin/images/", "/admin/documents/", "/admin/users/", "/admin/groups/"]


def test_the_admin_asks_no_other_host_and_speaks_no_error(visit_as: Windows) -> None:
    administrator = visit_as("administrator")
    for address in SCREENS:
        page = administrator.open(address)
        expect(page.locator("main h1, main h2").first).to_be_visible()
        page.wait_for_load_state("networkidle")


def test_the_page_editor_and_its_image_chooser_ask_no_other_host(visit_as: Windows) -> None:
    administrator = visit_as("administrator")
    index = administrator.server.page_id("/home/articles/")
    page = administrator.open(f"/admin/pages/add/articles/articlepage/{index}/")
    page.get_by_role("button", name="Choose an image").first.click()
    expect(page.locator(".modal-body img").first).to_be_visible()
    page.wait_for_load_state("networkidle")
