"""What are staff told of searches that found nothing, and what can they do about it?"""

from collections.abc import Mapping
from itertools import takewhile
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils import formats, timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import BaseListingView, PermissionCheckedMixin

from portal.base.dates import written
from portal.base.languages import LANGUAGES
from portal.search import promotions, unfound
from portal.search.models import LEAST_TOLD, UnfoundWords, UnfoundWordsQuerySet

VIEW, PROMOTE, DEFINE = (
    "portal_search.view_unfoundwords", "portal_search.add_promotion", "portal_glossary.add_concept"
)  # fmt: skip
#: What staff are told instead of a number: it is counted roughly, and nobody should compare two days.
STEPS = (LEAST_TOLD - 1, 20, 50, 100, 200, 500, 1_000)


def how_often(row: UnfoundWords) -> str:
    *_smaller, step = takewhile(lambda step: step < row.count, STEPS)
    return gettext("More than %(number)s times") % {"number": formats.number_format(step, force_grouping=True)}


def language_of(row: UnfoundWords) -> str:
    return LANGUAGES[row.language].name if row.language in LANGUAGES else row.language


def last_month(row: UnfoundWords) -> str:
    if translation.get_language() == "th":
        # A Thai date begins with its day; its year is that of the Buddhist era.
        return written(row.last).partition(" ")[2]
    return formats.date_format(row.last, "YEAR_MONTH_FORMAT")


class WordsColumn(Column):
    """The words, and what whoever looks at them may do so that they find something."""

    cell_template_name = "portal_search/admin/unfound_words.html"

    def get_cell_context_data(self, instance: UnfoundWords, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return {**context, **ways_out(instance, to=parent_context["request"].user)}


def ways_out(row: UnfoundWords, *, to: AbstractUser) -> dict[str, Any]:
    """Addresses of forms with the words filled in; "" where the person may not."""
    promote = _with("wagtailsnippets_portal_search_promotion:add", words=row.words)
    define = _with("wagtailsnippets_portal_glossary_concept:add", wording=row.words, language=row.language)
    return {
        "words": row.words,
        "is_promoted": promotions.is_promoted(row.words),
        "promote": promote if to.has_perm(PROMOTE) else "",
        "define": define if to.has_perm(DEFINE) else "",
    }


def _with(name: str, **parameters: str) -> str:
    return f"{reverse(name)}?{urlencode(parameters)}"


class NotFound(PermissionCheckedMixin, BaseListingView):
    """The list: never words that were searched fewer than eleven times."""

    model = UnfoundWords
    permission_required = "view"
    page_title = _("Searched and not found")
    header_icon = "search"
    results_template_name = "portal_search/admin/unfound_results.html"
    index_url_name = "portal_search_unfound"
    default_ordering = "-count"
    paginate_by = 50
    columns = [
        WordsColumn("words", label=_("Words"), sort_key="words"),
        Column("language", label=_("Language of the page"), accessor=language_of, sort_key="language"),
        Column("count", label=_("About how often"), accessor=how_often, sort_key="count"),
        Column("last", label=_("Last in"), accessor=last_month, sort_key="last"),
    ]

    def get_base_queryset(self) -> UnfoundWordsQuerySet:
        return unfound.told(at=timezone.now())

    @property
    def no_results_message(self) -> str:
        return gettext("Nothing was searched eleven times without result.")


class NotFoundItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(VIEW))


@hooks.register("register_admin_urls")
def list_of_what_was_not_found() -> list[URLPattern]:
    return [path("reports/not-found/", NotFound.as_view(), name=NotFound.index_url_name)]


@hooks.register("register_reports_menu_item")
def item_of_what_was_not_found() -> MenuItem:
    return NotFoundItem(
        NotFound.page_title, reverse(NotFound.index_url_name), name="not-found", icon_name="search", order=650
    )
