"""Whatever editors do, in any order: every issued edition verifies, byte for byte, and readers see what was signed.

`EDITION_ACTIONS=1000` walks further, `EDITION_SEED` elsewhere; the figures are printed with `-s`.
"""

import os
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import time_machine

from lessons.manuals.models import SectionPage
from portal.editions import store
from portal.editions.chain import content_of
from portal.editions.models import Capacity, Edition, EditionFile
from portal.editions.proposing import changed_keys
from portal.editions.verifying import faults, faults_of_pages, unsigned_pages
from tests.portal.editions.walking import OFTEN, Walk

pytestmark = pytest.mark.django_db
ACTIONS = int(os.environ.get("EDITION_ACTIONS", "60"))
SEED = int(os.environ.get("EDITION_SEED", "5"))
BEGIN = datetime(2026, 11, 2, 9, tzinfo=UTC)


class Watch:
    """What must be true after every deed."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.seen = 0
        self.signed: dict[UUID, set[int]] = {}
        self.wrote_before: dict[UUID, dict[UUID, set[int]]] = {}

    def look(self) -> None:
        for subject in self.walk.subjects:
            assert list(faults_of_pages(subject)) == []
        assert [page for page in unsigned_pages() if page.live] == []
        assert not SectionPage.objects.filter(alias_of__isnull=False, live=True).exists()
        for edition in Edition.objects.order_by("pk")[self.seen :]:
            self._look_at_new(edition)

    def _look_at_new(self, edition: Edition) -> None:
        self.seen += 1
        signers = {each.capacity: each.person_id for each in edition.proposal.signatures.all()}  # type: ignore[union-attr]
        assert set(signers) == set(Capacity)
        assert len(set(signers.values())) == 3
        before = Edition.objects.filter(subject=edition.subject, number=edition.number - 1).first()
        changed = changed_keys(content_of(before) if before else None, content_of(edition)["pages"])
        for key in changed:
            wrote = self.walk.wrote.get(key, set())
            held = any(page["key"] == str(key) for page in content_of(edition)["pages"])
            assert not (held and wrote & {signers[Capacity.REVIEWER], signers[Capacity.APPROVER]})
        for page in content_of(edition)["pages"]:
            self.walk.wrote[UUID(page["key"])] = set()


def test_every_edition_verifies_whatever_editors_do(capsys: pytest.CaptureFixture[str]) -> None:
    with time_machine.travel(BEGIN, tick=False) as clock:
        walk = Walk(SEED)
        watch = Watch(walk)
        deeds, often = list(OFTEN), list(OFTEN.values())
        for _ in range(ACTIONS):
            clock.shift(timedelta(minutes=7))
            walk.take(walk.chance.choices(deeds, often)[0])
            watch.look()
    assert list(faults()) == []
    for file in EditionFile.objects.all():
        assert len(store.kept(file.sha256)) == file.size
    with capsys.disabled():
        if ACTIONS > 100:
            print(f"\n{ACTIONS} actions, {watch.seen} editions, {EditionFile.objects.count()} files")
            print("done", dict(walk.done), "refused", dict(walk.refused))
    assert watch.seen
