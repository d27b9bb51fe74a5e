"""How is one size of a picture drawn? From the working copy, which is opened once for all sizes."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image
from wagtail.images.models import Filter

from media.ingest.kept import AnyFile
from media.models import Picture

#: How Pillow writes each format. AVIF's encoder takes 1.4 s for the largest size at its usual speed of 6, 0.2 s at 9,
#: and the file grows by a fifth; one thread each keeps its memory small.
WRITTEN: dict[str, dict[str, Any]] = {
    "avif": {"quality": 61, "speed": 9, "max_threads": 1},
    "webp": {"quality": 80},
    "jpeg": {"quality": 78, "progressive": True, "optimize": True},
    "png": {},
}
EXTENSIONS = {"avif": "avif", "webp": "webp", "jpeg": "jpg", "png": "png"}


class Sheet:
    """The working copy of a picture, unpacked."""

    def __init__(self, picture: Picture, image: Image.Image) -> None:
        self._picture, self._image = picture, image

    @classmethod
    @contextmanager
    def of(cls, picture: Picture) -> Iterator["Sheet"]:
        with picture.working.open() as working, picture.as_large_as(working), Image.open(working) as image:
            image.load()
            mode = "RGBA" if image.has_transparency_data else "RGB"
            profile = image.info.get("icc_profile")
            plain = image if image.mode == mode else image.convert(mode)
            plain.info = {"icc_profile": profile} if profile else {}
            yield cls(picture, plain)

    def drawn(self, filter_: Filter) -> AnyFile:
        """One size, named as Wagtail names renditions. The filter names its format."""
        output = filter_.spec.rpartition("format-")[2]
        small = self._cut(filter_)
        if output == "jpeg" and small.mode == "RGBA":
            small = _on_white(small)
        out = BytesIO()
        small.save(out, output.upper(), icc_profile=self._image.info.get("icc_profile"), **WRITTEN[output])
        return ContentFile(out.getvalue(), name=self._name(filter_, EXTENSIONS[output]))

    def _cut(self, filter_: Filter) -> Image.Image:
        transform = filter_.get_transform(self._picture, self._image.size)
        left, top, right, bottom = transform.get_rect().round()
        # A cut is rounded outwards, and so may end a pixel behind the edge.
        box = (max(0, left), max(0, top), min(self._image.width, right), min(self._image.height, bottom))
        return self._image.resize(transform.size, Image.Resampling.LANCZOS, box=box, reducing_gap=3)

    def _name(self, filter_: Filter, extension: str) -> str:
        stem = str(self._picture.file.name).rpartition("/")[2].partition(".")[0]
        parts = [stem, filter_.get_cache_key(self._picture), *filter_.spec.split("|"), extension]
        return ".".join(part for part in parts if part)


def _on_white(image: Image.Image) -> Image.Image:
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground
