"""By what can results be narrowed, and how many are there of each?

A facet counts what would be found if another of its choices were taken: its own choice is left out of the count, the
choices of the other facets hold. Only what the viewer may find is counted, so a choice never tells of what is hidden.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce

import numpy as np
from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.base.audience import Sensitivity
from portal.base.languages import LANGUAGES
from portal.base.models import PortalPage, Topic
from portal.search.asked import FACETS, Asked
from portal.search.part_documents import kind_of
from portal.search.queries import Word
from portal.search.results import PART_NAMES
from portal.search.scoring import Flags
from portal.search.whoosh_index import Reader

TITLES: Mapping[str, "str | Promise"] = {
    "kind": _("Kind"),
    "language": _("Language"),
    "topic": _("Topic"),
    "audience": _("For whom"),
    "year": _("Year"),
}
BUDDHIST_ERA = 543
#: What the index calls them, where that is another word.
LABELS = {"audience": "sensitivity"}
AUDIENCES: Mapping[str, "str | Promise"] = {
    str(Sensitivity.PUBLIC.value): _("Everybody"),
    str(Sensitivity.PARTNER.value): _("Partners"),
    str(Sensitivity.STAFF.value): _("Staff"),
    str(Sensitivity.RESTRICTED.value): _("Reviewers, approvers and managers"),
}


@dataclass(frozen=True)
class Choice:
    """A value of a facet; `language` is the code of the language in which `name` is written, if not the reader's."""

    value: str
    name: str
    count: int
    is_chosen: bool
    language: str = ""


@dataclass(frozen=True)
class Facet:
    """`name` is what addresses call it."""

    name: str
    title: str
    choices: Sequence[Choice]


def narrowed(found: Flags, asked: Asked, reader: Reader) -> Flags:
    """What is left of what was found when all choices hold."""
    return reduce(np.logical_and, _chosen(asked, reader).values(), found)


def facets(found: Flags, asked: Asked, reader: Reader, *, language: str) -> list[Facet]:
    """The facets that can narrow what was found. One query if topics are among them."""
    chosen = _chosen(asked, reader)
    return [facet for name in FACETS if (facet := _facet(name, found, chosen, asked, reader, language))]


def _chosen(asked: Asked, reader: Reader) -> dict[str, Flags]:
    """Of each facet of which something was chosen, what has it."""
    return {
        name: reader.matches(Word("labels", _label(name, value))).held
        for name in FACETS
        if (value := getattr(asked, name))
    }


def _label(name: str, value: str) -> str:
    return f"{LABELS.get(name, name)}:{value}"


def _facet(
    name: str, found: Flags, chosen: Mapping[str, Flags], asked: Asked, reader: Reader, language: str
) -> Facet | None:
    others = reduce(np.logical_and, (flags for other, flags in chosen.items() if other != name), found)
    beginning = _label(name, "")
    counts = {label.removeprefix(beginning): reader.count_groups(others, label) for label in reader.labels(beginning)}
    picked = getattr(asked, name)
    # What was picked stays with a count of nothing, but only where it could be found: otherwise this would tell that
    # something hidden has it.
    there = {
        value: count
        for value, count in counts.items()
        if count or (value == picked and reader.count_groups(found, _label(name, value)))
    }
    if len(there) < 2 and not picked:
        return None
    names = NAMES[name](there, language)
    choices = [
        Choice(value, names[value], count, value == picked, _language_of(name, value, language))
        for value, count in there.items()
        if value in names
    ]
    if name == "year":
        choices.sort(key=lambda choice: choice.value, reverse=True)
    elif name == "audience":
        choices.sort(key=lambda choice: choice.value)
    else:
        choices.sort(key=lambda choice: (-choice.count, choice.name))
    return Facet(name, str(TITLES[name]), choices)


def _language_of(name: str, value: str, language: str) -> str:
    return value if name == "language" and value != language else ""


@lru_cache(maxsize=1)
def _kind_names() -> Mapping[str, "str | Promise"]:
    classes = [model for model in apps.get_models() if issubclass(model, PortalPage)]
    return {**PART_NAMES, **{kind_of(model): model.kind for model in classes}}


def name_of_kind(kind: str) -> str:
    """What readers call what addresses call `kind`."""
    return str(_kind_names().get(kind, ""))


def _kinds(values: Iterable[str], language: str) -> dict[str, str]:
    return {value: name for value in values if (name := name_of_kind(value))}


def _languages(values: Iterable[str], language: str) -> dict[str, str]:
    return {code: known.name for code, known in LANGUAGES.items()}


def _topics(values: Iterable[str], language: str) -> dict[str, str]:
    """Topics by the name that they have in the reader's language, or else in any."""
    rows = Topic.objects.filter(translation_key__in=list(values)).values_list(
        "translation_key", "name", "locale__language_code"
    )
    names: dict[str, str] = {}
    for key, name, code in rows:
        if code == language or str(key) not in names:
            names[str(key)] = name
    return names


def _audiences(values: Iterable[str], language: str) -> dict[str, str]:
    return {value: str(name) for value, name in AUDIENCES.items()}


def _years(values: Iterable[str], language: str) -> dict[str, str]:
    """Thai readers count the years of the Buddhist era."""
    return {value: str(int(value) + BUDDHIST_ERA) if language == "th" else value for value in values}


NAMES: Mapping[str, Callable[[Iterable[str], str], dict[str, str]]] = {
    "kind": _kinds,
    "language": _languages,
    "topic": _topics,
    "audience": _audiences,
    "year": _years,
}
