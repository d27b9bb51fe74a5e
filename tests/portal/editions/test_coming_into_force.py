"""What do authors find in the editor after an edition came into force?"""

import pytest

from lessons.manuals.models import ManualPage, SectionPage
from tests.factories.editions import issued_manual, make_trio

pytestmark = pytest.mark.django_db


def test_authors_go_on_from_what_came_into_force_and_are_not_told_that_somebody_wrote_meanwhile() -> None:
    issued_manual(make_trio())
    for page in (ManualPage.objects.get(), *SectionPage.objects.all()):
        newest = page.revisions.order_by("created_at", "pk").last()
        assert newest is not None
        assert page.latest_revision_id == page.live_revision_id == newest.pk
        assert not page.has_unpublished_changes
