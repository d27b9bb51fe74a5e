"""What is put into the index, whatever it is made of and whichever engine keeps it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Document:
    """One entry. All entries of an owner are replaced together.

    `terms` gives each field its terms with their weights; `places`, for fields that know phrases, where each term
    stands, counted in words. `shown` is given back with a hit. `group` is what hits are grouped under: the key of a
    page, or a negative number for what is not a page. `day` is the date by which results may be sorted, as an ordinal.
    """

    owner: str
    pk: str
    labels: frozenset[str]
    terms: Mapping[str, Mapping[str, float]]
    shown: Mapping[str, str]
    places: Mapping[str, Mapping[str, Sequence[int]]] = field(default_factory=dict)
    group: int = 0
    day: int = 0
