"""How did the centre change? Things tell it, never people: a fence, clothes on hangers, a ribbon with seven signs."""

import math
from collections.abc import Callable

from media.drawings import palette as dye
from media.drawings.canvas import (
    Clip,
    Point,
    Scene,
    Shape,
    circle,
    ellipse,
    lines,
    merged,
    path,
    place,
    polygon,
    polyline,
    rect,
    smooth,
)
from media.drawings.marks import (
    along,
    band,
    bloom,
    glow,
    hatched,
    leaf,
    loose_band,
    lotus,
    shadow,
    solid,
    stitches,
    wash,
    weave_ground,
    wood,
)
from media.drawings.mudmee import chance

# --- the fence that became a garden -----------------------------------------------------------------------------

WIRES = (360.0, 470.0, 580.0, 690.0)
BUDDING = 640.0  # where wire begins to be a stem


def fence_to_flowers() -> Scene:
    return Scene(
        "A wire fence that turns into a flowering garden",
        (
            *weave_ground(ink=dye.SILK_SHADE),
            *_greying_sky(),
            *glow(1270, 330, 470, ink=dye.TURMERIC_MID, strength=0.75),
            circle(1270, 330, 92, fill=dye.TURMERIC_PALE, opacity=0.9),
            *_hills(),
            *_ground(),
            *_posts(),
            *_wires(),
            *_grown_stems(),
            *_flowers(),
        ),
        dye.SILK_LIGHT,
    )


def _greying_sky() -> tuple[Shape, ...]:
    return tuple(rect(x, 0, 20, 1000, fill=dye.ASH, opacity=0.42 * (1 - x / 1000)) for x in range(0, 1000, 20))


def _hills() -> tuple[Shape, ...]:
    far = path("M0 700C200 610 420 640 640 690C880 600 1180 590 1600 660L1600 820L0 820Z")
    near = path("M560 780C800 690 1200 680 1600 740L1600 860L560 860Z")
    return (
        far.painted(fill=dye.INDIGO_PALE, opacity=0.5),
        hatched(far, ink=dye.INDIGO_MID, turn=8, gap=12, width=1.4, opacity=0.25),
        near.painted(fill=dye.LEAF_PALE),
        hatched(near, ink=dye.LEAF, turn=-6, gap=11, width=1.4, opacity=0.35),
    )


def _ground() -> tuple[Shape, ...]:
    earth = path("M0 800C300 790 500 800 760 790L760 1000L0 1000Z")
    meadow = path("M420 836C700 776 1200 770 1600 784L1600 1000L300 1000Z")
    random = chance("meadow")
    blades = []
    for _ in range(420):
        x, y = random.uniform(520, 1600), random.uniform(800, 1000)
        blades.append(((x, y), (x + random.uniform(-7, 7), y - random.uniform(14, 34))))
    stones = [ellipse(x, y, r, r * 0.5) for x, y, r in ((60, 900, 22), (180, 960, 30), (300, 880, 16), (110, 850, 14))]
    return (
        earth.painted(fill=dye.ASH_PALE),
        hatched(earth, ink=dye.ASH, turn=0, gap=9, width=1.6, opacity=0.5),
        merged(stones, fill=dye.ASH, opacity=0.8),
        meadow.painted(fill=dye.LEAF_MID),
        lines(blades, stroke=dye.LEAF, width=3, opacity=0.8),
        lines(blades[::3], stroke=dye.LEAF_PALE, width=2, opacity=0.8),
    )


def _posts() -> tuple[Shape, ...]:
    shapes: list[Shape] = []
    for i, x in enumerate((70, 270, 470, 670)):
        post = path(f"M{x - 15} 830L{x - 13} 270L{x - 40} 210L{x - 26} 202L{x + 13} 262L{x + 15} 830Z")
        shapes.extend(shadow(x + 26, 832, 50, 9))
        shapes.extend(
            solid(post, lit=dye.ASH if i < 3 else dye.TEAK_MID, shade=dye.CHARCOAL if i < 3 else dye.TEAK, x=9, y=0)
        )
        shapes.append(hatched(post, ink=dye.CHARCOAL, turn=80, gap=7, width=1.2, opacity=0.3))
    return tuple(shapes)


def _wires() -> tuple[Shape, ...]:
    shapes: list[Shape] = []
    for i, y in enumerate(WIRES):
        sag = 10 + 4 * i
        shapes.append(
            smooth(
                [(0, y), (170, y + sag), (370, y + sag), (570, y + sag), (BUDDING + 60, y)],
                stroke=dye.CHARCOAL,
                width=5,
            )
        )
        for x in range(40, 560, 66):
            shapes.extend(
                place(
                    (
                        polyline([(-10, -11), (10, 11)], stroke=dye.CHARCOAL, width=4),
                        polyline([(-11, 9), (11, -9)], stroke=dye.CHARCOAL, width=4),
                    ),
                    x=x,
                    y=y + sag * 0.9,
                )
            )
    return tuple(shapes)


def _grown_stems() -> tuple[Shape, ...]:
    """Each wire goes on as a stem that climbs, waves and puts out leaves."""
    shapes: list[Shape] = []
    for i, y in enumerate(WIRES):
        points = [
            (
                x,
                y
                + 34 * math.sin((x - BUDDING) / 110 + i) * min(1, (x - BUDDING) / 260)
                - (x - BUDDING) * (0.06 - 0.05 * i),
            )
            for x in range(700, 1600, 50)
        ]
        stem = smooth([(690, y), *points])
        shapes.append(stem.painted(stroke=dye.LEAF_DEEP, width=8))
        shapes.append(stem.painted(stroke=dye.LEAF_MID, width=3))
        for k, (x, py) in enumerate(points[1::2]):
            side = 1 if (k + i) % 2 else -1
            shapes.extend(place(leaf(), x=x, y=py, turn=52 * side + (0 if side > 0 else -10), scale=0.42 + 0.05 * k))
    return tuple(shapes)


def _flowers() -> tuple[Shape, ...]:
    tones = (
        bloom(petals=8, petal=dye.LAC_MID, heart=dye.TURMERIC),
        bloom(petals=5, petal=dye.SILK_LIGHT, heart=dye.TURMERIC, round_=1.5),
        bloom(petals=10, petal=dye.TURMERIC_MID, heart=dye.TEAK),
        bloom(petals=6, petal=dye.INDIGO_PALE, heart=dye.TURMERIC_MID, round_=1.3),
        bloom(petals=8, petal=dye.LAC, heart=dye.TURMERIC_MID),
    )
    shapes: list[Shape] = []
    random = chance("garden")
    for i, y in enumerate(WIRES):
        for k in range(7):
            x = 800.0 + k * 122 + (i % 2) * 56
            py = (
                y
                + 34 * math.sin((x - BUDDING) / 110 + i) * min(1, (x - BUDDING) / 260)
                - (x - BUDDING) * (0.06 - 0.05 * i)
            )
            shapes.extend(place(tones[(k * 2 + i) % 5], x=x, y=py - 4, turn=k * 17, scale=0.55 + k * 0.12))
    for k in range(15):
        x, y = 640 + k * 66 + random.uniform(-16, 16), 920 + random.uniform(-50, 50)
        shapes.append(smooth([(x, y), (x + 6, y + 40), (x, y + 90)], stroke=dye.LEAF_DEEP, width=5))
        shapes.extend(place(tones[k % 5], x=x, y=y, turn=k * 31, scale=0.6 + k * 0.035))
    return tuple(shapes)


# --- from a uniform to clothes of one's own ---------------------------------------------------------------------


def uniform_to_own_clothes() -> Scene:
    own = ((_blouse(), 800), (_skirt(), 1010), (_shirt(), 1215), (_dress(), 1430))
    return Scene(
        "Grey uniforms at one end of a clothes rail, clothes of many colours at the other",
        (
            *weave_ground(),
            *(rect(x, 0, 20, 1000, fill=dye.ASH, opacity=0.34 * (1 - x / 760)) for x in range(0, 760, 20)),
            *glow(1200, 420, 560, ink=dye.TURMERIC_PALE, strength=0.9),
            rect(0, 880, 1600, 120, fill=dye.TEAK_PALE),
            *wood((0, 880, 1600, 120), name="wardrobe floor", lit=dye.TEAK_PALE),
            *_rail(),
            *(shape for x in (150, 345, 540) for shape in _hung(_uniform(), x)),
            *(shape for garment, x in own for shape in _hung(garment, x)),
        ),
        dye.SILK,
    )


def _rail() -> tuple[Shape, ...]:
    return (
        *solid(rect(-20, 148, 1640, 20, 9), lit=dye.TEAK_MID, shade=dye.TEAK_DEEP, x=0, y=8),
        rect(0, 151, 1600, 3, fill=dye.TEAK_PALE, opacity=0.8),
    )


def _hung(garment: tuple[Shape, ...], x: float) -> tuple[Shape, ...]:
    hook = path(
        f"M{x} 226L{x} 196C{x} 186 {x + 16} 182 {x + 14} 160C{x + 12} 140 {x - 14} 142 {x - 14} 158",
        stroke=dye.CHARCOAL,
        width=5,
    )
    bow = path(
        f"M{x - 104} 268C{x - 70} 236 {x - 20} 228 {x} 222C{x + 20} 228 {x + 70} 236 {x + 104} 268",
        stroke=dye.TEAK,
        width=14,
    )
    ground = shadow(x, 908, 86, 11)
    return (*ground, hook, *place(garment, x=x, y=226), bow)


_TOP = (
    "M-30 4C-60 16 -92 26 -112 44L-150 190L-104 204L-92 150L-96 {hem}L96 {hem}L92 150L104"
    " 204L150 190L112 44C92 26 60 16 30 4C16 22 -16 22 -30 4Z"
)


def _uniform() -> tuple[Shape, ...]:
    """The same for all: grey, buttoned, without a number or a badge on it."""
    form = path(_TOP.format(hem=330))
    trousers = path("M-92 322L92 322L100 640L22 640L2 400L-22 640L-100 640Z")
    return (
        *solid(trousers, lit=dye.ASH, shade="#6f6a61", x=16, y=0),
        hatched(trousers, ink=dye.CHARCOAL, turn=84, gap=10, width=1.3, opacity=0.3),
        *solid(form, lit=dye.ASH_PALE, shade=dye.ASH, x=16, y=6),
        hatched(form, ink=dye.CHARCOAL, turn=84, gap=12, width=1.2, opacity=0.25),
        polyline([(0, 20), (0, 328)], stroke="#6f6a61", width=3),
        *(circle(0, 60 + i * 52, 5, fill="#6f6a61") for i in range(5)),
        path("M-30 4C-28 30 -14 40 0 46C14 40 28 30 30 4", stroke="#6f6a61", width=4),
        rect(24, 96, 52, 56, stroke="#6f6a61", width=2.5),
    )


def _blouse() -> tuple[Shape, ...]:
    """A lac silk blouse with a wrapped front, and a raw silk skirt under it."""
    form = path(_TOP.format(hem=300))
    skirt = path("M-84 292L84 292L104 600L-104 600Z")
    return (
        *solid(skirt, lit=dye.TURMERIC_MID, shade=dye.TURMERIC, x=20, y=0),
        Clip(
            skirt,
            (
                *loose_band((-120, 510, 240, 66), ground=dye.LAC, dyes=(dye.TURMERIC_MID, dye.SILK, dye.TURMERIC)),
                merged(
                    (path(f"M{x} 292L{x * 1.25} 600") for x in range(-70, 84, 20)),
                    stroke=dye.TURMERIC_DEEP,
                    width=1.6,
                    opacity=0.45,
                ),
            ),
        ),
        *solid(form, lit=dye.LAC, shade=dye.LAC_DEEP, x=18, y=6),
        hatched(form, ink=dye.LAC_DEEP, turn=80, gap=9, width=1.2, opacity=0.5),
        path("M-30 4C-10 60 30 130 92 176", stroke=dye.TURMERIC_MID, width=7),
        path("M30 4C22 30 8 50 -4 62", stroke=dye.TURMERIC_MID, width=7),
        *(circle(66 - i * 5, 190 + i * 34, 6, fill=dye.TURMERIC) for i in range(3)),
        merged((path("M-150 190L-104 204"), path("M150 190L104 204")), stroke=dye.TURMERIC_MID, width=7),
    )


def _skirt() -> tuple[Shape, ...]:
    """A tube skirt of indigo mudmee with its border, clipped to the hanger."""
    form = path("M-88 40L88 40L96 560L-96 560Z")
    field: list[Shape] = []
    for i in range(4):
        field.extend(loose_band((-110, 96 + i * 92, 220, 80), ground=dye.INDIGO))
    return (
        form.painted(fill=dye.INDIGO),
        Clip(
            form,
            (
                *field,
                rect(-110, 40, 220, 50, fill=dye.LAC),
                *loose_band((-110, 462, 220, 76), ground=dye.LAC, dyes=(dye.TURMERIC_MID, dye.SILK, dye.TURMERIC)),
                rect(-110, 540, 220, 30, fill=dye.TURMERIC),
                rect(-96, 40, 16, 520, fill=dye.SILK_LIGHT, opacity=0.14),
                rect(-10, 40, 26, 520, fill=dye.INDIGO_DEEP, opacity=0.3),
                rect(60, 40, 40, 520, fill=dye.INDIGO_DEEP, opacity=0.36),
            ),
        ),
        *(rect(x - 8, 18, 16, 40, 4, fill=dye.TEAK) for x in (-64, 64)),
    )


def _shirt() -> tuple[Shape, ...]:
    """A striped cotton shirt and work trousers."""
    form = path(_TOP.format(hem=330))
    trousers = path("M-92 322L92 322L98 620L24 620L2 400L-24 620L-98 620Z")
    stripes = merged((rect(x, 0, 9, 340) for x in range(-160, 160, 24)), fill=dye.LEAF_MID)
    return (
        *solid(trousers, lit=dye.INDIGO_MID, shade=dye.INDIGO, x=20, y=0),
        hatched(trousers, ink=dye.INDIGO_DEEP, turn=50, gap=8, width=1.1, opacity=0.4),
        form.painted(fill=dye.SILK_LIGHT),
        Clip(form, (stripes, rect(40, 0, 120, 340, fill=dye.LEAF_DEEP, opacity=0.2))),
        form.painted(stroke=dye.LEAF_DEEP, width=2),
        path("M-30 4L-44 44L-6 54L0 26L6 54L44 44L30 4", fill=dye.LEAF_PALE, stroke=dye.LEAF_DEEP, width=2),
        polyline([(0, 50), (0, 330)], stroke=dye.LEAF_DEEP, width=2.5),
        *(circle(0, 80 + i * 54, 5, fill=dye.TEAK) for i in range(5)),
    )


def _dress() -> tuple[Shape, ...]:
    form = path(
        "M-38 6C-64 16 -86 24 -98 40L-112 120L-80 128L-62 230C-72 360 -106 480 -124 610L124"
        " 610C106 480 72 360 62 230L80 128L112 120L98 40C86 24 64 16 38 6C20 48 -20 48 -38 6Z"
    )
    pleats = merged(path(f"M{x * 0.5} 236C{x * 0.6} 380 {x * 0.9} 500 {x} 610") for x in range(-110, 120, 22))
    random = chance("dress")
    dots = [
        place(
            bloom(petals=5, petal=dye.SILK_LIGHT, heart=dye.LAC, round_=1.4),
            x=random.uniform(-0.16, 0.16) * (280 + 22 * i),
            y=60 + 36 * i,
            turn=i * 23,
            scale=0.3,
        )
        for i in range(16)
    ]
    return (
        *solid(form, lit=dye.TURMERIC_MID, shade=dye.TURMERIC_DEEP, x=20, y=6),
        Clip(
            form,
            (
                pleats.painted(stroke=dye.TURMERIC_DEEP, width=2, opacity=0.6),
                *(shape for shapes in dots for shape in shapes),
            ),
        ),
        path("M-64 230C-20 244 20 244 64 230", stroke=dye.LAC, width=14),
        path("M-38 6C-20 48 20 48 38 6", stroke=dye.LAC, width=5),
    )


# --- seven signs on a ribbon ------------------------------------------------------------------------------------


def timeline() -> Scene:
    """1960 closed gate, 1996 the gate's law rewritten, 1997 a first act, 1999 two threads tied (an agreement),
    2002 an open book (the learning centre), 2005 a card index (the database), 2006 a frame (the exhibition)."""
    spots = ((180, 640), (385, 330), (595, 640), (805, 330), (1015, 640), (1225, 330), (1430, 640))
    signs = (_gate(), _scales(), _scroll(), _knot(), _open_book(), _card_index(), _framed())
    tones = (dye.ASH, dye.INDIGO_MID, dye.INDIGO, dye.LEAF, dye.LAC, dye.TURMERIC_DEEP, dye.LAC)
    return Scene(
        "Seven signs along a woven ribbon, from a closed gate to an exhibition",
        (
            *weave_ground(),
            *wash((0, 0, 1600, 1000), ink=dye.TURMERIC_PALE, deepest=0.4),
            *_ribbon(spots),
            *(
                shape
                for spot, sign, tone in zip(spots, signs, tones, strict=True)
                for shape in _medallion(spot, sign, tone)
            ),
            *band((0, 928, 1600, 72)),
        ),
        dye.SILK,
    )


def _ribbon(spots: tuple[Point, ...]) -> tuple[Shape, ...]:
    track = smooth([(-60, 420), *spots, (1680, 380)])
    return (
        *place([track.painted(stroke=dye.CHARCOAL, width=44, opacity=0.16)], x=8, y=14),
        track.painted(stroke=dye.INDIGO, width=44),
        track.painted(stroke=dye.LAC, width=26),
        stitches(along(track), ink=dye.TURMERIC_MID, width=8, dash=5, gap=15),
        *(place([track.painted(stroke=dye.SILK, width=2)], y=dy)[0] for dy in (-17, 17)),
    )


def _medallion(spot: Point, sign: tuple[Shape, ...], tone: str) -> tuple[Shape, ...]:
    x, y = spot
    ring = [
        place([polygon([(0, -126), (6, -118), (0, -110), (-6, -118)], fill=dye.TURMERIC_MID)], turn=i * 15)
        for i in range(24)
    ]
    return (
        circle(x + 8, y + 14, 136, fill=dye.CHARCOAL, opacity=0.2),
        circle(x, y, 136, fill=tone),
        *place([s for shapes in ring for s in shapes], x=x, y=y),
        circle(x, y, 106, fill=dye.SILK_LIGHT),
        circle(x, y, 106, stroke=dye.TURMERIC, width=4),
        Clip(circle(x, y, 103), place(sign, x=x, y=y)),
    )


def _gate() -> tuple[Shape, ...]:
    bars_ = [rect(x, -50, 9, 104) for x in range(-58, 60, 18)]
    return (
        rect(-110, 54, 220, 60, fill=dye.ASH_PALE),
        merged(bars_, fill=dye.CHARCOAL),
        merged((rect(-66, -36, 132, 9), rect(-66, 30, 132, 9)), fill=dye.CHARCOAL),
        *solid(rect(-84, -64, 22, 122), lit=dye.ASH, shade=dye.CHARCOAL, x=7, y=0),
        *solid(rect(62, -64, 22, 122), lit=dye.ASH, shade=dye.CHARCOAL, x=7, y=0),
        rect(-16, -12, 32, 28, 5, fill=dye.TURMERIC_DEEP, stroke=dye.CHARCOAL, width=2),
        path("M-9 -12C-9 -32 9 -32 9 -12", stroke=dye.CHARCOAL, width=5),
    )


def _scales() -> tuple[Shape, ...]:
    pan = (
        polyline([(-26, 36), (0, 0), (26, 36)], stroke=dye.INDIGO, width=2.5),
        path("M-32 36L32 36C28 56 -28 56 -32 36Z", fill=dye.TURMERIC),
    )
    return (
        *place(pan, x=-54, y=-34),
        *place(pan, x=54, y=-34),
        path("M-60 -34C-30 -48 30 -48 60 -34", stroke=dye.INDIGO, width=7),
        rect(-4, -58, 8, 118, fill=dye.INDIGO),
        circle(0, -60, 9, fill=dye.LAC),
        path("M-40 70C-30 52 30 52 40 70Z", fill=dye.INDIGO),
    )


def _scroll() -> tuple[Shape, ...]:
    sheet = rect(-50, -66, 100, 128)
    return (
        *solid(sheet, lit=dye.SILK, shade=dye.SILK_DEEP, x=12, y=0),
        lines((((-34, y), (30 if y % 32 else 10, y)) for y in range(-44, 24, 16)), stroke=dye.INDIGO_MID, width=4),
        *solid(rect(-64, -78, 128, 18, 9), lit=dye.TEAK_MID, shade=dye.TEAK_DEEP, x=0, y=6),
        *solid(rect(-64, 56, 128, 18, 9), lit=dye.TEAK_MID, shade=dye.TEAK_DEEP, x=0, y=6),
        circle(22, 40, 15, fill=dye.LAC),
        circle(22, 40, 8, stroke=dye.LAC_PALE, width=2),
    )


def _knot() -> tuple[Shape, ...]:
    one = path("M-110 20C-60 20 -40 -46 6 -42C46 -38 44 24 6 30C-30 34 -40 -8 -14 -20")
    two = path("M110 -16C60 -16 40 50 -6 46C-46 42 -44 -20 -6 -26C30 -30 40 12 14 24")
    return (
        one.painted(stroke=dye.LEAF_DEEP, width=20),
        one.painted(stroke=dye.LEAF, width=14),
        two.painted(stroke=dye.LAC_DEEP, width=20),
        two.painted(stroke=dye.LAC_MID, width=14),
        path("M6 -42C36 -38 44 0 30 16", stroke=dye.LEAF, width=14),
    )


def _open_book() -> tuple[Shape, ...]:
    left = path("M0 46C-24 28 -60 26 -84 34L-84 -42C-60 -50 -24 -48 0 -30Z")
    shapes: tuple[Shape, ...] = (
        path("M0 58C-24 42 -66 40 -92 48L-92 -30L92 -30L92 48C66 40 24 42 0 58Z", fill=dye.LAC),
        *solid(left, lit=dye.SILK, shade=dye.SILK_DEEP, x=10, y=0),
        *place([left.painted(fill=dye.SILK)], flip=True),
        merged(
            (
                path(f"M{s * 72} {y}C{s * 50} {y - 6} {s * 28} {y - 3} {s * 12} {y + 8}")
                for s in (-1, 1)
                for y in (-26, -8, 10)
            ),
            stroke=dye.INDIGO_MID,
            width=3.5,
        ),
        path("M0 -30L0 46", stroke=dye.CHARCOAL, width=2.5),
    )
    return (*glow(0, -40, 80, ink=dye.TURMERIC_MID, strength=0.8), *shapes)


def _card_index() -> tuple[Shape, ...]:
    drawer = path("M-70 6L70 6L60 66L-60 66Z")
    cards = [
        polygon(
            [(-56 + i * 3, -20 - i * 12), (56 - i * 3, -20 - i * 12), (62 - i * 3, 20), (-62 + i * 3, 20)],
            fill=tone,
            stroke=dye.CHARCOAL,
            width=1.5,
        )
        for i, tone in reversed(tuple(enumerate((dye.SILK, dye.TURMERIC_PALE, dye.SILK, dye.LAC_PALE))))
    ]
    tabs = [
        rect(-46 + i * 24, -32 - i * 12, 26, 14, 4, fill=tone)
        for i, tone in enumerate((dye.INDIGO, dye.LAC, dye.LEAF, dye.TURMERIC))
    ]
    return (
        *tabs,
        *cards,
        *solid(drawer, lit=dye.TEAK_MID, shade=dye.TEAK_DEEP, x=0, y=12),
        hatched(drawer, ink=dye.TEAK_DEEP, turn=0, gap=7, width=1.2, opacity=0.5),
        rect(-20, 26, 40, 18, 4, fill=dye.SILK, stroke=dye.TURMERIC, width=3),
    )


def _framed() -> tuple[Shape, ...]:
    inner = rect(-50, -56, 100, 84)
    return (
        *wood((-66, -72, 132, 116), name="frame", lit=dye.TEAK_MID),
        inner.painted(fill=dye.INDIGO),
        Clip(inner, (*place(lotus(), x=0, y=20, scale=0.72),)),
        lines((((0, -104), (-50, -72)), ((0, -104), (50, -72))), stroke=dye.CHARCOAL, width=2.5),
        rect(-36, 60, 72, 12, 3, fill=dye.SILK_DEEP),
    )


SCENES: dict[str, Callable[[], Scene]] = {
    "fence-to-flowers": fence_to_flowers,
    "uniform-to-own-clothes": uniform_to_own_clothes,
    "timeline": timeline,
}
