"""An edition is a numbered link in a chain that nobody can change."""

import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection

from portal.audit.models import Event
from portal.editions.canonical import canonical, digest
from portal.editions.chain import chain_is_unbroken, content_of
from portal.editions.issuing import issue
from portal.editions.models import ChangeKind, Edition
from portal.people.models import User
from portal.people.roles import Role
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


def issued(
    subject: uuid.UUID, content: dict[str, Any], *, by: User, kind: ChangeKind = ChangeKind.CORRECTION
) -> Edition:
    return issue(subject, content, change_kind=kind, by=by, at=NOON)


def test_editions_are_numbered_and_each_stands_behind_the_one_before() -> None:
    subject, approver = uuid.uuid4(), make_person(Role.APPROVER)
    first = issued(subject, {"b": 1, "a": "ก"}, by=approver)
    second = issued(subject, {"a": 2}, by=approver)
    assert [first.number, second.number] == [1, 2]
    assert [first.change_kind, second.change_kind] == [ChangeKind.FIRST, ChangeKind.CORRECTION]
    assert (second.previous_sha256, first.content) == (first.sha256, '{"a":"ก","b":1}')
    assert content_of(first) == {"a": "ก", "b": 1}
    assert chain_is_unbroken(subject)


def test_the_subjects_do_not_share_numbers() -> None:
    approver = make_person(Role.APPROVER)
    assert [issued(uuid.uuid4(), {}, by=approver).number for _ in range(2)] == [1, 1]


def test_issuing_is_on_record() -> None:
    approver = make_person(Role.APPROVER)
    edition = issued(uuid.uuid4(), {}, by=approver)
    event = Event.objects.get(verb="editions.issued")
    assert (event.actor, event.subject) == (approver.username, f"editions.edition:{edition.pk}")


def test_a_changed_byte_breaks_the_chain() -> None:
    subject, approver = uuid.uuid4(), make_person(Role.APPROVER)
    edition = issued(subject, {"a": 1}, by=approver)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER editions_edition_no_update")
        else:
            cursor.execute("DROP TRIGGER editions_edition_no_update ON editions_edition")
    Edition.objects.filter(pk=edition.pk).update(content='{"a":2}')
    assert not chain_is_unbroken(subject)


def test_the_same_content_is_written_the_same_way() -> None:
    assert canonical({"x": 1, "ก": [2]}) == canonical({"ก": [2], "x": 1})
    assert digest("{}", previous="") != digest("{}", previous="0")
