"""How do staff keep the glossary?"""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CreateView, IndexView, SnippetViewSet

from portal.base.languages import LANGUAGES
from portal.glossary.forms import ConceptForm
from portal.glossary.models import LONGEST_WORDING, Concept, Wording


class Concepts(IndexView):
    def get_base_queryset(self) -> QuerySet[Concept]:
        concepts: QuerySet[Concept] = super().get_base_queryset().prefetch_related("wordings")
        return concepts

    def search_queryset(self, queryset: Any) -> Any:
        """A concept with two wordings that match is still one concept."""
        return super().search_queryset(queryset).distinct() if self.is_searching else queryset


class AddConcept(CreateView):
    """A wording and its language may stand in the address, for whoever comes from the list of what was not found."""

    def get_initial_form_instance(self) -> Concept:
        concept = Concept()
        wording, language = (self.request.GET.get(name, "") for name in ("wording", "language"))
        if wording and language in LANGUAGES:
            concept.wordings = [Wording(language=language, text=wording[:LONGEST_WORDING])]
        return concept


def languages_of(concept: Concept) -> str:
    """The languages that have a wording, as they call themselves."""
    named = {wording.language for wording in concept.wordings.all()}
    return ", ".join(language.name for code, language in LANGUAGES.items() if code in named)


class ConceptViewSet(SnippetViewSet):
    model = Concept
    icon = "openquote"
    menu_label = _("Glossary")
    index_view_class = Concepts
    add_view_class = AddConcept
    search_fields = ["wordings__text"]
    list_display = [
        "__str__",
        Column("number", label=_("Number")),
        Column("in", label=_("Languages"), accessor=languages_of),
    ]
    ordering = "number"
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            InlinePanel(
                "wordings",
                heading=_("Wordings"),
                label=_("Wording"),
                help_text=_("The first wording of a language is the preferred one."),
                panels=[FieldPanel("language"), FieldPanel("text"), FieldPanel("is_verified")],
            ),
            InlinePanel(
                "definitions",
                heading=_("Definitions"),
                label=_("Definition"),
                panels=[FieldPanel("language"), FieldPanel("text")],
            ),
            FieldPanel("note"),
        ],
        base_form_class=ConceptForm,
    )


register_snippet(ConceptViewSet)
