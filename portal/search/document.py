"""What does an index hold? The same for every engine."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Document:
    """A thing as Wagtail's admin searches it, or what visitors may find of it.

    `owner` is the thing: all its documents are replaced together. `labels` are exact (type, audience, language),
    `terms` are weighted terms by field, `shown` is what an answer shows without asking the database.
    """

    owner: str
    pk: str
    labels: frozenset[str]
    terms: Mapping[str, Mapping[str, float]]
    shown: Mapping[str, str]
