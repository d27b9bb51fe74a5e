"""What can a drawing be made of? Outlines, clipped groups and repeated tiles: described once, written as SVG and PNG.

Everything is frozen and made of straight lines and cubic curves, so that both writers show the same picture and the
same description always gives the same bytes. A filled outline has no holes: each of its runs is filled by itself.
"""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeAlias, TypedDict, Unpack

Point: TypeAlias = tuple[float, float]
Curve: TypeAlias = tuple[Point, ...]  # one point: a straight line to it; three points: a cubic curve

Move: TypeAlias = Callable[[Point], Point]

ROUND = 0.5523  # how far a cubic curve's handles reach to look like a quarter of a circle


class Look(TypedDict, total=False):
    """How an outline is painted; what is left out is not painted."""

    fill: str
    stroke: str
    width: float
    opacity: float


@dataclass(frozen=True, slots=True)
class Run:
    """One unbroken line of the pen."""

    start: Point
    curves: tuple[Curve, ...]
    closed: bool


@dataclass(frozen=True, slots=True)
class Outline:
    runs: tuple[Run, ...]
    fill: str | None = None
    stroke: str | None = None
    width: float = 3
    opacity: float = 1

    def painted(self, **look: Unpack[Look]) -> "Outline":
        """The same outline with another paint, and none of its own."""
        return Outline(self.runs, **look)


@dataclass(frozen=True, slots=True)
class Clip:
    """Shapes of which only the part inside the outline is seen."""

    inside: Outline
    shapes: "tuple[Shape, ...]"


@dataclass(frozen=True, slots=True)
class Tiling:
    """A tile repeated over a rectangle; tile and rectangle are whole numbers, so that seams fall between pixels."""

    ground: str
    shapes: "tuple[Shape, ...]"
    tile: tuple[int, int]
    area: tuple[int, int, int, int]  # left, top, width, height


Shape: TypeAlias = Outline | Clip | Tiling


@dataclass(frozen=True, slots=True)
class Scene:
    title: str
    shapes: tuple[Shape, ...]
    ground: str | None  # nothing: what lies behind shows through (SVG), silk (PNG)
    size: tuple[int, int] = (1600, 1000)


def polyline(points: Iterable[Point], **look: Unpack[Look]) -> Outline:
    start, *rest = points
    return Outline((Run(start, tuple((point,) for point in rest), closed=False),), **look)


def polygon(points: Iterable[Point], **look: Unpack[Look]) -> Outline:
    start, *rest = points
    return Outline((Run(start, tuple((point,) for point in rest), closed=True),), **look)


def lines(segments: Iterable[tuple[Point, Point]], **look: Unpack[Look]) -> Outline:
    """Many separate straight strokes that share one paint."""
    return Outline(tuple(Run(start, ((end,),), closed=False) for start, end in segments), **look)


def rect(left: float, top: float, across: float, down: float, radius: float = 0, /, **look: Unpack[Look]) -> Outline:
    right, bottom = left + across, top + down
    if radius:
        return _rounded(left, top, right, bottom, min(radius, across / 2, down / 2), look)
    return polygon([(left, top), (right, top), (right, bottom), (left, bottom)], **look)


def bars(boxes: Iterable[tuple[float, float, float, float]], **look: Unpack[Look]) -> Outline:
    """Many rectangles (left, top, width, height) that share one paint."""
    return Outline(tuple(rect(*box).runs[0] for box in boxes), **look)


def _rounded(left: float, top: float, right: float, bottom: float, r: float, look: Look) -> Outline:
    k = r * (1 - ROUND)
    curves: tuple[Curve, ...] = (
        ((right - r, top),),
        ((right - k, top), (right, top + k), (right, top + r)),
        ((right, bottom - r),),
        ((right, bottom - k), (right - k, bottom), (right - r, bottom)),
        ((left + r, bottom),),
        ((left + k, bottom), (left, bottom - k), (left, bottom - r)),
        ((left, top + r),),
        ((left, top + k), (left + k, top), (left + r, top)),
    )
    return Outline((Run((left + r, top), curves, closed=True),), **look)


def ellipse(x: float, y: float, rx: float, ry: float, **look: Unpack[Look]) -> Outline:
    hx, hy = rx * ROUND, ry * ROUND
    curves: tuple[Curve, ...] = (
        ((x + rx, y + hy), (x + hx, y + ry), (x, y + ry)),
        ((x - hx, y + ry), (x - rx, y + hy), (x - rx, y)),
        ((x - rx, y - hy), (x - hx, y - ry), (x, y - ry)),
        ((x + hx, y - ry), (x + rx, y - hy), (x + rx, y)),
    )
    return Outline((Run((x + rx, y), curves, closed=True),), **look)


def circle(x: float, y: float, radius: float, **look: Unpack[Look]) -> Outline:
    return ellipse(x, y, radius, radius, **look)


def merged(outlines: Iterable[Outline], **look: Unpack[Look]) -> Outline:
    """Several outlines as one shape with one paint."""
    return Outline(tuple(run for outline in outlines for run in outline.runs), **look)


def path(d: str, **look: Unpack[Look]) -> Outline:
    """An outline in the words of an SVG path: M L H V C Q Z, absolute, one letter before each stroke's numbers."""
    runs: list[Run] = []
    for letter, values in _strokes(d):
        if letter == "M":
            runs.append(Run(values[0], (), closed=False))
        else:
            runs[-1] = _continued(runs[-1], letter=letter, points=values)
    return Outline(tuple(runs), **look)


def _strokes(d: str) -> Iterator[tuple[str, list[Point]]]:
    for letter, text in re.findall(r"([MLCQZ])([^MLCQZ]*)", d):
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", text)]
        yield letter, list(zip(numbers[::2], numbers[1::2], strict=True))


def _continued(run: Run, *, letter: str, points: list[Point]) -> Run:
    if letter == "Z":
        return replace(run, closed=True)
    if letter == "L":
        return replace(run, curves=run.curves + tuple((point,) for point in points))
    if letter == "C":
        cubic = tuple(tuple(points[i : i + 3]) for i in range(0, len(points), 3))
        return replace(run, curves=run.curves + cubic)
    for i in range(0, len(points), 2):
        before = run.curves[-1][-1] if run.curves else run.start
        run = replace(run, curves=(*run.curves, _quadratic(before, points[i], points[i + 1])))
    return run


def _quadratic(start: Point, handle: Point, end: Point) -> Curve:
    return _between(start, handle, 2 / 3), _between(end, handle, 2 / 3), end


def _between(a: Point, b: Point, share: float) -> Point:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def smooth(points: Sequence[Point], *, closed: bool = False, **look: Unpack[Look]) -> Outline:
    """A curve without corners through all the points (Catmull-Rom, written as cubic curves)."""
    count = len(points)
    legs = range(count if closed else count - 1)
    curves = tuple(_leg(points, i, closed=closed) for i in legs)
    return Outline((Run(points[0], curves, closed=closed),), **look)


def _leg(points: Sequence[Point], i: int, *, closed: bool) -> Curve:
    count = len(points)

    def at(index: int) -> Point:
        return points[index % count] if closed else points[max(0, min(count - 1, index))]

    before, start, end, after = at(i - 1), at(i), at(i + 1), at(i + 2)
    out = (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6)
    back = (end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6)
    return out, back, end


def place(
    shapes: Iterable[Shape], *, x: float = 0, y: float = 0, scale: float = 1, turn: float = 0, flip: bool = False
) -> tuple[Shape, ...]:
    """The shapes drawn around (0, 0), turned (degrees, clockwise), scaled, and then set down at (x, y)."""
    cos, sin = math.cos(math.radians(turn)) * scale, math.sin(math.radians(turn)) * scale
    mirror = -1 if flip else 1

    def move(point: Point) -> Point:
        px, py = point[0] * mirror, point[1]
        return px * cos - py * sin + x, px * sin + py * cos + y

    return tuple(_moved(shape, move, scale) for shape in shapes)


def _moved(shape: Shape, move: Move, scale: float) -> Shape:
    if isinstance(shape, Tiling):
        raise TypeError("A tiling cannot be moved: its seams must fall between pixels.")
    if isinstance(shape, Clip):
        return Clip(_moved_outline(shape.inside, move, scale), tuple(_moved(s, move, scale) for s in shape.shapes))
    return _moved_outline(shape, move, scale)


def _moved_outline(outline: Outline, move: Move, scale: float) -> Outline:
    runs = tuple(
        Run(move(run.start), tuple(tuple(move(p) for p in curve) for curve in run.curves), run.closed)
        for run in outline.runs
    )
    return replace(outline, runs=runs, width=outline.width * scale)


def moved(outline: Outline, *, x: float, y: float) -> Outline:
    return _moved_outline(outline, lambda point: (point[0] + x, point[1] + y), 1)


def sampled(run: Run, *, scale: float = 1) -> list[Point]:
    """The run as points close enough together to look smooth at this scale."""
    points = [run.start]
    for curve in run.curves:
        points.extend(curve if len(curve) == 1 else _cubic(points[-1], curve, scale))
    return points


def _cubic(start: Point, curve: Curve, scale: float) -> Iterator[Point]:
    length = sum(math.dist(a, b) for a, b in pairwise((start, *curve))) * scale
    steps = max(4, min(64, round(math.sqrt(length) * 1.2)))
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = start, *curve
    for step in range(1, steps + 1):
        t = step / steps
        s = 1 - t
        a, b, c, d = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
        yield a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy


def bounds(outline: Outline) -> tuple[float, float, float, float]:
    """Left, top, right, bottom."""
    points = [point for run in outline.runs for point in sampled(run)]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)
