"""How does the one ornament come about? As in mudmee (weft ikat): threads are tied, dyed, and woven a little astray.

A pattern is a function of a tied cell (column, row) that answers which dye it took. Weaving draws every weft thread of
a cell by itself and lets its ends wander and bleed, which is what makes the edges of real ikat look feathered.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from random import Random
from typing import TypeAlias

from media.drawings import palette as dye
from media.drawings.canvas import Outline, Scene, Shape, Tiling, bars, lines

Pattern: TypeAlias = Callable[[int, int], int]  # (column, row) -> 0 for the ground, or the number of a dye
Box: TypeAlias = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Warp:
    """How many cells repeat, how large a cell is, and how many weft threads lie in it."""

    columns: int
    rows: int
    cell: tuple[float, float] = (10, 10)
    threads: int = 2
    wander: float = 0.35  # of a cell's width

    @property
    def size(self) -> tuple[float, float]:
        return self.columns * self.cell[0], self.rows * self.cell[1]


def chance(name: str) -> Random:
    """The same name gives the same accidents on every machine."""
    return Random(name)  # noqa: S311 - ornament, not a secret


def weave(pattern: Pattern, dyes: tuple[str, ...], *, warp: Warp, seed: str) -> tuple[Outline, ...]:
    """One seamless tile at (0, 0): for each dye its threads, and their bleeding ends in a thinner tint."""
    sure: dict[int, list[Box]] = {}
    bled: dict[int, list[Box]] = {}
    for number, box in _threads(pattern, warp, chance(seed)):
        for copy in _around(box, warp.size[0]):
            sure.setdefault(number, []).append(copy)
            bled.setdefault(number, []).append(_bleeding(copy, warp))
    shapes: list[Outline] = []
    for number in sorted(sure):
        shapes.append(bars(bled[number], fill=dyes[number - 1], opacity=0.4))
        shapes.append(bars(sure[number], fill=dyes[number - 1]))
    return tuple(shapes)


def _threads(pattern: Pattern, warp: Warp, random: Random) -> Iterator[tuple[int, Box]]:
    width, height = warp.cell
    thin = height / warp.threads
    for row in range(warp.rows):
        tied = [(pattern(column, row), column) for column in range(warp.columns)]
        runs = [(number, [c for _, c in cells]) for number, cells in groupby(tied, key=lambda cell: cell[0])]
        for thread in range(warp.threads):
            for number, columns in runs:
                if number:
                    start = columns[0] * width + random.uniform(-1, 1) * warp.wander * width
                    end = (columns[-1] + 1) * width + random.uniform(-1, 1) * warp.wander * width
                    yield number, (start, row * height + thread * thin, max(end - start, width / 3), thin)


def _around(box: Box, width: float) -> Iterator[Box]:
    """The box, and once more at the other side where it hangs over a seam."""
    left, top, across, down = box
    yield box
    if left < 6:
        yield left + width, top, across, down
    if left + across > width - 6:
        yield left - width, top, across, down


def _bleeding(box: Box, warp: Warp) -> Box:
    left, top, across, down = box
    return left - warp.cell[0] * 0.4, top, across + warp.cell[0] * 0.8, down


def lozenges(column: int, row: int, *, across: int, down: int, rings: tuple[int, ...]) -> int:
    """Stepped lozenges in each other; `rings` names the dye of each step from the heart outwards."""
    u = abs((column % across) + 0.5 - across / 2)
    v = abs((row % down) + 0.5 - down / 2) * across / down
    step = int(u + v)
    return rings[step] if step < len(rings) else 0


def zigzag(column: int, row: int, *, across: int, rise: int, stripes: tuple[int, ...]) -> int:
    """A naga's back: stripes that climb and fall, one dye after the other."""
    climb = abs((column % across) - across // 2) * rise // (across // 2)
    return stripes[(row + climb) % len(stripes)]


_INDIGO_EDGE: tuple[Callable[[int], int], ...] = (
    lambda column: 0,
    lambda column: 2,
    lambda column: 0,
    lambda column: 1 if column % 8 in (3, 4) else 0,
    lambda column: 3 if column % 8 in (3, 4) else 1 if column % 8 in (2, 5) else 0,
    lambda column: 1 if column % 8 in (3, 4) else 0,
    lambda column: 0,
    lambda column: 2,
)


def _indigo(column: int, row: int) -> int:
    edge = (row + 4) % 50
    if edge < 8:
        return _INDIGO_EDGE[edge](column)
    heart = lozenges(column, row - 4, across=40, down=42, rings=(3, 3, 1, 0, 0, 2, 2, 0, 1, 1, 0, 0, 2, 0, 0, 1, 1, 0))
    if heart:
        return heart
    return lozenges(column + 20, row - 4 + 21, across=40, down=42, rings=(1, 3, 0, 2, 2, 0, 0, 1))


def _lac(column: int, row: int) -> int:
    if row % 50 < 20:
        return zigzag(column, row, across=20, rise=10, stripes=(1, 1, 0, 0, 2, 0, 0, 3, 3, 0))
    if row % 50 in (20, 21, 48, 49):
        return 2 if (column // 2 + row) % 2 else 0
    return lozenges(column, row - 22, across=20, down=26, rings=(2, 3, 0, 0, 1, 1, 0, 2, 0, 0))


def _turmeric(column: int, row: int) -> int:
    """Keys that hook into each other, in a net of lozenges."""
    net = lozenges(column, row, across=20, down=25, rings=(1, 1, 0, 3, 0, 0, 2, 2, 0))
    u, v = abs(column % 20 - 10), abs(row % 25 - 12)
    if v in (5, 6) and 3 <= u <= 5:
        return 1
    other = lozenges(column + 10, row + 12, across=20, down=25, rings=(3, 2, 0))
    return net or other


def _silk(column: int, row: int) -> int:
    """Young bamboo: stems with leaves to both sides, and a star between the stems."""
    u = abs(column % 20 - 10)
    if u == 0:
        return 1
    v = (row + u) % 10
    if u <= 6 and v in (0, 1) and row % 50 < 42:
        return 1 if v == 0 else 2
    return lozenges(column + 10, row + 4, across=20, down=50 // 2, rings=(3, 3, 0, 2, 0))


CLOTHS: dict[str, tuple[Pattern, str, tuple[str, str, str]]] = {
    "indigo": (_indigo, dye.INDIGO, (dye.INDIGO_PALE, dye.SILK, dye.TURMERIC)),
    "lac": (_lac, dye.LAC, (dye.TURMERIC_MID, dye.SILK, dye.LAC_DEEP)),
    "turmeric": (_turmeric, dye.TURMERIC, (dye.LAC, dye.SILK_LIGHT, dye.TURMERIC_DEEP)),
    "silk": (_silk, dye.SILK, (dye.LEAF, dye.LEAF_MID, dye.LAC)),
}


def cloth(name: str, *, area: tuple[int, int, int, int], cell: float = 10, tile: tuple[int, int] = (40, 50)) -> Tiling:
    """One of our cloths laid over an area; a smaller cell makes the same cloth look further away."""
    pattern, ground, dyes = CLOTHS[name]
    warp = Warp(*tile, cell=(cell, cell), threads=2 if cell > 4 else 1)
    width, height = (round(side) for side in warp.size)
    shapes = (*weave(pattern, dyes, warp=warp, seed=name), *_thread_lines(width, height, warp))
    return Tiling(ground, shapes, (width, height), area)


def _thread_lines(width: int, height: int, warp: Warp) -> tuple[Outline, ...]:
    """The shadow between threads: what makes a flat pattern look woven."""
    thin = warp.cell[1] / warp.threads
    weft = (((0, y * thin), (width, y * thin)) for y in range(warp.rows * warp.threads))
    ends = (((x * warp.cell[0] / 2, 0), (x * warp.cell[0] / 2, height)) for x in range(warp.columns * 2))
    return (
        lines(weft, stroke=dye.CHARCOAL, width=max(0.5, thin / 8), opacity=0.16),
        lines(ends, stroke=dye.SILK_LIGHT, width=max(0.4, thin / 10), opacity=0.12),
    )


def folds(area: tuple[int, int, int, int], *, count: float, depth: float, strip: int = 8) -> tuple[Shape, ...]:
    """The light on a hanging cloth: narrow strips of shade and of shine that follow a wave."""
    left, top, width, height = area
    shapes: list[Shape] = []
    for x in range(0, width, strip):
        turn = 2 * math.pi * count * x / width
        light = (math.sin(turn) + 0.4 * math.sin(2.3 * turn + 1)) * depth
        if abs(light) > 0.012:
            colour = dye.SILK_LIGHT if light > 0 else dye.CHARCOAL
            shapes.append(bars([(left + x, top, strip, height)], fill=colour, opacity=abs(light)))
    return tuple(shapes)


def hanging(name: str) -> Scene:
    area = (0, 0, 1600, 1000)
    title = f"Mudmee silk, {name}" if name != "silk" else "Mudmee silk, undyed"
    return Scene(title, (cloth(name, area=area), *folds(area, count=3.5, depth=0.09)), CLOTHS[name][1])


SCENES: dict[str, Callable[[], Scene]] = {f"mudmee-{name}": partial(hanging, name) for name in CLOTHS}
