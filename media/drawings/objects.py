"""Which single things stand for a page? Three doors, two chairs, a suitcase, a river, a notebook, a certificate."""

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
    frangipani,
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
from media.drawings.mudmee import chance, cloth
from media.drawings.processes import house_sign

WARM = (dye.TURMERIC_MID, dye.SILK, dye.TURMERIC)

# --- the three doors --------------------------------------------------------------------------------------------

ARCH = path("M540 880L540 330C540 200 680 150 800 90C920 150 1060 200 1060 330L1060 880Z")


def doors_learn() -> Scene:
    return _door("An open door to a desk with a book and a lamp", dye.INDIGO, dye.INDIGO_DEEP, dye.LAC, _study())


def doors_look() -> Scene:
    return _door("An open door to a room with silk in frames", dye.LAC, dye.LAC_DEEP, dye.INDIGO, _gallery())


def doors_procedure() -> Scene:
    return _door("An open door to shelves of numbered manuals", dye.LEAF, dye.LEAF_DEEP, dye.TURMERIC_DEEP, _shelves())


def _door(title: str, wall: str, deep: str, leaves: str, inside: tuple[Shape, ...]) -> Scene:
    return Scene(
        title,
        (
            *weave_ground(ink=dye.SILK_LIGHT),
            *wash((0, 0, 1600, 880), ink=deep, deepest=0.7),
            *_frieze(leaves),
            *_floor(),
            *_door_frame(),
            Clip(ARCH, inside),
            *_light_on_floor(),
            *_leaf_of_door(leaves, mirrored=False),
            *_leaf_of_door(leaves, mirrored=True),
            *_steps(),
            *_plant(210),
            *_plant(1390),
        ),
        wall,
    )


def _frieze(tone: str) -> tuple[Shape, ...]:
    dyes = WARM if tone != dye.TURMERIC_DEEP else (dye.TURMERIC_PALE, dye.SILK, dye.LAC)
    return (*band((0, 0, 1600, 72), ground=tone, dyes=dyes), rect(0, 72, 1600, 6, fill=dye.TURMERIC))


def _floor() -> tuple[Shape, ...]:
    tiles = [((800 + x * 0.62, 880), (800 + x, 1000)) for x in range(-1400, 1401, 140)]
    return (
        rect(0, 880, 1600, 120, fill=dye.CLAY),
        lines(tiles, stroke=dye.CLAY_DEEP, width=3, opacity=0.6),
        lines([((0, 926), (1600, 926))], stroke=dye.CLAY_DEEP, width=3, opacity=0.6),
        hatched(rect(0, 880, 1600, 120), ink=dye.CLAY_DEEP, turn=0, gap=7, width=1.2, opacity=0.3),
        rect(0, 862, 1600, 20, fill=dye.TEAK_DEEP),
    )


def _door_frame() -> tuple[Shape, ...]:
    outer = path("M486 884L486 310C486 150 660 120 800 30C940 120 1114 150 1114 310L1114 884Z")
    middle = path("M512 884L512 320C512 176 670 136 800 60C930 136 1088 176 1088 320L1088 884Z")
    gems = [
        shape
        for y in range(350, 860, 52)
        for x in (499, 1101)
        for shape in place((polygon([(0, -13), (9, 0), (0, 13), (-9, 0)], fill=dye.TURMERIC_MID),), x=x, y=y)
    ]
    return (
        *place([outer.painted(fill=dye.CHARCOAL, opacity=0.3)], x=14, y=4),
        *solid(outer, lit=dye.TEAK_MID, shade=dye.TEAK_DEEP, x=8, y=8),
        hatched(outer, ink=dye.TEAK_DEEP, turn=88, gap=8, width=1.4, opacity=0.35),
        middle.painted(stroke=dye.TURMERIC, width=4),
        *gems,
        *place(lotus(petal=dye.TURMERIC, light=dye.TURMERIC_MID), x=800, y=84, scale=0.34),
    )


def _leaf_of_door(tone: str, *, mirrored: bool) -> tuple[Shape, ...]:
    """One half of the door, swung open against the wall."""
    form = polygon([(540, 300), (400, 352), (400, 938), (540, 880)])
    panels = [polygon([(522, y), (420, y + 30), (420, y + 156), (522, y + 118)]) for y in (352, 520, 690)]
    gems = [polygon([(471, y + 24), (500, y + 72), (471, y + 128), (442, y + 82)]) for y in (352, 520, 690)]
    one: list[Shape] = [
        *solid(form, lit=tone, shade=dye.CHARCOAL, x=-8, y=0),
        hatched(form, ink=dye.CHARCOAL, turn=90, gap=9, width=1.3, opacity=0.25),
        merged(panels, stroke=dye.TURMERIC_MID, width=4),
        merged(gems, fill=dye.TURMERIC_MID, opacity=0.85),
        merged((circle(471, y + 76, 13) for y in (352, 520, 690)), fill=tone),
        circle(420, 640, 10, fill=dye.TURMERIC),
    ]
    return place(one, x=1600 if mirrored else 0, flip=mirrored)


def _light_on_floor() -> tuple[Shape, ...]:
    return tuple(
        polygon(
            [(548, 880), (1052, 880), (1180 + i * 40, 1000), (420 - i * 40, 1000)], fill=dye.TURMERIC_PALE, opacity=0.14
        )
        for i in range(3)
    )


def _steps() -> tuple[Shape, ...]:
    return (
        *solid(rect(520, 872, 560, 26), lit=dye.SILK_SHADE, shade=dye.SILK_DEEP, x=0, y=10),
        *solid(rect(480, 898, 640, 32), lit=dye.SILK, shade=dye.SILK_DEEP, x=0, y=12),
    )


def _plant(x: float) -> tuple[Shape, ...]:
    pot = path(f"M{x - 70} 812L{x + 70} 812L{x + 50} 942C{x + 20} 954 {x - 20} 954 {x - 50} 942Z")
    shapes: list[Shape] = [*shadow(x + 14, 944, 104, 16)]
    for i, turn in enumerate((-74, 70, -50, 48, -26, 24, 0)):
        reach = 1.7 + (i % 3) * 0.42 + i * 0.06
        shapes.extend(
            place(
                leaf(lit=(dye.LEAF_MID, dye.LEAF_PALE)[i % 2], shade=dye.LEAF_DEEP if i % 2 else dye.LEAF),
                x=x,
                y=812,
                turn=turn,
                scale=reach,
            )
        )
    shapes.extend(place(frangipani(), x=x - 54, y=650, scale=0.7))
    shapes.extend(place(frangipani(), x=x + 66, y=620, scale=0.8, turn=30))
    shapes.extend(place(frangipani(), x=x + 8, y=702, scale=0.62, turn=14))
    shapes.extend(solid(pot, lit=dye.CLAY, shade=dye.CLAY_DEEP, x=24, y=6))
    shapes.append(rect(x - 80, 796, 160, 28, 8, fill=dye.CLAY))
    shapes.append(
        hatched(
            path(f"M{x + 16} 826L{x + 68} 826L{x + 50} 942L{x + 10} 950Z"),
            ink=dye.CHARCOAL,
            turn=70,
            gap=8,
            width=1.5,
            opacity=0.4,
        )
    )
    return tuple(shapes)


def _study() -> tuple[Shape, ...]:
    book = path("M800 706C760 680 700 678 640 690L640 612C700 600 760 604 800 630Z")
    return (
        rect(520, 60, 560, 830, fill=dye.TURMERIC_PALE),
        *weave_ground(ink=dye.TURMERIC_MID, area=(520, 60, 560, 830), name="study"),
        *glow(800, 420, 330, ink=dye.SILK_LIGHT, strength=0.9),
        # the window
        rect(690, 270, 220, 230, fill=dye.TEAK),
        rect(704, 284, 92, 202, fill=dye.INDIGO_MIST),
        rect(804, 284, 92, 202, fill=dye.INDIGO_MIST),
        Clip(
            rect(704, 284, 192, 202),
            (
                path("M700 440C760 400 830 420 900 396L900 500L700 500Z", fill=dye.LEAF_MID, opacity=0.8),
                *place(leaf(), x=880, y=300, turn=200, scale=0.9),
                *place(leaf(), x=850, y=280, turn=160, scale=0.8),
            ),
        ),
        rect(796, 284, 8, 202, fill=dye.TEAK),
        rect(676, 496, 248, 16, fill=dye.TEAK_DEEP),
        # the desk
        *wood((560, 712, 480, 34), name="desk", lit=dye.TEAK_MID),
        rect(586, 746, 28, 140, fill=dye.TEAK),
        rect(986, 746, 28, 140, fill=dye.TEAK),
        rect(614, 746, 372, 50, fill=dye.TEAK_DEEP),
        rect(770, 760, 60, 14, 6, fill=dye.TURMERIC),
        # the book
        path(("M632 706L632 628L968 628L968 706C900 694 840 694 800 718C760 694 700 694 632 706Z"), fill=dye.LAC),
        book.painted(fill=dye.SILK_LIGHT, stroke=dye.SILK_DEEP, width=2),
        *place([book.painted(fill=dye.SILK, stroke=dye.SILK_DEEP, width=2)], x=1600, flip=True),
        merged(
            (
                path(f"M{800 + s * 140} {y}C{800 + s * 90} {y - 8} {800 + s * 50} {y - 2} {800 + s * 18} {y + 14}")
                for s in (-1, 1)
                for y in (626, 644, 662, 680)
            ),
            stroke=dye.INDIGO_MID,
            width=3,
        ),
        polyline([(800, 630), (800, 706)], stroke=dye.CHARCOAL, width=2),
        # the lamp
        polyline([(1004, 712), (1004, 560), (950, 500)], stroke=dye.CHARCOAL, width=8),
        *glow(930, 560, 130, ink=dye.TURMERIC_MID, strength=0.7),
        *solid(path("M900 540L930 474L972 490L968 566Z"), lit=dye.LAC, shade=dye.LAC_DEEP, x=6, y=4),
        rect(976, 702, 58, 12, 5, fill=dye.CHARCOAL),
        *(
            shape
            for i, tone in enumerate((dye.INDIGO, dye.LEAF, dye.TURMERIC))
            for shape in solid(rect(560 + i * 6, 688 - i * 22, 66, 22, 4), lit=tone, shade=dye.CHARCOAL, x=0, y=5)
        ),
        *shadow(800, 882, 250, 12),
    )


def _gallery() -> tuple[Shape, ...]:
    floor = polygon([(520, 890), (640, 730), (960, 730), (1080, 890)])
    return (
        rect(520, 60, 560, 830, fill=dye.SILK),
        *weave_ground(area=(520, 60, 560, 830), name="gallery"),
        polygon([(520, 60), (640, 240), (640, 730), (520, 900)], fill=dye.SILK_SHADE),
        polygon([(1080, 60), (960, 240), (960, 730), (1080, 900)], fill=dye.SILK_DEEP, opacity=0.7),
        floor.painted(fill=dye.TEAK_PALE),
        lines((((800 + x * 0.57, 730), (800 + x, 890)) for x in range(-280, 281, 56)), stroke=dye.TEAK, width=2.5),
        # the framed cloth, and light on it
        rect(672, 268, 256, 336, fill=dye.CHARCOAL, opacity=0.2),
        *wood((662, 256, 256, 336), name="frame", lit=dye.TEAK_MID),
        rect(678, 272, 224, 304, fill=dye.SILK_LIGHT),
        Clip(rect(694, 288, 192, 272), (cloth("indigo", area=(690, 284, 200, 280), cell=5),)),
        polygon([(760, 200), (820, 200), (930, 600), (650, 600)], fill=dye.SILK_LIGHT, opacity=0.14),
        # side frames in perspective
        polygon([(544, 330), (612, 368), (612, 590), (544, 630)], fill=dye.TEAK),
        polygon([(552, 346), (604, 376), (604, 580), (552, 612)], fill=dye.TURMERIC),
        merged(
            (polygon([(560, y), (596, y + 8), (596, y + 22), (560, y + 16)]) for y in range(380, 560, 44)), fill=dye.LAC
        ),
        polygon([(1056, 330), (988, 368), (988, 590), (1056, 630)], fill=dye.TEAK_DEEP),
        polygon([(1048, 346), (996, 376), (996, 580), (1048, 612)], fill=dye.LEAF),
        merged((circle(1022, y, 13) for y in range(410, 570, 44)), fill=dye.TURMERIC_MID),
        # the show-case
        *shadow(800, 852, 150, 18),
        *solid(rect(706, 740, 188, 112), lit=dye.SILK_LIGHT, shade=dye.SILK_DEEP, x=30, y=0),
        rect(716, 640, 168, 100, fill=dye.INDIGO_MIST, opacity=0.7),
        *place(lotus(), x=800, y=736, scale=0.86),
        rect(716, 640, 168, 100, stroke=dye.INDIGO, width=3),
        polyline([(732, 724), (770, 652)], stroke=dye.SILK_LIGHT, width=5),
        rect(760, 776, 80, 30, 4, fill=dye.TURMERIC),
    )


def _shelves() -> tuple[Shape, ...]:
    random = chance("shelves")
    tones = (dye.LAC, dye.INDIGO, dye.TURMERIC, dye.LEAF_DEEP, dye.INDIGO_MID, dye.LAC_MID, dye.TEAK)
    shapes: list[Shape] = [
        rect(520, 60, 560, 830, fill=dye.TEAK_DEEP),
        *wash((520, 60, 560, 830), ink=dye.CHARCOAL, deepest=0.35, upward=True),
    ]
    number = 1
    for y in (330, 520, 710, 890):
        x = 556.0
        while x < 1010:
            width, height = random.choice((44, 52, 60)), random.uniform(118, 148)
            if x + width > 1046 or random.random() < 0.06:
                x += width
                continue
            tone = tones[(number * 3) % 7]
            shapes.extend(solid(rect(x, y - height, width, height, 4), lit=tone, shade=dye.CHARCOAL, x=8, y=0))
            shapes.append(rect(x + 5, y - height + 20, width - 18, 40, 3, fill=dye.SILK))
            shapes.append(
                lines(
                    [
                        ((x + 10, y - height + 34 + k * 11), (x + width - 18, y - height + 34 + k * 11))
                        for k in range(2)
                    ],
                    stroke=tone,
                    width=3,
                )
            )
            shapes.append(circle(x + width / 2 - 4, y - 26, 8, fill=dye.SILK))
            x, number = x + width + 3, number + 1
        shapes.extend(wood((520, y, 560, 22), name=f"shelf {y}", lit=dye.TEAK_MID))
    return (*shapes, *glow(800, 500, 300, ink=dye.TURMERIC_MID, strength=0.3), *_lectern())


def _lectern() -> tuple[Shape, ...]:
    sheet = polygon([(690, 566), (910, 566), (940, 740), (660, 740)])
    ticks = [
        path(f"M{690 - i * 4} {604 + i * 34}L{700 - i * 4} {614 + i * 34}L{716 - i * 4} {592 + i * 34}")
        for i in range(4)
    ]
    rows = [((738 - i * 3, 604 + i * 34), (870 + (i % 2) * 24, 604 + i * 34)) for i in range(4)]
    return (
        *shadow(800, 880, 150, 16),
        rect(778, 740, 44, 140, fill=dye.TEAK),
        rect(720, 866, 160, 18, 6, fill=dye.TEAK_DEEP),
        *solid(
            polygon([(672, 552), (928, 552), (964, 764), (636, 764)]), lit=dye.TEAK_MID, shade=dye.TEAK_DEEP, x=0, y=16
        ),
        sheet.painted(fill=dye.SILK_LIGHT),
        merged(ticks, stroke=dye.LEAF, width=6),
        lines(rows, stroke=dye.INDIGO_MID, width=6),
    )


# --- the room for talking ---------------------------------------------------------------------------------------


def table_and_chairs() -> Scene:
    return Scene(
        "A round table with flowers and two chairs by a window",
        (
            *weave_ground(),
            *wash((0, 0, 1600, 760), ink=dye.TURMERIC_PALE, deepest=0.55, upward=True),
            *_window(),
            *_room_floor(),
            *_rug(),
            *place(_chair(dye.INDIGO_MID, dye.INDIGO), x=400, y=480),
            *place(_chair(dye.LAC, dye.LAC_DEEP), x=1200, y=480, flip=True),
            *_round_table(),
        ),
        dye.SILK,
    )


def _window() -> tuple[Shape, ...]:
    view = rect(560, 70, 480, 400)
    garden = (
        rect(560, 70, 480, 400, fill=dye.INDIGO_MIST),
        *glow(930, 160, 150, ink=dye.TURMERIC_MID, strength=0.8),
        path(("M560 340C660 280 760 320 840 300C920 280 980 300 1040 280L1040 480L560 480Z"), fill=dye.LEAF_PALE),
        path("M560 400C680 350 860 400 1040 360L1040 480L560 480Z", fill=dye.LEAF_MID),
        *(
            s
            for i in range(9)
            for s in place(
                bloom(petals=6, petal=(dye.LAC_MID, dye.SILK_LIGHT, dye.TURMERIC_MID)[i % 3], heart=dye.TURMERIC),
                x=590 + i * 52,
                y=436 + (i % 2) * 18,
                scale=0.46,
            )
        ),
        *(
            s
            for i in range(5)
            for s in place(leaf(), x=560 + i * 34, y=60, turn=150 + i * 16, scale=1.0 + (i % 2) * 0.3)
        ),
    )
    beams: list[Point] = [(560, 490), (1040, 490), (1240, 760), (620, 760)]
    return (
        Clip(view, garden),
        rect(792, 70, 16, 400, fill=dye.TEAK),
        rect(560, 258, 480, 12, fill=dye.TEAK),
        rect(548, 58, 504, 424, stroke=dye.TEAK_MID, width=24),
        rect(536, 46, 528, 448, stroke=dye.TEAK_DEEP, width=3),
        *wood((510, 482, 580, 28), name="sill"),
        *_curtain(490, dye.LAC, mirrored=False),
        *_curtain(490, dye.LAC, mirrored=True),
        polygon(beams, fill=dye.SILK_LIGHT, opacity=0.25),
        rect(380, 22, 840, 14, 7, fill=dye.TEAK_DEEP),
    )


def _curtain(x: float, tone: str, *, mirrored: bool) -> tuple[Shape, ...]:
    form = path(
        f"M{x - 90} 30L{x + 120} 30C{x + 110} 200 {x + 60} 300 {x - 6} 340"
        f"C{x + 20} 420 {x + 30} 500 {x + 20} 600L{x - 90} 600Z"
    )
    pleats = merged(
        path(
            f"M{x - 80 + i * 26} 30"
            f"C{x - 80 + i * 24} 200 {x - 70 + i * 10} 300 {x - 80 + i * 8} 340"
            f"C{x - 80 + i * 12} 440 {x - 84 + i * 14} 520 {x - 84 + i * 14} 600"
        )
        for i in range(8)
    )
    one = (
        *solid(form, lit=tone, shade=dye.LAC_DEEP, x=14, y=0),
        Clip(
            form,
            (
                pleats.painted(stroke=dye.LAC_DEEP, width=5, opacity=0.6),
                *loose_band((x - 120, 540, 260, 45), ground=dye.TURMERIC, dyes=(dye.LAC, dye.SILK, dye.LAC)),
            ),
        ),
        rect(x - 90, 328, 92, 20, 8, fill=dye.TURMERIC),
    )
    return place(one, x=1600 if mirrored else 0, flip=mirrored)


def _room_floor() -> tuple[Shape, ...]:
    return (
        *(
            s
            for i, y in enumerate((740, 800, 870, 950))
            for s in wood((0, y, 1600, (60, 70, 80, 60)[i]), name=f"board {i}", lit=dye.TEAK_PALE)
        ),
        rect(0, 728, 1600, 14, fill=dye.TEAK_DEEP),
    )


def _rug() -> tuple[Shape, ...]:
    outer, inner = ellipse(800, 878, 660, 104), ellipse(800, 874, 610, 90)
    return (
        outer.painted(fill=dye.TURMERIC_DEEP),
        Clip(
            inner,
            (
                rect(150, 770, 1300, 220, fill=dye.INDIGO),
                *(s for y in (784, 838, 892) for s in band((150, y, 1300, 54))),
            ),
        ),
        inner.painted(stroke=dye.TURMERIC_MID, width=6),
    )


def _chair(tone: str, deep: str) -> tuple[Shape, ...]:
    """An easy chair seen from the front and a little from the side, around its back's middle."""
    back = path("M-120 -60C-130 -150 -60 -170 0 -168C70 -166 140 -150 130 -50L120 150L-110 150Z")
    seat = path("M-116 120C-60 100 100 100 150 124L170 200C80 224 -60 224 -120 196Z")
    legs = (
        polyline([(-108, 190), (-128, 392)], stroke=dye.TEAK_DEEP, width=20),
        polyline([(156, 190), (176, 398)], stroke=dye.TEAK_DEEP, width=20),
        polyline([(-40, 190), (-46, 360)], stroke=dye.TEAK, width=14),
        polyline([(100, 190), (108, 362)], stroke=dye.TEAK, width=14),
    )
    return (
        ellipse(30, 396, 190, 26, fill=dye.CHARCOAL, opacity=0.25),
        *legs,
        *solid(back, lit=tone, shade=deep, x=18, y=10),
        hatched(back, ink=deep, turn=62, gap=10, width=1.6, opacity=0.5),
        path("M-94 -50C-100 -126 -50 -142 0 -140C60 -138 110 -124 104 -44", stroke=dye.TURMERIC_MID, width=4),
        *place(
            (
                polygon([(0, -46), (34, 0), (0, 46), (-34, 0)], stroke=dye.TURMERIC_MID, width=5),
                polygon([(0, -18), (13, 0), (0, 18), (-13, 0)], fill=dye.TURMERIC_MID),
            ),
            x=4,
            y=-20,
        ),
        *solid(seat, lit=tone, shade=deep, x=0, y=26),
        path(
            "M-136 60C-150 60 -152 90 -140 96L-100 110L-96 180M150 70C166 70 168 98 156 104L160 180",
            stroke=dye.TEAK,
            width=18,
        ),
    )


def _round_table() -> tuple[Shape, ...]:
    top = ellipse(800, 690, 250, 58)
    vase = path(
        "M776 560C750 600 756 660 780 676L824 676C848 660 854 600 828 560C836 548 832 536 828"
        " 530L776 530C772 536 768 548 776 560Z"
    )
    stems = merged(
        (
            path("M800 530C796 490 770 470 752 440"),
            path("M802 530C804 480 800 450 804 408"),
            path("M804 530C812 490 836 470 854 446"),
        ),
        stroke=dye.LEAF_DEEP,
        width=5,
    )
    return (
        ellipse(810, 900, 190, 24, fill=dye.CHARCOAL, opacity=0.35),
        *solid(path("M776 720L824 720L836 870L764 870Z"), lit=dye.TEAK, shade=dye.TEAK_DEEP, x=14, y=0),
        path("M690 904C720 860 880 860 910 904Z", fill=dye.TEAK_DEEP),
        ellipse(800, 704, 250, 58, fill=dye.TEAK_DEEP),
        top.painted(fill=dye.TEAK_MID),
        Clip(
            top,
            (
                hatched(top, ink=dye.TEAK_DEEP, turn=0, gap=9, width=1.4, opacity=0.4),
                ellipse(740, 672, 150, 24, fill=dye.TEAK_PALE, opacity=0.4),
            ),
        ),
        Clip(
            ellipse(800, 688, 130, 30),
            (
                rect(650, 640, 300, 100, fill=dye.TURMERIC),
                hatched(ellipse(800, 688, 130, 30), ink=dye.LAC, turn=0, gap=6, width=2, opacity=0.6),
            ),
        ),
        stems,
        *solid(vase, lit=dye.LEAF_MID, shade=dye.LEAF_DEEP, x=14, y=4),
        *place(leaf(), x=790, y=510, turn=-66, scale=0.6),
        *place(leaf(), x=812, y=506, turn=64, scale=0.6),
        *place(frangipani(), x=746, y=430, scale=0.94),
        *place(frangipani(petal=dye.LAC_PALE, heart=dye.LAC), x=806, y=394, scale=1.05, turn=20),
        *place(frangipani(petal=dye.TURMERIC_PALE), x=862, y=436, scale=0.9, turn=50),
        *_cup(640, 676),
        *_cup(958, 676),
        *_tissues(),
    )


def _cup(x: float, y: float) -> tuple[Shape, ...]:
    return (
        ellipse(x, y + 12, 44, 11, fill=dye.SILK_DEEP),
        *solid(
            path(
                f"M{x - 27} {y - 30}L{x + 27} {y - 30}C{x + 27} {y - 2} {x + 16} {y + 10} {x} {y + 10}"
                f"C{x - 16} {y + 10} {x - 27} {y - 2} {x - 27} {y - 30}Z"
            ),
            lit=dye.SILK_LIGHT,
            shade=dye.SILK_DEEP,
            x=10,
            y=0,
        ),
        ellipse(x, y - 30, 27, 7, fill=dye.TURMERIC_DEEP, stroke=dye.SILK_SHADE, width=3),
    )


def _tissues() -> tuple[Shape, ...]:
    return (
        path(
            "M872 664C866 640 884 636 890 622C900 636 912 640 906 664Z",
            fill=dye.SILK_LIGHT,
            stroke=dye.SILK_DEEP,
            width=2,
        ),
        *solid(
            polygon([(846, 664), (926, 660), (930, 700), (850, 706)]),
            lit=dye.INDIGO_PALE,
            shade=dye.INDIGO_MID,
            x=0,
            y=12,
        ),
    )


# --- going home -------------------------------------------------------------------------------------------------


def suitcase() -> Scene:
    return Scene(
        "A suitcase packed with folded silk, a notebook and a letter",
        (
            *weave_ground(ink=dye.INDIGO_PALE),
            *wash((0, 0, 1600, 1000), ink=dye.INDIGO_PALE, deepest=0.7),
            *glow(800, 330, 620, ink=dye.SILK_LIGHT, strength=0.7),
            rect(0, 800, 1600, 200, fill=dye.TEAK_PALE),
            *wood((0, 790, 1600, 80), name="bench", lit=dye.TEAK_MID),
            *wood((0, 870, 1600, 130), name="bench front", lit=dye.TEAK),
            *shadow(810, 812, 560, 32),
            *_lid(),
            *_packed(),
            *_case(),
            *_letter_and_ticket(),
            *place(frangipani(), x=1404, y=846, scale=0.9),
            *place(frangipani(petal=dye.LAC_PALE, heart=dye.LAC), x=1480, y=816, scale=0.7, turn=30),
        ),
        dye.INDIGO_MIST,
    )


def _lid() -> tuple[Shape, ...]:
    lid = path("M352 500L404 176C408 152 424 140 446 140L1154 140C1176 140 1192 152 1196 176L1248 500Z")
    lining = path("M392 490L438 200C440 186 450 178 464 178L1136 178C1150 178 1160 186 1162 200L1208 490Z")
    return (
        *solid(lid, lit=dye.LAC, shade=dye.LAC_DEEP, x=12, y=8),
        Clip(
            lining,
            (
                cloth("turmeric", area=(380, 170, 840, 330), cell=6),
                *wash((380, 170, 840, 330), ink=dye.LAC_DEEP, deepest=0.4),
            ),
        ),
        lining.painted(stroke=dye.LAC_DEEP, width=4),
        path("M430 400C600 440 1000 440 1170 400L1188 490L412 490Z", fill=dye.LAC_MID),
        path("M430 400C600 440 1000 440 1170 400", stroke=dye.TURMERIC_MID, width=5),
        stitches(
            along(path("M372 480L418 186C420 168 432 158 452 158L1148 158C1168 158 1180 168 1182 186L1228 480")),
            ink=dye.TURMERIC_MID,
            width=3,
        ),
    )


def _folded(x: int, y: int, width: int, tone: str, deep: str, height: int = 46) -> tuple[Shape, ...]:
    form = rect(x, y, width, height, height / 2.2)
    return (
        *solid(form, lit=tone, shade=deep, x=0, y=12),
        merged(
            (
                path(
                    f"M{x + 14} {y + k}"
                    f"C{x + width / 3} {y + k - 6} {x + width * 0.66} {y + k + 6} {x + width - 16} {y + k}"
                )
                for k in (14, 27)
            ),
            stroke=deep,
            width=2.5,
            opacity=0.7,
        ),
    )


def _packed() -> tuple[Shape, ...]:
    piles: list[Shape] = []
    for i, (tone, deep) in enumerate(
        (
            (dye.LEAF_MID, dye.LEAF),
            (dye.SILK, dye.SILK_DEEP),
            (dye.INDIGO_MID, dye.INDIGO),
            (dye.TURMERIC_MID, dye.TURMERIC_DEEP),
        )
    ):
        piles.extend(_folded(420 + (i % 2) * 6, 500 - i * 40, 330, tone, deep))
    for i, (tone, deep) in enumerate(((dye.INDIGO, dye.INDIGO_DEEP), (dye.LAC_PALE, dye.LAC_MID))):
        piles.extend(_folded(772, 500 - i * 40, 210, tone, deep))
    roll = rect(440, 330, 290, 62, 30)
    return (
        *piles,
        Clip(
            roll,
            (
                *band((430, 326, 310, 72), ground=dye.LAC, dyes=WARM),
                rect(430, 370, 310, 30, fill=dye.LAC_DEEP, opacity=0.4),
            ),
        ),
        roll.painted(stroke=dye.LAC_DEEP, width=3),
        circle(724, 361, 29, fill=dye.LAC, stroke=dye.LAC_DEEP, width=3),
        circle(724, 361, 17, stroke=dye.TURMERIC_MID, width=3),
        circle(724, 361, 7, stroke=dye.TURMERIC_MID, width=3),
        *place(
            (
                *solid(rect(-80, -110, 160, 220, 8), lit=dye.LEAF_DEEP, shade=dye.CHARCOAL, x=6, y=4),
                rect(-58, -84, 116, 50, 4, fill=dye.SILK),
                rect(-80, 34, 160, 22, fill=dye.TURMERIC),
            ),
            x=1088,
            y=452,
            turn=9,
        ),
        *place(
            (
                *solid(rect(-44, -62, 88, 124, 6), lit=dye.SILK_LIGHT, shade=dye.SILK_DEEP, x=5, y=4),
                *place(lotus(), y=36, scale=0.6),
            ),
            x=880,
            y=420,
            turn=-7,
        ),
    )


def _case() -> tuple[Shape, ...]:
    body = path(
        "M330 520L1270 520C1286 520 1294 530 1294 546L1294 772C1294 794 1284 804 1262 804L338"
        " 804C316 804 306 794 306 772L306 546C306 530 314 520 330 520Z"
    )
    corners = (
        path("M306 760C306 794 316 804 338 804L392 804L392 760Z"),
        path("M1294 760C1294 794 1284 804 1262 804L1208 804L1208 760Z"),
    )
    return (
        *solid(body, lit=dye.LAC, shade=dye.LAC_DEEP, x=16, y=22),
        hatched(rect(320, 640, 960, 150), ink=dye.LAC_DEEP, turn=0, gap=8, width=1.6, opacity=0.55),
        rect(300, 512, 1000, 24, 10, fill=dye.TURMERIC_DEEP),
        rect(300, 512, 1000, 8, 4, fill=dye.TURMERIC_MID),
        *(
            s
            for x in (430, 1110)
            for s in (
                *solid(rect(x, 520, 60, 284), lit=dye.TEAK_MID, shade=dye.TEAK_DEEP, x=12, y=0),
                rect(x + 8, 610, 44, 56, 6, stroke=dye.TURMERIC, width=7),
                polyline([(x + 30, 606), (x + 30, 650)], stroke=dye.TURMERIC_MID, width=6),
            )
        ),
        merged(corners, fill=dye.TEAK),
        stitches([(330, 560), (1270, 560)], ink=dye.LAC_MID, width=3),
        path("M720 600C720 560 880 560 880 600", stroke=dye.TEAK_DEEP, width=26),
        path("M720 598C720 560 880 560 880 598", stroke=dye.TEAK_MID, width=16),
        *place(
            (
                polygon(
                    [(-46, -70), (0, -100), (46, -70), (46, 60), (-46, 60)],
                    fill=dye.SILK_LIGHT,
                    stroke=dye.SILK_DEEP,
                    width=3,
                ),
                circle(0, -72, 8, fill=dye.TEAK),
                *place(
                    (
                        polygon([(0, -36), (28, 0), (0, 36), (-28, 0)], stroke=dye.INDIGO, width=5),
                        polygon([(0, -14), (11, 0), (0, 14), (-11, 0)], fill=dye.LAC),
                    ),
                    y=-4,
                ),
            ),
            x=800,
            y=706,
            turn=7,
        ),
        polyline([(800, 632), (790, 606)], stroke=dye.TEAK_DEEP, width=4),
    )


def _letter_and_ticket() -> tuple[Shape, ...]:
    envelope = (
        rect(-90, -56, 180, 112, 5, fill=dye.SILK_LIGHT, stroke=dye.SILK_DEEP, width=3),
        polyline([(-88, -52), (0, 14), (88, -52)], stroke=dye.SILK_DEEP, width=4),
        circle(0, 16, 18, fill=dye.LAC),
        circle(0, 16, 10, stroke=dye.LAC_PALE, width=3),
    )
    return (
        *place([rect(-90, -56, 180, 112, 5, fill=dye.CHARCOAL, opacity=0.3)], x=172, y=838, turn=-9),
        *place(envelope, x=166, y=828, turn=-9),
    )


def river_and_road() -> Scene:
    return Scene(
        "A road that follows a river to a village between hills",
        (
            *_evening(),
            *_ranges(),
            *_plain(),
            *_river(),
            *_road(),
            *_village(),
            *_palms(),
        ),
        dye.TURMERIC_PALE,
    )


def _evening() -> tuple[Shape, ...]:
    clouds = (
        path("M120 190C180 160 260 180 300 170C360 150 430 180 480 190Z"),
        path("M1150 130C1220 100 1290 124 1340 112C1400 96 1470 120 1520 132Z"),
        path("M560 110C610 92 660 104 700 98C740 90 790 104 820 112Z"),
    )
    return (
        *wash((0, 0, 1600, 520), ink=dye.INDIGO_PALE, deepest=0.75, upward=True),
        *weave_ground(ink=dye.TURMERIC_MID, area=(0, 0, 1600, 560), name="sky"),
        *glow(980, 300, 330, ink=dye.TURMERIC_MID, strength=0.85),
        circle(980, 300, 84, fill=dye.TURMERIC),
        circle(976, 296, 78, fill=dye.TURMERIC_MID),
        merged(clouds, fill=dye.SILK_LIGHT, opacity=0.8),
    )


def _ranges() -> tuple[Shape, ...]:
    ranges = (
        (
            (
                "M0 380C120 300 220 330 330 270C440 210 520 330 640 340C760 350 820 280 930 320C1060"
                " 370 1160 260 1290 300C1400 330 1480 270 1600 310L1600 620L0 620Z"
            ),
            dye.INDIGO_PALE,
            dye.INDIGO_MID,
        ),
        (
            (
                "M0 450C160 380 300 430 430 390C560 350 700 440 840 420C1000 400 1080 430 1220 380"
                "C1380 330 1480 420 1600 390L1600 640L0 640Z"
            ),
            dye.INDIGO_MID,
            dye.INDIGO,
        ),
        (
            ("M0 500C200 450 340 500 520 480C700 460 860 510 1020 480C1200 450 1400 500 1600 460L1600 660L0 660Z"),
            dye.LEAF_DEEP,
            dye.INDIGO_DEEP,
        ),
    )
    shapes: list[Shape] = []
    for d, tone, ink in ranges:
        form = path(d)
        shapes.append(form.painted(fill=tone))
        shapes.append(hatched(form, ink=ink, turn=24, gap=11, width=1.6, opacity=0.35))
    return tuple(shapes)


def _plain() -> tuple[Shape, ...]:
    fields = (
        ("M0 540C400 500 1200 520 1600 500L1600 1000L0 1000Z", dye.LEAF_MID),
        ("M0 600C200 570 420 590 560 640C400 700 200 720 0 700Z", dye.LEAF),
        ("M0 720C240 710 420 700 520 740C420 860 240 960 0 980Z", dye.TURMERIC_MID),
        ("M1160 560C1300 540 1460 560 1600 550L1600 640C1460 650 1300 640 1180 610Z", dye.TURMERIC_MID),
        ("M1240 650C1380 660 1500 660 1600 656L1600 800C1480 780 1340 740 1240 650Z", dye.LEAF),
    )
    shapes: list[Shape] = []
    for i, (d, tone) in enumerate(fields):
        form = path(d)
        shapes.append(form.painted(fill=tone, stroke=dye.LEAF_DEEP, width=2))
        if i:
            shapes.append(hatched(form, ink=dye.LEAF_DEEP, turn=(0, -9, -30, 6, 14)[i], gap=13, width=3, opacity=0.35))
    return tuple(shapes)


def _river() -> tuple[Shape, ...]:
    river = path(
        "M800 512C880 540 700 570 640 600C540 650 560 720 700 770C860 830 760 930 560 1000"
        "L1180 1000C1240 880 1180 800 980 740C820 690 800 650 860 610C920 576 960 540 860"
        " 510Z"
    )
    ripples = [
        path(f"M{x} {y}C{x + w * 0.3} {y - 7} {x + w * 0.7} {y + 7} {x + w} {y}")
        for x, y, w in (
            (700, 610, 70),
            (640, 660, 110),
            (720, 690, 90),
            (800, 760, 150),
            (900, 820, 160),
            (800, 880, 190),
            (960, 930, 160),
            (720, 960, 180),
            (960, 780, 90),
            (780, 560, 60),
        )
    ]
    boat = (
        path("M-80 0C-44 26 44 26 84 -8C44 6 -44 8 -80 0Z", fill=dye.TEAK_DEEP),
        path("M-26 2C-22 -30 28 -32 32 0Z", fill=dye.LAC),
        lines((((x, -22), (x + 2, 2)) for x in range(-16, 28, 9)), stroke=dye.TURMERIC_MID, width=2),
        path("M-60 20C-20 30 40 30 70 18", stroke=dye.SILK_LIGHT, width=3, opacity=0.6),
    )
    return (
        river.painted(fill=dye.INDIGO_MID),
        Clip(
            river,
            (
                path(
                    (
                        "M820 510C900 540 760 570 700 610C640 650 660 690 760 740C960 840 860 920 760 1000"
                        "L900 1000C1000 900 1020 830 860 750C760 700 720 660 780 610C860 570 900 540 840 510Z"
                    ),
                    fill=dye.INDIGO_PALE,
                    opacity=0.45,
                ),
                path("M940 500C1000 560 900 620 880 640L860 600Z", fill=dye.TURMERIC_MID, opacity=0.4),
            ),
        ),
        merged(ripples, stroke=dye.INDIGO_MIST, width=4, opacity=0.7),
        river.painted(stroke=dye.TURMERIC_PALE, width=5),
        *place(boat, x=900, y=868, scale=1.1),
    )


def _road() -> tuple[Shape, ...]:
    road = path(
        "M1110 520C1140 560 1000 600 1010 640C1030 720 1320 760 1400 860C1440 910 1440 960"
        " 1430 1000L1600 1000C1600 900 1500 800 1300 720C1120 650 1060 640 1090 610C1140 580"
        " 1180 550 1130 518Z"
    )
    middle = smooth(
        [
            (1122, 530),
            (1120, 562),
            (1052, 612),
            (1060, 650),
            (1180, 706),
            (1330, 768),
            (1460, 860),
            (1510, 940),
            (1516, 1000),
        ]
    )
    return (
        road.painted(fill=dye.SILK_SHADE, stroke=dye.TEAK, width=3),
        hatched(road, ink=dye.TEAK, turn=20, gap=10, width=1.2, opacity=0.3),
        stitches(along(middle), ink=dye.LAC, width=6, dash=26, gap=20),
    )


def _village() -> tuple[Shape, ...]:
    return (
        *place(house_sign(), x=1200, y=512, scale=0.56),
        *place(house_sign(), x=1292, y=524, scale=0.68),
        *place(house_sign(), x=1050, y=506, scale=0.4),
        *place(house_sign(), x=420, y=560, scale=0.6),
        path("M1246 470C1240 440 1262 430 1252 396", stroke=dye.SILK_LIGHT, width=6, opacity=0.7),
    )


def _palm() -> tuple[Shape, ...]:
    fronds = [
        shape
        for turn in (-96, -62, -30, 4, 34, 66, 98)
        for shape in place(
            (
                path("M0 0C-26 -40 -20 -110 6 -150C26 -110 22 -40 0 0Z", fill=dye.LEAF_DEEP),
                path("M0 0C4 -50 8 -100 6 -144", stroke=dye.LEAF_MID, width=4),
            ),
            turn=turn,
        )
    ]
    trunk = path("M-14 0C-10 -140 -4 -260 10 -380L28 -380C20 -260 18 -140 22 0Z")
    rings = [((-12 + i * 2.0, -30 - i * 34), (20 + i * 0.4, -34 - i * 34)) for i in range(10)]
    nuts = merged((circle(x, y, 15) for x, y in ((2, -366), (30, -362), (16, -350))), fill=dye.TEAK)
    return (
        *solid(trunk, lit=dye.TEAK_MID, shade=dye.TEAK_DEEP, x=9, y=0),
        lines(rings, stroke=dye.TEAK_DEEP, width=3),
        nuts,
        *place(fronds, x=18, y=-378),
    )


def _palms() -> tuple[Shape, ...]:
    return (
        *shadow(180, 930, 110, 14),
        *place(_palm(), x=160, y=930, scale=1.3),
        *place(_palm(), x=330, y=820, scale=0.86, flip=True),
        *(s for i in range(9) for s in place(leaf(), x=60 + i * 40, y=1000, turn=-40 + i * 12, scale=0.9)),
    )


# --- paper ------------------------------------------------------------------------------------------------------


def notebook() -> Scene:
    return Scene(
        "An open notebook bound with silk, a pen and a cup of tea",
        (
            *(s for i in range(5) for s in wood((0, i * 200, 1600, 200), name=f"plank {i}", lit=dye.TEAK_MID)),
            Clip(path("M0 0L560 0L0 470Z"), (cloth("turmeric", area=(0, 0, 560, 470), cell=6),)),
            lines(
                (((560 - i * 14, i * 11.75), (572 - i * 14, i * 11.75 + 14)) for i in range(41)),
                stroke=dye.TURMERIC_MID,
                width=4,
            ),
            *_open_notebook(),
            *_pen(),
            *_tea(),
            *place(frangipani(), x=1424, y=860, scale=1.25, turn=12),
            *place(frangipani(petal=dye.LAC_PALE, heart=dye.LAC), x=1330, y=912, scale=0.9, turn=40),
        ),
        dye.TEAK,
    )


def _open_notebook() -> tuple[Shape, ...]:
    cover = rect(-520, -350, 1040, 700, 22)
    left = path("M0 -316C-80 -340 -360 -336 -484 -326L-484 322C-360 312 -80 308 0 332Z")
    rows = [
        path(f"M{s * 60} {y + 4}C{s * 180} {y - 8} {s * 330} {y - 8} {s * 440} {y}")
        for s in (-1, 1)
        for y in range(-236, 290, 44)
    ]
    ink = [
        smooth([(x, y + (5 if k % 2 else -5)) for k, x in enumerate(range(-430, end, 12))])
        for y, end in ((-254, -110), (-210, -150), (-166, -90), (-122, -240))
    ]
    sketch = place(
        (
            polygon([(0, -88), (88, 0), (0, 88), (-88, 0)], stroke=dye.INDIGO, width=4),
            polygon([(0, -60), (60, 0), (0, 60), (-60, 0)], stroke=dye.LAC, width=4),
            polygon([(0, -30), (30, 0), (0, 30), (-30, 0)], fill=dye.TURMERIC),
        ),
        x=-260,
        y=90,
    )
    shapes: tuple[Shape, ...] = (
        *place([cover.painted(fill=dye.CHARCOAL, opacity=0.35)], x=16, y=22),
        cover.painted(fill=dye.LAC),
        cover.painted(stroke=dye.LAC_DEEP, width=5),
        stitches(along(rect(-506, -336, 1012, 672, 16)), ink=dye.TURMERIC_MID, width=3),
        *place([left.painted(fill=dye.SILK_DEEP)], x=-6, y=8),
        *place([left.painted(fill=dye.SILK_DEEP)], x=6, y=8, flip=True),
        left.painted(fill=dye.SILK_LIGHT),
        *place([left.painted(fill=dye.SILK)], flip=True),
        merged(rows, stroke=dye.INDIGO_PALE, width=2, opacity=0.8),
        merged(ink, stroke=dye.INDIGO, width=4),
        *sketch,
        *(rect(-14 - i * 12, -316, 12, 640, fill=dye.CHARCOAL, opacity=0.1 - i * 0.03) for i in range(3)),
        *(rect(i * 12, -316, 12, 640, fill=dye.CHARCOAL, opacity=0.14 - i * 0.04) for i in range(3)),
        merged((polyline([(-9, y), (9, y)]) for y in range(-280, 310, 70)), stroke=dye.LAC, width=7),
        path("M0 -316C40 -120 60 120 40 420L70 396L96 424C110 140 70 -120 24 -322Z", fill=dye.TURMERIC),
    )
    return place(shapes, x=790, y=506, turn=-4)


def _pen() -> tuple[Shape, ...]:
    body = rect(-15, -260, 30, 400, 14)
    pen = (
        *solid(body, lit=dye.INDIGO, shade=dye.INDIGO_DEEP, x=9, y=0),
        polygon([(-13, 136), (13, 136), (3, 196), (-3, 196)], fill=dye.TURMERIC_MID),
        polyline([(0, 160), (0, 200)], stroke=dye.CHARCOAL, width=3),
        rect(-16, -60, 32, 14, fill=dye.TURMERIC),
        rect(9, -250, 8, 130, 4, fill=dye.TURMERIC_MID),
        polyline([(-7, -240), (-7, 120)], stroke=dye.INDIGO_PALE, width=3),
    )
    return (
        *place([body.painted(fill=dye.CHARCOAL, opacity=0.25)], x=1098, y=556, turn=38),
        *place(pen, x=1086, y=540, turn=38),
    )


def _tea() -> tuple[Shape, ...]:
    return (
        ellipse(1414, 246, 158, 158, fill=dye.CHARCOAL, opacity=0.3),
        circle(1400, 226, 156, fill=dye.SILK_SHADE),
        circle(1396, 222, 150, fill=dye.SILK_LIGHT),
        circle(1400, 226, 118, stroke=dye.INDIGO_MID, width=5),
        *(
            s
            for i in range(20)
            for s in place(
                (polygon([(0, -142), (6, -134), (0, -126), (-6, -134)], fill=dye.INDIGO_MID),),
                x=1400,
                y=226,
                turn=i * 18,
            )
        ),
        path("M1484 250C1580 236 1580 330 1468 300", stroke=dye.SILK_SHADE, width=22),
        circle(1408, 236, 96, fill=dye.SILK_DEEP),
        circle(1400, 226, 96, fill=dye.SILK),
        circle(1400, 226, 80, fill=dye.TURMERIC_DEEP),
        circle(1396, 222, 68, fill=dye.TURMERIC),
        path("M1346 204C1356 172 1390 158 1420 166", stroke=dye.TURMERIC_PALE, width=6, opacity=0.9),
    )


def certificate() -> Scene:
    return Scene(
        "A certificate with a mudmee border, a seal and ribbons, and no name on it",
        (
            *weave_ground(ink=dye.INDIGO_MID),
            *glow(800, 460, 800, ink=dye.INDIGO_MID, strength=0.55),
            rect(236, 134, 1160, 780, fill=dye.CHARCOAL, opacity=0.4),
            *_certificate_paper(),
            *_certificate_lines(),
            *_seal(),
        ),
        dye.INDIGO_DEEP,
    )


def _certificate_paper() -> tuple[Shape, ...]:
    side = rect(220, 110, 54, 756)
    stepped: list[Shape] = []
    for y in range(140, 860, 36):
        for x in (247, 1353):
            stepped.extend(
                place(
                    (
                        polygon([(0, -15), (15, 0), (0, 15), (-15, 0)], fill=dye.TURMERIC_MID),
                        polygon([(0, -7), (7, 0), (0, 7), (-7, 0)], fill=dye.LAC),
                    ),
                    x=x,
                    y=y,
                )
            )
    return (
        rect(212, 102, 1176, 780, fill=dye.TURMERIC),
        rect(220, 110, 1160, 764, fill=dye.SILK_LIGHT),
        *weave_ground(area=(274, 164, 1052, 656), name="paper", ink=dye.SILK_SHADE),
        side.painted(fill=dye.LAC),
        rect(1326, 110, 54, 764, fill=dye.LAC),
        *stepped,
        *band((220, 110, 1160, 54), ground=dye.LAC, dyes=WARM),
        *band((220, 820, 1160, 54), ground=dye.LAC, dyes=WARM),
        rect(290, 180, 1020, 624, stroke=dye.TURMERIC, width=4),
        rect(302, 192, 996, 600, stroke=dye.INDIGO, width=2),
        *(
            s
            for x in (220, 1326)
            for y in (110, 820)
            for s in (
                rect(x, y, 54, 54, fill=dye.INDIGO),
                *place(bloom(petals=8, petal=dye.TURMERIC_MID, heart=dye.LAC), x=x + 27, y=y + 27, scale=0.56),
            )
        ),
    )


def _certificate_lines() -> tuple[Shape, ...]:
    """Where words will stand: a heading, a name's line left empty, three lines of text, two signatures."""
    return (
        *place(lotus(petal=dye.LAC, light=dye.LAC_MID), x=800, y=318, scale=1.05),
        path(("M560 312C620 290 660 330 730 306M1040 312C980 290 940 330 870 306"), stroke=dye.TURMERIC, width=4),
        rect(560, 364, 480, 24, 12, fill=dye.INDIGO),
        polyline([(480, 492), (1120, 492)], stroke=dye.LAC, width=3),
        *place((polygon([(0, -9), (9, 0), (0, 9), (-9, 0)], fill=dye.LAC),), x=480, y=492),
        *place((polygon([(0, -9), (9, 0), (0, 9), (-9, 0)], fill=dye.LAC),), x=1120, y=492),
        *(
            rect(800 - half, y, half * 2, 12, 6, fill=dye.INDIGO_PALE)
            for y, half in ((534, 300), (564, 340), (594, 210))
        ),
        *(polyline([(x, 742), (x + 240, 742)], stroke=dye.INDIGO, width=3) for x in (370, 990)),
    )


def _seal() -> tuple[Shape, ...]:
    tail = path("M-44 40L-70 190L-34 164L-8 196L6 50Z")
    points = [
        place((polygon([(-15, -84), (0, -106), (15, -84)], fill=dye.TURMERIC_DEEP),), turn=i * 15) for i in range(24)
    ]
    seal: tuple[Shape, ...] = (
        *solid(tail, lit=dye.INDIGO_MID, shade=dye.INDIGO, x=8, y=0),
        *place(solid(tail, lit=dye.INDIGO_MID, shade=dye.INDIGO, x=8, y=0), flip=True),
        circle(6, 10, 98, fill=dye.CHARCOAL, opacity=0.25),
        *(s for shapes in points for s in shapes),
        *solid(circle(0, 0, 90), lit=dye.TURMERIC, shade=dye.TURMERIC_DEEP, x=5, y=6),
        circle(0, 0, 70, stroke=dye.TURMERIC_PALE, width=3),
        *place(
            (
                polygon([(0, -58), (58, 0), (0, 58), (-58, 0)], fill=dye.LAC),
                polygon([(0, -40), (40, 0), (0, 40), (-40, 0)], fill=dye.TURMERIC_MID),
                polygon([(0, -24), (24, 0), (0, 24), (-24, 0)], fill=dye.INDIGO),
                polygon([(0, -9), (9, 0), (0, 9), (-9, 0)], fill=dye.SILK_LIGHT),
            )
        ),
    )
    return place(seal, x=800, y=716, scale=0.86)


SCENES: dict[str, Callable[[], Scene]] = {
    "doors-learn": doors_learn,
    "doors-look": doors_look,
    "doors-procedure": doors_procedure,
    "table-and-chairs": table_and_chairs,
    "suitcase": suitcase,
    "river-and-road": river_and_road,
    "notebook": notebook,
    "certificate": certificate,
}
