"""The bounds of the door for pictures, for whoever asks with `pytest -m benchmark`."""

from pathlib import Path

import pytest

from tests.benchmarks.ingest import MOST_MEGABYTES, run, table

pytestmark = pytest.mark.benchmark


def test_a_picture_of_24_megapixels_stays_within_its_memory_in_every_format(tmp_path: Path) -> None:
    measures = run(tmp_path)
    memory = [max(each.server_megabytes, each.workshop_megabytes) for each in measures]
    assert max(memory) < MOST_MEGABYTES, table(measures)
