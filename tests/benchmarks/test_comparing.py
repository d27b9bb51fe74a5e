"""Comparing grows with the manual, for whoever asks with `pytest -m benchmark`."""

import pytest

from tests.benchmarks.comparing import bars, manual
from tests.benchmarks.front_door import lines_of


@pytest.mark.benchmark
def test_comparing_grows_with_the_manual_and_no_faster() -> None:
    found = bars(60)
    assert all(bar.is_met for bar in found), "\n".join(lines_of(found))


def test_the_manuals_that_are_compared_differ_in_every_step() -> None:
    before, after = manual(2, edition=1), manual(2, edition=2)
    lines = [
        [block["lines"] for page in each["pages"] for block in page["versions"]["th"]["blocks"]]
        for each in (before, after)
    ]
    assert all(one != other for one, other in zip(*lines, strict=True))
