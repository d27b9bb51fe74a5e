"""How do Wagtail's admin, its choosers and `queryset.search()` use the index? As one django-modelsearch backend.

The index answers which things match, and how well; the database applies the queryset's own filters and order. So
nothing that a queryset excludes can come back, however old the index is. While the index cannot be used, the database
compares letters instead.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, singledispatch
from typing import Any

from django.core.exceptions import FieldError
from django.db.models import Count, Model
from modelsearch import query as asked
from modelsearch.backends.base import (
    BaseIndex,
    BaseSearchBackend,
    BaseSearchQueryCompiler,
    BaseSearchResults,
    FilterFieldError,
)
from modelsearch.backends.database.fallback import DatabaseSearchBackend

from portal.search import documents, feeding
from portal.search.backend import plain
from portal.search.queries import NOTHING, All, AnyOf, Everything, Fuzzy, Phrase, Query, Scaled, Without, Word
from portal.search.whoosh_index import MOST_HITS, IndexIsUnusable

MOST_THINGS = 10 * MOST_HITS

OfTerm = Callable[[str, str], Query]


class QueryCompiler(BaseSearchQueryCompiler):
    """Whole words. It remembers what it found: the pages of one answer are all cut from the same."""

    HANDLES_ORDER_BY_EXPRESSIONS = True
    index_field = "thing"
    terms = staticmethod(plain.words)

    def words(self, text: str, operator: str) -> Query:
        return self._of_terms(text, operator, lambda prefix, term: Word(self.index_field, f"{prefix}{term}"))

    def nearly(self, text: str, operator: str) -> Query:
        return self._of_terms(text, operator, lambda prefix, term: Fuzzy(self.index_field, term, prefix))

    def phrase(self, text: str) -> Query:
        terms = plain.words(text)
        return AnyOf(tuple(Phrase("thing", tuple(f"{prefix}{term}" for term in terms)) for prefix in self._prefixes))

    def _of_terms(self, text: str, operator: str, of_term: OfTerm) -> Query:
        terms = dict.fromkeys(self.terms(text))
        parts = tuple(AnyOf(tuple(of_term(prefix, term) for prefix in self._prefixes)) for term in terms)
        if not parts:
            return NOTHING
        return All(parts) if operator == "and" else AnyOf(parts)

    @property
    def _prefixes(self) -> Sequence[str]:
        """How a word begins in the index that stands in one of the fields asked for; "" for all fields."""
        return [""] if self.fields is None else [f"{name}/" for name in self.fields]

    @cached_property
    def scores(self) -> dict[Any, float]:
        """The found keys with their scores, best first."""
        model = self.queryset.model
        among = All((Word("labels", documents.THING), Word("labels", documents.type_label(model))))
        try:
            hits = feeding.index().reader().find(translated(self.query, self), among=among, most=MOST_THINGS)
        except IndexIsUnusable as unusable:
            feeding.ask_for_rebuild(str(unusable))
            return self._scores_by_letters()
        return {model._meta.pk.to_python(hit.pk): hit.score for hit in hits}

    def _scores_by_letters(self) -> dict[Any, float]:
        """What the database finds by comparing letters, the newest first, until there is an index again."""
        query = plain.simplified(self.query, plain.pieces)
        try:
            found = DatabaseSearchBackend({}).search(query, self.queryset.order_by("-pk"), fields=self.fields)
            return dict.fromkeys(found[:MOST_THINGS].get_queryset().values_list("pk", flat=True), 0.0)
        except FieldError:
            # A search field that is a relation has no letters.
            return {}

    @cached_property
    def keys(self) -> list[Any]:
        """What was found and the queryset admits, each once, in the order that was asked for."""
        admitted = self.queryset.filter(pk__in=list(self.scores))
        if self.order_by_relevance:
            there = set(admitted.order_by().values_list("pk", flat=True))
            return [key for key in self.scores if key in there]
        ordered = admitted if self.queryset.ordered else admitted.order_by("-pk")
        return list(dict.fromkeys(ordered.values_list("pk", flat=True)))


class AutocompleteQueryCompiler(QueryCompiler):
    """Words of which only the beginning was typed."""

    index_field = "beginnings"
    terms = staticmethod(plain.typed)


@singledispatch
def translated(query: Any, compiler: QueryCompiler) -> Query:
    """django-modelsearch's query in our own words."""
    raise NotImplementedError(f"{type(query).__name__} is not supported by this search backend")


@translated.register
def _plain_text(query: asked.PlainText, compiler: QueryCompiler) -> Query:
    return Scaled(compiler.words(query.query_string, query.operator), query.boost)


@translated.register
def _phrase(query: asked.Phrase, compiler: QueryCompiler) -> Query:
    return compiler.phrase(query.query_string)


@translated.register
def _fuzzy(query: asked.Fuzzy, compiler: QueryCompiler) -> Query:
    return compiler.nearly(query.query_string, query.operator)


@translated.register
def _match_all(query: asked.MatchAll, compiler: QueryCompiler) -> Query:
    return Everything()


@translated.register
def _boost(query: asked.Boost, compiler: QueryCompiler) -> Query:
    return Scaled(translated(query.subquery, compiler), query.boost)


@translated.register
def _and(query: asked.And, compiler: QueryCompiler) -> Query:
    return All(tuple(translated(part, compiler) for part in query.subqueries))


@translated.register
def _or(query: asked.Or, compiler: QueryCompiler) -> Query:
    return AnyOf(tuple(translated(part, compiler) for part in query.subqueries))


@translated.register
def _not(query: asked.Not, compiler: QueryCompiler) -> Query:
    return Without(translated(query.subquery, compiler))


class SearchResults(BaseSearchResults):
    """What the index found and the queryset admits."""

    supports_facet = True

    def _do_search(self) -> list[Model]:
        compiler = self.query_compiler
        wanted = compiler.keys[self.start : self.stop]
        rows = compiler.queryset.filter(pk__in=wanted).order_by()
        found = {thing.pk: thing for thing in rows.prefetch_related(*self.prefetch_related or ())}
        things = [found[key] for key in wanted if key in found]
        if self._score_field:
            for thing in things:
                setattr(thing, self._score_field, compiler.scores[thing.pk])
        return things

    def _do_count(self) -> int:
        return len(self.query_compiler.keys[self.start : self.stop])

    def facet(self, field_name: str) -> OrderedDict[Any, int]:
        """How many results there are of each value of a field that the model declares a FilterField."""
        compiler = self.query_compiler
        model = compiler.queryset.model
        if compiler._get_filterable_field(field_name) is None:
            raise FilterFieldError(
                f"Cannot count search results by {field_name}: it is not a FilterField of {model.__name__}.",
                field_name=field_name,
            )
        rows = model._base_manager.filter(pk__in=compiler.keys).values(field_name)
        counted = rows.annotate(count=Count("pk", distinct=True)).order_by("-count", field_name)
        return OrderedDict((row[field_name], row["count"]) for row in counted)


class NotedIndex(BaseIndex):
    """Notes what changes; the task worker writes it into the index."""

    def add_items(self, model: type[Model], items: Iterable[Any]) -> None:
        for item in items:
            feeding.note(item)

    def delete_item(self, item: Any) -> None:
        feeding.note(item)

    def refresh(self) -> None:
        """What was noted can be found from now on."""
        feeding.drain()

    def reset(self) -> None:
        feeding.empty()


class Rebuilder:
    """Wagtail's `update_index` hands us chunks of things; ours come from the database in one go."""

    def __init__(self, index: NotedIndex) -> None:
        self.index = index

    def start(self) -> BaseIndex:
        return BaseIndex(self.index.backend)

    def finish(self) -> None:
        feeding.rebuild()


class SearchBackend(BaseSearchBackend):
    query_compiler_class = QueryCompiler
    autocomplete_query_compiler_class = AutocompleteQueryCompiler
    index_class = NotedIndex
    results_class = SearchResults
    rebuilder_class = Rebuilder
