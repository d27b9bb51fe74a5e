"""Who reads leaflets, and what becomes of those that cannot be read?"""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from media.forms.leaflets import NO_WORDS
from media.leaflet_texts_making import begin_again, read_all
from media.models import Leaflet
from media.workshop import asking
from portal.base import background
from portal.home.models import HomePage, PlainPage
from portal.people.roles import Role
from portal.search.feeding import rebuild
from portal.search.models import Change
from tests.conftest import SignedIn
from tests.factories.pages import publish
from tests.media import files, pdf_files

pytestmark = pytest.mark.django_db

THAI = "ผู้เสียหายมีสิทธิได้รับ น้ำดื่ม"


def brought(content: bytes, *, title: str = "Rights") -> Leaflet:
    return Leaflet.objects.create(title=title, file=files.called("rights.pdf", content))


def text_of(leaflet: Leaflet) -> str:
    return Leaflet.objects.values_list("text", flat=True).get(pk=leaflet.pk)


@pytest.fixture
def damaged(leaflet: Leaflet) -> Leaflet:
    """Stored before there were doors, or damaged on the disk since."""
    with leaflet.file.storage.open(str(leaflet.file.name), "wb") as file:
        file.write(b"%PDF-1.7\nnothing that one could read")
    return leaflet


@pytest.fixture
def shown(home: HomePage, leaflet: Leaflet) -> PlainPage:
    return publish(PlainPage(title="Rights", slug="rights", body=[("file", {"leaflet": leaflet})]), below=home)


def owners() -> list[str]:
    return list(Change.objects.order_by("pk").values_list("owner", flat=True))


def test_what_a_leaflet_says_is_read_by_the_worker_and_not_while_an_editor_waits() -> None:
    leaflet = brought(pdf_files.saved(pdf_files.typeset(THAI, "second Line")))
    assert (text_of(leaflet), leaflet.text_made_at) == ("", None)
    assert read_all() == 1
    assert THAI in text_of(leaflet)
    assert read_all() == 0


def test_pages_of_a_leaflet_are_kept_apart() -> None:
    leaflet = brought(pdf_files.saved(pdf_files.paper(pages=2)))
    read_all()
    assert text_of(leaflet) == "Your rights 1\n\nYour rights 2"


def test_another_file_takes_the_text_of_the_one_before_away() -> None:
    leaflet = brought(pdf_files.saved(pdf_files.paper()))
    read_all()
    leaflet = Leaflet.objects.get(pk=leaflet.pk)
    leaflet.file = files.called("new.pdf", pdf_files.saved(pdf_files.paper(text="New rights")))
    leaflet.save()
    assert text_of(leaflet) == ""
    read_all()
    assert text_of(leaflet) == "New rights 1"


def test_another_title_leaves_the_text_as_it_is() -> None:
    leaflet = brought(pdf_files.saved(pdf_files.paper()))
    read_all()
    leaflet = Leaflet.objects.get(pk=leaflet.pk)
    leaflet.title = "Your rights, in short"
    leaflet.save()
    assert text_of(leaflet) == "Your rights 1"


def test_a_list_of_leaflets_does_not_fetch_what_they_say() -> None:
    brought(pdf_files.saved(pdf_files.paper()))
    assert Leaflet.objects.get().get_deferred_fields() == {"text"}
    assert Leaflet.get_indexed_objects().get().get_deferred_fields() == set()


def test_what_cannot_be_read_has_no_text_and_keeps_nobody_waiting(damaged: Leaflet) -> None:
    other = brought(pdf_files.saved(pdf_files.paper()), title="Other")
    assert read_all() == 2
    assert text_of(damaged) == ""
    assert text_of(other) == "Your rights 1"


def test_a_leaflet_whose_file_is_gone_does_not_keep_others_waiting(leaflet: Leaflet) -> None:
    leaflet.file.storage.delete(str(leaflet.file.name))
    other = brought(pdf_files.saved(pdf_files.paper()), title="Other")
    assert read_all() == 1
    assert text_of(other) == "Your rights 1"


def test_while_the_workshop_is_busy_the_order_stays_open(leaflet: Leaflet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "MOST_WAITING", 0.05)
    with asking.folder_of_ones_own():
        assert read_all() == 0
    assert Leaflet.objects.get().text_made_at is None
    assert read_all() == 1


def test_a_worker_that_starts_sees_to_leaflets_too() -> None:
    assert begin_again in background._first


def test_pages_that_show_a_leaflet_are_indexed_anew_when_it_was_read(leaflet: Leaflet, shown: PlainPage) -> None:
    Change.objects.all().delete()
    read_all()
    assert {f"media.leaflet:{leaflet.pk}", f"wagtailcore.page:{shown.pk}"} <= set(owners())


@pytest.mark.parametrize("ends_well", [True, False], ids=["committed", "taken back"])
def test_a_change_and_its_note_come_together_or_not_at_all(
    leaflet: Leaflet, shown: PlainPage, *, ends_well: bool
) -> None:
    Change.objects.all().delete()
    with transaction.atomic():
        leaflet.title = "Your rights, in short"
        leaflet.save()
        transaction.set_rollback(not ends_well)
    assert (f"wagtailcore.page:{shown.pk}" in owners()) is ends_well


def test_a_deleted_leaflet_leaves_nothing_to_be_found(leaflet: Leaflet, shown: PlainPage) -> None:
    Change.objects.all().delete()
    leaflet.delete()
    assert f"wagtailcore.page:{shown.pk}" in owners()


def edit(signed_in: SignedIn, leaflet: Leaflet) -> str:
    return signed_in(Role.CURATOR).get(reverse("wagtaildocs:edit", args=[leaflet.pk])).content.decode()


def test_the_editor_of_a_scan_is_told_that_nobody_can_search_it(signed_in: SignedIn) -> None:
    scan = brought(pdf_files.saved(pdf_files.typeset()), title="A scan")
    written = brought(pdf_files.saved(pdf_files.typeset(THAI)))
    assert str(NO_WORDS) not in edit(signed_in, scan)
    read_all()
    assert str(NO_WORDS) in edit(signed_in, scan)
    assert str(NO_WORDS) not in edit(signed_in, written)


def test_an_editor_finds_a_leaflet_by_what_it_says_and_an_outsider_does_not_get_there(signed_in: SignedIn) -> None:
    brought(pdf_files.saved(pdf_files.typeset(THAI)), title="For newcomers")
    brought(pdf_files.saved(pdf_files.paper()), title="Something else")
    read_all()
    rebuild()
    address = reverse("wagtaildocs:index_results") + "?q=น้ำดื่ม"
    html = signed_in(Role.CURATOR).get(address).content.decode()
    assert "For newcomers" in html
    assert "Something else" not in html
    assert "For newcomers" not in Client().get(address).content.decode()
