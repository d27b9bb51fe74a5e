"""Where does the visitor stand? Plans of the exhibition: the hall, and its three rooms with four stops each."""

from collections.abc import Callable
from math import cos, sin

from media.drawings import palette as dye
from media.drawings.canvas import (
    Clip,
    Point,
    Scene,
    Shape,
    bars,
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
from media.drawings.marks import along, arrow, badge, band, bloom, hatched, leaf, lotus, stitches, weave_ground, wood
from media.drawings.mudmee import chance, cloth

WALL = 26


def wall(segments: list[tuple[float, float, float, float]]) -> tuple[Shape, ...]:
    """Walls as an architect draws them: cut through, dark, and hatched. Left, top, width, height."""
    cut = bars(segments)
    throws = bars((left + 8, top + 10, across, down) for left, top, across, down in segments)
    return (
        throws.painted(fill=dye.CHARCOAL, opacity=0.2),
        cut.painted(fill=dye.INDIGO),
        *(hatched(rect(*segment), ink=dye.INDIGO_PALE, turn=45, gap=9, width=1.4, opacity=0.5) for segment in segments),
    )


def floor(area: tuple[int, int, int, int], *, tone: str, joint: str, board: int = 40) -> tuple[Shape, ...]:
    left, top, width, height = area
    random = chance(f"floor {area}")
    rows = [((left, y), (left + width, y)) for y in range(top, top + height, board)]
    ends = [
        ((x, y), (x, y + board))
        for y in range(top, top + height - board + 1, board)
        for x in range(left + random.randrange(40, 200), left + width, 260)
    ]
    return rect(*area, fill=tone), lines(rows + ends, stroke=joint, width=1.5, opacity=0.5)


def route(points: list[Point]) -> tuple[Shape, ...]:
    """The way that the visitor is invited to take."""
    track = along(smooth(points))
    return (stitches(track, ink=dye.LAC, width=8, dash=18, gap=16), *arrow(track[-4:], ink=dye.LAC, width=9))


def pot(x: float, y: float, *, scale: float = 1) -> tuple[Shape, ...]:
    """A plant from above."""
    leaves = [
        s
        for i in range(9)
        for s in place(leaf(lit=(dye.LEAF_MID, dye.LEAF)[i % 2], shade=dye.LEAF_DEEP), turn=i * 40, scale=0.62)
    ]
    shapes = (
        circle(4, 6, 44, fill=dye.CHARCOAL, opacity=0.2),
        circle(0, 0, 30, fill=dye.CLAY),
        *leaves,
        *place(bloom(petals=5, petal=dye.SILK_LIGHT, heart=dye.TURMERIC), scale=0.4),
    )
    return place(shapes, x=x, y=y, scale=scale)


def bench(x: float, y: float, *, turn: float = 0, tone: str = dye.LAC) -> tuple[Shape, ...]:
    shapes = (
        rect(-86, -24, 180, 60, 8, fill=dye.CHARCOAL, opacity=0.18),
        rect(-90, -30, 180, 60, 8, fill=dye.TEAK),
        rect(-80, -22, 160, 44, 6, fill=tone),
        stitches([(-70, 0), (70, 0)], ink=dye.TURMERIC_MID, width=3),
    )
    return place(shapes, x=x, y=y, turn=turn)


def compass(x: float, y: float) -> tuple[Shape, ...]:
    return place(
        (
            circle(0, 0, 52, fill=dye.SILK_LIGHT, stroke=dye.INDIGO, width=3),
            polygon([(0, -44), (14, 0), (0, 44), (-14, 0)], fill=dye.INDIGO_PALE),
            polygon([(0, -44), (14, 0), (-14, 0)], fill=dye.LAC),
            polygon([(-44, 0), (0, -9), (0, 9)], fill=dye.TURMERIC),
            polygon([(44, 0), (0, -9), (0, 9)], fill=dye.TURMERIC),
            circle(0, 0, 7, fill=dye.INDIGO),
        ),
        x=x,
        y=y,
    )


def show_case(x: float, y: float, *, across: float, down: float, inside: tuple[Shape, ...]) -> tuple[Shape, ...]:
    return (
        rect(x + 8, y + 10, across, down, 6, fill=dye.CHARCOAL, opacity=0.2),
        rect(x, y, across, down, 6, fill=dye.TEAK),
        rect(x + 10, y + 10, across - 20, down - 20, fill=dye.INDIGO_MIST),
        *place(inside, x=x + across / 2, y=y + down / 2),
        polyline([(x + 22, y + down - 22), (x + 60, y + 22)], stroke=dye.SILK_LIGHT, width=5, opacity=0.8),
    )


# --- the hall: three rooms around a garden ----------------------------------------------------------------------


def hall() -> Scene:
    return Scene(
        "Plan of the exhibition: three rooms around a garden court",
        (
            *weave_ground(),
            *_grounds(),
            *floor((150, 130, 520, 420), tone=dye.LAC_PALE, joint=dye.LAC_MID),
            *floor((930, 130, 520, 420), tone=dye.TURMERIC_PALE, joint=dye.TURMERIC),
            *floor((930, 550, 520, 320), tone=dye.LEAF_PALE, joint=dye.LEAF),
            *floor((150, 550, 520, 320), tone=dye.SILK_LIGHT, joint=dye.SILK_DEEP),
            *_court(),
            *_hall_walls(),
            *_hall_doors(),
            *_hall_things(),
            *route(
                [
                    (410, 1000),
                    (410, 800),
                    (410, 620),
                    (400, 470),
                    (520, 330),
                    (700, 320),
                    (920, 310),
                    (1130, 330),
                    (1190, 440),
                    (1190, 600),
                    (1120, 720),
                    (900, 712),
                    (640, 716),
                    (520, 800),
                ]
            ),
            *badge(1, x=400, y=330, radius=46, ink=dye.LAC),
            *badge(2, x=1250, y=300, radius=46, ink=dye.TURMERIC_DEEP),
            *badge(3, x=1230, y=730, radius=46, ink=dye.LEAF_DEEP),
            *compass(72, 90),
        ),
        dye.SILK,
    )


def _grounds() -> tuple[Shape, ...]:
    random = chance("grounds")
    tufts = [(random.uniform(0, 1600), random.uniform(0, 1000)) for _ in range(160)]
    return (
        rect(0, 0, 1600, 1000, fill=dye.LEAF_PALE, opacity=0.7),
        lines((((x, y), (x + 5, y - 14)) for x, y in tufts), stroke=dye.LEAF, width=3, opacity=0.5),
        polygon([(330, 1000), (350, 880), (470, 880), (490, 1000)], fill=dye.SILK_SHADE),
        *(
            s
            for x, y in (
                (60, 300),
                (70, 520),
                (60, 760),
                (1530, 220),
                (1540, 480),
                (1530, 760),
                (800, 70),
                (640, 60),
                (980, 60),
            )
            for s in pot(x, y, scale=0.9)
        ),
    )


def _court() -> tuple[Shape, ...]:
    return (
        rect(670, 130, 260, 740, fill=dye.LEAF_MID),
        hatched(rect(670, 130, 260, 740), ink=dye.LEAF, turn=45, gap=13, width=2, opacity=0.4),
        rect(670, 276, 260, 96, fill=dye.SILK_SHADE),
        rect(670, 664, 260, 96, fill=dye.SILK_SHADE),
        ellipse(800, 518, 92, 92, fill=dye.TEAK_PALE),
        ellipse(800, 518, 80, 80, fill=dye.INDIGO_MID),
        merged((circle(800, 518, r) for r in (30, 52, 70)), stroke=dye.INDIGO_PALE, width=3, opacity=0.7),
        *place(lotus(), x=780, y=536, scale=0.4),
        *place(lotus(petal=dye.LAC_PALE, light=dye.SILK_LIGHT), x=826, y=510, scale=0.3),
        *pot(730, 200),
        *pot(870, 210, scale=0.9),
        *pot(726, 430, scale=0.8),
        *pot(872, 612, scale=0.8),
        *pot(740, 810),
        *pot(868, 820, scale=0.9),
    )


def _hall_walls() -> tuple[Shape, ...]:
    t = WALL
    return wall(
        [
            (150 - t, 130 - t, 520 + t, t),
            (930, 130 - t, 520 + t, t),
            (150 - t, 130, t, 740),
            (1450, 130 - t, t, 766),
            (150 - t, 870, 230 + t, t),
            (440, 870, 230, t),
            (930, 870, 520 + t, t),
            (670 - t, 130, t, 146),
            (670 - t, 372, t, 292),
            (670 - t, 760, t, 110 + t),
            (930, 130, t, 146),
            (930, 372, t, 292),
            (930, 760, t, 110 + t),
            (150, 550 - t / 2, 200, t),
            (460, 550 - t / 2, 184, t),
            (956, 550 - t / 2, 180, t),
            (1246, 550 - t / 2, 204, t),
        ]
    )


def _door_leaf(x: float, y: float, *, width: float) -> tuple[Shape, ...]:
    """An open door and the quarter circle of its swing."""
    k = width * 0.55
    swing = path(f"M{width} 0C{width} {-k} {k} {-width} 0 {-width}", stroke=dye.INDIGO, width=2.5)
    return place((rect(-4, -width, 8, width, fill=dye.TEAK), swing), x=x, y=y)


def _hall_doors() -> tuple[Shape, ...]:
    return (*_door_leaf(350, 550, width=110), *_door_leaf(1136, 550, width=110))


def _hall_things() -> tuple[Shape, ...]:
    desk = path("M192 700L300 700C330 700 336 720 336 744L336 800", stroke=dye.TEAK_DEEP, width=44)
    top = path("M192 698L300 698C328 698 334 720 334 744L334 798", stroke=dye.TEAK_MID, width=34)
    return (
        desk,
        top,
        circle(250, 770, 26, fill=dye.INDIGO_MID),
        circle(250, 770, 15, fill=dye.INDIGO_PALE),
        rect(226, 684, 40, 28, 3, fill=dye.SILK_LIGHT),
        *bench(570, 820, tone=dye.INDIGO_MID),
        *pot(196, 830, scale=0.8),
        *show_case(180, 160, across=190, down=80, inside=place(lotus(), y=24, scale=0.4)),
        *show_case(
            180,
            430,
            across=90,
            down=90,
            inside=(circle(0, 0, 22, fill=dye.LAC), circle(0, 0, 11, fill=dye.TURMERIC_MID)),
        ),
        rect(500, 160, 130, 60, fill=dye.INDIGO),
        merged(
            (
                polygon([(522 + i * 28, 190), (534 + i * 28, 174), (546 + i * 28, 190), (534 + i * 28, 206)])
                for i in range(4)
            ),
            fill=dye.TURMERIC_MID,
        ),
        *_loom_from_above(1040, 210, scale=0.6),
        *_loom_from_above(1340, 440, scale=0.6, turn=90),
        *bench(1050, 470, tone=dye.INDIGO),
        *show_case(1290, 790, across=140, down=60, inside=(rect(-40, -14, 80, 28, fill=dye.LAC),)),
        *bench(1040, 820, tone=dye.TURMERIC),
        *pot(1400, 610, scale=0.8),
    )


def _loom_from_above(x: float, y: float, *, scale: float = 1, turn: float = 0) -> tuple[Shape, ...]:
    shapes = (
        rect(-112, -92, 240, 200, fill=dye.CHARCOAL, opacity=0.16),
        rect(-120, -100, 240, 200, fill=dye.SILK_LIGHT, opacity=0.5),
        lines((((-84 + i * 7, -84), (-84 + i * 7, 30)) for i in range(25)), stroke=dye.INDIGO, width=2.5),
        rect(-90, 20, 180, 70, fill=dye.LAC),
        merged(
            (
                polygon([(-66 + i * 44, 55), (-48 + i * 44, 32), (-30 + i * 44, 55), (-48 + i * 44, 78)])
                for i in range(4)
            ),
            stroke=dye.TURMERIC_MID,
            width=5,
        ),
        *wood((-120, -100, 240, 22), name="far beam"),
        *wood((-120, 84, 240, 22), name="near beam"),
        *wood((-120, -100, 20, 204), name="left post"),
        *wood((100, -100, 20, 204), name="right post"),
        *wood((-110, -30, 220, 14), name="heddle"),
        *wood((-110, -4, 220, 14), name="reed"),
        rect(-80, 122, 160, 34, 6, fill=dye.TEAK),
    )
    return place(shapes, x=x, y=y, scale=scale, turn=turn)


# --- one room, large --------------------------------------------------------------------------------------------

STOPS: tuple[Point, ...] = ((470, 330), (1130, 330), (1130, 690), (470, 690))


def _room(title: str, tone: str, joint: str, ink: str, rug: str, things: tuple[Shape, ...]) -> Scene:
    t = WALL
    return Scene(
        title,
        (
            *weave_ground(),
            *floor((200, 130, 1200, 720), tone=tone, joint=joint, board=60),
            *_rug(rug),
            *wall(
                [
                    (200 - t, 130 - t, 1200 + 2 * t, t),
                    (200 - t, 130, t, 720),
                    (1400, 130, t, 220),
                    (1400, 490, t, 360 + t),
                    (200 - t, 850, 150 + t, t),
                    (490, 850, 910, t),
                ]
            ),
            *_windows(),
            *_door_leaf(350, 863, width=140),
            *things,
            *route(
                [
                    (420, 990),
                    (410, 890),
                    (330, 620),
                    (340, 460),
                    (560, 430),
                    (800, 440),
                    (1040, 440),
                    (1280, 480),
                    (1280, 580),
                    (1010, 585),
                    (800, 590),
                    (610, 580),
                    (600, 700),
                ]
            ),
            *(s for number, (x, y) in enumerate(STOPS, 1) for s in badge(number, x=x, y=y, radius=44, ink=ink)),
            *place(arrow([(0, 0), (110, 0)], ink=dye.INDIGO, width=12), x=1450, y=420),
            *compass(90, 100),
            *band((0, 946, 300, 54)),
            *band((560, 946, 1040, 54)),
        ),
        dye.SILK,
    )


def _rug(name: str) -> tuple[Shape, ...]:
    return (
        rect(570, 372, 476, 266, fill=dye.CHARCOAL, opacity=0.18),
        rect(560, 360, 480, 270, fill=dye.TURMERIC_DEEP),
        Clip(rect(570, 370, 460, 250), (cloth(name, area=(570, 370, 460, 250), cell=5),)),
        lines((((560, 366 + i * 10), (546, 366 + i * 10)) for i in range(27)), stroke=dye.TURMERIC_DEEP, width=4),
        lines((((1040, 366 + i * 10), (1054, 366 + i * 10)) for i in range(27)), stroke=dye.TURMERIC_DEEP, width=4),
    )


def _windows() -> tuple[Shape, ...]:
    return tuple(
        shape
        for x in (330, 620, 910, 1180)
        for shape in (
            rect(x, 104, 130, WALL, fill=dye.SILK_LIGHT),
            lines([((x, 117), (x + 130, 117))], stroke=dye.INDIGO, width=3),
            rect(x, 104, 130, WALL, stroke=dye.INDIGO, width=3),
        )
    )


def history_room() -> Scene:
    """Stops: the old gate, the clothes, the law on the wall, the garden that came."""
    gate = (
        merged((rect(-60 + i * 20, -24, 7, 48) for i in range(7)), fill=dye.CHARCOAL),
        rect(-64, -4, 134, 7, fill=dye.CHARCOAL),
    )
    clothes = (
        polyline([(-110, 0), (110, 0)], stroke=dye.TEAK, width=8),
        *(
            s
            for i, tone in enumerate((dye.ASH, dye.ASH_PALE, dye.LAC, dye.TURMERIC, dye.LEAF))
            for s in (
                path(
                    f"M{-84 + i * 42} -26C{-74 + i * 42} -10 {-74 + i * 42} 10 {-84 + i * 42} 26", stroke=tone, width=15
                ),
            )
        ),
    )
    book = (
        rect(-56, -34, 54, 68, fill=dye.SILK_LIGHT, stroke=dye.INDIGO, width=2),
        rect(2, -34, 54, 68, fill=dye.SILK_LIGHT, stroke=dye.INDIGO, width=2),
        lines((((x, y), (x + 34, y)) for x in (-46, 12) for y in (-18, -4, 10)), stroke=dye.INDIGO_MID, width=4),
    )
    garden = tuple(
        s
        for i in range(7)
        for s in place(
            bloom(petals=6, petal=(dye.LAC_MID, dye.SILK_LIGHT, dye.TURMERIC_MID)[i % 3], heart=dye.TURMERIC),
            x=-84 + i * 28,
            y=(-14, 12)[i % 2],
            scale=0.62,
        )
    )
    things = (
        *show_case(240, 160, across=230, down=110, inside=gate),
        *show_case(1060, 160, across=290, down=110, inside=clothes),
        *show_case(1060, 720, across=250, down=110, inside=book),
        rect(590, 724, 260, 100, 10, fill=dye.LEAF_DEEP),
        *place(garden, x=720, y=774),
        *pot(262, 800),
        *pot(1352, 800),
        *bench(800, 250, tone=dye.LAC),
    )
    return _room("Plan of the history room with four stops", dye.LAC_PALE, dye.LAC_MID, dye.LAC, "indigo", things)


def work_room() -> Scene:
    """Stops: the cocoons, the dye pots, the loom, the shop."""
    tray = (
        circle(8, 10, 92, fill=dye.CHARCOAL, opacity=0.18),
        circle(0, 0, 92, fill=dye.TEAK_PALE, stroke=dye.TEAK, width=8),
        *(circle(0, 0, radius, stroke=dye.TEAK_MID, width=4) for radius in (66, 42)),
        *(
            s
            for i in range(14)
            for s in place(
                (ellipse(0, 0, 13, 8, fill=(dye.TURMERIC_MID, dye.SILK_LIGHT)[i % 2]),),
                x=(78, 54)[i % 2] * cos(i * 0.9),
                y=(78, 54)[i % 2] * sin(i * 0.9),
                turn=i * 51,
            )
        ),
    )
    pots = tuple(
        s
        for i, tone in enumerate((dye.INDIGO, dye.LAC, dye.TURMERIC))
        for s in (
            circle(-90 + i * 90, 4, 40, fill=dye.CHARCOAL, opacity=0.18),
            circle(-94 + i * 90, -2, 40, fill=dye.CLAY),
            circle(-94 + i * 90, -2, 31, fill=tone),
            circle(-94 + i * 90, -2, 18, stroke=dye.SILK_LIGHT, width=2.5, opacity=0.5),
        )
    )
    goods = tuple(
        rect(-120 + i * 50, -30, 42, 60, 5, fill=tone)
        for i, tone in enumerate((dye.LAC, dye.TURMERIC_MID, dye.INDIGO_MID, dye.LEAF_MID, dye.LAC_PALE))
    )
    things = (
        *place(tray, x=340, y=250),
        *place(pots, x=1260, y=220),
        *_loom_from_above(1260, 700, scale=0.85),
        *show_case(570, 716, across=300, down=110, inside=goods),
        *bench(800, 250, tone=dye.INDIGO_MID),
        *pot(262, 800),
    )
    return _room(
        "Plan of the work room with four stops", dye.TURMERIC_PALE, dye.TURMERIC, dye.TURMERIC_DEEP, "lac", things
    )


def home_room() -> Scene:
    """Stops: the table for talking, the map of the river, the suitcase, the letters that come back."""
    table = (
        circle(6, 8, 62, fill=dye.CHARCOAL, opacity=0.18),
        rect(-150, -34, 58, 68, 14, fill=dye.INDIGO_MID),
        rect(92, -34, 58, 68, 14, fill=dye.LAC),
        circle(0, 0, 62, fill=dye.TEAK_MID),
        circle(0, 0, 50, stroke=dye.TEAK_DEEP, width=2),
        *place(bloom(petals=6, petal=dye.TURMERIC_MID, heart=dye.LAC), scale=0.6),
    )
    chart = (
        rect(-130, -40, 260, 80, fill=dye.LEAF_PALE),
        path("M-130 10C-60 -40 0 50 60 0C90 -20 110 -10 130 -20", stroke=dye.INDIGO_MID, width=18),
        stitches([(-120, -20), (-20, -26), (50, 30), (122, 22)], ink=dye.LAC, width=5),
    )
    case = (
        rect(-70, -40, 140, 80, 10, fill=dye.LAC),
        rect(-44, -40, 16, 80, fill=dye.TEAK),
        rect(28, -40, 16, 80, fill=dye.TEAK),
        path("M-20 -40C-20 -60 20 -60 20 -40", stroke=dye.TEAK_DEEP, width=8),
    )
    letters = tuple(
        s
        for i in range(4)
        for s in place(
            (
                rect(-28, -18, 56, 36, 3, fill=dye.SILK_LIGHT, stroke=dye.INDIGO, width=2),
                polyline([(-27, -17), (0, 4), (27, -17)], stroke=dye.INDIGO, width=2),
                circle(0, 5, 6, fill=dye.LAC),
            ),
            x=-102 + i * 68,
            y=0,
            turn=(-8, 5, -3, 9)[i],
        )
    )
    things = (
        *place(table, x=400, y=230),
        *show_case(1050, 160, across=300, down=120, inside=chart),
        *place((rect(-62, -30, 140, 84, 10, fill=dye.CHARCOAL, opacity=0.2), *case), x=1230, y=780),
        *show_case(560, 716, across=310, down=110, inside=letters),
        *bench(800, 250, tone=dye.LEAF),
        *pot(262, 800),
        *pot(1352, 800, scale=0.9),
    )
    return _room(
        "Plan of the room about going home, with four stops", dye.LEAF_PALE, dye.LEAF, dye.LEAF_DEEP, "turmeric", things
    )


SCENES: dict[str, Callable[[], Scene]] = {
    "floor-plan-hall": hall,
    "floor-plan-history": history_room,
    "floor-plan-work": work_room,
    "floor-plan-home": home_room,
}
