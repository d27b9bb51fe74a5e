"""Who may see what? Hidden means hidden, in one answer and in a list alike."""

from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import post_page_move

from lessons.manuals.models import ManualIndexPage, ManualPage, SectionPage
from media.models import Recording
from portal.base import audience_keeping
from portal.base.audience import (
    ANYBODY,
    Audience,
    Limits,
    PageAudience,
    Sensitivity,
    Surface,
    Viewer,
    admitted,
    viewer_for,
    visible,
    visible_pages,
)
from portal.base.audience_keeping import keep_all_audiences
from portal.home.models import HomePage, PlainPage
from portal.people.roles import Role
from tests.factories import house, people

EVERYWHERE = frozenset(Surface.values)

roles = st.frozensets(st.sampled_from(Role.values), max_size=3)
centres = st.frozensets(st.sampled_from(["1", "2", "3"]), max_size=2)
limits = st.builds(
    Limits,
    sensitivity=st.sampled_from(Sensitivity.values),
    roles=st.none() | roles,
    centres=st.none() | centres,
    surfaces=st.frozensets(st.sampled_from(Surface.values)),
)
viewers = st.builds(
    Viewer,
    clearance=st.sampled_from(Sensitivity),
    roles=roles,
    centres=st.frozensets(st.integers(1, 3), max_size=2),
    is_superuser=st.booleans(),
)
surfaces = st.sampled_from(Surface.values)


@given(limits, limits, viewers, surfaces)
def test_whoever_passes_the_strictest_of_two_passes_both(
    one: Limits, two: Limits, viewer: Viewer, surface: str
) -> None:
    if (one & two).admits(viewer, surface):
        assert one.admits(viewer, surface)
        assert two.admits(viewer, surface)


@given(limits, limits, limits)
def test_the_strictest_does_not_depend_on_the_order(one: Limits, two: Limits, three: Limits) -> None:
    assert one & two == two & one
    assert (one & two) & three == one & (two & three)
    assert one & one == one
    assert one & Limits() == one


@given(viewers, surfaces)
def test_whoever_may_see_little_may_not_see_more_by_naming_nobody(viewer: Viewer, surface: str) -> None:
    nobody = Limits(roles=frozenset())
    assert nobody.admits(viewer, surface) == viewer.is_superuser
    assert not Limits(surfaces=frozenset()).admits(viewer, surface)


class AnyTree(TestCase):
    """Random trees, random changes, random people: the answer for one page and the list of pages agree."""

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def test_one_answer_and_the_list_agree(self, data: st.DataObject) -> None:
        tree = [house.home("en")]
        for _ in range(data.draw(st.integers(1, 5), label="pages")):
            tree.append(house.page(PlainPage, below=data.draw(st.sampled_from(tree)), **self._audience(data)))  # type: ignore[arg-type]
        for _ in range(data.draw(st.integers(0, 3), label="changes")):
            self._change(data, Page.objects.get(pk=data.draw(st.sampled_from(tree[1:])).pk))
        viewer, surface = data.draw(viewers), data.draw(surfaces)
        listed = set(visible_pages(Page.objects.all(), viewer, surface).values_list("pk", flat=True))

        for page in Page.objects.filter(depth__gte=2):
            assert (page.pk in listed) == visible(page, viewer, surface) == self._by_hand(page, viewer, surface)

        kept = dict(PageAudience.objects.values_list("page_id", "audience_id"))
        keep_all_audiences()
        assert dict(PageAudience.objects.values_list("page_id", "audience_id")) == kept

    def _audience(self, data: st.DataObject) -> dict[str, object]:
        return {
            "sensitivity": data.draw(st.sampled_from(Sensitivity.values)),
            "audience_roles": sorted(data.draw(roles)),
            "surfaces": sorted(data.draw(st.frozensets(surfaces, min_size=1))),
            "live": data.draw(st.integers(0, 5)) > 0,
        }

    def _change(self, data: st.DataObject, page: Page) -> None:
        change = data.draw(st.sampled_from(["unpublish", "publish", "restrict", "move", "open"]))
        if change == "unpublish":
            page.unpublish()
        elif change == "publish":
            page.specific.save_revision().publish()
        elif change == "restrict":
            PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
        elif change == "move":
            page.specific.move(HomePage.objects.get(), pos="last-child")
        else:
            PlainPage.objects.get(pk=page.pk).save(update_fields=None)

    def _by_hand(self, page: Page, viewer: Viewer, surface: str) -> bool:
        """The rule once more, without any cache or kept row."""
        way = [*page.get_ancestors().filter(depth__gte=2).specific(), page.specific]
        if not all(step.live for step in way):
            return False
        restricted = PageViewRestriction.objects.filter(page__in=[step.pk for step in way]).exists()
        strictest = Limits(sensitivity=Sensitivity.RESTRICTED) if restricted else Limits()
        for step in way:
            strictest &= step.own_limits()
        return strictest.admits(viewer, surface)


def test_a_page_below_a_staff_page_is_for_staff(home: HomePage) -> None:
    manual = house.way_to(ManualPage, home=home, sensitivity=Sensitivity.STAFF)
    section = house.page(SectionPage, below=manual)
    assert not visible(section, ANYBODY)
    assert not visible(section, viewer_for(people.make_person(Role.LEARNER)))
    assert visible(section, viewer_for(people.make_person(Role.AUTHOR)))


def test_what_moves_below_a_hidden_page_is_hidden_and_comes_back(home: HomePage) -> None:
    secret = house.page(PlainPage, below=home, sensitivity=Sensitivity.STAFF)
    open_page = house.page(PlainPage, below=home)
    below = house.page(PlainPage, below=open_page)

    PlainPage.objects.get(pk=open_page.pk).move(Page.objects.get(pk=secret.pk), pos="last-child")
    assert not visible(PlainPage.objects.get(pk=below.pk), ANYBODY)

    PlainPage.objects.get(pk=open_page.pk).move(Page.objects.get(pk=home.pk), pos="last-child")
    assert visible(PlainPage.objects.get(pk=below.pk), ANYBODY)


def test_what_moves_is_hidden_even_if_the_process_ends_before_wagtail_tells_of_the_move(home: HomePage) -> None:
    secret = house.page(PlainPage, below=home, sensitivity=Sensitivity.STAFF)
    open_page = house.page(PlainPage, below=home)
    below = house.page(PlainPage, below=open_page)

    post_page_move.disconnect(dispatch_uid="base.page_was_moved")
    try:
        PlainPage.objects.get(pk=open_page.pk).move(Page.objects.get(pk=secret.pk), pos="last-child")
    finally:
        audience_keeping.connect()
    assert not visible(PlainPage.objects.get(pk=below.pk), ANYBODY)


def test_a_page_below_an_unpublished_one_is_seen_by_nobody(home: HomePage) -> None:
    section = house.way_to(SectionPage, home=home)
    ManualIndexPage.objects.get().unpublish()
    chief = viewer_for(people.administrator())
    assert not visible(section, chief)
    ManualIndexPage.objects.get().save_revision().publish()
    assert visible(section, ANYBODY)


def test_wagtail_s_own_restriction_makes_a_page_and_what_is_below_restricted(home: HomePage) -> None:
    section = house.way_to(SectionPage, home=home)
    restriction = PageViewRestriction.objects.create(
        page=section.get_parent(), restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(Group.objects.first())
    assert not visible(section, ANYBODY)
    assert not visible(section, viewer_for(people.make_person(Role.AUTHOR)))
    assert visible(section, viewer_for(people.make_person(Role.REVIEWER)))
    restriction.delete()
    assert visible(section, ANYBODY)


def test_a_centre_s_page_is_not_for_another_centre(home: HomePage) -> None:
    ours, theirs = people.make_centre(code="KP"), people.make_centre(code="NK")
    page = house.page(PlainPage, below=home)
    page.audience_centres.add(ours)
    page.save()
    assert visible(page, viewer_for(people.make_person(Role.LEARNER, centre=ours)))
    assert not visible(page, viewer_for(people.make_person(Role.CENTRE_MANAGER, centre=theirs)))
    assert not visible(page, ANYBODY)


def test_an_audience_that_another_process_added_is_noticed(home: HomePage) -> None:
    page = house.page(PlainPage, below=home)
    assert admitted(ANYBODY)
    # As another process would: without telling the memory of this one.
    kiosk_too = Audience(sensitivity=0, surfaces="kiosk,web")
    Audience.objects.bulk_create([kiosk_too])
    PageAudience.objects.filter(page=page).update(audience=Audience.objects.get(surfaces="kiosk,web"))
    assert visible(page, ANYBODY)
    assert page.pk in visible_pages(Page.objects.all(), ANYBODY).values_list("pk", flat=True)


@pytest.mark.django_db
def test_what_has_no_audience_is_seen_by_nobody() -> None:
    recording = Recording.objects.create(title="Unused", file="recordings/none.wav")
    for thing in (object(), None, "a page", recording, Page.get_first_root_node()):
        assert not visible(thing, viewer_for(people.administrator()))


def test_a_draft_is_seen_by_nobody(home: HomePage) -> None:
    draft = house.page(PlainPage, below=home, live=False)
    assert not visible(draft, viewer_for(people.administrator()))
    assert draft.pk not in visible_pages(Page.objects.all(), viewer_for(people.administrator())).values_list(
        "pk", flat=True
    )


CLEARANCES = {
    (): Sensitivity.PUBLIC,
    (Role.LEARNER,): Sensitivity.PARTNER,
    (Role.TRAINER,): Sensitivity.STAFF,
    (Role.AUTHOR,): Sensitivity.STAFF,
    (Role.CURATOR,): Sensitivity.STAFF,
    (Role.REVIEWER,): Sensitivity.RESTRICTED,
    (Role.APPROVER,): Sensitivity.RESTRICTED,
    (Role.CENTRE_MANAGER,): Sensitivity.RESTRICTED,
    (Role.LEARNER, Role.AUTHOR): Sensitivity.STAFF,
}


@pytest.mark.django_db
@pytest.mark.parametrize(("held", "sensitivity"), list(product(CLEARANCES, Sensitivity)))
def test_each_role_is_cleared_for_exactly_so_much(held: tuple[Role, ...], sensitivity: Sensitivity) -> None:
    viewer = viewer_for(people.make_person(*held))
    assert Limits(sensitivity=sensitivity).admits(viewer, Surface.WEB) == (sensitivity <= CLEARANCES[held])


@pytest.mark.django_db
def test_somebody_signed_out_is_anybody() -> None:
    assert viewer_for(AnonymousUser()) == viewer_for(None) == ANYBODY


def test_a_misspelt_role_is_refused_and_does_not_open_a_page(home: HomePage) -> None:
    for wrong in (["learnr"], "learner", {"learner": 1}, [1], [["learner"]]):
        page = PlainPage(
            title="Notes", slug="notes", locale=home.locale, audience_roles=wrong, path="00010001", depth=2
        )
        with pytest.raises(ValidationError) as refusal:
            page.full_clean()
        assert "audience_roles" in refusal.value.message_dict
