"""A word of the glossary, with the meaning that it has there."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StructBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from portal.base.page_cache import depends
from portal.glossary.dropping import TAG
from portal.glossary.listing import Listing, Term, listing


class TermBlock(StructBlock):
    concept = SnippetChooserBlock("portal_glossary.Concept", label=_("Word of the glossary"))

    def findable_lines(self, value: Any, *, language: str) -> Iterator[str]:
        term = term_of(value, language=language)
        if term is not None:
            yield from (name.text for name in term.own.names)
            if term.meaning is not None and term.meaning.language.code == language:
                yield term.meaning.text

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        depends(TAG)
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return {**context, "term": term_of(value, language=get_language() or "")}

    class Meta:
        icon = "openquote"
        label = _("Word of the glossary")
        template = "manuals/blocks/term.html"


def term_of(value: Any, *, language: str) -> Term | None:
    """How the glossary tells it to readers of `language`."""
    concept = value.get("concept")
    return by_number(listing(language)).get(concept.pk) if concept is not None else None


def by_number(terms: Listing) -> dict[int, Term]:
    return {term.number: term for term in (*terms.named, *terms.unnamed)}
