"""In which sizes and formats is a picture shown, and how do lists find them in few queries?"""

from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Any, TypeVar

from django.apps import apps
from wagtail.images.shortcuts import get_renditions_or_not_found

#: Widths in pixels, for a phone, a reading column and a wide screen.
WIDTHS = (480, 960, 1440)
FALLBACK_WIDTH = 960

Shown = TypeVar("Shown")


def webp_specs(picture: Any) -> list[str]:
    """The WebP sizes that `picture` is large enough for; the last may be its own width."""
    smaller = [width for width in WIDTHS if width < picture.width]
    return [f"width-{width}|format-webp" for width in (*smaller, *WIDTHS[len(smaller) :][:1])]


def fallback_spec(picture: Any) -> str:
    """The one size for browsers without WebP: JPEG for photographs, PNG for drawings, which may be transparent."""
    is_photograph = PurePath(picture.file.name).suffix.lower() in (".jpg", ".jpeg")
    return f"width-{FALLBACK_WIDTH}|format-{'jpeg' if is_photograph else 'png'}"


def renditions_of(picture: Any) -> tuple[list[Any], Any]:
    """The WebP renditions from small to large, and the fallback; made if they do not exist yet."""
    specs = [*webp_specs(picture), fallback_spec(picture)]
    found = get_renditions_or_not_found(picture, specs)
    return [found[spec] for spec in specs[:-1]], found[specs[-1]]


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
