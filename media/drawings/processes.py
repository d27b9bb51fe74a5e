"""What happens, in which order? Signs, numbers and arrows without a word: one drawing serves every language."""

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
from media.drawings.marks import arrow, badge, band, bloom, glow, hatched, leaf, solid, stitches, wash, weave_ground

Sign = tuple[Shape, ...]

# --- the signs, each around (0, 0) and about 120 wide -----------------------------------------------------------


def door_sign() -> Sign:
    return (
        rect(-44, -62, 88, 124, fill=dye.TEAK),
        rect(-34, -52, 68, 114, fill=dye.TURMERIC_PALE),
        polygon([(-34, -52), (6, -40), (6, 70), (-34, 62)], fill=dye.LAC),
        polygon([(-26, -38), (-2, -31), (-2, 4), (-26, 2)], stroke=dye.TURMERIC_MID, width=3),
        circle(-4, 18, 4, fill=dye.TURMERIC),
        rect(-58, 60, 116, 8, 3, fill=dye.TEAK_DEEP),
    )


def cup_sign() -> Sign:
    return (
        *solid(
            path("M-46 -16L38 -16C38 28 26 50 -4 50C-34 50 -46 28 -46 -16Z"),
            lit=dye.INDIGO_MID,
            shade=dye.INDIGO,
            x=12,
            y=4,
        ),
        path("M36 -6C66 -12 66 30 26 28", stroke=dye.INDIGO, width=8),
        ellipse(-4, -16, 42, 9, fill=dye.TURMERIC),
        path(
            "M-24 -36C-34 -48 -14 -56 -24 -70M-2 -36C-12 -48 8 -56 -2 -70M20 -36C10 -48 30 -56 20 -70",
            stroke=dye.ASH,
            width=4,
        ),
        ellipse(-4, 58, 58, 8, fill=dye.SILK_DEEP),
    )


def care_sign() -> Sign:
    """A leaf and a cross: health."""
    return (
        *solid(circle(0, 0, 58), lit=dye.LEAF, shade=dye.LEAF_DEEP, x=6, y=6),
        rect(-13, -40, 26, 80, 5, fill=dye.SILK_LIGHT),
        rect(-40, -13, 80, 26, 5, fill=dye.SILK_LIGHT),
        *place(leaf(), x=10, y=66, turn=58, scale=0.62),
    )


def voices_sign() -> Sign:
    """Two voices, one larger: the one that is listened to."""
    small = path(
        "M10 6L60 6C66 6 68 10 68 16L68 46C68 52 66 56 60 56L52 56L54 74L34 56L10 56C4 56 2 52 2 46L2 16C2 10 4 6 10 6Z"
    )
    large = path(
        "M-56 -62L28 -62C38 -62 42 -58 42 -48L42 -4C42 6 38 10 28 10L-20 10L-44 36L-40 10L-56"
        " 10C-66 10 -70 6 -70 -4L-70 -48C-70 -58 -66 -62 -56 -62Z"
    )
    return (
        small.painted(fill=dye.INDIGO_PALE, stroke=dye.INDIGO, width=3),
        *solid(large, lit=dye.LAC, shade=dye.LAC_DEEP, x=5, y=6),
        merged(
            (polyline([(-52, y), (end, y)]) for y, end in ((-42, 22), (-26, 8), (-10, 18))),
            stroke=dye.LAC_PALE,
            width=5,
        ),
        merged((circle(26 + i * 12, 34, 3.5) for i in range(3)), fill=dye.INDIGO),
    )


def choice_sign() -> Sign:
    """One path that becomes three."""
    return (
        path("M0 66C0 20 -54 20 -54 -34M0 66L0 -40M0 66C0 20 54 20 54 -34", stroke=dye.SILK_DEEP, width=18),
        path("M0 66C0 20 -54 20 -54 -34M0 66L0 -40M0 66C0 20 54 20 54 -34", stroke=dye.TURMERIC, width=6),
        circle(-54, -42, 19, fill=dye.LAC),
        circle(0, -52, 19, fill=dye.INDIGO),
        circle(54, -42, 19, fill=dye.LEAF),
        merged((circle(x, y, 8) for x, y in ((-54, -42), (0, -52), (54, -42))), fill=dye.SILK_LIGHT),
    )


def bed_sign() -> Sign:
    return (
        rect(-66, -34, 10, 92, 4, fill=dye.TEAK),
        rect(58, -4, 10, 62, 4, fill=dye.TEAK),
        rect(-60, 24, 122, 16, fill=dye.TEAK_MID),
        *solid(path("M-56 4C-30 -6 40 -8 60 6L60 26L-56 26Z"), lit=dye.LAC, shade=dye.LAC_DEEP, x=0, y=7),
        lines((((x, 2), (x - 4, 24)) for x in range(-12, 60, 14)), stroke=dye.TURMERIC_MID, width=4),
        *solid(rect(-56, -16, 44, 22, 10), lit=dye.SILK_LIGHT, shade=dye.SILK_DEEP, x=0, y=6),
        path("M34 -66C14 -62 14 -30 38 -28C22 -36 22 -56 34 -66Z", fill=dye.TURMERIC),
    )


def table_sign() -> Sign:
    """Two chairs at a corner of a table: neither stands over the other."""
    return (
        ellipse(0, 4, 52, 18, fill=dye.TEAK_MID, stroke=dye.TEAK_DEEP, width=3),
        rect(-6, 14, 12, 44, fill=dye.TEAK_DEEP),
        path("M-26 62C-16 54 16 54 26 62Z", fill=dye.TEAK_DEEP),
        path("M-74 -40L-66 18L-38 18M-66 18L-72 62M-40 18L-40 62", stroke=dye.INDIGO, width=8),
        path("M74 -40L66 18L38 18M66 18L72 62M40 18L40 62", stroke=dye.LAC, width=8),
        *place(bloom(petals=6, petal=dye.TURMERIC_MID, heart=dye.LAC), x=0, y=-28, scale=0.5),
        path("M0 -18L0 0", stroke=dye.LEAF_DEEP, width=4),
    )


def papers_sign() -> Sign:
    return (
        *place([rect(-40, -56, 80, 108, 4, fill=dye.SILK_DEEP)], x=8, y=8, turn=6),
        rect(-42, -58, 84, 112, 4, fill=dye.SILK_LIGHT, stroke=dye.INDIGO, width=3),
        lines(
            (((-28, y), (end, y)) for y, end in ((-36, 26), (-18, 16), (0, 26), (18, 4))),
            stroke=dye.INDIGO_MID,
            width=5,
        ),
        circle(22, 34, 14, fill=dye.LAC),
        path("M16 34L21 40L30 28", stroke=dye.SILK_LIGHT, width=4),
    )


def tracing_sign() -> Sign:
    """A lens over a path between houses."""
    return (
        path("M-60 50C-30 20 0 60 44 20", stroke=dye.TURMERIC, width=7),
        *place(house_sign(), x=-40, y=-20, scale=0.42),
        circle(16, -4, 40, fill=dye.INDIGO_MIST, opacity=0.8),
        *place(house_sign(), x=16, y=-6, scale=0.46),
        circle(16, -4, 40, stroke=dye.INDIGO, width=8),
        polyline([(44, 26), (68, 56)], stroke=dye.TEAK, width=13),
    )


def house_sign() -> Sign:
    """A house on stilts, as along the Mekong."""
    return (
        rect(-44, -6, 88, 44, fill=dye.TEAK_PALE),
        lines((((-40 + i * 11, -4), (-40 + i * 11, 36)) for i in range(8)), stroke=dye.TEAK, width=2),
        rect(-12, 2, 24, 36, fill=dye.TEAK_DEEP),
        *solid(polygon([(-64, 0), (-30, -56), (30, -56), (64, 0)]), lit=dye.LAC, shade=dye.LAC_DEEP, x=10, y=2),
        lines(
            (((-46 + i * 3, -10 - i * 14), (46 - i * 3, -10 - i * 14)) for i in range(3)), stroke=dye.LAC_PALE, width=2
        ),
        merged((rect(x, 38, 8, 28) for x in (-40, -10, 32)), fill=dye.TEAK_DEEP),
        rect(-50, 36, 100, 6, fill=dye.TEAK_DEEP),
    )


def assess_sign() -> Sign:
    return (
        *place(house_sign(), x=-14, y=-4, scale=0.82),
        rect(14, -8, 54, 70, 5, fill=dye.SILK_LIGHT, stroke=dye.INDIGO, width=3),
        *(path(f"M22 {y}L27 {y + 6}L36 {y - 6}M42 {y}L60 {y}", stroke=dye.LEAF, width=4) for y in (10, 28, 46)),
    )


def letter_sign() -> Sign:
    return (
        *solid(rect(-62, -40, 124, 84, 6), lit=dye.SILK_LIGHT, shade=dye.SILK_DEEP, x=0, y=8),
        rect(-62, -40, 124, 84, 6, stroke=dye.INDIGO, width=3),
        polyline([(-60, -36), (0, 12), (60, -36)], stroke=dye.INDIGO, width=4),
        circle(0, 16, 15, fill=dye.LAC),
        *place((polygon([(0, -8), (8, 0), (0, 8), (-8, 0)], fill=dye.TURMERIC_MID),), y=16),
    )


def plan_sign() -> Sign:
    """A board with a route of three stops, and a hand-free pencil."""
    return (
        *solid(rect(-60, -56, 110, 112, 6), lit=dye.TURMERIC_PALE, shade=dye.TURMERIC, x=8, y=6),
        smooth([(-40, 34), (-14, -2), (6, 20), (28, -32)], stroke=dye.LAC, width=5),
        merged((circle(x, y, 9) for x, y in ((-40, 34), (-6, 4), (28, -32))), fill=dye.INDIGO),
        *place(
            (
                rect(-7, -70, 14, 66, fill=dye.LEAF),
                polygon([(-7, -4), (7, -4), (0, 14)], fill=dye.TEAK_PALE),
                rect(-7, -76, 14, 10, fill=dye.LAC),
            ),
            x=40,
            y=44,
            turn=28,
        ),
    )


def handover_sign() -> Sign:
    """Two halves of one ring that meet."""
    return (
        path("M-6 -44C-66 -44 -66 44 -6 44", stroke=dye.INDIGO, width=20),
        path("M6 -44C66 -44 66 44 6 44", stroke=dye.LEAF, width=20),
        merged((circle(0, y, 15) for y in (-44, 44)), fill=dye.TURMERIC, stroke=dye.SILK_LIGHT, width=3),
        *place((papers_sign()), scale=0.46),
    )


def transit_sign() -> Sign:
    return (
        rect(-60, -24, 120, 82, fill=dye.SILK_SHADE, stroke=dye.TEAK_DEEP, width=3),
        *solid(polygon([(-74, -22), (0, -64), (74, -22)]), lit=dye.LEAF, shade=dye.LEAF_DEEP, x=0, y=8),
        merged((rect(x, -4, 22, 24) for x in (-48, -11, 26)), fill=dye.TURMERIC_MID, stroke=dye.TEAK_DEEP, width=2),
        rect(-16, 26, 32, 32, fill=dye.LAC),
        rect(-70, 56, 140, 7, 3, fill=dye.TEAK_DEEP),
    )


def van_sign() -> Sign:
    body = path("M-66 30L-66 -24C-66 -34 -60 -38 -52 -38L26 -38C38 -38 44 -34 50 -22L62 4C68 8 70 12 70 20L70 30Z")
    wheels = (
        circle(-34, 32, 17, fill=dye.CHARCOAL),
        circle(38, 32, 17, fill=dye.CHARCOAL),
        circle(-34, 32, 7, fill=dye.ASH_PALE),
        circle(38, 32, 7, fill=dye.ASH_PALE),
    )
    return (
        *solid(body, lit=dye.TURMERIC, shade=dye.TURMERIC_DEEP, x=0, y=12),
        merged((rect(-54, -26, 32, 24, 4), rect(-14, -26, 32, 24, 4)), fill=dye.INDIGO_MIST),
        path("M26 -26C34 -26 38 -22 48 -2L26 -2Z", fill=dye.INDIGO_MIST),
        *wheels,
        lines([((-76, 52), (-50, 52)), ((-30, 54), (30, 54)), ((50, 52), (76, 52))], stroke=dye.ASH, width=4),
    )


def sprout_sign() -> Sign:
    """A young plant: help to begin again."""
    return (
        path("M-56 56C-40 20 40 20 56 56Z", fill=dye.TEAK),
        hatched(path("M-56 56C-40 20 40 20 56 56Z"), ink=dye.TEAK_DEEP, turn=0, gap=6, width=2),
        path("M0 36C-4 10 2 -10 0 -26", stroke=dye.LEAF_DEEP, width=7),
        *place(leaf(), x=0, y=6, turn=-58, scale=0.66),
        *place(leaf(), x=0, y=-4, turn=52, scale=0.7),
        *place(leaf(), x=0, y=-22, turn=-4, scale=0.44),
    )


def calendar_sign() -> Sign:
    return (
        rect(-56, -46, 112, 100, 8, fill=dye.SILK_LIGHT, stroke=dye.INDIGO, width=3),
        rect(-56, -46, 112, 26, 8, fill=dye.LAC),
        merged((rect(-42 + (i % 5) * 19, -8 + (i // 5) * 19, 12, 12, 2) for i in range(15)), fill=dye.INDIGO_PALE),
        merged((rect(-42 + i * 19, -8, 12, 12, 2) for i in (0, 3)), fill=dye.TURMERIC),
        merged((rect(x, -60, 8, 24, 4) for x in (-34, 26)), fill=dye.CHARCOAL),
    )


def balance_sign() -> Sign:
    pan = (
        polyline([(-22, 34), (0, 0), (22, 34)], stroke=dye.INDIGO, width=3),
        path("M-28 34L28 34C24 52 -24 52 -28 34Z", fill=dye.TURMERIC),
    )
    return (
        *place(pan, x=-46, y=-30),
        *place(pan, x=46, y=-30),
        path("M-52 -30C-26 -42 26 -42 52 -30", stroke=dye.INDIGO, width=7),
        rect(-4, -52, 8, 106, fill=dye.INDIGO),
        circle(0, -54, 9, fill=dye.LAC),
        path("M-36 62C-28 48 28 48 36 62Z", fill=dye.INDIGO),
    )


def tools_sign() -> Sign:
    """Needle, thread and a spool: work."""
    return (
        *solid(rect(-50, -32, 54, 64, 6), lit=dye.LAC, shade=dye.LAC_DEEP, x=12, y=0),
        lines((((-48, -24 + i * 9), (2, -21 + i * 9)) for i in range(7)), stroke=dye.LAC_PALE, width=2),
        merged((rect(-58, -44, 70, 12, 5), rect(-58, 32, 70, 12, 5)), fill=dye.TEAK_MID),
        smooth([(4, 10), (26, 34), (46, -8), (48, -40)], stroke=dye.LAC, width=4),
        path("M50 -58C56 -56 56 -40 52 -34L44 58L42 58L44 -36C42 -46 44 -56 50 -58Z", fill=dye.ASH),
    )


def book_sign() -> Sign:
    page = path("M0 40C-20 26 -50 24 -68 32L-68 -40C-50 -46 -20 -44 0 -30Z")
    return (
        path("M0 54C-20 40 -56 38 -76 46L-76 -28L76 -28L76 46C56 38 20 40 0 54Z", fill=dye.INDIGO),
        page.painted(fill=dye.SILK_LIGHT),
        *place([page.painted(fill=dye.SILK)], flip=True),
        merged(
            (
                path(f"M{s * 58} {y}C{s * 40} {y - 5} {s * 24} {y - 3} {s * 10} {y + 6}")
                for s in (-1, 1)
                for y in (-24, -8, 8)
            ),
            stroke=dye.INDIGO_PALE,
            width=4,
        ),
    )


def shield_sign() -> Sign:
    form = path("M0 -62C20 -48 40 -44 56 -44C58 10 40 44 0 64C-40 44 -58 10 -56 -44C-40 -44 -20 -48 0 -62Z")
    return (
        *solid(form, lit=dye.INDIGO_MID, shade=dye.INDIGO, x=8, y=4),
        *place(
            (
                polygon([(0, -34), (26, 0), (0, 34), (-26, 0)], stroke=dye.TURMERIC_MID, width=5),
                polygon([(0, -13), (10, 0), (0, 13), (-10, 0)], fill=dye.TURMERIC),
            )
        ),
    )


def languages_sign() -> Sign:
    """Two speech balloons of unlike scripts: an interpreter."""
    return (
        path(
            (
                "M-66 -58L10 -58C18 -58 22 -54 22 -46L22 -10C22 -2 18 2 10 2L-30 2L-48 22L-46 2L-66 2"
                "C-74 2 -76 -2 -76 -10L-76 -46C-76 -54 -74 -58 -66 -58Z"
            ),
            fill=dye.TURMERIC,
        ),
        path(
            (
                "M-4 -6L66 -6C74 -6 76 -2 76 6L76 40C76 48 74 52 66 52L60 52L62 70L40 52L-4 52C-12 52"
                " -14 48 -14 40L-14 6C-14 -2 -12 -6 -4 -6Z"
            ),
            fill=dye.INDIGO,
        ),
        merged((circle(-54 + i * 26, -28, 8) for i in range(3)), stroke=dye.SILK_LIGHT, width=4),
        merged(
            (path(f"M{4 + i * 20} 34L{12 + i * 20} 12L{20 + i * 20} 34") for i in range(3)),
            stroke=dye.TURMERIC_MID,
            width=4,
        ),
    )


# --- how the signs are set --------------------------------------------------------------------------------------


def card(x: float, y: float, sign: Sign, *, number: int | None, tone: str, side: float = 220) -> tuple[Shape, ...]:
    """A tile of raw silk with a coloured head, a sign and, if it has a place in an order, its number."""
    left, top = x - side / 2, y - side / 2
    frame = rect(left, top, side, side, 16)
    return (
        rect(left + 8, top + 12, side, side, 16, fill=dye.CHARCOAL, opacity=0.18),
        frame.painted(fill=dye.SILK_LIGHT),
        Clip(
            frame,
            (
                rect(left, top + side - 22, side, 22, fill=tone),
                stitches(
                    [(left, top + side - 11), (left + side, top + side - 11)],
                    ink=dye.SILK_LIGHT,
                    width=5,
                    dash=5,
                    gap=15,
                ),
            ),
        ),
        frame.painted(stroke=tone, width=5),
        *place(sign, x=x, y=y - 8, scale=side / 190),
        *(badge(number, x=left + 10, y=top + 10, radius=side * 0.14, ink=tone) if number is not None else ()),
    )


def _ground(tint: str) -> tuple[Shape, ...]:
    return (*weave_ground(), *wash((0, 0, 1600, 1000), ink=tint, deepest=0.45))


# --- the four processes -----------------------------------------------------------------------------------------


def intake() -> Scene:
    """Arrive, something to drink, health and safety, being heard, choosing, a room of one's own."""
    top, low = 300.0, 720.0
    cards = (
        (280.0, top, door_sign(), dye.LAC),
        (800.0, top, cup_sign(), dye.INDIGO_MID),
        (1320.0, top, care_sign(), dye.LEAF),
        (1320.0, low, voices_sign(), dye.LAC),
        (800.0, low, choice_sign(), dye.TURMERIC_DEEP),
        (280.0, low, bed_sign(), dye.INDIGO),
    )
    return Scene(
        "Intake in six steps: door, drink, health, listening, choice, room",
        (
            *_ground(dye.TURMERIC_PALE),
            *arrow([(430, top), (646, top)], ink=dye.INDIGO, width=12),
            *arrow([(950, top), (1166, top)], ink=dye.INDIGO, width=12),
            *arrow([(1320, 452), (1320, 566)], ink=dye.INDIGO, width=12),
            *arrow([(1170, low), (954, low)], ink=dye.INDIGO, width=12),
            *arrow([(650, low), (434, low)], ink=dye.INDIGO, width=12),
            *(
                s
                for i, (x, y, sign, tone) in enumerate(cards, 1)
                for s in card(x, y, sign, number=i, tone=tone, side=280)
            ),
            *band((0, 0, 1600, 54), ground=dye.LAC, dyes=(dye.TURMERIC_MID, dye.SILK, dye.TURMERIC)),
            *band((0, 946, 1600, 54), ground=dye.LAC, dyes=(dye.TURMERIC_MID, dye.SILK, dye.TURMERIC)),
        ),
        dye.SILK,
    )


def identification() -> Scene:
    """Up to 15 days of rest, then an interview; act, means and purpose are looked at; both answers lead to help."""
    return Scene(
        "Identification: fifteen days, an interview, three elements, two ways that both lead on",
        (
            *_ground(dye.INDIGO_MIST),
            *_fifteen_days(),
            *arrow([(250, 340), (250, 420)], ink=dye.INDIGO, width=12),
            *card(250, 570, table_sign(), number=2, tone=dye.LAC, side=270),
            *arrow([(400, 570), (476, 570)], ink=dye.INDIGO, width=12),
            *_three_elements(680, 570),
            *arrow([(880, 570), (944, 570)], ink=dye.INDIGO, width=12),
            *_decision(1050, 570),
            *arrow([(1100, 500), (1150, 430), (1240, 420)], ink=dye.LEAF_DEEP, width=12, curved=True),
            *arrow([(1100, 640), (1150, 734), (1240, 766)], ink=dye.TURMERIC_DEEP, width=12, curved=True),
            *card(1390, 420, shield_sign(), number=5, tone=dye.LEAF_DEEP, side=250),
            *card(1390, 770, sprout_sign(), number=5, tone=dye.TURMERIC_DEEP, side=250),
            *band((0, 946, 1600, 54)),
        ),
        dye.SILK,
    )


def _fifteen_days() -> tuple[Shape, ...]:
    shapes: list[Shape] = [
        rect(120, 96, 1360, 150, 22, fill=dye.INDIGO, opacity=0.94),
        rect(120, 96, 1360, 150, 22, stroke=dye.TURMERIC, width=4),
    ]
    for i in range(15):
        x = 236 + i * 84
        shapes.append(circle(x, 158, 31, fill=dye.TURMERIC_MID if i < 14 else dye.LAC_MID))
        shapes.append(
            path(
                f"M{x - 31} 158C{x - 31} 199 {x + 31} 199 {x + 31} 158C{x + 18} 170 {x - 18} 170 {x - 31} 158Z",
                fill=dye.INDIGO_DEEP,
                opacity=0.55,
            )
        )
        shapes.append(circle(x, 158, 31, stroke=dye.SILK_LIGHT, width=2.5))
        shapes.extend(place((merged((path("M-6 0L0 6L8 -6"),), stroke=dye.SILK_DEEP, width=3),), x=x, y=216))
    shapes.extend(badge(1, x=130, y=106, radius=38, ink=dye.INDIGO))
    shapes.extend(badge(15, x=1484, y=112, radius=42, ink=dye.LAC))
    shapes.append(polyline([(250, 250), (250, 330)], stroke=dye.INDIGO, width=12))
    return tuple(shapes)


def _three_elements(x: float, y: float) -> tuple[Shape, ...]:
    """Three rings that share a heart."""
    spots = ((x, y - 66, dye.LAC), (x - 76, y + 62, dye.TURMERIC), (x + 76, y + 62, dye.INDIGO_MID))
    return (
        rect(x - 186, y - 210, 372, 420, 20, fill=dye.CHARCOAL, opacity=0.15),
        rect(x - 194, y - 220, 372 + 16, 424, 20, fill=dye.SILK_LIGHT, stroke=dye.INDIGO, width=5),
        *(circle(cx, cy, 112, fill=tone, opacity=0.3) for cx, cy, tone in spots),
        *(circle(cx, cy, 112, stroke=tone, width=9) for cx, cy, tone in spots),
        *place(voices_sign(), x=x, y=y - 112, scale=0.62),
        *place(papers_sign(), x=x - 112, y=y + 92, scale=0.6),
        *place(tools_sign(), x=x + 112, y=y + 92, scale=0.62),
        circle(x, y + 18, 25, fill=dye.SILK_LIGHT, stroke=dye.LAC, width=5),
        path(f"M{x - 10} {y + 18}L{x - 2} {y + 27}L{x + 12} {y + 8}", stroke=dye.LEAF_DEEP, width=6),
        *badge(3, x=x - 184, y=y - 210, radius=38, ink=dye.INDIGO),
    )


def _decision(x: float, y: float) -> tuple[Shape, ...]:
    form = polygon([(x, y - 110), (x + 104, y), (x, y + 110), (x - 104, y)])
    return (
        *place([form.painted(fill=dye.CHARCOAL, opacity=0.18)], x=7, y=12),
        *solid(form, lit=dye.LAC, shade=dye.LAC_DEEP, x=7, y=7),
        polygon([(x, y - 88), (x + 83, y), (x, y + 88), (x - 83, y)], stroke=dye.TURMERIC_MID, width=3),
        *badge(4, x=x, y=y, radius=38, ink=dye.LAC_DEEP),
    )


def return_home() -> Scene:
    """Eleven steps along two banks: the host's above, the home's below, the river between them."""
    above: tuple[tuple[float, int, Sign], ...] = (
        (150, 1, papers_sign()),
        (560, 4, letter_sign()),
        (780, 5, plan_sign()),
        (1000, 6, handover_sign()),
        (1450, 11, voices_sign()),
    )
    below: tuple[tuple[float, int, Sign], ...] = (
        (150, 2, tracing_sign()),
        (370, 3, assess_sign()),
        (800, 7, transit_sign()),
        (1015, 8, van_sign()),
        (1230, 9, sprout_sign()),
        (1450, 10, calendar_sign()),
    )
    hi, lo = 200.0, 790.0
    return Scene(
        "Return in eleven steps that cross a river and send word back",
        (
            *_two_banks(),
            *_crossing([(150, 300), (150, 684)]),
            *arrow([(244, lo), (270, lo)], ink=dye.INDIGO, width=9),
            *_crossing([(400, 690), (440, 420), (530, 312)]),
            *arrow([(654, hi), (682, hi)], ink=dye.INDIGO, width=9),
            *arrow([(874, hi), (902, hi)], ink=dye.INDIGO, width=9),
            *_crossing([(990, 300), (940, 500), (830, 684)]),
            *arrow([(894, lo), (918, lo)], ink=dye.INDIGO, width=9),
            *arrow([(1109, lo), (1133, lo)], ink=dye.INDIGO, width=9),
            *arrow([(1324, lo), (1352, lo)], ink=dye.INDIGO, width=9),
            *_crossing([(1450, 690), (1450, 316)]),
            *(s for x, number, sign in above for s in card(x, hi, sign, number=number, tone=dye.INDIGO, side=186)),
            *(s for x, number, sign in below for s in card(x, lo, sign, number=number, tone=dye.LEAF_DEEP, side=186)),
        ),
        dye.SILK,
    )


def _crossing(points: list[Point]) -> tuple[Shape, ...]:
    """An arrow over the water: light at its edges, so that it is seen on both banks."""
    casing = smooth([*points[:-1], _short_of(points)], stroke=dye.SILK_LIGHT, width=19)
    return (casing, *arrow(points, ink=dye.LAC, width=10, curved=True))


def _short_of(points: list[Point]) -> Point:
    (ax, ay), (bx, by) = points[-2:]
    share = 34 / math.hypot(bx - ax, by - ay)
    return bx + (ax - bx) * share, by + (ay - by) * share


def _two_banks() -> tuple[Shape, ...]:
    river = path(
        "M0 380C260 330 480 420 800 390C1100 360 1340 420 1600 370L1600 600C1340 650 1100 590"
        " 800 620C480 650 260 560 0 610Z"
    )
    waves = [
        path(
            f"M{x} {y}C{x + 18} {y - 10} {x + 34} {y - 10} {x + 52} {y}"
            f"C{x + 70} {y + 10} {x + 86} {y + 10} {x + 104} {y}"
        )
        for i, y in enumerate(range(430, 600, 34))
        for x in range(-40 + 70 * (i % 2), 1600, 190)
    ]
    boat = (
        path("M-90 0C-50 34 50 34 96 -8C50 8 -50 12 -90 0Z", fill=dye.TEAK_DEEP),
        path("M-30 2C-26 -34 30 -36 36 0Z", fill=dye.LAC),
        lines((((x, -26), (x + 2, 2)) for x in range(-20, 32, 9)), stroke=dye.TURMERIC_MID, width=2),
    )
    return (
        *weave_ground(),
        rect(0, 0, 1600, 420, fill=dye.INDIGO_MIST),
        *weave_ground(area=(0, 0, 1600, 420), ink=dye.INDIGO_PALE, name="host"),
        rect(0, 560, 1600, 440, fill=dye.LEAF_PALE),
        *weave_ground(area=(0, 564, 1600, 436), ink=dye.LEAF_MID, name="home"),
        river.painted(fill=dye.INDIGO_MID),
        Clip(river, (merged(waves, stroke=dye.INDIGO_PALE, width=3, opacity=0.6),)),
        river.painted(stroke=dye.TURMERIC_PALE, width=8),
        *place(boat, x=650, y=510, scale=0.95),
        *place(boat, x=1220, y=480, scale=0.7, flip=True),
        *band((0, 0, 1600, 36)),
        *band((0, 964, 1600, 36), ground=dye.LEAF_DEEP, dyes=(dye.LEAF_MID, dye.SILK, dye.TURMERIC)),
    )


def referral() -> Scene:
    """One house in the middle; eight kinds of help around it, and ways that lead there and back."""
    signs = (
        care_sign(),
        balance_sign(),
        tools_sign(),
        book_sign(),
        languages_sign(),
        shield_sign(),
        calendar_sign(),
        handover_sign(),
    )
    tones = (dye.LEAF, dye.INDIGO, dye.LAC, dye.TURMERIC_DEEP, dye.INDIGO_MID, dye.INDIGO, dye.LAC, dye.LEAF_DEEP)
    spots: list[Point] = [
        (800 + 600 * math.cos(a), 500 + 355 * math.sin(a)) for a in (math.tau * (i + 0.5) / 8 for i in range(8))
    ]
    return Scene(
        "Referral: one house, and ways there and back to eight kinds of help",
        (
            *_ground(dye.LEAF_PALE),
            *glow(800, 500, 430, ink=dye.TURMERIC_MID, strength=0.7),
            ellipse(800, 500, 600, 355, stroke=dye.SILK_DEEP, width=3),
            *(s for spot in spots for s in _there_and_back(spot)),
            *(
                s
                for spot, sign, tone in zip(spots, signs, tones, strict=True)
                for s in card(*spot, sign, number=None, tone=tone, side=196)
            ),
            circle(808, 514, 164, fill=dye.CHARCOAL, opacity=0.18),
            circle(800, 500, 164, fill=dye.LAC),
            *(
                s
                for i in range(32)
                for s in place(
                    (polygon([(0, -152), (7, -143), (0, -134), (-7, -143)], fill=dye.TURMERIC_MID),),
                    x=800,
                    y=500,
                    turn=i * 11.25,
                )
            ),
            circle(800, 500, 128, fill=dye.SILK_LIGHT, stroke=dye.TURMERIC, width=4),
            *place(house_sign(), x=800, y=500, scale=1.45),
        ),
        dye.SILK,
    )


def _there_and_back(spot: Point) -> tuple[Shape, ...]:
    dx, dy = spot[0] - 800, spot[1] - 500
    length = math.hypot(dx, dy)
    ux, uy = dx / length, dy / length
    nx, ny = -uy * 15, ux * 15
    near, far = (800 + ux * 186, 500 + uy * 186), (spot[0] - ux * 138, spot[1] - uy * 138)
    return (
        *arrow([(near[0] + nx, near[1] + ny), (far[0] + nx, far[1] + ny)], ink=dye.LAC, width=9),
        *arrow([(far[0] - nx, far[1] - ny), (near[0] - nx, near[1] - ny)], ink=dye.INDIGO, width=9),
    )


SCENES: dict[str, Callable[[], Scene]] = {
    "process-intake": intake,
    "process-identification": identification,
    "process-return": return_home,
    "process-referral": referral,
}
