"""Which marks do all our drawings share? Lit forms, hatching, grounds, arrows, numerals, flowers, cloth bands."""

import math
from collections.abc import Iterable, Iterator
from itertools import pairwise

from media.drawings import palette as dye
from media.drawings.canvas import (
    Clip,
    Outline,
    Point,
    Shape,
    Tiling,
    bars,
    bounds,
    circle,
    ellipse,
    lines,
    merged,
    moved,
    path,
    place,
    polygon,
    polyline,
    rect,
    sampled,
    smooth,
)
from media.drawings.mudmee import Warp, chance, lozenges, weave


def solid(form: Outline, *, lit: str, shade: str, x: float = 10, y: float = 8) -> tuple[Shape, ...]:
    """A form with light from the upper left: the shade is what the lit form, pushed up and left, leaves over."""
    return form.painted(fill=shade), Clip(form, (moved(form, x=-x, y=-y).painted(fill=lit),))


def hatched(
    form: Outline, *, ink: str, turn: float = 45, gap: float = 9, width: float = 1.5, opacity: float = 0.5
) -> Outline:
    """Engraver's lines inside a form, each a little shorter than it could be."""
    random = chance(f"{turn} {gap} {bounds(form)}")
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    rings = [[(x * cos + y * sin, y * cos - x * sin) for x, y in sampled(run)] for run in form.runs]
    strokes: list[tuple[Point, Point]] = []
    low, high = min(y for ring in rings for _, y in ring), max(y for ring in rings for _, y in ring)
    row = low + gap / 2
    while row < high:
        for start, end in _inside(rings, row):
            a, b = start + random.uniform(1, gap), end - random.uniform(1, gap)
            if b > a:
                strokes.append(((a * cos - row * sin, a * sin + row * cos), (b * cos - row * sin, b * sin + row * cos)))
        row += gap
    return lines(strokes, stroke=ink, width=width, opacity=opacity)


def _inside(rings: list[list[Point]], row: float) -> Iterator[tuple[float, float]]:
    crossings = []
    for ring in rings:
        for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
            if (ay <= row) != (by <= row):
                crossings.append(ax + (row - ay) / (by - ay) * (bx - ax))
    crossings.sort()
    return zip(crossings[::2], crossings[1::2], strict=True)


def weave_ground(
    *, ink: str = dye.SILK_DEEP, area: tuple[int, int, int, int] = (0, 0, 1600, 1000), name: str = "slub"
) -> tuple[Shape, ...]:
    """Raw silk close by: weft threads, and here and there a slub."""
    random = chance(name)
    left, top, width, height = area
    weft = [((left, y + 0.5), (left + width, y + 0.5)) for y in range(top, top + height, 6)]
    slubs = []
    for _ in range(width * height // 7000):
        x, y = left + random.uniform(0, width), top + random.randrange(0, height, 6)
        slubs.append(((x, y + 0.5), (x + random.uniform(10, 70), y + 0.5)))
    return lines(weft, stroke=ink, width=1, opacity=0.28), lines(slubs, stroke=ink, width=2, opacity=0.4)


def wash(
    area: tuple[int, int, int, int], *, ink: str, deepest: float, strip: int = 20, upward: bool = False
) -> tuple[Shape, ...]:
    """A tint that deepens towards the bottom (or the top), as a brush lays it: strip by strip."""
    left, top, width, height = area
    strips: list[Shape] = []
    for y in range(0, height, strip):
        share = 1 - y / height if upward else (y + strip) / height
        strips.append(rect(left, top + y, width, min(strip, height - y), fill=ink, opacity=deepest * share))
    return tuple(strips)


def glow(x: float, y: float, radius: float, *, ink: str, strength: float = 0.5, steps: int = 9) -> tuple[Shape, ...]:
    """Light around a point, in rings of one thin tint over another."""
    return tuple(
        circle(x, y, radius * (steps - step) / steps, fill=ink, opacity=strength / steps) for step in range(steps)
    )


def shadow(x: float, y: float, rx: float, ry: float, *, ink: str = dye.CHARCOAL) -> tuple[Shape, ...]:
    """What a thing throws on the ground: two tints and some hatching."""
    outer, inner = ellipse(x, y, rx, ry), ellipse(x + rx * 0.04, y, rx * 0.8, ry * 0.66)
    return (
        outer.painted(fill=ink, opacity=0.12),
        inner.painted(fill=ink, opacity=0.16),
        hatched(outer, ink=ink, turn=0, gap=5, width=1.2, opacity=0.25),
    )


def arrow(points: list[Point], *, ink: str, width: float = 8, curved: bool = False) -> tuple[Shape, ...]:
    """A line that says where to go next."""
    (ax, ay), (bx, by) = points[-2], points[-1]
    turn = math.atan2(by - ay, bx - ax)
    reach = width * 3.2
    tip = [(bx, by)]
    for side in (2.62, -2.62):
        tip.append((bx + reach * math.cos(turn + side), by + reach * math.sin(turn + side)))
    neck = (bx - reach * 0.7 * math.cos(turn), by - reach * 0.7 * math.sin(turn))
    shaft = [*points[:-1], neck]
    line = smooth(shaft, stroke=ink, width=width) if curved else polyline(shaft, stroke=ink, width=width)
    return line, polygon([tip[0], tip[1], tip[2]], fill=ink, stroke=ink, width=width / 3)


_DIGITS = (
    "M0 -20C11 -20 13 -10 13 0C13 10 11 20 0 20C-11 20 -13 10 -13 0C-13 -10 -11 -20 0 -20Z",
    "M-8 -12L3 -20L3 20",
    "M-12 -10C-12 -18 -6 -20 0 -20C8 -20 12 -15 12 -9C12 0 -4 8 -12 20L13 20",
    "M-11 -16C-6 -21 11 -22 11 -10C11 -3 4 -1 -2 -1C6 -1 13 2 13 9C13 21 -6 23 -13 15",
    "M6 20L6 -20L-14 8L14 8",
    "M11 -20L-9 -20L-11 -2C-2 -8 13 -6 13 7C13 20 -5 24 -13 15",
    "M9 -19C-4 -20 -13 -6 -13 7C-13 15 -8 20 0 20C8 20 13 15 13 8C13 1 8 -4 0 -4C-6 -4 -11 -1 -13 6",
    "M-12 -20L13 -20C4 -6 -2 6 -3 20",
    "M0 -2C-14 -3 -14 -20 0 -20C14 -20 14 -3 0 -2C-17 -1 -17 20 0 20C17 20 17 -1 0 -2Z",
    "M13 -6C11 1 6 4 0 4C-8 4 -13 -1 -13 -8C-13 -15 -8 -20 0 -20C8 -20 13 -15 13 -7C13 6 4 20 -9 19",
)


def numeral(number: int, *, x: float, y: float, height: float = 40, ink: str = dye.SILK_LIGHT) -> tuple[Shape, ...]:
    """A number drawn with the pen, because a font would look different on every machine."""
    text = str(number)
    scale = height / 40
    start = x - (len(text) - 1) * 17 * scale
    glyphs = (path(_DIGITS[int(digit)], stroke=ink, width=5.5) for digit in text)
    return tuple(
        shape for i, glyph in enumerate(glyphs) for shape in place([glyph], x=start + i * 34 * scale, y=y, scale=scale)
    )


def badge(number: int, *, x: float, y: float, radius: float = 30, ink: str = dye.LAC) -> tuple[Shape, ...]:
    """A numbered disc: a stop, a step, a piece."""
    return (
        circle(x + radius * 0.08, y + radius * 0.12, radius, fill=dye.CHARCOAL, opacity=0.25),
        circle(x, y, radius, fill=ink, stroke=dye.SILK_LIGHT, width=radius * 0.1),
        *numeral(number, x=x, y=y, height=radius * (0.95 if number < 10 else 0.72)),
    )


def leaf(*, lit: str = dye.LEAF_MID, shade: str = dye.LEAF) -> tuple[Shape, ...]:
    """One leaf, 100 long, from its stem at (0, 0) upwards."""
    return (
        path("M0 0C-34 -26 -34 -66 0 -100C34 -66 34 -26 0 0Z", fill=lit),
        path("M0 0C34 -26 34 -66 0 -100Z", fill=shade),
        path(
            "M0 4L0 -90M0 -20L-17 -36M0 -20L17 -36M0 -40L-19 -57M0 -40L19 -57M0 -60L-14 -74M0 -60L14 -74",
            stroke=dye.LEAF_DEEP,
            width=1.6,
            opacity=0.6,
        ),
    )


def frangipani(*, petal: str = dye.SILK_LIGHT, heart: str = dye.TURMERIC) -> tuple[Shape, ...]:
    """A flower of five petals around (0, 0), 50 in radius."""
    one = (
        path("M0 0C-24 -14 -24 -44 4 -50C26 -42 20 -14 0 0Z", fill=petal, stroke=dye.CHARCOAL, width=1),
        path("M0 0C-10 -10 -9 -22 2 -28C10 -20 9 -8 0 0Z", fill=heart, opacity=0.7),
        path("M0 0C10 -8 14 -24 6 -40", stroke=heart, width=1.5, opacity=0.6),
    )
    return tuple(shape for i in range(5) for shape in place(one, turn=72 * i))


def lotus(*, petal: str = dye.LAC_MID, light: str = dye.LAC_PALE) -> tuple[Shape, ...]:
    """A lotus seen from the side, opening upwards from (0, 0), 100 high."""
    outer = path("M0 0C-20 -10 -30 -50 0 -96C30 -50 20 -10 0 0Z")
    shapes: list[Shape] = []
    for turn, colour in ((-68, petal), (68, petal), (-42, light), (42, light), (-20, petal), (20, petal), (0, light)):
        one = (
            outer.painted(fill=colour, stroke=dye.LAC, width=1.5),
            path("M0 -6C-4 -30 -4 -60 0 -80", stroke=dye.LAC, width=1.2, opacity=0.5),
        )
        shapes.extend(place(one, turn=turn))
    return tuple(shapes)


def bloom(*, petals: int, petal: str, heart: str, round_: float = 1) -> tuple[Shape, ...]:
    """A simple garden flower around (0, 0), 40 in radius."""
    one = path(f"M0 0C{-14 * round_} -12 {-16 * round_} -36 0 -40C{16 * round_} -36 {14 * round_} -12 0 0Z")
    around = [
        place([one.painted(fill=petal, stroke=dye.CHARCOAL, width=0.8)], turn=360 / petals * i) for i in range(petals)
    ]
    return (
        *(shape for shapes in around for shape in shapes),
        circle(0, 0, 11, fill=heart),
        circle(-3, -3, 4, fill=dye.SILK_LIGHT, opacity=0.5),
    )


def band_pattern(column: int, row: int) -> int:
    """The border cloth: lozenges between two dotted edges, 16 columns by 18 rows."""
    if row in (0, 17):
        return 2
    if row in (2, 15):
        return 2 if column % 4 < 2 else 0
    return lozenges(column, row - 3, across=16, down=12, rings=(3, 1, 0, 2, 2, 0, 1))


def band(
    area: tuple[int, int, int, int],
    *,
    ground: str = dye.INDIGO,
    dyes: tuple[str, str, str] = (dye.INDIGO_PALE, dye.SILK, dye.TURMERIC),
) -> tuple[Shape, ...]:
    """A strip of border cloth; its height is a multiple of the border's 18 threads."""
    left, top, width, height = area
    cell = height // 18
    if cell * 18 != height:
        raise ValueError(f"A border is 18 threads high; {height} is not a multiple of that.")
    warp = Warp(16, 18, cell=(cell, cell), threads=1 if cell < 5 else 2)
    motif = weave(band_pattern, dyes, warp=warp, seed=f"border {height}")
    return (Tiling(ground, motif, (16 * cell, height), (left, top, width, height)),)


def loose_band(
    area: tuple[float, float, float, float],
    *,
    ground: str = dye.INDIGO,
    dyes: tuple[str, str, str] = (dye.INDIGO_PALE, dye.SILK, dye.TURMERIC),
) -> tuple[Shape, ...]:
    """The same strip as single threads, for a garment that is moved or turned."""
    left, top, width, height = area
    cell = height / 18
    warp = Warp(16, 18, cell=(cell, cell), threads=1)
    motif = weave(band_pattern, dyes, warp=warp, seed=f"border {height}")
    count = math.ceil(width / warp.size[0])
    copies = [shape for i in range(count) for shape in place(motif, x=left + i * warp.size[0], y=top)]
    return rect(*area, fill=ground), Clip(rect(*area), tuple(copies))


def wood(area: tuple[float, float, float, float], *, name: str, lit: str = dye.TEAK_MID) -> tuple[Shape, ...]:
    """A teak board with its grain along the longer side."""
    left, top, width, height = area
    random = chance(name)
    grain: list[Outline] = []
    across = width >= height
    for _ in range(max(3, round(min(width, height) / 9))):
        at, bow = random.uniform(0.05, 0.95), random.uniform(-0.08, 0.08)
        points = [(left + width * t / 4, top + height * _clamped(at + bow * math.sin(t * 1.4))) for t in range(5)]
        if not across:
            points = [(left + width * _clamped(at + bow * math.sin(t * 1.4)), top + height * t / 4) for t in range(5)]
        grain.append(smooth(points))
    edge = (
        (left, top + height * 0.82, width, height * 0.18)
        if across
        else (left + width * 0.78, top, width * 0.22, height)
    )
    return (
        rect(*area, fill=lit),
        merged(grain, stroke=dye.TEAK_DEEP, width=1.6, opacity=0.35),
        rect(*edge, fill=dye.TEAK_DEEP, opacity=0.4),
        bars([(left, top, width, 3) if across else (left, top, 3, height)], fill=dye.TEAK_PALE, opacity=0.6),
    )


def _clamped(share: float) -> float:
    return max(0.03, min(0.97, share))


def stitches(points: Iterable[Point], *, ink: str, width: float = 3, dash: float = 14, gap: float = 9) -> Outline:
    """A dashed line: a seam, a route, what is only planned."""
    segments: list[tuple[Point, Point]] = []
    left = 0.0
    track = list(points)
    for (ax, ay), (bx, by) in pairwise(track):
        length = math.hypot(bx - ax, by - ay)
        at = left
        while at < length:
            end = min(at + dash, length)
            a, b = at / length, end / length
            segments.append(((ax + (bx - ax) * a, ay + (by - ay) * a), (ax + (bx - ax) * b, ay + (by - ay) * b)))
            at += dash + gap
        left = at - length
    return lines(segments, stroke=ink, width=width)


def along(curve: Outline) -> list[Point]:
    """The points of a curve, for stitches that follow it."""
    return sampled(curve.runs[0], scale=2)
