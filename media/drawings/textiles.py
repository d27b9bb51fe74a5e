"""How does a thread become a garment? The loom and the things around it, from the cocoon to the sewing machine."""

import math
from collections.abc import Callable

from media.drawings import palette as dye
from media.drawings.canvas import (
    Clip,
    Outline,
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
    badge,
    band,
    glow,
    hatched,
    leaf,
    shadow,
    solid,
    stitches,
    wash,
    weave_ground,
    wood,
)
from media.drawings.mudmee import chance, cloth, folds, lozenges

# --- the loom, as the weaver sees it from the bench -------------------------------------------------------------

FAR, NEAR = 330.0, 930.0  # where the warp comes into sight, and where the woven cloth leaves it
FELL = 640.0  # where thread becomes cloth


def loom() -> Scene:
    return Scene(
        "A loom with mudmee silk half woven",
        (
            *weave_ground(),
            *wash((0, 0, 1600, 1000), ink=dye.TURMERIC_PALE, deepest=0.35, upward=True),
            *_wall_cloth(36, "lac"),
            *_wall_cloth(1424, "turmeric"),
            rect(0, 790, 1600, 210, fill=dye.SILK_DEEP),
            *wood((0, 790, 1600, 70), name="floor 1", lit=dye.TEAK_PALE),
            *wood((0, 860, 1600, 140), name="floor 2", lit=dye.TEAK_PALE),
            *shadow(800, 905, 640, 60),
            *_loom_frame_behind(),
            *_warp(),
            *_heddles(),
            *_woven(),
            *_beater(),
            *_loom_frame_before(),
            *_shuttle(),
        ),
        dye.SILK,
    )


def _wall_cloth(left: int, name: str) -> tuple[Shape, ...]:
    """Finished work on the wall, over a bamboo rod."""
    area = (left, 190, 140, 430)
    fringe = lines((((left + 4 + i * 7, 620), (left + 4 + i * 7, 642)) for i in range(20)), stroke=dye.TEAK, width=2)
    return (
        rect(left + 10, 204, 140, 430, fill=dye.CHARCOAL, opacity=0.16),
        polyline([(left + 70, 128), (left - 6, 184)], stroke=dye.TEAK_DEEP, width=3),
        polyline([(left + 70, 128), (left + 146, 184)], stroke=dye.TEAK_DEEP, width=3),
        fringe,
        cloth(name, area=area, cell=4),
        *folds(area, count=1.6, depth=0.12),
        *solid(rect(left - 16, 178, 172, 18, 9), lit=dye.LEAF_MID, shade=dye.LEAF_DEEP, x=0, y=6),
    )


def _warp_edges(y: float) -> tuple[float, float]:
    share = (y - FAR) / (NEAR - FAR)
    half = 250 + 210 * share
    return 800 - half, 800 + half


def _warp() -> tuple[Shape, ...]:
    threads: list[tuple[Point, Point]] = []
    for i in range(121):
        share = i / 120
        (a, b), (c, d) = _warp_edges(FAR), _warp_edges(FELL)
        threads.append(((a + (b - a) * share, FAR), (c + (d - c) * share, FELL)))
    (a, b), (c, d) = _warp_edges(FAR), _warp_edges(FELL)
    return (
        polygon([(a, FAR), (b, FAR), (d, FELL), (c, FELL)], fill=dye.INDIGO_MIST),
        lines(threads[::2], stroke=dye.INDIGO, width=2),
        lines(threads[1::2], stroke=dye.INDIGO_MID, width=1.6),
    )


def _woven() -> tuple[Shape, ...]:
    """Rows grow taller towards the weaver; each is one row of the pattern, spread over the cloth's width there."""
    random = chance("woven")
    tones: dict[str, list[Outline]] = {dye.INDIGO_PALE: [], dye.SILK_LIGHT: [], dye.TURMERIC: []}
    y, row = FELL, 0
    while y < NEAR:
        height = 5 + 5 * (y - FELL) / (NEAR - FELL)
        left, right = _warp_edges(y)
        cell = (right - left) / 96
        for column in range(96):
            number = _loom_pattern(column, row)
            if number:
                x = left + column * cell + random.uniform(-0.3, 0.3) * cell
                tones[(dye.INDIGO_PALE, dye.SILK_LIGHT, dye.TURMERIC)[number - 1]].append(
                    rect(x, y, cell * 1.15, height)
                )
        y, row = y + height, row + 1
    (a, b), (c, d) = _warp_edges(FELL), _warp_edges(NEAR)
    whole = polygon([(a, FELL), (b, FELL), (d, NEAR), (c, NEAR)])
    return (
        whole.painted(fill=dye.INDIGO),
        *(merged(boxes, fill=tone) for tone, boxes in tones.items() if boxes),
        hatched(whole, ink=dye.INDIGO_DEEP, turn=0, gap=4, width=1, opacity=0.35),
        polygon([(a, FELL), (a + 14, FELL), (c + 20, NEAR), (c, NEAR)], fill=dye.LAC),
        polygon([(b - 14, FELL), (b, FELL), (d, NEAR), (d - 20, NEAR)], fill=dye.LAC),
    )


def _loom_pattern(column: int, row: int) -> int:
    if row % 40 in (0, 1, 38, 39):
        return 2 if row % 40 in (0, 39) else 3
    return lozenges(column, row % 40 - 2, across=32, down=36, rings=(3, 3, 2, 0, 1, 1, 0, 0, 2, 1, 0, 0, 1, 2))


def _heddles() -> tuple[Shape, ...]:
    """Four shafts hung from the top bar, each with its loops of thread."""
    shapes: list[Shape] = []
    for shaft, y in enumerate((372, 408, 446, 486)):
        left, right = _warp_edges(y)
        left, right = left - 26, right + 26
        top = y - 118
        for x in (left + 60, right - 60):
            shapes.append(polyline([(x, 150), (x, top)], stroke=dye.TEAK_DEEP, width=3))
        loops = [
            ((left + 12 + i * (right - left - 24) / 70, top + 8), (left + 12 + i * (right - left - 24) / 70, y + 30))
            for i in range(71)
        ]
        shapes.append(lines(loops, stroke=dye.SILK_LIGHT if shaft % 2 else dye.SILK_DEEP, width=1.6, opacity=0.8))
        shapes.extend(wood((left, top - 8, right - left, 18), name=f"shaft {shaft}", lit=dye.TEAK_PALE))
        shapes.extend(wood((left, y + 26, right - left, 16), name=f"lower shaft {shaft}", lit=dye.TEAK_PALE))
    return tuple(shapes)


def _beater() -> tuple[Shape, ...]:
    left, right = _warp_edges(590)
    left, right = left - 60, right + 60
    teeth = [((x, 548), (x, 604)) for x in range(round(left) + 14, round(right) - 10, 7)]
    return (
        *wood((left + 6, 120, 22, 470), name="arm l"),
        *wood((right - 28, 120, 22, 470), name="arm r"),
        *wood((left, 520, right - left, 30), name="reed top"),
        lines(teeth, stroke=dye.TEAK_DEEP, width=2.2, opacity=0.85),
        *wood((left, 600, right - left, 40), name="reed bottom"),
        rect(left, 640, right - left, 10, fill=dye.INDIGO_DEEP, opacity=0.3),
    )


def _loom_frame_behind() -> tuple[Shape, ...]:
    return (
        *wood((420, 170, 34, 650), name="far post l", lit=dye.TEAK),
        *wood((1146, 170, 34, 650), name="far post r", lit=dye.TEAK),
        *wood((400, 250, 800, 26), name="far bar", lit=dye.TEAK),
        *wood((500, 300, 600, 48), name="warp beam", lit=dye.TEAK_PALE),
    )


def _loom_frame_before() -> tuple[Shape, ...]:
    return (
        *wood((220, 110, 1160, 44), name="top bar"),
        *wood((236, 70, 54, 860), name="post l"),
        *wood((1310, 70, 54, 860), name="post r"),
        *(
            shape
            for x in (263, 1337)
            for shape in (circle(x, 132, 9, fill=dye.TEAK_DEEP), circle(x, 912, 9, fill=dye.TEAK_DEEP))
        ),
        *wood((200, 886, 1200, 62), name="cloth beam"),
        Clip(rect(350, 872, 900, 86, 30), (rect(350, 872, 900, 86, fill=dye.INDIGO), *band((350, 880, 900, 72)))),
        rect(350, 926, 900, 32, 14, fill=dye.INDIGO_DEEP, opacity=0.45),
    )


def _shuttle() -> tuple[Shape, ...]:
    boat = path("M-150 0C-100 -30 100 -30 150 0C100 30 -100 30 -150 0Z")
    shapes = (
        *solid(boat, lit=dye.TEAK_PALE, shade=dye.TEAK, x=0, y=10),
        path("M-70 0C-50 -13 50 -13 70 0C50 13 -50 13 -70 0Z", fill=dye.TEAK_DEEP),
        rect(-52, -9, 104, 18, 8, fill=dye.TURMERIC),
        lines([((x, -9), (x + 6, 9)) for x in range(-46, 44, 6)], stroke=dye.TURMERIC_DEEP, width=1.4),
    )
    thread = smooth([(1040, 735), (1130, 760), (1236, 700), (1262, 662)], stroke=dye.TURMERIC, width=3)
    return (
        ellipse(960, 752, 140, 20, fill=dye.INDIGO_DEEP, opacity=0.35),
        *place(shapes, x=955, y=728, turn=-4),
        thread,
    )


# --- from thread to cloth --------------------------------------------------------------------------------------

TURN = 44  # the distance between two threads of the large weave


def thread_to_cloth() -> Scene:
    return Scene(
        "Loose threads become a woven cloth",
        (
            *weave_ground(ink=dye.SILK_SHADE),
            *wash((0, 0, 1600, 1000), ink=dye.TURMERIC_PALE, deepest=0.5),
            *_wefts(),
            *_loose_threads(),
            *_crossings(),
            *_finished_cloth(),
            *_spools(),
        ),
        dye.SILK_LIGHT,
    )


_WARP_DYES = (dye.INDIGO, dye.INDIGO_MID, dye.LAC, dye.TURMERIC, dye.INDIGO, dye.LEAF)


def _warp_rows() -> list[tuple[float, str]]:
    return [(126 + i * TURN, _WARP_DYES[i % len(_WARP_DYES)]) for i in range(18)]


def _loose_threads() -> tuple[Shape, ...]:
    random = chance("loose")
    shapes: list[Shape] = []
    for y, colour in _warp_rows():
        spool = 150 + (y - 126) * 0.94
        sway = random.uniform(-36, 36)
        points = [(150, spool), (280, spool + sway), (420, y - sway * 0.6), (560, y), (1180, y)]
        shapes.append(smooth([(x + 4, py + 6) for x, py in points], stroke=dye.CHARCOAL, width=12, opacity=0.1))
        shapes.append(smooth(points, stroke=colour, width=13))
        shapes.append(smooth([(x, py - 3) for x, py in points], stroke=dye.SILK_LIGHT, width=2, opacity=0.35))
    return tuple(shapes)


def _weft_places() -> list[float]:
    """Where the weft threads of raw silk lie: closer and closer towards the cloth."""
    places, gap = [620.0], 74.0
    while places[-1] + gap < 1120:
        places.append(places[-1] + gap)
        gap = max(34, gap * 0.92)
    return places


def _wefts() -> tuple[Shape, ...]:
    shapes: list[Shape] = []
    for x in _weft_places():
        shapes.append(rect(x - 8, 74, 24, 862, 10, fill=dye.CHARCOAL, opacity=0.14))
        shapes.append(rect(x - 12, 70, 24, 862, 11, fill=dye.SILK_SHADE, stroke=dye.SILK_DEEP, width=2))
        shapes.append(rect(x + 3, 74, 7, 852, 3, fill=dye.SILK_DEEP, opacity=0.7))
    return tuple(shapes)


def _crossings() -> tuple[Shape, ...]:
    """The weft goes over one thread and under the next."""
    shapes: list[Shape] = []
    for count, x in enumerate(_weft_places()):
        for y, _ in _warp_rows()[count % 2 :: 2]:
            shapes.append(rect(x - 9, y - 18, 27, 42, 10, fill=dye.CHARCOAL, opacity=0.2))
            shapes.append(rect(x - 12, y - 21, 24, 42, 11, fill=dye.SILK_LIGHT, stroke=dye.SILK_DEEP, width=2))
            shapes.append(rect(x + 3, y - 17, 6, 34, 3, fill=dye.SILK_SHADE))
    return tuple(shapes)


def _finished_cloth() -> tuple[Shape, ...]:
    edge = path("M1130 84C1150 300 1118 500 1138 700C1146 800 1132 880 1136 916L1600 916L1600 84Z")
    fringe = lines(
        (((1128 - (i % 3) * 4, 92 + i * 9), (1108 - (i * 7 % 11), 95 + i * 9)) for i in range(91)),
        stroke=dye.INDIGO,
        width=3,
    )
    return (
        Clip(
            rect(1080, 60, 520, 900),
            (
                path(
                    ("M1106 110C1130 320 1094 520 1114 720L1114 950L1600 950L1600 110Z"),
                    fill=dye.CHARCOAL,
                    opacity=0.16,
                ),
            ),
        ),
        fringe,
        Clip(
            edge,
            (cloth("indigo", area=(1100, 80, 500, 850), cell=7), *folds((1100, 80, 500, 850), count=2.2, depth=0.16)),
        ),
    )


def _spools() -> tuple[Shape, ...]:
    shapes: list[Shape] = []
    for i, (y, colour) in enumerate(_warp_rows()):
        spool = 150 + (y - 126) * 0.94
        x = 118 if i % 2 else 66
        shapes.extend(solid(rect(x - 32, spool - 17, 64, 34, 10), lit=colour, shade=dye.CHARCOAL, x=0, y=9))
        shapes.append(
            lines(
                (((x - 24 + k * 8, spool - 15), (x - 28 + k * 8, spool + 13)) for k in range(7)),
                stroke=dye.SILK_LIGHT,
                width=1.4,
                opacity=0.5,
            )
        )
        shapes.append(rect(x - 38, spool - 21, 8, 42, 4, fill=dye.TEAK))
        shapes.append(rect(x + 30, spool - 21, 8, 42, 4, fill=dye.TEAK))
        shapes.append(polyline([(x + 36, spool), (156, spool)], stroke=colour, width=8))
    return tuple(shapes)


# --- the cocoon ------------------------------------------------------------------------------------------------


def silk_cocoon() -> Scene:
    return Scene(
        "Silk cocoons on a bamboo tray, and a skein of reeled silk",
        (
            *glow(640, 470, 860, ink=dye.INDIGO_MID, strength=0.6, steps=5),
            *weave_ground(ink=dye.INDIGO_MID),
            *_tray(),
            *_cocoons(),
            *_mulberry(),
            *_skein(),
        ),
        dye.INDIGO_DEEP,
    )


def _tray() -> tuple[Shape, ...]:
    spiral = [
        (610 + (60 + t * 4.2) * math.cos(t * 0.24), 510 + (60 + t * 4.2) * math.sin(t * 0.24)) for t in range(0, 83)
    ]
    ribs = (
        ((610 + 40 * math.cos(a), 510 + 40 * math.sin(a)), (610 + 440 * math.cos(a), 510 + 440 * math.sin(a)))
        for a in (math.tau * i / 72 for i in range(72))
    )
    return (
        circle(632, 540, 470, fill=dye.INDIGO_DEEP, opacity=0.6),
        *solid(circle(610, 510, 470), lit=dye.TEAK_MID, shade=dye.TEAK_DEEP, x=10, y=12),
        circle(610, 510, 446, fill=dye.TEAK_PALE),
        hatched(circle(610, 510, 446), ink=dye.TEAK, turn=45, gap=16, width=2, opacity=0.4),
        hatched(circle(610, 510, 446), ink=dye.TEAK, turn=-45, gap=16, width=2, opacity=0.4),
        lines(ribs, stroke=dye.TEAK, width=1.5, opacity=0.35),
        smooth([(x + 8, y + 14) for x, y in spiral], stroke=dye.TEAK_DEEP, width=14, opacity=0.35),
        smooth(spiral, stroke=dye.TEAK, width=16),
        smooth([(x - 2, y - 4) for x, y in spiral], stroke=dye.TURMERIC_PALE, width=5, opacity=0.7),
        lines(
            (
                (
                    (610 + 448 * math.cos(a), 510 + 448 * math.sin(a)),
                    (610 + 470 * math.cos(a + 0.05), 510 + 470 * math.sin(a + 0.05)),
                )
                for a in (math.tau * i / 90 for i in range(90))
            ),
            stroke=dye.TEAK_DEEP,
            width=3,
            opacity=0.6,
        ),
    )


def cocoon(*, lit: str = dye.TURMERIC_MID, shade: str = dye.TURMERIC_DEEP) -> tuple[Shape, ...]:
    """One cocoon around (0, 0), 90 long: a waisted oval with the thread's turns on it."""
    form = path("M-45 0C-45 -30 -20 -29 0 -24C20 -29 45 -30 45 0C45 30 20 29 0 24C-20 29 -45 30 -45 0Z")
    turns = merged(path(f"M{x} -24C{x + 9} -8 {x + 9} 8 {x} 24") for x in range(-36, 36, 6))
    return (
        *solid(form, lit=lit, shade=shade, x=2, y=8),
        Clip(form, (turns.painted(stroke=shade, width=1.2, opacity=0.6),)),
        path("M-34 -10C-28 -20 -14 -20 -4 -17", stroke=dye.SILK_LIGHT, width=4, opacity=0.8),
    )


def _cocoons() -> tuple[Shape, ...]:
    random = chance("cocoons")
    shapes: list[Shape] = []
    for t in range(4, 80, 2):
        reach, angle = 88 + t * 4.2 + random.uniform(-4, 4), t * 0.24 + random.uniform(-0.03, 0.03)
        if reach > 415 or (t > 46 and random.random() < 0.2):
            continue
        x, y = 610 + reach * math.cos(angle), 510 + reach * math.sin(angle)
        pale = random.random() < 0.25
        tones = (dye.SILK_LIGHT, dye.SILK_DEEP) if pale else (dye.TURMERIC_MID, dye.TURMERIC_DEEP)
        turn = math.degrees(angle) + 90 + random.uniform(-25, 25)
        shapes.append(ellipse(x + 5, y + 9, 34, 22, fill=dye.TEAK_DEEP, opacity=0.4))
        shapes.extend(place(cocoon(lit=tones[0], shade=tones[1]), x=x, y=y, turn=turn, scale=0.78))
    return tuple(shapes)


def _mulberry() -> tuple[Shape, ...]:
    stem = path("M1600 60C1420 90 1240 110 1090 210", stroke=dye.TEAK, width=12)
    sprays = (
        (1100, 204, -120, 1.5),
        (1180, 158, -40, 1.7),
        (1230, 150, 165, 1.6),
        (1330, 108, -25, 1.6),
        (1380, 100, 150, 1.9),
        (1480, 78, 190, 1.6),
        (1560, 66, 140, 2.0),
    )
    leaves = [shape for x, y, turn, scale in sprays for shape in place(leaf(), x=x, y=y, turn=turn, scale=scale)]
    berries = [circle(1290 + 9 * (i % 2) - 4, 160 + i * 9, 9, fill=dye.LAC if i % 3 else dye.LAC_MID) for i in range(8)]
    return (stem, *leaves, *berries)


def _skein() -> tuple[Shape, ...]:
    """Raw silk twisted into a hank, with one thread that still runs from a cocoon."""
    lobe = path("M-96 18C-110 -50 -30 -84 30 -66C90 -50 116 -10 96 26C70 70 -60 80 -96 18Z")
    strands = merged(
        path(
            f"M{-100 + i * 4} {20 + i * 3}"
            f"C{-60 + i * 2} {-60 + i * 7} {40 - i} {-70 + i * 8} {104 - i * 2} {-14 + i * 4}"
        )
        for i in range(15)
    )
    one = (
        *place([lobe.painted(fill=dye.INDIGO_DEEP, opacity=0.5)], x=4, y=16),
        *solid(lobe, lit=dye.TURMERIC_MID, shade=dye.TURMERIC_DEEP, x=6, y=14),
        Clip(
            lobe,
            (
                strands.painted(stroke=dye.TURMERIC_DEEP, width=2.5, opacity=0.7),
                *place([strands.painted(stroke=dye.TURMERIC_PALE, width=2.5, opacity=0.9)], y=5),
            ),
        ),
    )
    loop = path("M1370 392C1290 392 1290 500 1330 560L1400 560C1450 500 1450 392 1370 392Z")
    thread = smooth(
        [(905, 600), (1000, 556), (1090, 650), (1180, 560), (1290, 500), (1330, 520)], stroke=dye.TURMERIC_PALE, width=3
    )
    lobes = [
        shape
        for i in range(4)
        for shape in place(one, x=1366, y=826 - i * 88, turn=-24, scale=(0.86, 1.0, 0.95, 0.74)[i])
    ]
    return (
        loop.painted(stroke=dye.TURMERIC_DEEP, width=40),
        loop.painted(stroke=dye.TURMERIC_MID, width=28),
        loop.painted(stroke=dye.TURMERIC_PALE, width=3),
        *lobes,
        *solid(rect(1306, 510, 122, 36, 16), lit=dye.LAC, shade=dye.LAC_DEEP, x=0, y=9),
        lines(
            (((1318 + i * 12, 514), (1313 + i * 12, 542)) for i in range(9)),
            stroke=dye.LAC_PALE,
            width=1.6,
            opacity=0.5,
        ),
        thread,
    )


# --- dyeing ----------------------------------------------------------------------------------------------------


def dye_pots() -> Scene:
    pots = ((330, dye.INDIGO, dye.INDIGO_MID), (800, dye.LAC, dye.LAC_MID), (1270, dye.TURMERIC, dye.TURMERIC_MID))
    return Scene(
        "Three dye pots with skeins of silk hung above them",
        (
            *weave_ground(ink=dye.TURMERIC_MID),
            *wash((0, 0, 1600, 1000), ink=dye.TURMERIC_MID, deepest=0.28),
            *_ground_mat(),
            *_pole(),
            *(
                shape
                for x, deep, light in pots
                for shape in (*_hank(x - 105, deep, light), *_hank(x + 95, light, deep))
            ),
            *(shape for x, deep, light in pots for shape in _pot(x, deep, light)),
            *_dye_stuffs(),
        ),
        dye.TURMERIC_PALE,
    )


def _ground_mat() -> tuple[Shape, ...]:
    return (
        rect(0, 800, 1600, 200, fill=dye.CLAY, opacity=0.35),
        hatched(rect(0, 800, 1600, 200), ink=dye.CLAY_DEEP, turn=0, gap=9, width=1.4, opacity=0.35),
        rect(0, 798, 1600, 3, fill=dye.CLAY_DEEP, opacity=0.5),
    )


def _pole() -> tuple[Shape, ...]:
    joints = [rect(x, 88, 10, 34, 4, fill=dye.LEAF_DEEP, opacity=0.7) for x in range(90, 1600, 236)]
    return (
        *solid(rect(-20, 90, 1640, 30, 14), lit=dye.LEAF_MID, shade=dye.LEAF, x=0, y=10),
        rect(0, 95, 1600, 4, fill=dye.LEAF_PALE, opacity=0.7),
        *joints,
    )


def _hank(x: float, colour: str, other: str) -> tuple[Shape, ...]:
    """Wet silk over the pole: light above, and as deep as the dye below."""
    form = path(
        f"M{x - 62} 100C{x - 66} 220 {x - 56} 330 {x - 44} 420C{x - 20} 452 {x + 20} 452 {x + 44} 420"
        f"C{x + 56} 330 {x + 66} 220 {x + 62} 100C{x + 40} 76 {x - 40} 76 {x - 62} 100Z"
    )
    strands = merged(
        path(f"M{x - 58 + i * 8} 90C{x - 60 + i * 8.2} 220 {x - 50 + i * 6.8} 340 {x - 38 + i * 5.2} 446")
        for i in range(15)
    )
    drops = [
        path(f"M{x + dx} {y}C{x + dx - 9} {y + 16} {x + dx + 9} {y + 16} {x + dx} {y}Z", fill=colour)
        for dx, y in ((-18, 470), (12, 494), (2, 540))
    ]
    return (
        *solid(form, lit=dye.SILK, shade=dye.SILK_DEEP, x=12, y=0),
        Clip(
            form,
            (
                rect(x - 80, 180, 160, 300, fill=colour, opacity=0.3),
                rect(x - 80, 222, 160, 300, fill=colour, opacity=0.5),
                rect(x - 80, 262, 160, 300, fill=colour, opacity=0.85),
                strands.painted(stroke=dye.CHARCOAL, width=1.5, opacity=0.28),
                rect(x + 30, 60, 60, 420, fill=dye.CHARCOAL, opacity=0.14),
            ),
        ),
        rect(x - 60, 300, 116, 14, 6, fill=other),
        *drops,
    )


def _pot(x: float, deep: str, light: str) -> tuple[Shape, ...]:
    body = path(
        f"M{x - 160} 640C{x - 236} 720 {x - 210} 850 {x - 110} 900C{x - 60} 918 {x + 60} 918 {x + 110} 900"
        f"C{x + 210} 850 {x + 236} 720 {x + 160} 640Z"
    )
    return (
        *shadow(x + 24, 900, 240, 34),
        *solid(body, lit=dye.CLAY, shade=dye.CLAY_DEEP, x=46, y=10),
        Clip(
            body,
            (
                hatched(
                    path(
                        f"M{x + 60} 640C{x + 250} 700 {x + 200} 900 {x + 20} 915"
                        f"C{x + 130} 860 {x + 140} 720 {x + 60} 640Z"
                    ),
                    ink=dye.CHARCOAL,
                    turn=62,
                    gap=8,
                    width=1.6,
                    opacity=0.4,
                ),
                merged(
                    (path(f"M{x - 240} {y}C{x - 120} {y + 34} {x + 120} {y + 34} {x + 240} {y}") for y in (704, 722)),
                    stroke=dye.CLAY_DEEP,
                    width=3,
                    opacity=0.7,
                ),
                merged(
                    (path(f"M{x - 196 + i * 28} 728L{x - 182 + i * 28} 750L{x - 168 + i * 28} 728") for i in range(14)),
                    stroke=dye.CLAY_DEEP,
                    width=3,
                    opacity=0.5,
                ),
                ellipse(x - 118, 760, 26, 70, fill=dye.SILK, opacity=0.22),
            ),
        ),
        ellipse(x, 640, 176, 46, fill=dye.CLAY_DEEP),
        ellipse(x, 634, 176, 44, fill=dye.CLAY),
        ellipse(x, 638, 152, 34, fill=deep),
        ellipse(x - 10, 642, 118, 22, stroke=light, width=3),
        ellipse(x - 6, 641, 66, 12, stroke=light, width=2.5),
        path(f"M{x - 120} 634C{x - 80} 618 {x - 20} 614 {x + 30} 616", stroke=dye.SILK_LIGHT, width=3, opacity=0.6),
    )


def _dye_stuffs() -> tuple[Shape, ...]:
    """What the colours come from: indigo leaves, lac on its twig, turmeric root."""
    leaves = [
        shape
        for i in range(5)
        for shape in place(
            leaf(lit=dye.LEAF_MID, shade=dye.LEAF_DEEP), x=560 + i * 14, y=955 - i * 4, turn=-75 + i * 36, scale=0.72
        )
    ]
    twig = path("M930 960C980 930 1030 950 1090 924", stroke=dye.TEAK_DEEP, width=9)
    lac = [
        shape
        for i in range(6)
        for shape in solid(
            ellipse(958 + i * 20, 938 - (i % 2) * 8, 16, 12), lit=dye.LAC_MID, shade=dye.LAC_DEEP, x=4, y=5
        )
    ]
    root = path(
        "M-70 8C-60 -20 -20 -26 0 -18C10 -44 34 -40 34 -16C60 -20 84 -6 74 10C60 30 20 22 0 26C-30 34 -74 30 -70 8Z"
    )
    rings = merged(path(f"M{i} -16C{i + 8} -4 {i + 6} 10 {i} 22") for i in range(-54, 60, 14))
    ginger = (
        *solid(root, lit=dye.TURMERIC, shade=dye.TURMERIC_DEEP, x=4, y=10),
        rings.painted(stroke=dye.TURMERIC_DEEP, width=2),
        ellipse(66, 2, 9, 12, fill=dye.TURMERIC_MID),
    )
    return (
        *shadow(590, 962, 120, 14),
        *leaves,
        *shadow(1010, 966, 110, 12),
        twig,
        *lac,
        *shadow(1500, 960, 110, 14),
        *place(ginger, x=1490, y=936),
    )


# --- sewing ----------------------------------------------------------------------------------------------------


def pattern_pieces() -> Scene:
    return Scene(
        "Paper pattern pieces of a blouse, with scissors and a tape measure",
        (
            *_cutting_mat(),
            *_bodice(360, 500, number=1, flip=False),
            *_bodice(720, 500, number=2, flip=True),
            *_sleeve(),
            *_collar(),
            *_scissors(),
            *_tape(),
            *_pins(),
        ),
        dye.LEAF_DEEP,
    )


def _cutting_mat() -> tuple[Shape, ...]:
    thin = [((x, 0), (x, 1000)) for x in range(0, 1600, 40)] + [((0, y), (1600, y)) for y in range(0, 1000, 40)]
    bold = [((x, 0), (x, 1000)) for x in range(0, 1600, 200)] + [((0, y), (1600, y)) for y in range(0, 1000, 200)]
    return (
        rect(0, 0, 1600, 1000, fill=dye.LEAF, opacity=0.35),
        lines(thin, stroke=dye.LEAF_PALE, width=1, opacity=0.22),
        lines(bold, stroke=dye.LEAF_PALE, width=2, opacity=0.35),
    )


def _paper(edge: Outline, seam: Outline, *, paper: str = dye.SILK) -> tuple[Shape, ...]:
    return (
        *place([edge.painted(fill=dye.CHARCOAL, opacity=0.3)], x=10, y=14),
        edge.painted(fill=paper, stroke=dye.CHARCOAL, width=2.5),
        hatched(edge, ink=dye.SILK_DEEP, turn=0, gap=14, width=1, opacity=0.45),
        stitches(along(seam), ink=dye.LAC, width=2.5),
    )


def _grain(x: float, top: float, bottom: float) -> tuple[Shape, ...]:
    return (
        polyline([(x, top), (x, bottom)], stroke=dye.INDIGO, width=3),
        polygon([(x, top - 14), (x - 9, top + 8), (x + 9, top + 8)], fill=dye.INDIGO),
        polygon([(x, bottom + 14), (x - 9, bottom - 8), (x + 9, bottom - 8)], fill=dye.INDIGO),
    )


def _bodice(x: float, y: float, *, number: int, flip: bool) -> tuple[Shape, ...]:
    neck = -280 if number == 1 else -318
    edge = path(
        f"M-150 {neck}C-110 {neck + 14} -60 -330 -44 -392L118 -350C92 -270 96 -200 150 -150L138 120L150 400L-150 400Z"
    )
    seam = path(
        f"M-136 {neck + 20}C-100 {neck + 26} -48 -306 -32 -370L98 -336"
        "C76 -262 82 -190 134 -142L122 120L134 384L-136 384Z"
    )
    dart = (
        polyline([(-20, 384), (0, 150), (20, 384)], stroke=dye.INDIGO, width=2.5),
        stitches([(0, 384), (0, 160)], ink=dye.INDIGO_MID, width=2),
        polyline([(128, -20), (30, 10), (124, 34)], stroke=dye.INDIGO, width=2.5),
    )
    notches = merged(polygon([(138 + 4, ny - 8), (138 - 12, ny), (138 + 4, ny + 8)]) for ny in (90, 150))
    shapes = (*_paper(edge, seam), *dart, notches.painted(fill=dye.CHARCOAL), *_grain(-76, -180, 240))
    return (*place(shapes, x=x, y=y, flip=flip), *badge(number, x=x + (16 if not flip else -16), y=y - 110, radius=34))


def _sleeve() -> tuple[Shape, ...]:
    edge = path("M-200 -40C-150 -60 -110 -170 0 -176C110 -170 150 -60 200 -40L150 220L-150 220Z")
    seam = path("M-180 -32C-134 -50 -100 -150 0 -156C100 -150 134 -50 180 -32L134 204L-134 204Z")
    shapes = (
        *_paper(edge, seam, paper=dye.TURMERIC_PALE),
        *_grain(-60, -60, 140),
        polyline([(-160, 20), (160, 20)], stroke=dye.INDIGO, width=2),
    )
    return (*place(shapes, x=1180, y=300, turn=-8), *badge(3, x=1200, y=260, radius=34))


def _collar() -> tuple[Shape, ...]:
    edge = path("M-230 30C-120 -30 120 -30 230 30L254 -50C130 -120 -130 -120 -254 -50Z")
    seam = path("M-214 14C-112 -44 112 -44 214 14L230 -44C122 -102 -122 -102 -230 -44Z")
    return (*place(_paper(edge, seam, paper=dye.LAC_PALE), x=1180, y=690, turn=5), *badge(4, x=1190, y=640, radius=32))


def _scissors() -> tuple[Shape, ...]:
    blade = path("M-9 10C-16 -80 -10 -190 4 -270C18 -190 16 -80 9 10Z")
    half = (
        path("M0 0C6 40 22 70 34 96", stroke=dye.CHARCOAL, width=17),
        ellipse(46, 146, 34, 52, stroke=dye.LAC_DEEP, width=20),
        ellipse(45, 144, 34, 52, stroke=dye.LAC, width=15),
        *solid(blade, lit=dye.SILK_SHADE, shade=dye.ASH, x=7, y=0),
    )
    mirrored = place(half, flip=True)
    shade = [blade.painted(fill=dye.CHARCOAL, opacity=0.3)]
    return (
        *place(shade, x=1330, y=848, turn=-76),
        *place(shade, x=1330, y=848, turn=-50),
        *place(half, x=1320, y=830, turn=-78),
        *place(mirrored, x=1320, y=830, turn=-50),
        circle(1320, 830, 11, fill=dye.TURMERIC, stroke=dye.CHARCOAL, width=2),
    )


def _tape() -> tuple[Shape, ...]:
    ribbon = smooth([(-30, 958), (200, 936), (420, 962), (700, 930), (920, 958), (1080, 900)])
    ticks = along(ribbon)
    marks = lines(
        (((x, y - 17), (x, y - (2 if i % 5 else -8))) for i, (x, y) in enumerate(ticks[::2])),
        stroke=dye.CHARCOAL,
        width=2,
    )
    return (
        *place([ribbon.painted(stroke=dye.CHARCOAL, width=38, opacity=0.3)], x=6, y=9),
        ribbon.painted(stroke=dye.TURMERIC_MID, width=38),
        marks,
    )


def _pins() -> tuple[Shape, ...]:
    spots = ((250, 130, 30), (610, 130, -20), (300, 860, 10), (1050, 430, 60), (1370, 200, -40), (960, 700, 20))
    pin = (
        polyline([(0, 0), (0, 52)], stroke=dye.SILK_LIGHT, width=3),
        circle(0, -3, 9, fill=dye.TURMERIC),
        circle(-3, -6, 3, fill=dye.SILK_LIGHT),
    )
    return tuple(shape for x, y, turn in spots for shape in place(pin, x=x, y=y, turn=turn))


def sewing_machine() -> Scene:
    return Scene(
        "A sewing machine with mudmee silk under its needle",
        (
            *weave_ground(),
            *wash((0, 0, 1600, 760), ink=dye.LAC_PALE, deepest=0.45, upward=True),
            *glow(430, 300, 420, ink=dye.SILK_LIGHT, strength=0.8),
            *wood((0, 760, 1600, 90), name="table", lit=dye.TEAK_MID),
            *wood((0, 850, 1600, 150), name="table front", lit=dye.TEAK),
            *shadow(830, 772, 560, 24),
            *_machine_body(),
            *_machine_gold(),
            *_machine_metal(),
            *_machine_cloth(),
            *_thread_spools(),
        ),
        dye.SILK,
    )


def _machine_body() -> tuple[Shape, ...]:
    arm = path(
        "M430 330C430 280 470 262 520 262L1010 270C1060 272 1090 258 1130 258C1210 258 1240 310 1240 380"
        "C1240 470 1230 560 1250 640L1250 690L960 690C990 640 1010 560 1000 470C996 430 960 412 900 410L600 404"
        "C560 404 548 430 548 470L548 520L440 520Z"
    )
    base = path("M380 690L1290 690C1310 690 1320 704 1320 720L1320 766L360 766L360 720C360 704 364 690 380 690Z")
    wheel = circle(1280, 372, 92)
    return (
        *solid(wheel, lit=dye.INDIGO, shade=dye.INDIGO_DEEP, x=12, y=8),
        circle(1280, 372, 66, stroke=dye.TURMERIC, width=5),
        circle(1280, 372, 22, fill=dye.ASH_PALE, stroke=dye.CHARCOAL, width=3),
        *solid(base, lit=dye.INDIGO, shade=dye.INDIGO_DEEP, x=0, y=26),
        *solid(arm, lit=dye.INDIGO, shade=dye.INDIGO_DEEP, x=14, y=16),
        hatched(
            path("M1020 470C1030 560 1010 640 990 690L1250 690C1232 600 1238 520 1240 420Z"),
            ink=dye.INDIGO_DEEP,
            turn=70,
            gap=9,
            width=2,
            opacity=0.6,
        ),
        path(
            ("M470 292C500 280 640 282 1000 290C1070 290 1100 278 1140 280"),
            stroke=dye.INDIGO_PALE,
            width=6,
            opacity=0.7,
        ),
    )


def _machine_gold() -> tuple[Shape, ...]:
    """The makers' gold line and, instead of a name, our lozenge."""
    motif = [
        shape
        for i in range(7)
        for shape in place(
            (
                polygon([(0, -26), (26, 0), (0, 26), (-26, 0)], stroke=dye.TURMERIC_MID, width=3),
                polygon([(0, -11), (11, 0), (0, 11), (-11, 0)], fill=dye.TURMERIC),
            ),
            x=640 + i * 54,
            y=342,
        )
    ]
    return (
        *motif,
        path("M470 312L1000 318", stroke=dye.TURMERIC, width=2.5),
        path("M600 372L980 376", stroke=dye.TURMERIC, width=2.5),
        path("M400 706L1290 706M400 744L1300 744", stroke=dye.TURMERIC, width=2.5),
        *place(
            (
                polygon([(0, -60), (46, 0), (0, 60), (-46, 0)], stroke=dye.TURMERIC_MID, width=4),
                polygon([(0, -38), (29, 0), (0, 38), (-29, 0)], stroke=dye.TURMERIC, width=3),
                polygon([(0, -16), (12, 0), (0, 16), (-12, 0)], fill=dye.TURMERIC_MID),
            ),
            x=1126,
            y=470,
        ),
    )


def _machine_metal() -> tuple[Shape, ...]:
    plate = rect(446, 300, 92, 214, 20)
    return (
        *solid(plate, lit=dye.ASH_PALE, shade=dye.ASH, x=12, y=6),
        hatched(plate, ink=dye.ASH, turn=-50, gap=10, width=1.6, opacity=0.7),
        *solid(rect(478, 514, 26, 70, 4), lit=dye.ASH_PALE, shade=dye.ASH, x=8, y=0),
        polyline([(491, 584), (491, 668)], stroke=dye.CHARCOAL, width=5),
        *solid(rect(520, 514, 16, 110), lit=dye.ASH_PALE, shade=dye.ASH, x=5, y=0),
        path("M500 640L566 640L566 628C556 620 546 618 528 618L520 640Z", fill=dye.ASH),
        rect(560, 226, 10, 44, fill=dye.ASH),
        rect(900, 170, 10, 104, fill=dye.ASH),
        *solid(rect(866, 176, 78, 82, 8), lit=dye.LAC, shade=dye.LAC_DEEP, x=14, y=0),
        lines(
            (((868, 184 + i * 7), (942, 186 + i * 7)) for i in range(11)), stroke=dye.LAC_PALE, width=1.6, opacity=0.6
        ),
        rect(858, 164, 94, 12, 5, fill=dye.TEAK_PALE),
        rect(858, 256, 94, 12, 5, fill=dye.TEAK_PALE),
        smooth([(866, 210), (720, 214), (565, 228), (452, 360), (470, 470), (491, 600)], stroke=dye.LAC, width=3),
        circle(1076, 330, 20, fill=dye.ASH_PALE, stroke=dye.CHARCOAL, width=3),
    )


def _machine_cloth() -> tuple[Shape, ...]:
    form = path(
        "M120 690C220 664 360 672 470 672L900 676C960 678 960 700 900 704L640 706C520 712 470 740 440 800"
        "C420 870 470 930 420 1000L60 1000C110 900 40 820 70 760C80 724 90 700 120 690Z"
    )
    return (
        *place([form.painted(fill=dye.CHARCOAL, opacity=0.22)], x=14, y=10),
        Clip(
            form,
            (
                cloth("lac", area=(0, 640, 1000, 360), cell=4),
                *folds((0, 700, 480, 300), count=2.4, depth=0.2),
                rect(430, 690, 560, 30, fill=dye.LAC_DEEP, opacity=0.35),
            ),
        ),
        stitches([(491, 680), (880, 684)], ink=dye.SILK_LIGHT, width=3, dash=12, gap=7),
        form.painted(stroke=dye.LAC_DEEP, width=2),
    )


def _thread_spools() -> tuple[Shape, ...]:
    shapes: list[Shape] = [*shadow(1470, 790, 130, 14)]
    for x, colour, deep in ((1410, dye.TURMERIC, dye.TURMERIC_DEEP), (1490, dye.LEAF, dye.LEAF_DEEP)):
        shapes.extend(solid(rect(x - 28, 690, 56, 94, 8), lit=colour, shade=deep, x=14, y=0))
        shapes.append(
            lines(
                (((x - 26, 700 + i * 8), (x + 26, 703 + i * 8)) for i in range(10)),
                stroke=dye.SILK_LIGHT,
                width=1.6,
                opacity=0.45,
            )
        )
        shapes.append(rect(x - 36, 680, 72, 12, 5, fill=dye.TEAK_PALE))
        shapes.append(rect(x - 36, 782, 72, 12, 5, fill=dye.TEAK_DEEP))
    return tuple(shapes)


SCENES: dict[str, Callable[[], Scene]] = {
    "loom": loom,
    "thread-to-cloth": thread_to_cloth,
    "silk-cocoon": silk_cocoon,
    "dye-pots": dye_pots,
    "pattern-pieces": pattern_pieces,
    "sewing-machine": sewing_machine,
}
