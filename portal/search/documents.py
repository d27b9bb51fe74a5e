"""What does the index know of a page, a picture, a leaflet?

Of everything that Wagtail's admin searches there is one document (label `thing`) with the model's search fields. Of a
live page, and of the glossary, there are others for visitors (label `part`): `part_documents` makes those.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.apps import apps
from django.db import models
from modelsearch.backends.base import get_model_root
from modelsearch.index import (
    AutocompleteField,
    Indexed,
    RelatedFields,
    SearchField,
    class_is_indexed,
    get_indexed_models,
)
from wagtail.models import Locale, Page

from portal.base.models import PortalPage
from portal.glossary.findable import entries
from portal.glossary.models import Concept
from portal.search import analysis, dictionary, part_documents
from portal.search.document import Document
from portal.search.part_documents import Surroundings, audiences_of

THING = "thing"
CONCEPT = Concept._meta.label_lower
BATCH = 200
#: Enough for the longest page; a question is answered from the index alone.
LONGEST_TEXT = 100_000
#: No phrase goes on from one field of a thing to the next; places are numbers of two bytes.
BETWEEN_FIELDS = 100
LAST_PLACE = 65_535


def owner_of(thing: models.Model) -> str:
    """The same for a page and its specific form: wagtailcore.page:12."""
    return f"{get_model_root(type(thing))._meta.label_lower}:{thing.pk}"


def type_label(model: type[models.Model]) -> str:
    return f"type:{model._meta.label_lower}"


def documents_of(owners: Sequence[str]) -> list[Document]:
    """The documents of those owners that still exist."""
    of_glossary = [owner for owner in owners if owner.startswith(f"{CONCEPT}:")]
    others = [owner for owner in owners if owner not in of_glossary]
    concepts = [int(owner.partition(":")[2]) for owner in of_glossary]
    return list(_documents(_present(others))) + (list(_of_glossary(concepts)) if concepts else [])


def all_owners() -> list[str]:
    """Everything that is indexed."""
    owners = [f"{CONCEPT}:{pk}" for pk in Concept.objects.order_by("pk").values_list("pk", flat=True)]
    for model in get_indexed_models():
        root = get_model_root(model)._meta.label_lower
        keys = model.get_indexed_objects().order_by("pk").values_list("pk", flat=True)
        owners += [f"{root}:{key}" for key in keys]
    return owners


def _present(owners: Iterable[str]) -> Iterator[Any]:
    """The indexed things behind `owners`, each as its most specific class; as many queries as classes."""
    keys: dict[str, list[str]] = defaultdict(list)
    for owner in owners:
        label, _colon, pk = owner.partition(":")
        keys[label].append(pk)
    for label, pks in keys.items():
        by_class: dict[type[Any], list[Any]] = defaultdict(list)
        for thing in apps.get_model(label)._default_manager.filter(pk__in=pks):
            if model := _specific_class(thing):
                by_class[model].append(thing.pk)
        for model, found in by_class.items():
            things = model.get_indexed_objects().filter(pk__in=found)
            yield from things.select_related("locale") if issubclass(model, Page) else things


def _specific_class(thing: Any) -> type[Any] | None:
    if isinstance(thing, Page):
        model: type[Any] | None = thing.specific_class
    else:
        specific = thing.get_indexed_instance()
        model = specific and type(specific)
    return model if model and class_is_indexed(model) else None


def _documents(things: Iterable[Any]) -> Iterator[Document]:
    batch = list(things)
    known = _surroundings([thing for thing in batch if isinstance(thing, PortalPage) and thing.live])
    for thing in batch:
        owner = owner_of(thing)
        yield _thing(thing)
        if isinstance(thing, PortalPage) and thing.pk in known.audiences:
            yield from part_documents.of_page(thing, owner, known)


def _surroundings(pages: Sequence[PortalPage]) -> Surroundings:
    paths = {page.path[:end] for page in pages for end in range(page.steplen, len(page.path) + 1, page.steplen)}
    return Surroundings(
        audiences=audiences_of([page.pk for page in pages]) if pages else {},
        languages=dict(Locale.objects.values_list("pk", "language_code")) if pages else {},
        ancestors=dict(Page.objects.filter(path__in=paths).values_list("path", "pk")) if pages else {},
        dictionary=dictionary.current(),
    )


def _of_glossary(pks: Iterable[int] | None = None) -> Iterator[Document]:
    names = dictionary.current()
    for entry in entries(pks):
        yield part_documents.of_entry(entry, f"{CONCEPT}:{entry.pk}", names)


def _thing(thing: Any) -> Document:
    """What Wagtail's admin searches: every search field of the model, also for a question about one field."""
    words: Counter[str] = Counter()
    places: dict[str, list[int]] = defaultdict(list)
    typed: set[str] = set()
    place = 0
    own_fields = type(thing).get_search_fields()
    for field, value in values_of(thing, own_fields):
        text = text_of(value)
        # What belongs to another thing is found everywhere, but is no field of this one.
        prefixes = ("", f"{field.field_name}/") if field in own_fields else ("",)
        if isinstance(field, AutocompleteField):
            typed.update(f"{prefix}{begun}" for begun in analysis.beginnings(text) for prefix in prefixes)
            continue
        for token in analysis.tokens(analysis.legible(text[:LONGEST_TEXT])):
            for term in token.terms:
                for form in (f"{prefix}{term}" for prefix in prefixes):
                    words[form] += field.boost or 1
                    places[form].append(place)
            place = min(place + 1, LAST_PLACE)
        place = min(place + BETWEEN_FIELDS, LAST_PLACE)
    return Document(
        owner=owner_of(thing),
        pk=str(thing.pk),
        labels=frozenset({THING, *map(type_label, _indexed_classes(type(thing)))}),
        terms={"thing": words, "beginnings": dict.fromkeys(typed, 1.0)},
        places={"thing": places},
        shown={},
    )


def values_of(thing: Any, search_fields: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """The searchable values of a thing and, as the model says, of what is related to it."""
    for field in search_fields:
        if isinstance(field, SearchField | AutocompleteField):
            yield field, field.get_value(thing)
        elif isinstance(field, RelatedFields):
            related = field.get_value(thing)
            for other in related.all() if isinstance(related, models.Manager) else filter(None, [related]):
                yield from values_of(other, field.fields)


def _indexed_classes(model: type[Any]) -> Iterator[type[Any]]:
    for base in model.__mro__:
        if issubclass(base, models.Model) and issubclass(base, Indexed) and not base._meta.abstract:
            yield base


def text_of(value: Any) -> str:
    """The words of whatever a search field holds."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, Iterable):
        return "\n".join(filter(None, map(text_of, value)))
    return str(value)
