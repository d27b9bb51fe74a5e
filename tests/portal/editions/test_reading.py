"""Does everybody read those pages of an edition that are open to them, and learn nothing of the others?"""

from typing import Any

import pytest
from wagtail.models import Page

from lessons.manuals.models import ManualPage, SectionPage
from portal.base.audience import ANYBODY, Sensitivity, Surface, viewer_for
from portal.editions import gate
from portal.editions.models import Edition
from portal.editions.reading import languages_for, pages_for
from portal.people.roles import Role
from tests.factories import house
from tests.factories.editions import (
    HOUR,
    NOON,
    Trio,
    add_section,
    issued,
    issued_manual,
    make_trio,
    rewrite,
    write_manual,
)
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def trio() -> Trio:
    return make_trio()


def _titles(edition: Edition, *roles: Role, language: str = "en", at: Any = NOON + HOUR, surface: str = "web") -> Any:
    viewer = viewer_for(make_person(*roles)) if roles else ANYBODY
    return [page.title for page in pages_for(edition, viewer, surface=surface, language=language, at=at)]


def _live(page: Any, **fields: Any) -> None:
    """Change what a page asks of its readers, as a next edition would."""
    page = page.specific_class.objects.get(pk=page.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    with gate.opened():
        page.save()


def test_a_visitor_reads_a_public_edition_in_its_order(trio: Trio) -> None:
    _manual, edition = issued_manual(trio)
    assert _titles(edition) == ["Identification", "Section 1", "Section 2"]
    assert _titles(edition, language="th") == []


def test_a_section_for_staff_does_not_exist_for_visitors(trio: Trio) -> None:
    manual = write_manual(by=trio.author, sections=1)
    add_section(manual, title="Where she sleeps", by=trio.author, sensitivity=Sensitivity.STAFF)
    edition = issued(manual, trio)
    assert _titles(edition) == ["Identification", "Section 1"]
    assert _titles(edition, Role.TRAINER) == ["Identification", "Section 1", "Where she sleeps"]


def test_a_manual_for_staff_hides_all_of_its_edition(trio: Trio) -> None:
    _manual, edition = issued_manual(trio, sensitivity=Sensitivity.STAFF)
    assert _titles(edition) == []
    assert _titles(edition, Role.LEARNER) == []
    assert len(_titles(edition, Role.AUTHOR)) == 3


def test_what_was_made_confidential_since_is_confidential_in_old_editions(trio: Trio) -> None:
    manual, edition = issued_manual(trio)
    _live(SectionPage.objects.get(slug="section-1"), sensitivity=Sensitivity.STAFF)
    assert _titles(edition) == ["Identification", "Section 2"]
    _live(manual, sensitivity=Sensitivity.STAFF)
    assert _titles(edition) == []


def test_what_was_opened_since_stays_confidential_in_old_editions(trio: Trio) -> None:
    manual = write_manual(by=trio.author, sections=1)
    secret = add_section(manual, title="Later public", by=trio.author, sensitivity=Sensitivity.STAFF)
    old = issued(manual, trio)
    rewrite(secret, by=trio.author, sensitivity=Sensitivity.PUBLIC)
    new = issued(manual, trio, at=NOON + HOUR)
    assert "Later public" not in _titles(old)
    assert "Later public" in _titles(new)


def test_without_its_root_an_edition_is_for_staff(trio: Trio) -> None:
    manual, edition = issued_manual(trio)
    ManualPage.objects.get(pk=manual.pk).unpublish()
    assert _titles(edition) == []
    assert _titles(edition, Role.LEARNER) == []
    assert len(_titles(edition, Role.TRAINER)) == 3
    Page.objects.get(pk=manual.pk).delete()
    assert _titles(edition) == []
    assert len(_titles(edition, Role.TRAINER)) == 3


def test_a_shelf_that_was_closed_closes_its_editions(trio: Trio) -> None:
    manual, edition = issued_manual(trio)
    manual.get_parent().specific.unpublish()
    assert _titles(edition) == []
    assert len(_titles(edition, Role.TRAINER)) == 3


def test_a_section_that_is_gone_stays_in_its_edition(trio: Trio) -> None:
    _manual, edition = issued_manual(trio)
    SectionPage.objects.get(slug="section-1").delete()
    assert _titles(edition) == ["Identification", "Section 1", "Section 2"]


def test_before_its_hour_only_staff_read_an_edition(trio: Trio) -> None:
    manual, _first = issued_manual(trio)
    rewrite(SectionPage.objects.get(slug="section-1"), by=trio.author, purpose="Clear.")
    edition = issued(manual, trio, at=NOON + HOUR, effective_from=NOON + 3 * HOUR)
    assert _titles(edition, at=NOON + 2 * HOUR) == []
    assert _titles(edition, Role.LEARNER, at=NOON + 2 * HOUR) == []
    assert len(_titles(edition, Role.TRAINER, at=NOON + 2 * HOUR)) == 3
    assert len(_titles(edition, at=NOON + 3 * HOUR)) == 3


def test_an_edition_is_read_on_its_surfaces_only(trio: Trio) -> None:
    _manual, edition = issued_manual(trio)
    assert _titles(edition, Role.TRAINER, surface=Surface.KIOSK) == []


def test_an_edition_is_offered_in_the_languages_that_are_open(trio: Trio) -> None:
    manual = write_manual(by=trio.author, sections=1)
    section = SectionPage.objects.get(slug="section-1")
    house.home("th", translation_key=manual.get_parent().get_parent().translation_key)
    thai = write_manual(
        by=trio.author, sections=0, language="th", translation_key=manual.translation_key, sensitivity=Sensitivity.STAFF
    )
    add_section(thai, title="ตอน", by=trio.author, translation_key=section.translation_key)
    edition = issued(manual, trio)
    assert languages_for(edition, ANYBODY, at=NOON) == ["en"]
    assert languages_for(edition, viewer_for(trio.author), at=NOON) == ["en", "th"]


def test_a_large_edition_asks_no_more_queries_than_a_small_one(trio: Trio, django_assert_num_queries: Any) -> None:
    for code, sections in (("KP-SOP-001", 2), ("KP-SOP-002", 12)):
        edition = issued(write_manual(by=trio.author, code=code, sections=sections), trio)
        _titles(edition)
        with django_assert_num_queries(4):
            assert len(_titles(edition)) == sections + 1
