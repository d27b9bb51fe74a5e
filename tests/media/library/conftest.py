"""A picture that was stored, and of which nobody has said anything yet."""

import pytest

from media.models import Picture
from tests.media import files


@pytest.fixture
def picture(db: None) -> Picture:
    return Picture.objects.create(title="Loom", file=files.called("loom.jpg", files.photograph()))
