"""A manual whose editions three people have signed."""

import pytest

from tests.factories.editions import Trio, make_trio


@pytest.fixture
def trio(db: None) -> Trio:
    return make_trio()
