"""A real portal, a real browser, and people who use them.

The server is the one that `make run` starts, with the demonstration in it; nothing is replaced. Every page that a
journey opens is watched: a request to another host, a page without a strict content security policy, a file that is
missing, or an error in the console fails the journey.

Preparing the demonstration takes a minute. To try things again and again, let JOURNEYS_VAR_DIR name a folder: it is
prepared once, and every run works on a copy of it.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Response, StorageState, expect

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

# A machine that runs several browsers, their servers and their workers is slow; nothing waits longer than it must.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)


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
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demonstration: made by the first test process, found by the others."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder = Path(os.environ.get("JOURNEYS_VAR_DIR") or shared / "prepared")
    folder.mkdir(parents=True, exist_ok=True)
    with (folder.parent / f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        prepare(folder)
    return folder


@pytest.fixture(scope="session")
def portal(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The portal with the demonstration, as `make run` starts it; nobody has used it yet."""
    var_dir = tmp_path_factory.mktemp("portal") / "var"
    shutil.copytree(prepared, var_dir)
    prepare(var_dir)
    with running(var_dir) as server:
        yield server


class Visit:
    """One person's browser window, and what must not happen in it."""

    def __init__(self, context: BrowserContext, server: Server) -> None:
        self.server = server
        self.address = f"http://localhost:{server.port}"
        self.strangers: list[str] = []
        self.complaints: list[str] = []
        self.sent: list[str] = []
        self.context = context
        context.set_default_timeout(PATIENCE)
        context.on("request", self._note_request)
        context.on("response", self._note_response)
        context.on("console", self._note_message)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        self.page: Page = context.new_page()

    def _note_request(self, request: Request) -> None:
        if urlsplit(request.url).hostname not in {"localhost", None}:
            self.strangers.append(request.url)
        if request.method != "GET":
            self.sent.append(f"{request.method} {request.url}")

    def _note_response(self, response: Response) -> None:
        """Somebody may ask for a page that is not there; a page must not."""
        is_page = response.request.resource_type == "document"
        # So does Wagtail's autosave hear of a form that has a mistake in it.
        is_form = response.status == 400 and response.request.method == "POST" and "/admin/pages/" in response.url
        if response.status >= 400 and not is_page and not is_form:
            self.complaints.append(f"{response.status} for {response.url}")
        policy = response.headers.get("content-security-policy", "")
        if is_page and response.url.startswith(self.address) and response.status != 302:
            self._judge_policy(policy, response.url)

    def _judge_policy(self, policy: str, url: str) -> None:
        if "default-src 'none'" not in policy:
            self.complaints.append(f"{url} has no content security policy")
        elif "unsafe-" in policy and "/admin/" not in url:
            self.complaints.append(f"{url} has a weak content security policy")

    def _note_message(self, message: Any) -> None:
        # A page that is not there is reported too; files that are missing are noted as responses.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(f"{message.text} at {self.page.url}")

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

    def judge(self) -> None:
        """Fail what happened since the last time."""
        strangers, complaints = self.strangers[:], self.complaints[:]
        self.strangers.clear()
        self.complaints.clear()
        assert strangers == [], "A page asked another host for something."
        assert complaints == []


Windows = Callable[..., Visit]


@pytest.fixture
def visit(portal: Server, browser: Browser) -> Iterator[Windows]:
    """Open a new window: `visit(size=PHONE, java_script_enabled=False, color_scheme="dark")`."""
    visits: list[Visit] = []

    def open_window(*, size: dict[str, int] | None = None, **options: Any) -> Visit:
        visits.append(Visit(browser.new_context(viewport=size or DESK, **options), portal))  # type: ignore[arg-type]
        return visits[-1]

    yield open_window
    for visited in visits:
        visited.context.close()
    for visited in visits:
        visited.judge()


@pytest.fixture(scope="session")
def passes(portal: Server, browser: Browser) -> Callable[[str], StorageState]:
    """The cookies of somebody who signed in, by role: signing in is slow on purpose, so it is done once."""
    kept: dict[str, StorageState] = {}

    def pass_of(role: str) -> StorageState:
        if role not in kept:
            visited = Visit(browser.new_context(viewport=DESK), portal)  # type: ignore[arg-type]
            visited.sign_in(role)
            kept[role] = visited.context.storage_state()
            visited.context.close()
            visited.judge()
        return kept[role]

    return pass_of


@pytest.fixture
def visit_as(visit: Windows, passes: Callable[[str], StorageState]) -> Windows:
    """Open a new window in which somebody is signed in: `visit_as("author", size=PHONE)`."""

    def open_window(role: str, **options: Any) -> Visit:
        return visit(storage_state=passes(role), **options)

    return open_window


@pytest.fixture(scope="module")
def _windows_of_readers(portal: Server, browser: Browser) -> Iterator[dict[str, Visit]]:
    windows: dict[str, Visit] = {}
    yield windows
    for window in windows.values():
        window.context.close()


@pytest.fixture
def reader(_windows_of_readers: dict[str, Visit], portal: Server, browser: Browser) -> Iterator[Windows]:
    """A window of somebody who only reads: opened once for tests that leave nothing behind, and judged after each."""

    def window(*, size: dict[str, int] | None = None, **options: Any) -> Visit:
        name = repr((size, options))
        if name not in _windows_of_readers:
            context = browser.new_context(viewport=size or DESK, **options)  # type: ignore[arg-type]
            _windows_of_readers[name] = Visit(context, portal)
        return _windows_of_readers[name]

    yield window
    for visited in _windows_of_readers.values():
        visited.judge()
