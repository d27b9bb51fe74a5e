"""Which pictures are taken, and what is left of them?

Pixels and colour profile. The bytes of the picture itself are kept as they are, so that nothing is lost; only a picture
that lies on its side is turned and written anew, and a drawing becomes the picture of it. Of a moving picture the first
frame is kept: what moves and cannot be stopped keeps people from reading (WCAG 2.2.2).

Nothing is unpacked here: the headers are read, and the workshop (`media.workshop`) does the rest in its own process.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from struct import error as StructError
from typing import Any

from django.conf import settings
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext_lazy as _
from PIL import Image

from media.ingest import gif, heif, jpeg, png, svg, tiff, webp
from media.ingest.kept import AnyFile, Damaged, KeptFile, UnableToKeep, content_of, damaged, extension_of
from media.ingest.kept import check_size as check_bytes
from media.ingest.recognised import refusal_for
from media.ingest.stripped import Format, Stripped
from media.workshop.asking import Prepared, ones_turn, prepared

FORMATS = (
    Format("JPEG", (".jpg", ".jpeg"), "image/jpeg", jpeg.is_one, jpeg.stripped),
    Format("PNG", (".png",), "image/png", png.is_one, png.stripped),
    Format("GIF", (".gif",), "image/gif", gif.is_one, gif.stripped),
    Format("WEBP", (".webp",), "image/webp", webp.is_one, webp.stripped),
    Format("AVIF", (".avif",), "image/avif", heif.is_avif, heif.stripped),
    Format("HEIC", (".heic", ".heif"), "image/heic", heif.is_heic, heif.stripped),
    Format("TIFF", (".tif", ".tiff"), "image/tiff", tiff.is_one, tiff.stripped),
)
DRAWINGS = (".svg", ".svgz")
#: All that a person may choose in a form.
EXTENSIONS = (*(extension for format_ in FORMATS for extension in format_.extensions), *DRAWINGS)
#: Formats whose size Pillow reads from the first bytes of a file; of the others our own readers read the directory.
BY_HEADER = ("JPEG", "PNG", "GIF", "WEBP")
LONGEST_SIDE = 30_000
#: What is raised by readers of a broken file.
BROKEN = (
    OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError, ArithmeticError, StructError,
    Image.DecompressionBombError,
)  # fmt: skip


class KeptPicture(KeptFile):
    """A picture that has been through its door, with what the workshop made of it."""

    def __init__(self, content: bytes, *, format_: Format, prepared: Prepared) -> None:
        super().__init__(content, extension=format_.extensions[0], content_type=format_.content_type)
        self.prepared = prepared


def cleaned_picture(file: AnyFile, *, anew: bool = False) -> KeptPicture:
    """The same picture without metadata, upright. Raises UnableToKeep.

    `anew` makes it again of its pixels, for what readers get whole: between these, too, something can be hidden.
    """
    if isinstance(file, KeptPicture):
        return file
    check_bytes(file, at_most=settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE)
    with ones_turn():
        return _cleaned(file, extension_of(file), anew=anew)


def _cleaned(file: AnyFile, extension: str, *, anew: bool) -> KeptPicture:
    content = content_of(file, at_most=settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE)
    if svg.is_one(content):
        check_name(extension, name="SVG", right=DRAWINGS)
        with refusing_what_is_broken():
            drawing = svg.unpacked(content)
        return kept_upright(prepared(drawing, format_="SVG"))
    format_ = format_of(content)
    check_name(extension, name=format_.name, right=format_.extensions)
    with refusing_what_is_broken():
        picture = format_.stripped(content)
        check_pixels(picture)
    # What was brought may go while the workshop works.
    del content
    made = prepared(picture.content, format_=format_.name, orientation=picture.orientation, anew=anew)
    check_size(picture, made)
    return kept_upright(made) if made.upright else KeptPicture(picture.content, format_=format_, prepared=made)


def kept_upright(made: Prepared) -> KeptPicture:
    """The picture that the workshop made anew, which goes through the same reader as any other."""
    whole = made.upright or b""
    format_ = format_of(whole)
    with refusing_what_is_broken():
        content = format_.stripped(whole).content
    return KeptPicture(content, format_=format_, prepared=replace(made, upright=None))


def cleaned_rendition(file: AnyFile) -> AnyFile:
    """A rendition without metadata, under its own name: our own work, which needs no checking."""
    with file.open():
        content = file.read()
    kept = KeptFile(format_of(content).stripped(content).content, extension="", content_type="")
    kept.name = file.name
    return kept


def size_of(file: AnyFile) -> tuple[int, int]:
    """Width and height in pixels as the header tells them; (0, 0) for what is not a picture."""
    file.open()
    try:
        with refusing_what_is_broken():
            return _size_of(file)
    except UnableToKeep:
        return 0, 0


def _size_of(file: Any) -> tuple[int, int]:
    format_ = format_of(file.read(4096))
    file.seek(0)
    if format_.name in BY_HEADER:
        with warnings.catch_warnings():
            # Odd metadata and many pixels: the one goes, the others are counted by us.
            warnings.simplefilter("ignore")
            size: tuple[int, int] = Image.open(file, formats=BY_HEADER).size
        return size
    picture = format_.stripped(file.read())
    return (picture.width, picture.height) if picture.orientation < 5 else (picture.height, picture.width)


def format_of(content: bytes) -> Format:
    for format_ in FORMATS:
        if format_.is_one(content):
            return format_
    raise refusal_for(BytesIO(content), door="pictures")


def check_name(extension: str, *, name: str, right: tuple[str, ...]) -> None:
    if extension in right:
        return
    raise UnableToKeep(
        _("The file is called “%(extension)s”, but it holds a %(format)s picture. Rename it to end in “%(right)s”."),
        code="invalid_image_known_format",
        params={"extension": extension, "format": name, "right": right[0]},
    )


def check_pixels(picture: Stripped) -> None:
    most = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS
    if not (picture.width and picture.height):
        raise Damaged("no size")
    if picture.width * picture.height <= most and max(picture.width, picture.height) <= LONGEST_SIDE:
        return
    raise UnableToKeep(
        _("This picture has too many pixels (%(width)s × %(height)s). Make it smaller: the limit is %(limit)s."),
        code="file_too_many_pixels",
        params={"width": picture.width, "height": picture.height, "limit": intcomma(most)},
    )


def check_size(picture: Stripped, made: Prepared) -> None:
    """What the header told, and we believed, must be what came out."""
    told = (picture.width, picture.height) if picture.orientation < 5 else (picture.height, picture.width)
    if told != (made.width, made.height):
        raise damaged()


@contextmanager
def refusing_what_is_broken() -> Iterator[None]:
    try:
        yield
    except UnableToKeep:
        raise
    except (Damaged, *BROKEN) as error:
        raise damaged() from error
