"""An index of one's own for every test, and a manual with the section on identification, in English and Thai."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, QueryDict
from django.test import Client, RequestFactory

from lessons.manuals.models import SectionPage
from portal.home.models import HomePage
from portal.people.roles import Role
from portal.search import asked, feeding, finding
from portal.search.documents import documents_of
from portal.search.finding import Findings
from tests.factories import house, people

Search = Callable[..., "Answer"]
#: `asking(Role.AUTHOR)` is a request of somebody with this role, `asking()` one of a visitor.
Asking = Callable[..., HttpRequest]
#: `find("q=silk&kind=article", Role.AUTHOR, language="th")`
Find = Callable[..., Findings]


@dataclass(frozen=True)
class Answer:
    """What a reader sees of an answer."""

    html: str
    context: Any

    @property
    def titles(self) -> list[str]:
        leaf = self.context["findings"].leaf
        return [result.page.title for result in leaf.object_list if result.page] if leaf else []

    @property
    def kinds(self) -> dict[str, int]:
        """How many there are of each kind; nothing where all are of one."""
        facets = {facet.name: facet for facet in self.context["findings"].facets}
        return {choice.value: choice.count for choice in facets["kind"].choices} if "kind" in facets else {}

    @property
    def count(self) -> int:
        return int(self.context["findings"].count)


ROOT = "wagtailcore.page:1"


@pytest.fixture(autouse=True)
def index_folder(tmp_path: Path, settings: Any) -> Path:
    folder = tmp_path / "index"
    engine = {"default": {"BACKEND": "portal.search.backend", "PATH": str(folder), "AUTO_UPDATE": True}}
    settings.MODELSEARCH_BACKENDS = settings.WAGTAILSEARCH_BACKENDS = engine
    return folder


@pytest.fixture
def at_once(settings: Any) -> None:
    """Tasks of the background run as soon as they are enqueued."""
    immediate = {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": []}
    settings.TASKS = {"default": immediate, "background": immediate}


@pytest.fixture
def indexed(db: None, index_folder: Path) -> Callable[[], int]:
    """Call it to index what has changed. The root of all pages, which migrations have made, is there already."""
    feeding.empty()
    with feeding.index().turn():
        feeding.index().write(documents_of([ROOT]), instead_of=[ROOT])
    return feeding.drain


@pytest.fixture
def search(client: Client) -> Search:
    """Search as a visitor, or in somebody's browser."""

    def answer(text: str, *, language: str = "en", browser: Client = client, **parameters: Any) -> Answer:
        response = browser.get(f"/{language}/search/", {"q": text, **parameters})
        assert response.status_code == 200
        return Answer(response.content.decode(), response.context)

    return answer


@pytest.fixture
def asking(db: None) -> Asking:
    def request(*roles: Role) -> HttpRequest:
        made = RequestFactory().get("/")
        made.user = people.make_person(*roles) if roles else AnonymousUser()
        return made

    return request


@pytest.fixture
def find(asking: Asking) -> Find:
    """What is found for somebody who asks what stands in an address."""

    def answer(address: str, *roles: Role, language: str = "en") -> Findings:
        return finding.find(asked.read(QueryDict(address)), request=asking(*roles), language=language)

    return answer


def titles(findings: Findings) -> list[str]:
    """Of a page of results, without marks."""
    shown = findings.leaf.object_list if findings.leaf else []
    return [result.title.replace("<mark>", "").replace("</mark>", "") for result in shown]


@pytest.fixture
def section(home: HomePage) -> SectionPage:
    return house.way_to(
        SectionPage,
        home=home,
        title="Victim identification",
        summary="Who decides whether somebody was trafficked, and how.",
        purpose="To identify people who were trafficked without making them tell their story twice.",
    )


@pytest.fixture
def thai_section(thai_home: HomePage, section: SectionPage) -> SectionPage:
    return house.way_to(
        SectionPage,
        home=thai_home,
        title="การคัดแยกผู้เสียหาย",
        summary="ใครเป็นผู้วินิจฉัยว่าบุคคลหนึ่งเป็นผู้เสียหายจากการค้ามนุษย์",
    )
