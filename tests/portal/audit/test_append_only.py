"""Does the list of deeds only grow, whoever asks the database?"""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from portal.audit.models import Event
from portal.audit.recording import record
from portal.people.roles import Role
from tests.factories.people import administrator, make_person

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def event() -> Event:
    return record("people.granted", by=administrator(), at=NOW, subject=make_person(), role=Role.AUTHOR)


def test_a_deed_names_its_actor_and_its_subject_by_id(event: Event) -> None:
    assert event.actor == administrator().username
    assert event.subject.startswith("people.user:")
    assert event.facts == {"role": "author"}
    assert event.at == NOW


def test_a_deed_cannot_be_changed(event: Event) -> None:
    event.verb = "nothing.happened"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        event.save()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.update(actor="somebody else")
    assert Event.objects.get().verb == "people.granted"


def test_a_deed_cannot_be_deleted(event: Event) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        event.delete()
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM audit_event")
    assert Event.objects.count() == 1


def test_deleting_the_person_leaves_what_they_did(event: Event) -> None:
    actor = administrator()
    username = actor.username
    actor.delete()
    assert Event.objects.get().actor == username


def test_without_an_actor_nothing_is_recorded() -> None:
    with pytest.raises(TypeError):
        record("people.granted", at=NOW)  # type: ignore[call-arg]
    with pytest.raises(AttributeError):
        record("people.granted", by=None, at=NOW)  # type: ignore[arg-type]
    assert not Event.objects.exists()


def test_a_deed_that_is_rolled_back_was_not_done() -> None:
    with transaction.atomic():
        record("people.granted", by=administrator(), at=NOW)
        transaction.set_rollback(True)
    assert not Event.objects.exists()
