"""The bars of the front door, for whoever asks with `pytest -m benchmark`."""

from pathlib import Path

import pytest

from tests.benchmarks.front_door import run, table

pytestmark = pytest.mark.benchmark


def test_the_front_door_is_as_fast_as_promised(tmp_path: Path) -> None:
    measures, found = run(tmp_path, seconds=6)
    assert all(bar.is_met for bar in found), table(measures, found)
