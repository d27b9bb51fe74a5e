from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageStat
from wagtail.images.models import Filter

from media.models import Picture
from media.renditions import renditions_of
from media.working_copy import kept_small, small_source
from tests.media import files
from tests.media.files import SRGB

pytestmark = pytest.mark.django_db
WIDE = (6000, 400)


def made(content: bytes, ending: str) -> Picture:
    return Picture.objects.create(title="Wide", file=files.called(f"a.{ending}", content))


def opened(rendition: object) -> Image.Image:
    with rendition.file.open() as file:  # type: ignore[attr-defined]
        return Image.open(BytesIO(file.read()))


@pytest.mark.parametrize(("format_", "ending"), [("JPEG", "jpg"), ("PNG", "png")])
def test_a_large_picture_looks_the_same_as_if_it_had_been_made_small_at_once(format_: str, ending: str) -> None:
    picture = made(files.photograph(format_, size=WIDE), ending)
    choices, fallback = renditions_of(picture)
    whole = Image.open(BytesIO(files.photograph(format_, size=WIDE))).convert("RGB")
    for rendition in [*choices, fallback]:
        small = opened(rendition)
        assert small.size == (rendition.width, rendition.width * 400 // 6000)
        assert small.info["icc_profile"] == SRGB
        difference = ImageChops.difference(small.convert("RGB"), whole.resize(small.size))
        assert max(ImageStat.Stat(difference).mean) < 3


def test_what_is_transparent_stays_transparent() -> None:
    drawing = Image.new("RGBA", WIDE, (120, 20, 40, 0))
    drawing.paste((120, 20, 40, 255), (0, 0, 3000, 400))
    out = BytesIO()
    drawing.save(out, "PNG")
    _choices, fallback = renditions_of(made(out.getvalue(), "png"))
    small = opened(fallback)
    assert small.getpixel((100, 30)) == (120, 20, 40, 255)
    assert small.getpixel((900, 30))[3] == 0  # type: ignore[index]


def test_the_original_is_unpacked_once_for_all_renditions() -> None:
    picture = made(files.photograph(size=WIDE), "jpg")
    with kept_small(picture):
        small_source(picture, Filter("width-480|format-webp"))
        copy = picture.small_copies["copy"]
        small_source(picture, Filter("width-960|format-webp"))
        assert picture.small_copies["copy"] is copy
    assert not hasattr(picture, "small_copies")


def test_a_crop_is_made_from_the_original() -> None:
    picture = made(files.photograph(size=WIDE), "jpg")
    assert opened(picture.get_rendition("fill-300x300|format-webp")).size == (300, 300)


def test_colours_that_would_suffer_are_left_to_willow() -> None:
    out = BytesIO()
    files.pixels(*WIDE).convert("CMYK").save(out, "JPEG")
    choices, _fallback = renditions_of(made(out.getvalue(), "jpg"))
    assert opened(choices[0]).size == (480, 32)
