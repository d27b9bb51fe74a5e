"""In which sizes and formats is a picture shown, and how do lists find them in few queries?

The task worker makes them (`media.renditions_making`); a reader's request only looks at what there is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.apps import apps
from wagtail.images.models import Filter

#: Widths in pixels, for a phone, a reading column and a wide screen.
WIDTHS = (480, 960, 1440)
FALLBACK_WIDTH = 960
#: What a browser may choose from, the lightest first; every one of today's reads at least the second.
FORMATS = ("avif", "webp")
#: Cut around the focal point, 4:3, for cards and lists: on a phone, and on a sharper screen.
CARD_WIDTHS = (360, 720)

Shown = TypeVar("Shown")


@dataclass(frozen=True)
class Sizes:
    """The specs of one shape of a picture: for each format from small to large, and one for all browsers."""

    choices: dict[str, list[str]]
    fallback: str

    @property
    def specs(self) -> list[str]:
        """All, in the order in which they are made: what shows something everywhere comes first."""
        return [self.fallback, *(spec for name in reversed(FORMATS) for spec in self.choices[name])]


def sizes_of(picture: Any, *, shape: str = "whole") -> Sizes:
    """The sizes that `picture` is large enough for, whole or as a "card"; the last may be its own width."""
    stems = _card_stems() if shape == "card" else _whole_stems(picture.width)
    fallback = stems[0] if shape == "card" else f"width-{FALLBACK_WIDTH}"
    return Sizes(
        choices={name: [f"{stem}|format-{name}" for stem in stems] for name in FORMATS},
        fallback=f"{fallback}|format-{'jpeg' if is_opaque(picture) else 'png'}",
    )


def _whole_stems(width: int) -> list[str]:
    smaller = [each for each in WIDTHS if each < width]
    return [f"width-{each}" for each in (*smaller, *WIDTHS[len(smaller) :][:1])]


def _card_stems() -> list[str]:
    return [f"fill-{width}x{width * 3 // 4}" for width in CARD_WIDTHS]


def is_opaque(picture: Any) -> bool:
    """Whether nothing shines through: only then there are colours to show until the picture has come."""
    return bool(picture.placeholder) or str(picture.file.name).endswith((".jpg", ".jpeg"))


def all_specs(picture: Any) -> list[str]:
    """Every rendition that readers get."""
    return [*sizes_of(picture).specs, *sizes_of(picture, shape="card").specs]


@dataclass(frozen=True)
class Made:
    """What there is to show now. Without a fallback there is nothing yet."""

    choices: dict[str, list[Any]] = field(default_factory=dict)
    fallback: Any = None


def made_of(picture: Any, *, shape: str = "whole") -> Made:
    """The renditions of one shape that exist; from prefetched ones without a query."""
    sizes = sizes_of(picture, shape=shape)
    found = {(each.filter_spec, each.focal_point_key): each for each in picture.renditions.all()}

    def rendition(spec: str) -> Any:
        return found.get((spec, Filter(spec).get_cache_key(picture)))

    choices = {name: [each for spec in sizes.choices[name] if (each := rendition(spec))] for name in FORMATS}
    return Made({name: each for name, each in choices.items() if each}, rendition(sizes.fallback))


def with_renditions(things: Iterable[Shown], *, of: Sequence[str] = ("cover",)) -> list[Shown]:
    """`things` (pages of any kinds) with the pictures that `of` names, and their renditions, in two queries."""
    things = list(things)
    wanted = {getattr(thing, f"{name}_id", None) for thing in things for name in of} - {None}
    pictures = (
        apps.get_model("media", "Picture").objects.prefetch_related("renditions").in_bulk(wanted) if wanted else {}
    )
    for thing in things:
        for name in of:
            if picture := pictures.get(getattr(thing, f"{name}_id", None)):
                setattr(thing, name, picture)
    return things
