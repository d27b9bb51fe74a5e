"""How do Wagtail's admin, its choosers and `queryset.search()` use the index? As one django-modelsearch backend.

The index answers which things match, and how well; the database applies the queryset's own filters and order. So
nothing that a queryset excludes can come back, however old the index is.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from functools import singledispatch
from typing import Any

from django.db.models import Count, Model
from modelsearch import query as asked
from modelsearch.backends.base import (
    BaseIndex,
    BaseSearchBackend,
    BaseSearchQueryCompiler,
    BaseSearchResults,
    FilterFieldError,
)

from portal.search import analysis, documents, feeding, queries
from portal.search.queries import NOTHING, All, AnyOf, Everything, Query, Scaled, Without, Word
from portal.search.whoosh_index import MOST_HITS, IndexIsUnusable

MOST_THINGS = 10 * MOST_HITS


class QueryCompiler(BaseSearchQueryCompiler):
    """Whole words."""

    HANDLES_ORDER_BY_EXPRESSIONS = True

    def index_query(self) -> Query:
        return translated(self.query, self._of_words)

    def _of_words(self, text: str, operator: str) -> Query:
        words = [word for run in queries.read(text).runs for word in run.words]
        return _joined([self._in_fields("thing", word) for word in words], operator)

    def _in_fields(self, field: str, term: str) -> Query:
        if self.fields is None:
            return Word(field, term)
        return AnyOf(tuple(Word(field, f"{name}/{term}") for name in self.fields))


class AutocompleteQueryCompiler(QueryCompiler):
    """Words of which only the beginning was typed."""

    def _of_words(self, text: str, operator: str) -> Query:
        runs = analysis.runs(queries.read(text).text)
        typed = ["".join(run)[: analysis.LONGEST_GRAM] for run in runs][: queries.MOST_WORDS]
        return _joined([self._in_fields("beginnings", beginning) for beginning in typed], operator)


def _joined(parts: list[Query], operator: str) -> Query:
    if not parts:
        return NOTHING
    return All(tuple(parts)) if operator == "and" else AnyOf(tuple(parts))


OfWords = Callable[[str, str], Query]


@singledispatch
def translated(query: Any, of_words: OfWords) -> Query:
    """django-modelsearch's query in our own words."""
    raise NotImplementedError(f"{type(query).__name__} is not supported by this search backend")


@translated.register
def _plain_text(query: asked.PlainText, of_words: OfWords) -> Query:
    return Scaled(of_words(query.query_string, query.operator), query.boost)


@translated.register
def _phrase(query: asked.Phrase, of_words: OfWords) -> Query:
    return of_words(query.query_string, "and")


@translated.register
def _match_all(query: asked.MatchAll, of_words: OfWords) -> Query:
    return Everything()


@translated.register
def _boost(query: asked.Boost, of_words: OfWords) -> Query:
    return Scaled(translated(query.subquery, of_words), query.boost)


@translated.register
def _and(query: asked.And, of_words: OfWords) -> Query:
    return All(tuple(translated(part, of_words) for part in query.subqueries))


@translated.register
def _or(query: asked.Or, of_words: OfWords) -> Query:
    return AnyOf(tuple(translated(part, of_words) for part in query.subqueries))


@translated.register
def _not(query: asked.Not, of_words: OfWords) -> Query:
    return Without(translated(query.subquery, of_words))


class SearchResults(BaseSearchResults):
    """What the index found and the queryset admits."""

    supports_facet = True

    def _scores(self) -> dict[Any, float]:
        """The found keys with their scores, best first; nothing while there is no index."""
        model = self.query_compiler.queryset.model
        among = All((Word("labels", documents.THING), Word("labels", documents.type_label(model))))
        try:
            hits = feeding.index().reader().find(self.query_compiler.index_query(), among=among, most=MOST_THINGS)
        except IndexIsUnusable as unusable:
            feeding.ask_for_rebuild(str(unusable))
            return {}
        return {model._meta.pk.to_python(hit.pk): hit.score for hit in hits}

    def _admitted(self, scores: Iterable[Any]) -> Any:
        return self.query_compiler.queryset.filter(pk__in=list(scores))

    def _do_search(self) -> list[Model]:
        scores = self._scores()
        if not self.query_compiler.order_by_relevance and self.query_compiler.queryset.ordered:
            return self._scored(self._prefetched(self._admitted(scores)[self.start : self.stop]), scores)
        admitted = set(self._admitted(scores).order_by().values_list("pk", flat=True))
        wanted = [pk for pk in scores if pk in admitted][self.start : self.stop]
        found = {thing.pk: thing for thing in self._prefetched(self._admitted(wanted).order_by())}
        return self._scored((found[pk] for pk in wanted if pk in found), scores)

    def _prefetched(self, queryset: Any) -> Any:
        return queryset.prefetch_related(*self.prefetch_related) if self.prefetch_related else queryset

    def _scored(self, things: Iterable[Any], scores: dict[Any, float]) -> list[Model]:
        found = list(things)
        if self._score_field:
            for thing in found:
                setattr(thing, self._score_field, scores[thing.pk])
        return found

    def _do_count(self) -> int:
        count = int(self._admitted(self._scores()).order_by().values("pk").distinct().count())
        stop = count if self.stop is None else min(self.stop, count)
        return max(0, stop - self.start)

    def facet(self, field_name: str) -> OrderedDict[Any, int]:
        """How many results there are of each value of a field that the model declares a FilterField."""
        if self.query_compiler._get_filterable_field(field_name) is None:
            raise FilterFieldError(
                f"Cannot count search results by {field_name}: it is not a FilterField of "
                f"{self.query_compiler.queryset.model.__name__}.",
                field_name=field_name,
            )
        rows = self._admitted(self._scores()).order_by().values(field_name).annotate(count=Count("pk"))
        return OrderedDict((row[field_name], row["count"]) for row in rows.order_by("-count", field_name))


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
