"""Is every change that concerns the index noted, in the transaction in which it is made?"""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page, PageViewRestriction
from wagtail_localize.models import Translation, TranslationSource

from lessons.articles.models import ArticleIndexPage, ArticlePage
from lessons.manuals.models import ManualPage, SectionPage
from media.models import Picture
from portal.base.audience import Sensitivity
from portal.base.models import Topic
from portal.home.models import HomePage
from portal.search.models import Change
from tests.conftest import Commits
from tests.factories import house
from tests.media import files

pytestmark = pytest.mark.usefixtures("unsigned")

Change_ = Callable[[ArticlePage], object]


@pytest.fixture
def article(home: HomePage) -> ArticlePage:
    return house.way_to(ArticlePage, home=home, title="On trust")


def noted(change: Callable[[], object]) -> set[str]:
    """The owners that `change` leaves behind, and nothing that was noted before."""
    Change.objects.all().delete()
    change()
    return set(Change.objects.values_list("owner", flat=True))


def owner(page: Page) -> str:
    return f"wagtailcore.page:{page.pk}"


def move(page: Page) -> None:
    home = page.get_parent().get_parent()
    elsewhere = house.page(ArticleIndexPage, below=home)
    Change.objects.all().delete()
    Page.objects.get(pk=page.pk).move(elsewhere, pos="last-child")


def restrict(page: Page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def make_sensitive(page: ArticlePage) -> None:
    page.sensitivity = Sensitivity.STAFF
    page.save()


def rename(page: Page) -> None:
    page.slug = "another-address"
    page.save()


def publish_a_draft(page: ArticlePage) -> None:
    page.title = "On being trusted"
    page.save_revision().publish()


CHANGES: dict[str, Change_] = {
    "published": publish_a_draft,
    "unpublished": lambda page: page.unpublish(),
    "moved": move,
    "deleted": lambda page: page.delete(),
    "deleted in bulk": lambda page: Page.objects.filter(pk=page.pk).delete(),
    "restricted": restrict,
    "made sensitive": make_sensitive,
    "renamed": rename,
}


@pytest.mark.parametrize("how", CHANGES)
def test_a_change_of_a_page_is_noted(article: ArticlePage, how: str) -> None:
    assert owner(article) in noted(lambda: CHANGES[how](article))


@pytest.mark.parametrize("how", CHANGES)
def test_what_is_rolled_back_is_not_noted(article: ArticlePage, how: str) -> None:
    def change_in_vain() -> None:
        with transaction.atomic():
            CHANGES[how](article)
            assert Change.objects.exists()
            transaction.set_rollback(True)

    assert noted(change_in_vain) == set()


def test_a_copy_is_noted_with_all_that_is_copied_below_it(home: HomePage) -> None:
    section = house.way_to(SectionPage, home=home)
    manual = ManualPage.objects.get()
    copies: list[Page] = []
    owners = noted(
        lambda: copies.append(manual.copy(recursive=True, update_attrs={"slug": "copy", "number": "KP-SOP-002"}))
    )
    copy = SectionPage.objects.exclude(pk=section.pk).get()
    assert {owner(copies[0]), owner(copy)} <= owners


@pytest.mark.parametrize("change", [restrict, rename, lambda page: page.unpublish(), make_sensitive])
def test_a_change_of_an_ancestor_is_noted_for_all_below_it(home: HomePage, change: Callable[[Any], None]) -> None:
    section = house.way_to(SectionPage, home=home)
    manual = ManualPage.objects.get()
    assert {owner(manual), owner(section)} <= noted(lambda: change(manual))


def branch(home: HomePage, *, pages: int) -> ManualPage:
    """A manual with many sections, made without Wagtail's own ceremony."""
    house.way_to(SectionPage, home=home)
    manual = ManualPage.objects.get()
    for _number in range(pages - 2):
        house.page(SectionPage, below=manual)
    return manual


def test_a_branch_that_moves_is_noted_as_a_whole_and_asks_for_one_task(home: HomePage, committed: Commits) -> None:
    manual = branch(home, pages=40)
    elsewhere = house.page(type(manual.get_parent().specific), below=home)
    DBTaskResult.objects.all().delete()
    Change.objects.all().delete()
    with committed():
        Page.objects.get(pk=manual.pk).move(elsewhere, pos="last-child")
    expected = {owner(page) for page in Page.objects.get(pk=manual.pk).get_descendants(inclusive=True)}
    assert len(expected) == 40
    assert expected <= set(Change.objects.values_list("owner", flat=True))
    assert DBTaskResult.objects.count() == 1


def test_a_branch_is_noted_in_the_transaction_that_moves_it(home: HomePage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wagtail tells of a move when it is over; a process that is killed just then must have noted all pages."""
    manual = branch(home, pages=5)
    elsewhere = house.page(type(manual.get_parent().specific), below=home)
    below = {owner(page) for page in manual.get_descendants()}
    seen: list[set[str]] = []
    update_addresses = Page._update_descendant_url_paths

    def and_look(page: Page, *addresses: str) -> None:
        update_addresses(page, *addresses)
        seen.append(set(Change.objects.values_list("owner", flat=True)))

    monkeypatch.setattr(Page, "_update_descendant_url_paths", and_look)
    noted(lambda: Page.objects.get(pk=manual.pk).move(elsewhere, pos="last-child"))
    assert below <= seen[0]


def test_a_translation_is_noted_when_it_is_made_and_when_it_is_updated(
    article: ArticlePage, thai_home: HomePage
) -> None:
    source = TranslationSource.update_or_create_from_instance(article.get_parent().specific)[0]
    Translation.objects.create(source=source, target_locale=thai_home.locale).save_target(publish=True)
    source = TranslationSource.update_or_create_from_instance(article)[0]
    translation = Translation.objects.create(source=source, target_locale=thai_home.locale)
    made = noted(lambda: translation.save_target(publish=True))
    thai = ArticlePage.objects.get(locale=thai_home.locale)
    assert owner(thai) in made
    assert owner(thai) in noted(lambda: translation.save_target(publish=True))


def test_an_alias_is_noted_when_what_it_shows_is_published(article: ArticlePage) -> None:
    alias = article.create_alias(update_slug="alias")
    assert owner(alias) in noted(lambda: publish_a_draft(article))


def test_a_topic_that_is_renamed_or_deleted_is_noted_for_the_pages_that_have_it(article: ArticlePage) -> None:
    topic = Topic.objects.create(name="Trust", slug="trust", locale=article.locale)
    article.topics.add(topic)
    article.save()
    assert owner(article) in noted(lambda: Topic.objects.get(pk=topic.pk).save())
    assert owner(article) in noted(lambda: Topic.objects.get(pk=topic.pk).delete())


def test_a_topic_that_is_given_from_its_own_side_is_noted(article: ArticlePage) -> None:
    topic = Topic.objects.create(name="Trust", slug="trust", locale=article.locale)
    assert owner(article) in noted(lambda: topic.articles.add(article))


def test_a_picture_is_noted_when_it_is_saved_and_when_it_is_deleted(db: None) -> None:
    pictures: list[Picture] = []
    photograph = files.called("loom.jpg", files.photograph(size=(600, 400)))
    made = noted(lambda: pictures.append(Picture.objects.create(title="Loom", file=photograph)))
    assert made == {f"media.picture:{pictures[0].pk}"}
    assert noted(lambda: pictures[0].delete()) == made


def test_a_draft_or_an_editors_lock_is_nothing_that_is_found(article: ArticlePage, settings: Any) -> None:
    settings.MODELSEARCH_BACKENDS["default"]["AUTO_UPDATE"] = False
    assert noted(lambda: article.save(update_fields=["draft_title", "latest_revision"], clean=False)) == set()


def test_another_engine_is_no_business_of_ours(article: ArticlePage, settings: Any) -> None:
    engine = {"default": {"BACKEND": "modelsearch.backends.database", "AUTO_UPDATE": True}}
    settings.MODELSEARCH_BACKENDS = settings.WAGTAILSEARCH_BACKENDS = engine
    assert noted(lambda: article.save()) == set()


def test_fixtures_are_not_noted(article: ArticlePage, tmp_path: Any) -> None:
    call_command("dumpdata", "articles", "--output", str(tmp_path / "articles.json"))
    assert noted(lambda: call_command("loaddata", str(tmp_path / "articles.json"), verbosity=0)) == set()
