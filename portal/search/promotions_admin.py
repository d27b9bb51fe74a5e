"""How do editors choose which pages come first?"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CreateView, IndexView, SnippetViewSet

from portal.base.audience import viewer_of, visible
from portal.base.dates import written
from portal.glossary.models import can_be_read
from portal.search import promotions
from portal.search.models import Promotion
from portal.search.queries import LONGEST_QUESTION

MOST_WORDINGS = 40


class PromotionForm(WagtailAdminModelForm):
    """Says in plain words what is wrong with a wording."""

    def clean_words(self) -> str:
        wordings = promotions.wordings_of(self.cleaned_data["words"])
        if len(wordings) > MOST_WORDINGS:
            sentence = gettext("These are more than %(most)d wordings. Make a second promoted result for the others.")
            raise ValidationError(sentence % {"most": MOST_WORDINGS})
        for wording in wordings:
            check_wording(wording)
        return "\n".join(dict.fromkeys(wordings))


def check_wording(wording: str) -> None:
    """Raises ValidationError for what no question can equal."""
    can_be_read(wording)
    if len(wording) > LONGEST_QUESTION:
        sentence = gettext("“%(beginning)s…” is longer than a question can be: %(most)d letters.")
        raise ValidationError(sentence % {"beginning": wording[:40], "most": LONGEST_QUESTION})
    if not promotions.spelling(wording).written:
        raise ValidationError(gettext("There is no word in “%(wording)s”.") % {"wording": wording})


class PageColumn(Column):
    """The title of a page, if whoever looks at the list may know of it."""

    def get_cell_context_data(self, instance: Promotion, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        may_know = knows_of(instance.page, parent_context["request"])
        return {**context, "value": str(instance.page) if may_know else gettext("A page that you may not see")}


def knows_of(page: Page, request: HttpRequest) -> bool:
    """Whether somebody may read the page, or work on it."""
    return visible(page, viewer_of(request)) or bool(page.permissions_for_user(request.user).can_edit())


def state_of(promotion: Promotion) -> str:
    """Whether readers are shown it."""
    if promotion.until and promotion.until < timezone.localdate():
        return gettext("No longer since %(day)s") % {"day": written(promotion.until)}
    if not promotion.page.live:
        return gettext("When the page is published")
    return gettext("Until %(day)s") % {"day": written(promotion.until)} if promotion.until else gettext("Now")


class Promotions(IndexView):
    def get_base_queryset(self) -> QuerySet[Promotion]:
        chosen: QuerySet[Promotion] = super().get_base_queryset().select_related("page")
        return chosen


class AddPromotion(CreateView):
    """The words may stand in the address, for whoever comes from the list of what was not found."""

    def get_initial_form_instance(self) -> Promotion:
        return Promotion(words=self.request.GET.get("words", "")[:LONGEST_QUESTION])


class PromotionViewSet(SnippetViewSet):
    model = Promotion
    icon = "pick"
    menu_label = _("Promoted results")
    index_view_class = Promotions
    add_view_class = AddPromotion
    create_template_name = "portal_search/admin/promotion_create.html"
    edit_template_name = "portal_search/admin/promotion_edit.html"
    search_fields = ["words", "note"]
    list_display = [
        "__str__",
        PageColumn("page", label=_("Page")),
        Column("state", label=_("Shown"), accessor=state_of, sort_key="until"),
    ]
    ordering = "words"
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldPanel("words"),
            FieldPanel("is_for_longer"),
            FieldPanel("page"),
            FieldPanel("until"),
            FieldPanel("note"),
        ],
        base_form_class=PromotionForm,
    )


register_snippet(PromotionViewSet)
