"""What pictures does the project draw itself? Every one by name, as SVG or PNG, always the same bytes."""

from collections.abc import Callable

from media.drawings import floor_plans, history, mudmee, objects, processes, textiles
from media.drawings.as_png import write_png
from media.drawings.as_svg import write_svg
from media.drawings.canvas import Scene

_SCENES: dict[str, Callable[[], Scene]] = {
    **floor_plans.SCENES,
    **history.SCENES,
    **mudmee.SCENES,
    **objects.SCENES,
    **processes.SCENES,
    **textiles.SCENES,
}
KEYS = tuple(sorted(_SCENES))


def scene(key: str) -> Scene:
    return _SCENES[key]()


def svg(key: str) -> str:
    return write_svg(scene(key), name=key)


def png(key: str, *, width: int = 1600) -> bytes:
    """The picture at this width in pixels; without metadata."""
    return write_png(scene(key), width=width)
