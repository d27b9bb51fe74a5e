"""What may each role open in Wagtail's admin, and nothing more?"""

from itertools import product

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset as formset
from wagtail.test.utils.form_data import nested_form_data, streamfield

from exhibits.models import ExhibitionIndexPage, ExhibitionPage
from lessons.articles.models import ArticleIndexPage, ArticlePage
from lessons.courses.models import CourseIndexPage, CoursePage
from lessons.manuals.models import ManualIndexPage, ManualPage
from portal.home.models import HomePage, PlainPage
from portal.people.roles import Role
from tests.conftest import SignedIn
from tests.factories import house
from tests.factories.people import make_person

EDITORS = frozenset(Role) - {Role.LEARNER}
ADMINISTRATORS: frozenset[Role] = frozenset()
MAKERS = frozenset({Role.TRAINER, Role.AUTHOR, Role.CURATOR})

#: The addresses of the admin, and the roles that they open to; the one who runs the site may open all.
ADDRESSES = {
    "wagtailadmin_home": EDITORS,
    "wagtailadmin_account": EDITORS,
    "wagtailimages:add": MAKERS,
    "wagtaildocs:add": MAKERS,
    "memberships:index": frozenset({Role.CENTRE_MANAGER}),
    "memberships:add": frozenset({Role.CENTRE_MANAGER}),
    "wagtailusers_users:index": ADMINISTRATORS,
    "wagtailusers_users:add": ADMINISTRATORS,
    "wagtailusers_groups:index": ADMINISTRATORS,
    "wagtailusers_groups:add": ADMINISTRATORS,
    "wagtailsites:index": ADMINISTRATORS,
    "wagtaillocales:index": ADMINISTRATORS,
    "wagtailredirects:index": ADMINISTRATORS,
    "wagtailadmin_collections:index": ADMINISTRATORS,
    "wagtailadmin_workflows:index": ADMINISTRATORS,
    "wagtailadmin_reports:site_history": EDITORS,
    "wagtailsnippets_base_topic:list": ADMINISTRATORS,
    "wagtailsnippets_base_topic:add": ADMINISTRATORS,
}

ADD, CHANGE, PUBLISH = "add", "change", "publish"
WRITING = {Role.AUTHOR: {ADD}, Role.REVIEWER: {CHANGE}, Role.APPROVER: {CHANGE, PUBLISH}}
#: What each role may do below each index page; whoever is not named may do nothing.
RIGHTS: dict[type[Page], dict[Role, set[str]]] = {
    ArticleIndexPage: WRITING,
    ManualIndexPage: {**WRITING, Role.AUTHOR: {ADD, CHANGE}},
    ExhibitionIndexPage: {Role.CURATOR: {ADD, CHANGE, PUBLISH}},
    CourseIndexPage: {Role.TRAINER: {ADD, CHANGE, PUBLISH}},
    HomePage: {},
}
CHILDREN = {
    ArticleIndexPage: ArticlePage, ManualIndexPage: ManualPage, ExhibitionIndexPage: ExhibitionPage,
    CourseIndexPage: CoursePage, HomePage: PlainPage,
}  # fmt: skip


def opens(client: Client, address: str) -> bool:
    """Whether somebody gets in; who does not is led away or told that it is forbidden."""
    status = client.get(address).status_code
    assert status in (200, 302, 403, 404), address
    return status == 200


@pytest.mark.parametrize("role", Role)
def test_each_role_opens_exactly_its_part_of_the_admin(role: Role, home: HomePage, signed_in: SignedIn) -> None:
    house.one_of_each(home)
    client = signed_in(role)
    opened = {name for name in ADDRESSES if opens(client, reverse(name))}
    assert opened == {name for name, roles in ADDRESSES.items() if role in roles}


def test_outsiders_do_not_get_into_the_admin(home: HomePage, signed_in: SignedIn) -> None:
    pages = house.one_of_each(home)
    for client in (Client(), signed_in()):
        for name in ADDRESSES:
            assert not opens(client, reverse(name))
        for page in pages.values():
            assert not opens(client, reverse("wagtailadmin_pages:edit", args=[page.pk]))


@pytest.mark.parametrize(("role", "index_kind"), list(product(Role, RIGHTS)))
def test_each_role_edits_exactly_its_part_of_the_tree(
    role: Role, index_kind: type[Page], home: HomePage, signed_in: SignedIn
) -> None:
    pages = house.one_of_each(home)
    may = RIGHTS[index_kind].get(role, set())
    index, child = pages[index_kind], pages[CHILDREN[index_kind]]
    client = signed_in(role)
    names = (CHILDREN[index_kind]._meta.app_label, CHILDREN[index_kind]._meta.model_name)
    assert opens(client, reverse("wagtailadmin_pages:add", args=[*names, index.pk])) == (ADD in may)
    assert opens(client, reverse("wagtailadmin_pages:edit", args=[child.pk])) == (CHANGE in may)
    assert opens(client, reverse("wagtailadmin_pages:unpublish", args=[child.pk])) == (PUBLISH in may)


def test_an_author_changes_their_own_draft_but_cannot_publish_it(home: HomePage, signed_in: SignedIn) -> None:
    house.one_of_each(home)
    author = make_person(Role.AUTHOR)
    draft = house.page(ArticlePage, below=ArticleIndexPage.objects.get(), owner=author, live=False)
    client = signed_in(person=author)
    edit = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    said = client.get(edit).content.decode()
    assert 'name="action-publish"' not in said
    wanted = {"title": "Mine", "slug": "mine", "body": streamfield([]), "surfaces": ["web"], "sensitivity": "0"}
    answer = client.post(edit, nested_form_data({**wanted, "action-publish": "1", "comments": formset([])}))
    assert answer.status_code == 302, answer.context["form"].errors
    draft.refresh_from_db()
    assert not draft.live


def test_an_approver_publishes_through_the_editor(home: HomePage, signed_in: SignedIn) -> None:
    house.one_of_each(home)
    article = ArticlePage.objects.get()
    said = signed_in(Role.APPROVER).get(reverse("wagtailadmin_pages:edit", args=[article.pk])).content.decode()
    assert 'name="action-publish"' in said
    reviewer = signed_in(Role.REVIEWER).get(reverse("wagtailadmin_pages:edit", args=[article.pk])).content.decode()
    assert 'name="action-publish"' not in reviewer
