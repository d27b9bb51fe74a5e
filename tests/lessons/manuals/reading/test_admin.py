"""Managers see who has read what at their own centre, authors what readers remark; others find nothing there."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lessons.manuals.reading.models import Acknowledgement, Remark
from portal.people.models import Centre, Discipline, User
from portal.people.roles import Role
from tests.conftest import SignedIn
from tests.factories.editions import NOON, Trio, issued_manual
from tests.factories.people import administrator, make_centre, make_person
from tests.lessons.manuals.reading.test_who_must_read import section

pytestmark = pytest.mark.usefixtures("home")
READERS, REMARKS = "/admin/reports/readers/", "/admin/reports/remarks/"


def elsewhere() -> Centre:
    return make_centre(code="OT", kind=Centre.Kind.SISTER)


def is_not_found(response: Any) -> bool:
    """Django looks for what the admin does not have among the pages, and does not find it there either."""
    return bool(response.status_code == 404)


def text_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_a_manager_sees_who_still_has_to_read_and_who_has_read(trio: Trio, signed_in: SignedIn) -> None:
    _manual, edition = issued_manual(trio, code="HC-SOP-001", roles=[Discipline.NURSING])
    make_person(Role.LEARNER, first_name="Malee", discipline=Discipline.NURSING)
    keen = make_person(Role.LEARNER, first_name="Dara", discipline=Discipline.NURSING)
    Acknowledgement.objects.create(
        edition=edition, sha256=edition.sha256, person=keen, discipline=keen.discipline, statement="Read.", at=NOON
    )
    manager = signed_in(Role.CENTRE_MANAGER)
    html = text_of(manager, READERS)
    assert "Malee" in html
    assert "Dara" not in html
    html = text_of(manager, f"{READERS}?state=read")
    assert "Dara" in html
    assert edition.sha256 in html
    assert "Malee" not in html
    assert "Malee" not in text_of(manager, f"{READERS}?discipline=police")
    assert "Malee" in text_of(manager, f"{READERS}?manual=HC-SOP-001&discipline=nursing&p=99")
    exported = manager.get(f"{READERS}?export=csv")
    assert exported.headers["Content-Disposition"] == 'attachment; filename="HC-open.csv"'
    assert "Malee" in exported.content.decode()
    assert manager.get(f"{READERS}?export=xlsx&state=read").content[:2] == b"PK"


def test_names_are_for_managers_of_that_centre_only(trio: Trio, signed_in: SignedIn) -> None:
    issued_manual(trio, code="HC-SOP-001")
    make_person(Role.LEARNER, first_name="Malee")
    for client in (
        signed_in(Role.AUTHOR, Role.REVIEWER, Role.APPROVER, Role.TRAINER),
        signed_in(person=administrator()),
    ):
        for address in (READERS, f"{READERS}?export=csv"):
            assert is_not_found(client.get(address, follow=True))
    other = signed_in(Role.CENTRE_MANAGER, centre=elsewhere())
    assert "Malee" not in text_of(other, READERS)
    assert is_not_found(other.get(f"{READERS}?centre={make_centre().pk}", follow=True))
    assert [client.get(READERS).status_code for client in (Client(), signed_in(Role.LEARNER))] == [302, 403]


@pytest.mark.parametrize("question", ["centre=x", "centre=9%27", "centre=99999999999999999999"])
def test_a_made_up_centre_is_not_found(trio: Trio, signed_in: SignedIn, question: str) -> None:
    assert is_not_found(signed_in(Role.CENTRE_MANAGER).get(f"{READERS}?{question}", follow=True))


def test_what_is_no_choice_narrows_nothing(trio: Trio, signed_in: SignedIn) -> None:
    issued_manual(trio, code="HC-SOP-001")
    html = text_of(signed_in(Role.CENTRE_MANAGER), f"{READERS}?state=x&manual=%00&discipline=y&export=z&p=-1")
    assert "HC-SOP-001" in html


def test_the_list_asks_as_often_for_many_people_as_for_few(trio: Trio, signed_in: SignedIn) -> None:
    issued_manual(trio, code="HC-SOP-001", sections=1)
    manager = signed_in(Role.CENTRE_MANAGER)

    def queries() -> int:
        text_of(manager, READERS)
        with CaptureQueriesContext(connection) as captured:
            text_of(manager, READERS)
        return len(captured)

    few = queries()
    for _number in range(6):
        make_person(Role.LEARNER)
    issued_manual(trio, code="HC-SOP-002", sections=1)
    assert queries() == few


@pytest.fixture
def remark(trio: Trio) -> Remark:
    _manual, edition = issued_manual(trio, code="HC-SOP-001")
    page = section()
    return Remark.objects.create(
        edition=edition, page_key=page.translation_key, language="en", section_title=page.title,
        text="<b>Who</b> writes it down?", person=make_person(Role.LEARNER, first_name="Malee"), at=NOON,
    )  # fmt: skip


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.REVIEWER, Role.APPROVER])
def test_who_writes_for_the_centre_reads_remarks_and_closes_them(
    remark: Remark, signed_in: SignedIn, role: Role
) -> None:
    writer = signed_in(role)
    html = text_of(writer, REMARKS)
    assert "&lt;b&gt;Who&lt;/b&gt; writes it down?" in html
    assert "Malee" in html
    address = f"{REMARKS}{remark.pk}/"
    assert writer.post(address, {"answer": " "}).status_code == 200
    remark.refresh_from_db()
    assert remark.state == "open"
    assert writer.post(address, {"answer": "The next edition says it."}).status_code == 302
    remark.refresh_from_db()
    assert (remark.state, remark.answer) == ("done", "The next edition says it.")
    assert remark.closed_by is not None
    assert "writes it down?" not in text_of(writer, REMARKS)
    assert "The next edition says it." in text_of(writer, f"{REMARKS}?state=done&manual=HC-SOP-001")


def test_remarks_are_for_the_writers_of_that_centre_only(remark: Remark, signed_in: SignedIn) -> None:
    address = f"{REMARKS}{remark.pk}/"
    for client in (signed_in(Role.CENTRE_MANAGER, Role.TRAINER), signed_in(person=administrator())):
        assert is_not_found(client.get(REMARKS, follow=True))
        assert is_not_found(client.post(address, {"answer": "Mine."}, follow=True))
    other = signed_in(Role.AUTHOR, centre=elsewhere())
    assert "writes it down?" not in text_of(other, f"{REMARKS}?state=all")
    assert is_not_found(other.post(address, {"answer": "Mine."}, follow=True))
    assert [client.get(address).status_code for client in (Client(), signed_in(Role.LEARNER))] == [302, 403]
    remark.refresh_from_db()
    assert remark.state == "open"


def test_a_remark_stays_when_its_writer_goes(remark: Remark) -> None:
    User.objects.filter(pk=str(remark.person_id)).delete()
    remark.refresh_from_db()
    assert remark.person is None
