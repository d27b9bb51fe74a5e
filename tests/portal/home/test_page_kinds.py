"""Can every kind of page be made, edited, previewed and read, and only where it belongs?"""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, get_page_models

from exhibits.models import ExhibitionIndexPage, ExhibitionPage, RoomPage, StopPage
from lessons.courses.models import CourseIndexPage, CoursePage, LessonPage, ModulePage
from portal.base.models import PortalPage
from portal.home.models import HomePage, PlainPage
from portal.people.roles import Role
from tests.conftest import SignedIn
from tests.factories import house
from tests.factories.people import administrator

KINDS: list[type[PortalPage]] = [HomePage, *house.PARENTS]
#: Below these more than the kinds of the table may stand.
ALSO = {(PlainPage, PlainPage)}
EDITOR_OF: dict[type[PortalPage], Role] = {
    **dict.fromkeys((ExhibitionIndexPage, ExhibitionPage, RoomPage, StopPage), Role.CURATOR),
    **dict.fromkeys((CourseIndexPage, CoursePage, ModulePage, LessonPage), Role.TRAINER),
}


def test_the_table_knows_every_kind_of_page_there_is() -> None:
    assert {kind for kind in get_page_models() if issubclass(kind, PortalPage)} == set(KINDS)


@pytest.mark.parametrize("child", KINDS, ids=lambda kind: kind.__name__)
def test_a_page_stands_below_its_kind_of_parent_and_nowhere_else(child: type[PortalPage]) -> None:
    for parent in KINDS:
        may = house.PARENTS.get(child) is parent or (parent, child) in ALSO
        assert (child in parent.allowed_subpage_models()) == may, parent
        assert (parent in child.allowed_parent_page_models()) == may, parent
    assert (Page in child.allowed_parent_page_models()) == (child is HomePage)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_nothing_else_can_be_made_below_a_page_in_the_editor(
    kind: type[PortalPage], home: HomePage, signed_in: SignedIn
) -> None:
    page = house.one_of_each(home)[kind]
    client = signed_in(person=administrator())
    for child in KINDS:
        may = house.PARENTS.get(child) is kind or (kind, child) in ALSO
        if may and child.max_count_per_parent == 1:
            continue
        names = (child._meta.app_label, child._meta.model_name)
        answer = client.get(reverse("wagtailadmin_pages:add", args=[*names, page.pk]))
        assert (answer.status_code == 200) == may, child


def test_a_page_cannot_be_moved_to_where_it_does_not_belong(home: HomePage) -> None:
    pages = house.one_of_each(home)
    assert not pages[StopPage].can_move_to(pages[CoursePage])
    assert not pages[LessonPage].can_move_to(home)
    assert not pages[PlainPage].can_move_to(pages[RoomPage])
    assert pages[StopPage].can_move_to(pages[RoomPage])


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_of_page_opens_for_its_editor_and_previews(
    kind: type[PortalPage], home: HomePage, signed_in: SignedIn
) -> None:
    page = house.one_of_each(home)[kind]
    role = EDITOR_OF.get(kind, Role.REVIEWER)
    is_the_front = kind in (HomePage, PlainPage)
    client = signed_in(person=administrator()) if is_the_front else signed_in(role)
    assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
    page.title = "Only a draft so far"
    page.save_revision()
    draft = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert draft.status_code == 200
    assert "Only a draft so far" in draft.content.decode()
    assert "Only a draft so far" not in Client().get(page.get_url()).content.decode()
    assert Client().get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).status_code == 302


@pytest.mark.parametrize("kind", house.PARENTS, ids=lambda kind: kind.__name__)
def test_a_page_that_was_never_saved_previews_too(kind: type[PortalPage], home: HomePage) -> None:
    above = Page.objects.get(pk=house.one_of_each(home)[house.PARENTS[kind]].pk)
    page = kind(title="Never saved", slug="never-saved", locale=above.locale, **house.NEEDED.get(kind, {}))
    # As Wagtail's editor places a new page, last among its siblings to be.
    page.depth, page.path = above.depth + 1, Page._get_children_path_interval(above.path)[1]
    page.set_url_path(above)
    answer = page.make_preview_request()
    assert answer.status_code == 200
    assert "Never saved" in answer.content.decode()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_of_page_answers_in_english_and_thai(
    kind: type[PortalPage], home: HomePage, thai_home: HomePage
) -> None:
    for front in (home, thai_home):
        page = house.one_of_each(front)[kind]
        answer = Client().get(page.get_url())
        assert answer.status_code == 200
        assert answer.headers["Content-Language"] == front.locale.language_code
        assert f'<html lang="{front.locale.language_code}">' in answer.content.decode()


def test_every_kind_of_page_says_what_it_is() -> None:
    for kind in KINDS:
        assert str(kind.kind)
        assert kind.result_template
