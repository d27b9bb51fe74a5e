"""Does the cloth repeat without a seam, and look woven rather than printed?"""

import pytest

from media.drawings.mudmee import CLOTHS, Warp, lozenges, weave


@pytest.mark.parametrize("name", CLOTHS)
def test_a_pattern_repeats_with_its_tile(name: str) -> None:
    pattern = CLOTHS[name][0]
    assert all(pattern(column, row) == pattern(column + 40, row) for column in range(40) for row in range(50))
    assert {pattern(column, row) for column in range(40) for row in range(50)} == {0, 1, 2, 3}


def test_what_hangs_over_one_edge_comes_in_at_the_other() -> None:
    warp = Warp(8, 2, cell=(10, 10))
    (_, sure) = weave(lambda column, row: int(column in (0, 7)), ("#000000",), warp=warp, seed="seam")
    lefts = [run.start[0] for run in sure.runs]
    assert any(left > 75 for left in lefts)
    assert any(left < -1 for left in lefts)


def test_threads_of_one_cell_do_not_end_at_the_same_place() -> None:
    (_, sure) = weave(lambda column, row: int(column == 3), ("#000000",), warp=Warp(8, 8), seed="ends")
    assert len({run.start[0] for run in sure.runs}) == len(sure.runs)


def test_a_lozenge_has_its_heart_in_the_middle() -> None:
    rings = (1, 2, 0, 3)
    assert lozenges(10, 10, across=20, down=20, rings=rings) == 2
    assert lozenges(0, 0, across=20, down=20, rings=rings) == 0
