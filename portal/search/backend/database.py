"""How does SEARCH_URL=database: search? With django-modelsearch's own engine for SQLite or PostgreSQL, made careful.

Left alone it cuts no Thai words, answers 500 to a quotation mark, and fails a publish when SQLite's table of words is
damaged. So it is given words that our analysis has cut, and asked for words only. What is damaged is made again from
the rows beside it; what cannot be made again is left out of the index, and never stops what an editor does.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import Model
from django.db.models.signals import pre_delete
from modelsearch.backends import database
from modelsearch.backends.base import BaseIndex, BaseSearchBackend, BaseSearchQueryCompiler, BaseSearchResults
from modelsearch.backends.database.fallback import DatabaseSearchBackend
from modelsearch.conf import get_app_config
from modelsearch.index import AutocompleteField, SearchField, get_indexed_models

from portal.search import analysis, documents
from portal.search.backend import plain

logger = logging.getLogger(__name__)

LONGEST_TEXT = documents.LONGEST_TEXT


def SearchBackend(params: Mapping[str, Any]) -> BaseSearchBackend:
    """The careful form of what django-modelsearch chooses for this database. Words come stemmed: nothing more to do."""
    params = {"SEARCH_CONFIG": "simple", **params}
    engine: Any = type(database.SearchBackend(params))
    backend: BaseSearchBackend = careful(engine)(params)
    return backend


@cache
def careful(engine: Any) -> Any:
    made: dict[str, Any] = {
        "query_compiler_class": type("Compiler", (WordsAsked, engine.query_compiler_class), {}),
        "autocomplete_query_compiler_class": type(
            "AutocompleteCompiler", (BeginningsAsked, engine.autocomplete_query_compiler_class), {}
        ),
        "index_class": type("Index", (WordsKept, engine.index_class), {}),
        "results_class": type("Results", (AnsweredAnyway, engine.results_class), {}),
    }
    return type(f"Careful{engine.__name__}", (engine,), made)


# --- what is asked ---------------------------------------------------------------------------------------------------
class WordsAsked(BaseSearchQueryCompiler):
    """`asked_for` is the question as it came."""

    words_of: Callable[[str], list[str]] = staticmethod(plain.words)
    query: Any

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.asked_for = self.query
        self.query = plain.simplified(self.query, self.words_of)


def words_typed(text: str) -> list[str]:
    """Whole words, not stemmed, and the last run as it was typed so far: only of that the engine takes a beginning."""
    *before, last = list(analysis.runs(plain.legible(text)))[: plain.MOST_WORDS] or [[]]
    whole = [word for run in before for word in run][: plain.MOST_WORDS]
    return [*whole, "".join(last)[: analysis.LONGEST_GRAM]] if last else whole


class BeginningsAsked(WordsAsked):
    words_of = staticmethod(words_typed)


class AnsweredAnyway(BaseSearchResults):
    """Where the table of words is damaged, or knows no such field, letters are compared."""

    def _do_search(self) -> Any:
        try:
            with transaction.atomic():
                return list(super()._do_search())
        except DatabaseError as error:
            found = self._by_letters(error).results()
            for thing in found if self._score_field else ():
                setattr(thing, self._score_field, 0.0)
            return found

    def _do_count(self) -> Any:
        try:
            with transaction.atomic():
                return super()._do_count()
        except DatabaseError as error:
            return self._by_letters(error).count()

    def _by_letters(self, error: DatabaseError) -> Any:
        # Its sentence is not repeated: it may hold the question.
        logger.warning("The database's search did not answer: %s", type(error).__name__)
        compiler = self.query_compiler
        query = plain.simplified(compiler.asked_for, plain.pieces)
        queryset = compiler.queryset if compiler.queryset.ordered else compiler.queryset.order_by("-pk")
        return DatabaseSearchBackend({}).search(query, queryset, fields=compiler.fields)[self.start : self.stop]


# --- what is kept ----------------------------------------------------------------------------------------------------
class KnownText(SearchField):
    """A search field of which we know already what stands in it, cut into words."""

    def __init__(self, name: str, text: str, *, boost: float | None) -> None:
        super().__init__(name, boost=boost)
        self.text = text

    def get_value(self, thing: Any) -> str:
        return self.text


class KnownBeginning(AutocompleteField):
    def __init__(self, name: str, text: str) -> None:
        super().__init__(name)
        self.text = text

    def get_value(self, thing: Any) -> str:
        return self.text


class CutIntoWords:
    """A thing as the engine gets it: with the words that our analysis finds, between blanks."""

    def __init__(self, thing: Any) -> None:
        self.pk = thing.pk
        self._fields = list(_known_fields(thing))

    def get_search_fields(self) -> list[SearchField | AutocompleteField]:
        return self._fields


def _known_fields(thing: Any) -> Iterator[SearchField | AutocompleteField]:
    for field, value in documents.values_of(thing, type(thing).get_search_fields()):
        text = analysis.legible(documents.text_of(value)[:LONGEST_TEXT])
        if isinstance(field, AutocompleteField):
            yield KnownBeginning(field.field_name, " ".join(_rests(text)))
        else:
            terms = (term for token in analysis.tokens(text) for term in token.terms)
            yield KnownText(field.field_name, " ".join(terms), boost=field.boost)


def _rests(text: str) -> Iterator[str]:
    """Each word, and where words follow each other without a gap, what somebody may type from there on."""
    for run in analysis.runs(text):
        for place, word in enumerate(run):
            yield from dict.fromkeys((word, "".join(run[place:])[: analysis.LONGEST_GRAM]))


class WordsKept(BaseIndex):
    """No error in here ends what somebody does: a page that cannot be indexed now is published all the same."""

    def add_items(self, model: type[Model], items: Iterable[Any]) -> None:
        kept = [CutIntoWords(thing) for thing in items]
        attempt(lambda: super(WordsKept, self).add_items(model, kept))

    def delete_item(self, item: Any) -> None:
        attempt(lambda: super(WordsKept, self).delete_item(item))

    def reset(self) -> None:
        attempt(super().reset)


def attempt(write: Callable[[], None]) -> bool:
    """Do it in a savepoint; after an error once more, with a new table of words."""
    for try_to in (write, _make_table_again, write):
        try:
            with transaction.atomic():
                try_to()
        except DatabaseError as error:
            logger.warning("The database's search index was not written: %s", type(error).__name__)
            continue
        if try_to is write:
            return True
    return False


def _make_table_again() -> None:
    """SQLite's table of words is made of the rows of index entries, which hold the same texts."""
    if connection.vendor != "sqlite":
        return
    entries = get_app_config().get_model("IndexEntry")._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {entries}_fts")
        cursor.execute(f"CREATE VIRTUAL TABLE {entries}_fts USING fts5(autocomplete, body, title)")
        cursor.execute(
            f"INSERT INTO {entries}_fts (rowid, title, body, autocomplete)"  # noqa: S608 - the name of a table
            f" SELECT id, title, body, autocomplete FROM {entries}"
        )


# --- what is deleted -------------------------------------------------------------------------------------------------
def connect() -> None:
    """An index entry goes with its thing, and SQLite's trigger would fail at a damaged table: that is mended before."""
    for model in get_indexed_models():
        pre_delete.connect(
            _about_to_delete, sender=model, dispatch_uid=f"portal_search.database.{model._meta.label_lower}"
        )


def _about_to_delete(sender: type[Model], instance: Any, **signal: Any) -> None:
    if settings.MODELSEARCH_BACKENDS["default"]["BACKEND"] == __name__:
        attempt(lambda: instance.index_entries.all()._raw_delete(using=connection.alias))
