"""A real portal, a real browser, and people who use them.

The server is the one that `make run` starts, with the demonstration in it; nothing is replaced. Every page that a
journey opens is watched: a request to another host or an error in the console fails the journey.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request

from portal.home.demo.accounts import PASSWORD
from tests.factories.server import Server, prepare, running

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
SIZES = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
LANGUAGES = pytest.mark.parametrize("language", ["en", "th"])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="There is no Chromium: apt-get install chromium"))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": CHROMIUM, "args": ARGUMENTS}


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The portal with the demonstration, as `make run` starts it."""
    var_dir = tmp_path_factory.mktemp("portal")
    prepare(var_dir)
    with running(var_dir) as server:
        yield server


class Visit:
    """One person's browser window."""

    def __init__(self, context: BrowserContext, server: Server) -> None:
        self.server = server
        self.address = f"http://localhost:{server.port}"
        self.strangers: list[str] = []
        self.complaints: list[str] = []
        self.context = context
        self.page: Page = context.new_page()
        self.page.on("request", self._note_request)
        self.page.on("console", self._note_message)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note_request(self, request: Request) -> None:
        if urlsplit(request.url).hostname not in {"localhost", None}:
            self.strangers.append(request.url)

    def _note_message(self, message: Any) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)

    def open(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page

    def sign_in(self, role: str, *, language: str = "en") -> Page:
        self.open(f"/{language}/accounts/login/")
        self.page.locator("input[name=login]").fill(f"{role}@demo.example")
        self.page.locator("input[name=password]").fill(PASSWORD)
        self.page.locator("input[name=password]").press("Enter")
        self.page.wait_for_url("**/my-learning/")
        return self.page


@pytest.fixture
def visit(portal: Server, browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Open a window: `visit(size=PHONE, java_script_enabled=False, color_scheme="dark")`."""
    visits: list[Visit] = []

    def open_window(*, size: dict[str, int] | None = None, **options: Any) -> Visit:
        visits.append(Visit(browser.new_context(viewport=size or DESK, **options), portal))  # type: ignore[arg-type]
        return visits[-1]

    yield open_window
    for visited in visits:
        visited.context.close()
        assert visited.strangers == [], "A page asked another host for something."
        assert visited.complaints == []
