"""Does an author see what was found before anything is made, and nobody else?"""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from lessons.manuals.import_admin import working
from lessons.manuals.import_admin.models import NEXT, ImportState, ManualImport
from lessons.manuals.models import ManualIndexPage, ManualPage
from media.stores import originals
from portal.base.page_rights import grant_rights
from portal.home.models import HomePage
from portal.people.models import User
from portal.people.roles import Role
from tests.conftest import SignedIn
from tests.factories import house
from tests.factories.people import make_person
from tests.lessons.manuals.word_in.word_files import packed, par, picture
from tests.media.files import photograph

INDEX = "/admin/manuals/import/"
CONTENT = packed(par("One", style="Heading1"), par("Greet her.", number=1), par("Two", style="Heading1"),
                 par("", xml=picture()), media={"rIdP": photograph("PNG")})  # fmt: skip


@pytest.fixture
def shelf(home: HomePage) -> ManualIndexPage:
    shelf = house.page(ManualIndexPage, below=home)
    grant_rights(shelf, shelf.rights)
    return shelf


@pytest.fixture
def author(shelf: ManualIndexPage) -> User:
    return make_person(Role.AUTHOR)


@pytest.fixture
def desk(author: User, signed_in: SignedIn) -> Client:
    return signed_in(person=author)


@pytest.fixture
def bring(desk: Client, shelf: ManualIndexPage) -> Callable[..., Any]:
    def bring(content: bytes = CONTENT, *, name: str = "Intake.docx", **fields: Any) -> Any:
        file = SimpleUploadedFile(name, content)
        told = {"file": file, "shelf": shelf.pk, "number": "HC-SOP-007", "title": "", "credit": "", **fields}
        return desk.post(INDEX, told)

    return bring


def test_a_manual_is_brought_read_looked_at_and_made(desk: Client, bring: Callable[..., Any], author: User) -> None:
    answer = bring()
    brought = ManualImport.objects.get()
    place = f"{INDEX}{brought.pk}/"
    assert (answer.status_code, answer.url) == (302, place)
    assert "<progress" in desk.get(place).content.decode()
    assert desk.get(f"{place}state/").json() == {"state": "to_read", "done": 0, "total": 0}
    working.work_off_all()
    shown = desk.get(place).content.decode()
    assert "1 step." in shown
    assert ">Procedure step</small> Greet her." in shown
    assert not ManualPage.objects.exists()
    desk.post(place, {"make": "", "number": "HC-SOP-008", "title": "Intake"})
    working.work_off_all()
    brought.refresh_from_db()
    manual = ManualPage.objects.get()
    assert (brought.state, brought.manual) == (ImportState.MADE, manual)
    assert (manual.number, manual.title, manual.live, manual.owner) == ("HC-SOP-008", "Intake", False, author)
    assert f"/admin/pages/{manual.pk}/" in desk.get(place).content.decode()


def test_the_file_is_gone_once_the_drafts_are_made_or_nothing_can_be_made(
    desk: Client, bring: Callable[..., Any]
) -> None:
    for content, wanted in ((CONTENT, ImportState.MADE), (b"no document", ImportState.REFUSED)):
        ManualPage.objects.all().delete()
        bring(content)
        brought = ManualImport.objects.order_by("pk").last()
        assert brought
        stored = str(brought.file.name)
        assert originals().exists(stored)
        assert "Intake" not in stored
        working.work_off_all()
        desk.post(f"{INDEX}{brought.pk}/", {"make": "", "number": "HC-SOP-007", "title": ""})
        working.work_off_all()
        brought.refresh_from_db()
        assert (brought.state, brought.file.name) == (wanted, "")
        assert not originals().exists(stored)


def test_why_a_file_could_not_be_read_is_said(desk: Client, bring: Callable[..., Any]) -> None:
    bring(b"no document")
    working.work_off_all()
    shown = desk.get(f"{INDEX}{ManualImport.objects.get().pk}/").content.decode()
    assert "This is not a Word document" in shown


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": "m.docm"}, "carries macros"), ({"name": "m.doc"}, "old Word"),
        ({"name": "m.pdf"}, "Manuals come in as"),
        ({"number": "7"}, "Write the number like"), ({"number": "KP-SOP-001"}, "Another manual has the number"),
    ],
)  # fmt: skip
def test_what_cannot_be_brought_is_said_at_once(
    change: dict[str, str], said: str, bring: Callable[..., Any], shelf: ManualIndexPage
) -> None:
    house.page(ManualPage, below=shelf, number="KP-SOP-001")
    answer = bring(**change)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not ManualImport.objects.exists()


def test_a_number_that_was_taken_meanwhile_is_asked_for_again(
    desk: Client, bring: Callable[..., Any], shelf: ManualIndexPage
) -> None:
    bring()
    working.work_off_all()
    brought = ManualImport.objects.get()
    desk.post(f"{INDEX}{brought.pk}/", {"make": "", "number": "HC-SOP-007", "title": ""})
    house.page(ManualPage, below=shelf, number="HC-SOP-007")
    working.work_off_all()
    brought.refresh_from_db()
    assert brought.state == ImportState.READ
    assert "Another manual has the number" in desk.get(f"{INDEX}{brought.pk}/").content.decode()
    assert brought.file


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.REVIEWER, Role.LEARNER])
def test_nobody_else_learns_what_somebody_brings(role: Role, bring: Callable[..., Any], signed_in: SignedIn) -> None:
    bring()
    place = f"{INDEX}{ManualImport.objects.get().pk}/"
    outsider = signed_in(role)
    answers = [outsider.get(place), outsider.get(f"{place}state/"), outsider.post(place, {"put_away": "1"})]
    assert all(answer.status_code in {302, 403, 404} for answer in answers)
    assert ManualImport.objects.exists()
    assert "HC-SOP-007" not in outsider.get(INDEX, follow=True).content.decode()


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize("role", [Role.REVIEWER, Role.APPROVER, Role.CURATOR])
def test_who_may_not_add_manuals_is_not_offered_it(role: Role, signed_in: SignedIn) -> None:
    client = signed_in(role)
    answer = client.get(INDEX)
    assert answer.status_code in {302, 403}
    assert INDEX not in client.get("/admin/", follow=True).content.decode()


def test_the_author_is_offered_it(desk: Client) -> None:
    assert INDEX in desk.get("/admin/").content.decode()


def test_a_file_that_is_put_away_leaves_nothing(desk: Client, bring: Callable[..., Any]) -> None:
    bring()
    brought = ManualImport.objects.get()
    desk.post(f"{INDEX}{brought.pk}/", {"put_away": "1"})
    assert not ManualImport.objects.exists()
    assert not originals().exists(str(brought.file.name))
    working.work_off_all()
    assert not ManualPage.objects.exists()


def test_a_file_that_ended_the_worker_twice_is_not_tried_again(desk: Client, bring: Callable[..., Any]) -> None:
    bring()
    ManualImport.objects.update(attempts=2)
    working.work_off_all()
    assert ManualImport.objects.get().state == ImportState.REFUSED


def test_pressing_twice_makes_one_manual(desk: Client, bring: Callable[..., Any]) -> None:
    bring()
    working.work_off_all()
    place = f"{INDEX}{ManualImport.objects.get().pk}/"
    for _ in range(2):
        desk.post(place, {"make": "", "number": "HC-SOP-007", "title": ""})
    working.work_off_all()
    desk.post(place, {"make": "", "number": "HC-SOP-009", "title": ""})
    working.work_off_all()
    assert ManualPage.objects.count() == 1


def test_what_nobody_came_back_for_is_put_away(desk: Client, bring: Callable[..., Any]) -> None:
    bring()
    working.work_off_all()
    working.put_away_old_ones(before=timezone.now())
    assert not ManualImport.objects.exists()


def test_every_state_that_can_follow_another_is_one() -> None:
    assert set(NEXT) == set(ImportState)
    assert frozenset().union(*NEXT.values()) <= set(ImportState)
