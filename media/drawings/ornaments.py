"""Which of our drawings does the site itself wear? The cloth behind its walls, its icons, and the card that links show.

The cloth is light threads on nothing, so that it lies on any dark wall; it is kept small because every page loads it.
"""

from collections.abc import Iterator
from functools import partial
from itertools import groupby
from pathlib import Path

from media.drawings import palette as dye
from media.drawings.as_png import write_png
from media.drawings.as_svg import write_svg
from media.drawings.canvas import Outline, Scene, Shape, bars, place, rect
from media.drawings.marks import band
from media.drawings.mudmee import cloth, folds, lozenges

CELLS, CELL = 24, 4  # the tile's cells a side, and a cell's size


def write_ornaments(folder: Path) -> tuple[Path, ...]:
    """Writes the site's files into the folder and answers which they are."""
    files = {
        "mudmee.svg": background().encode(),
        "favicon.svg": write_svg(_mark(size=64, ground=None), name="mark").encode(),
        "icon-180.png": write_png(_mark(size=180, ground=dye.INDIGO), width=180),
        "icon-512.png": write_png(_mark(size=512, ground=dye.INDIGO), width=512),
        "social.png": write_png(card(), width=1200),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return tuple(folder / name for name in files)


def background() -> str:
    """The seamless tile for CSS: the pattern's threads with feathered ends, and no ground of its own."""
    side = CELLS * CELL
    dyes = ((1, dye.TURMERIC_MID, 0.85), (2, dye.INDIGO_PALE, 0.7), (3, dye.SILK, 0.85))
    paths = "".join(
        f'<path fill="{colour}" fill-opacity="{strength}" d="{"".join(_threads(number))}"/>'
        for number, colour, strength in dyes
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side}" height="{side}">'
        f"<title>Mudmee</title>{paths}</svg>\n"
    )


def _pattern(column: int, row: int) -> int:
    heart = lozenges(column, row, across=24, down=24, rings=(1, 1, 0, 3, 3, 0, 0, 2, 2, 0))
    return heart or lozenges(column + 12, row + 12, across=24, down=24, rings=(3, 1, 0, 2, 0))


def _threads(number: int) -> Iterator[str]:
    """The runs of one dye, two threads a cell; every other thread starts and ends a little further on."""
    thin, side = CELL // 2, CELLS * CELL
    for row in range(CELLS):
        tied = groupby(range(CELLS), key=partial(_pattern, row=row))
        runs = [tuple(columns) for dyed, columns in tied if dyed == number]
        for thread, columns in ((thread, columns) for thread in range(2) for columns in runs):
            start, width = columns[0] * CELL + thread - (row % 2), len(columns) * CELL
            for left in (start, start + side, start - side):  # once more where it hangs over the seam
                if left < side and left + width > 0:
                    yield f"M{left} {row * CELL + thread * thin}h{width}v{thin}h-{width}z"


def _stepped(reach: int, cell: float, *, fill: str) -> Outline:
    """A lozenge in steps around (0, 0), `reach` cells from its heart to its tip."""
    rows = range(-reach, reach)
    boxes = []
    for row in rows:
        half = reach - (row if row >= 0 else -row - 1)
        boxes.append((-half * cell, row * cell, 2 * half * cell, cell))
    return bars(boxes, fill=fill)


def _mark(*, size: int, ground: str | None) -> Scene:
    """The site's sign: one lozenge of the cloth, lac, turmeric and indigo in each other."""
    cell = size / (18 if ground else 14)
    rings = ((7, dye.LAC), (5, dye.TURMERIC_MID), (3, dye.INDIGO if ground else dye.INDIGO_DEEP), (1, dye.SILK))
    shapes = place((_stepped(reach, cell, fill=tone) for reach, tone in rings), x=size / 2, y=size / 2)
    return Scene("The learning centre's sign", shapes, ground, size=(size, size))


def card() -> Scene:
    """What a link to the site shows elsewhere: the cloth, and the sign on a field of raw silk."""
    area = (0, 0, 1200, 630)
    shapes: tuple[Shape, ...] = (
        cloth("indigo", area=area, cell=9),
        *folds(area, count=3, depth=0.08),
        rect(328, 123, 560, 400, fill=dye.INDIGO_DEEP, opacity=0.45),
        rect(316, 108, 568, 414, fill=dye.TURMERIC),
        rect(322, 114, 556, 402, fill=dye.SILK_LIGHT),
        *band((322, 114, 556, 54), ground=dye.LAC, dyes=(dye.TURMERIC_MID, dye.SILK, dye.TURMERIC)),
        *band((322, 462, 556, 54), ground=dye.LAC, dyes=(dye.TURMERIC_MID, dye.SILK, dye.TURMERIC)),
        *place(_sign(), x=600, y=315),
    )
    return Scene("The learning centre's sign on mudmee silk", shapes, dye.INDIGO, size=(1200, 630))


def _sign() -> tuple[Shape, ...]:
    tones = ((8, dye.LAC), (6, dye.TURMERIC_MID), (4, dye.INDIGO), (2, dye.SILK_LIGHT), (1, dye.LAC))
    return tuple(_stepped(reach, 15, fill=tone) for reach, tone in tones)
