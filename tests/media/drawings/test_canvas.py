"""Do shapes stay what they were when they are moved, clipped and repeated?"""

import pytest

from media.drawings.as_png import picture
from media.drawings.as_svg import write_svg
from media.drawings.canvas import Clip, Scene, Tiling, bounds, circle, lines, path, place, rect, smooth

RED, SILK = "#ff0000", "#ffffff"


def colour_at(scene: Scene, x: int, y: int) -> tuple[int, ...]:
    pixel = picture(scene, width=scene.size[0]).getpixel((x, y))
    assert isinstance(pixel, tuple)
    return pixel


def test_a_circle_is_round_to_a_tenth() -> None:
    assert bounds(circle(50, 50, 20)) == pytest.approx((30, 30, 70, 70), abs=0.1)


def test_a_path_written_in_words_is_closed_where_it_says_so() -> None:
    open_run, closed_run = path("M0 0L10 0M0 5Q5 10 10 5Z").runs
    assert (open_run.closed, closed_run.closed) == (False, True)
    assert closed_run.curves[0][-1] == (10, 5)


def test_a_smooth_line_goes_through_its_points() -> None:
    ends = [curve[-1] for curve in smooth([(0, 0), (10, 5), (20, 0)]).runs[0].curves]
    assert ends == [(10, 5), (20, 0)]


def test_what_is_turned_and_flipped_lands_where_it_should() -> None:
    (moved,) = place([rect(0, 0, 10, 20)], x=100, y=100, scale=2, flip=True)
    assert not isinstance(moved, Clip | Tiling)
    assert bounds(moved) == (80, 100, 100, 140)


def test_outside_of_a_clip_nothing_is_painted() -> None:
    clip = Clip(rect(10, 10, 20, 20), (rect(0, 0, 60, 60, fill=RED),))
    scene = Scene("clip", (clip,), SILK, size=(60, 60))
    assert colour_at(scene, 20, 20) == (255, 0, 0)
    assert colour_at(scene, 40, 40) == (255, 255, 255)


def test_a_tile_is_repeated_and_stays_in_its_area() -> None:
    tiling = Tiling(SILK, (rect(0, 0, 5, 10, fill=RED),), (10, 10), (0, 0, 30, 30))
    scene = Scene("tiles", (tiling,), "#0000ff", size=(60, 60))
    assert [colour_at(scene, x, 5) for x in (2, 7, 12, 27)] == [
        (255, 0, 0),
        (255, 255, 255),
        (255, 0, 0),
        (255, 255, 255),
    ]
    assert colour_at(scene, 45, 5) == (0, 0, 255)


def test_a_tiling_refuses_to_be_moved() -> None:
    with pytest.raises(TypeError, match="cannot be moved"):
        place([Tiling(SILK, (), (10, 10), (0, 0, 30, 30))], x=1)


def test_a_title_cannot_smuggle_markup_into_the_svg() -> None:
    text = write_svg(Scene("<script>x</script>", (lines([((0, 0), (1, 1))], stroke=RED),), None), name="t")
    assert "<script" not in text
    assert "&lt;script&gt;" in text
