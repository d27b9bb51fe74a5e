"""Which pictures are taken, and what is left of them?

Pixels and colour profile. The bytes of the picture itself are kept as they are, so that nothing is lost and little
memory is needed; only a picture that lies on its side is turned and written anew. Of a moving picture the first frame
is kept: what moves and cannot be stopped keeps people from reading (WCAG 2.2.2).
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from django.conf import settings
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from media.ingest import gif, jpeg, png, webp
from media.ingest.kept import AnyFile, Damaged, KeptFile, UnableToKeep, content_of, damaged, extension_of
from media.ingest.stripped import Format, Stripped

FORMATS = (
    Format("JPEG", (".jpg", ".jpeg"), "image/jpeg", jpeg.is_one, jpeg.stripped),
    Format("PNG", (".png",), "image/png", png.is_one, png.stripped),
    Format("GIF", (".gif",), "image/gif", gif.is_one, gif.stripped),
    Format("WEBP", (".webp",), "image/webp", webp.is_one, webp.stripped),
)
#: What Pillow raises for a broken file; it has no error of its own for all of them.
BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError, Image.DecompressionBombError, Warning)


def cleaned_picture(file: AnyFile) -> KeptFile:
    """The same picture without metadata, upright. Raises UnableToKeep."""
    if isinstance(file, KeptFile) and file.content_type.startswith("image/"):
        return file
    content = content_of(file, at_most=settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE)
    format_ = format_of(content)
    check_name(extension_of(file), format_)
    with refusing_what_is_broken():
        picture = format_.stripped(content)
        check_pixels(picture)
        picture = upright_still(picture, format_, content)
        check_decodes(picture, format_)
    return KeptFile(picture.content, extension=format_.extensions[0], content_type=format_.content_type)


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
            size: tuple[int, int] = Image.open(file, formats=[format_.name for format_ in FORMATS]).size
    except UnableToKeep:
        return 0, 0
    return size


def format_of(content: bytes) -> Format:
    for format_ in FORMATS:
        if format_.is_one(content):
            return format_
    if b"<svg" in content[:4096].lower():
        message = _("Drawings in SVG can carry programs. Save the drawing as a PNG, 1440 pixels wide or more.")
        raise UnableToKeep(message, code="svg")
    raise UnableToKeep(
        _("This is not a picture that we can show. Save it as JPEG (photographs) or PNG (drawings)."),
        code="invalid_image",
    )


def check_name(extension: str, format_: Format) -> None:
    if extension in format_.extensions:
        return
    raise UnableToKeep(
        _("The file is called “%(extension)s”, but it holds a %(format)s picture. Rename it to end in “%(right)s”."),
        code="invalid_image_known_format",
        params={"extension": extension, "format": format_.name, "right": format_.extensions[0]},
    )


def check_pixels(picture: Stripped) -> None:
    most = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS
    if picture.width * picture.height <= most:
        return
    raise UnableToKeep(
        _("This picture has too many pixels (%(width)s × %(height)s). Make it smaller: the limit is %(limit)s."),
        code="file_too_many_pixels",
        params={"width": picture.width, "height": picture.height, "limit": intcomma(most)},
    )


@contextmanager
def refusing_what_is_broken() -> Iterator[None]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            warnings.filterwarnings("ignore", category=UserWarning)
            yield
    except UnableToKeep:
        raise
    except (Damaged, *BROKEN) as error:
        raise damaged() from error


def upright_still(picture: Stripped, format_: Format, content: bytes) -> Stripped:
    """`picture` turned as its camera was held, and its first frame if it moves; mostly it is so already."""
    if picture.orientation == 1 and not picture.moves:
        return picture
    with Image.open(BytesIO(content), formats=[format_.name]) as image:
        image.seek(0)
        turned = ImageOps.exif_transpose(image)
        out = BytesIO()
        turned.save(out, format_.name, quality=92, icc_profile=image.info.get("icc_profile"))
    return format_.stripped(out.getvalue())


def check_decodes(picture: Stripped, format_: Format) -> None:
    """Decode the picture once, a JPEG at an eighth of its size, so that no rendition fails later."""
    with Image.open(BytesIO(picture.content), formats=[format_.name]) as image:
        if image.size != (picture.width, picture.height):
            raise Damaged(f"{image.size} is not {picture.width} x {picture.height}")
        image.draft("RGB", (picture.width // 8, picture.height // 8))
        image.load()
