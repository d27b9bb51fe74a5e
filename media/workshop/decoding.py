"""How does each format become pixels?

Always by the decoder of the format that was found, never by guessing: libvips reads what can be read band by band,
libavif (with Pillow) and libheif the two formats for which libvips would need twice the memory.
"""

from collections.abc import Callable
from pathlib import Path

import pyvips

PROFILE = "icc-profile-data"
#: What a profile says it is for (ICC.1:2022, 7.2.6), by the number of colours of the picture.
SPACES = {1: b"GRAY", 3: b"RGB ", 4: b"CMYK"}
#: The loaders of libvips that may run; the last reads back what we wrote ourselves.
LOADERS = (
    "VipsForeignLoadJpegFile",
    "VipsForeignLoadPngFile",
    "VipsForeignLoadWebpFile",
    "VipsForeignLoadTiffFile",
    "VipsForeignLoadNsgifFile",
    "VipsForeignLoadRaw",
)
#: What lends its memory to a picture of libvips, which does not know the lender.
IN_USE: list[object] = []
#: How each orientation of EXIF (TIFF 6.0, tag 274) becomes upright: turned clockwise, then mirrored left to right.
TURNS = {
    1: ("d0", False),
    2: ("d0", True),
    3: ("d180", False),
    4: ("d180", True),
    5: ("d90", True),
    6: ("d90", False),
    7: ("d270", True),
    8: ("d270", False),
}
ORIENTATION = 0x0112
#: Damaged and broken off files are refused; each is read once, from top to bottom.
STRICTLY = {"access": "sequential", "fail_on": "error"}


def decoded(path: Path, *, format_: str) -> pyvips.Image:
    """The first picture in the file. Raises what its decoder raises."""
    return fitting(DECODERS[format_](str(path)))


def fitting(image: pyvips.Image) -> pyvips.Image:
    """Without its colour profile, if that is one for other colours: libvips would read beyond its tables."""
    if PROFILE not in image.get_fields():
        return image
    colours = image.bands - (1 if image.hasalpha() else 0)
    if bytes(image.get(PROFILE))[16:20] == SPACES.get(colours):
        return image
    return without_profile(image)


def without_profile(image: pyvips.Image) -> pyvips.Image:
    image = image.copy()
    image.remove(PROFILE)
    return image


def decoded_smaller(path: Path, *, format_: str, widest: int, highest: int) -> tuple[pyvips.Image, tuple[int, int]]:
    """The same, made smaller already where its decoder saves memory so, never below these bounds; and its full size."""
    image = decoded(path, format_=format_)
    size = image.width, image.height
    scale = min(1, widest / image.width, highest / image.height)
    if format_ == "JPEG" and scale <= 1 / 2:
        image = fitting(pyvips.Image.jpegload(str(path), shrink=2, **STRICTLY))
    if format_ == "WEBP" and scale < 1:
        del image  # it has reserved memory for all its pixels
        image = fitting(pyvips.Image.webpload(str(path), scale=scale, **STRICTLY))
    return image, size


def only_ours() -> None:
    """Whatever else libvips could open stays shut, also for its own guesses."""
    pyvips.operation_block_set("VipsForeignLoad", True)
    for loader in LOADERS:
        pyvips.operation_block_set(loader, False)


def turned(image: pyvips.Image, *, orientation: int) -> pyvips.Image:
    """`image`, of which any part can be read at any time, upright."""
    if orientation == 1:
        return image
    angle, is_mirrored = TURNS[orientation]
    image = image.rot(angle)
    return image.fliphor() if is_mirrored else image


def _jpeg(path: str) -> pyvips.Image:
    return pyvips.Image.jpegload(path, **STRICTLY)


def _png(path: str) -> pyvips.Image:
    return pyvips.Image.pngload(path, **STRICTLY)


def _webp(path: str) -> pyvips.Image:
    return pyvips.Image.webpload(path, **STRICTLY)


def _tiff(path: str) -> pyvips.Image:
    return pyvips.Image.tiffload(path, **STRICTLY)


def _gif(path: str) -> pyvips.Image:
    return pyvips.Image.gifload(path, **STRICTLY)


def _avif(path: str) -> pyvips.Image:
    from PIL import Image

    with Image.open(path, formats=["AVIF"]) as image:
        # `image.load()` would hold the pixels three times; its decoder gives them once.
        pixels = getattr(image, "_decoder").get_frame(0)[0]  # noqa: B009 (it has no other name, and no type)
        bands, profile = len(image.getbands()), image.info.get("icc_profile")
        whole = _from_memory(pixels, width=image.width, height=image.height, bands=bands, profile=profile)
        # Pillow leaves the turns of the file (irot, imir) to whoever reads EXIF, in whose words it tells them.
        return turned(whole, orientation=image.getexif().get(ORIENTATION, 1))


def _heic(path: str) -> pyvips.Image:
    import pi_heif

    file = pi_heif.open_heif(path, convert_hdr_to_8bit=True)
    image = file[0]
    IN_USE.append(file)
    (width, height), bands = image.size, len(image.mode)
    rows = _from_memory(image.data, width=image.stride // bands, height=height, bands=bands, profile=None)
    return with_profile(rows.crop(0, 0, width, height), image.info.get("icc_profile"))


def _from_memory(pixels: bytes, *, width: int, height: int, bands: int, profile: bytes | None) -> pyvips.Image:
    if len(pixels) != width * height * bands:
        raise ValueError("a size that is not that of the pixels")
    image = pyvips.Image.new_from_memory(pixels, width, height, bands, "uchar")
    return with_profile(image.copy(interpretation="srgb" if bands > 2 else "b-w"), profile)


def with_profile(image: pyvips.Image, profile: bytes | None) -> pyvips.Image:
    if not profile:
        return image
    image = image.copy()
    image.set_type(pyvips.GValue.blob_type, PROFILE, profile)
    return image


DECODERS: dict[str, Callable[[str], pyvips.Image]] = {
    "JPEG": _jpeg,
    "PNG": _png,
    "WEBP": _webp,
    "TIFF": _tiff,
    "GIF": _gif,
    "AVIF": _avif,
    "HEIC": _heic,
}
