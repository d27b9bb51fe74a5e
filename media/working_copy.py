"""How is a large picture made small several times without being unpacked several times?

A phone makes pictures of 24 million pixels. Unpacked they take 100 MB, and Willow holds three copies of what it makes
smaller. So the renditions of one picture are made from one copy that is twice as wide as the widest of them: a JPEG is
unpacked at that size at once, anything else is made smaller band by band.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from PIL import Image
from wagtail.images.models import Filter

from media.ingest.kept import AnyFile
from media.renditions import WIDTHS

ENOUGH = 2 * max(WIDTHS)
ROWS = 64
#: Filters that ask for a width and a format, and nothing that depends on where in the picture something is.
NARROW = re.compile(r"width-(\d+)\|format-[a-z]+")
#: Modes that become RGB or RGBA without loss; others go Willow's way.
PLAIN = frozenset({"1", "L", "LA", "P", "PA", "RGB", "RGBA"})


@contextmanager
def kept_small(picture: Any) -> Iterator[None]:
    """While this lasts, the small copy of `picture` is made once and kept."""
    picture.small_copies = {}
    try:
        yield
    finally:
        del picture.small_copies


def small_source(picture: Any, filter_: Filter) -> AnyFile | None:
    """What to make a rendition from instead of the original, where that is much larger than needed."""
    narrow = NARROW.fullmatch(filter_.spec)
    if not narrow or int(narrow[1]) > max(WIDTHS) or picture.width < 2 * ENOUGH:
        return None
    kept = getattr(picture, "small_copies", {})
    if "copy" not in kept:
        with picture.open_file() as file:
            kept["copy"] = small_copy(file)
    return AnyFile(BytesIO(kept["copy"]), name="small.png") if kept["copy"] else None


def small_copy(file: AnyFile) -> bytes | None:
    """The picture in `file`, at least ENOUGH pixels wide, as a PNG that costs no time to pack."""
    with Image.open(file) as image:
        if image.mode not in PLAIN:
            return None
        image.draft("RGB", (ENOUGH, ENOUGH * image.height // image.width))
        out = BytesIO()
        profile = image.info.get("icc_profile")
        smaller(image, factor=max(1, image.width // ENOUGH)).save(out, "PNG", compress_level=0, icc_profile=profile)
    return out.getvalue()


def smaller(image: Image.Image, *, factor: int) -> Image.Image:
    """`image` divided by `factor`, band by band, so that no second copy of the whole is needed."""
    mode = "RGBA" if image.has_transparency_data else "RGB"
    small = Image.new(mode, (-(-image.width // factor), -(-image.height // factor)))
    for top in range(0, image.height, ROWS * factor):
        band = image.crop((0, top, image.width, min(top + ROWS * factor, image.height)))
        small.paste(band.convert(mode).reduce(factor), (0, top // factor))
    return small
