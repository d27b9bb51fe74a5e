"""What is made of a picture?

The *working copy*, at most 2880 pixels wide, from which all sizes that readers get are made; four by three colours that
stand in its place until it has come; and, where the camera was turned, the picture is a drawing or readers get it
whole, the picture itself, upright. Nothing that is written holds anything but pixels and a colour profile.
"""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pyvips

from media.workshop.decoding import PROFILE, decoded, decoded_smaller, only_ours, turned, with_profile, without_profile
from media.workshop.svg import drawn

WIDEST = 2880
HIGHEST = 4 * WIDEST
QUALITY = 92
#: A picture of which the commonest 32 colours cover four fifths is a drawing, which JPEG would blur.
FEW_COLOURS, MOST_OF_IT = 32, 0.8
SAMPLES_ACROSS = 240
PLACEHOLDER = (4, 3)


@dataclass(frozen=True)
class Made:
    """What a job gives back; sizes in pixels, upright; the names are those of files in its folder."""

    width: int
    height: int
    has_transparency: bool
    placeholder: str
    working: str
    upright: str


def done(picture: Path, *, format_: str, orientation: int, folder: Path, anew: bool = False) -> Made:
    pyvips.cache_set_max(0)
    only_ours()
    upright = ""
    if format_ == "SVG":
        upright = "upright.png"
        (folder / upright).write_bytes(drawn(picture.read_bytes()))
        picture, format_ = folder / upright, "PNG"
    if orientation != 1 or (anew and not upright):
        upright = written(
            turned(unrolled(picture, folder, format_=format_), orientation=orientation), folder, format_=format_
        )
    small, (width, height) = working_copy(picture, format_=format_, orientation=orientation)
    see_through = is_see_through(small)
    if small.hasalpha() and not see_through:
        small = small[: small.bands - 1].copy_memory()
    return Made(
        width=width,
        height=height,
        has_transparency=see_through,
        placeholder="" if see_through else placeholder(small),
        working=kept(small, folder, as_png=see_through or has_few_colours(small)),
        upright=upright,
    )


def unrolled(picture: Path, folder: Path, *, format_: str) -> pyvips.Image:
    """The whole picture, any part of which can be read at any time: from the disk, where it needs no memory."""
    image = decoded(picture, format_=format_)
    path = str(folder / "unrolled")
    image.rawsave(path, keep="none")
    size, kind = (
        (image.width, image.height, image.bands),
        {"format": image.format, "interpretation": image.interpretation},
    )
    profile = image.get(PROFILE) if PROFILE in image.get_fields() else None
    return with_profile(pyvips.Image.rawload(path, *size, **kind), profile)


def written(image: pyvips.Image, folder: Path, *, format_: str) -> str:
    """The whole picture, with quality before size, in its own format; WebP would need too much memory for that."""
    if format_ == "WEBP":
        format_ = "PNG" if image.hasalpha() else "JPEG"
    name = f"upright.{format_.lower()}"
    path = str(folder / name)
    if format_ == "JPEG":
        image.jpegsave(path, Q=QUALITY, keep="icc")
    elif format_ == "PNG":
        image.pngsave(path, compression=2, keep="icc")
    else:
        image.tiffsave(path, compression="lzw", predictor="horizontal", keep="icc")
    return name


def working_copy(picture: Path, *, format_: str, orientation: int) -> tuple[pyvips.Image, tuple[int, int]]:
    """At most WIDEST pixels wide, upright, eight bits, in red, green and blue or in grey; and the size of the whole."""
    lies = orientation >= 5
    widest, highest = (HIGHEST, WIDEST) if lies else (WIDEST, HIGHEST)
    image, size = decoded_smaller(picture, format_=format_, widest=widest, highest=highest)
    if image.interpretation == "cmyk":
        image = without_profile(image.icc_transform("srgb", embedded=True, input_profile="cmyk"))
    small = in_screen_colours(image.thumbnail_image(widest, height=highest, size="down")).copy_memory()
    return turned(small, orientation=orientation).copy_memory(), size[::-1] if lies else size


def in_screen_colours(image: pyvips.Image) -> pyvips.Image:
    if image.interpretation == "grey16":
        return image.colourspace("b-w")
    if image.interpretation not in {"srgb", "b-w"}:
        image = image.colourspace("srgb")
    return image if image.format == "uchar" else image.cast("uchar")


def is_see_through(image: pyvips.Image) -> bool:
    return image.hasalpha() and image[image.bands - 1].min() < 255


def has_few_colours(image: pyvips.Image) -> bool:
    step = max(1, image.width // SAMPLES_ACROSS)
    sample = image.subsample(step, min(step, image.height))
    pixels, bands = bytes(sample.write_to_memory()), sample.bands
    colours = Counter(pixels[at : at + bands] for at in range(0, len(pixels), bands))
    commonest = sum(times for _, times in colours.most_common(FEW_COLOURS))
    return commonest >= MOST_OF_IT * colours.total()


def placeholder(image: pyvips.Image) -> str:
    """Twelve colours, row by row, as hexadecimal digits: red, green and blue of each."""
    across, down = PLACEHOLDER
    wide, high = image.width // across, image.height // down
    if wide and high:
        tiny = image.crop(0, 0, wide * across, high * down).shrink(wide, high)
    else:
        tiny = image.resize(across / image.width, vscale=down / image.height, kernel="nearest")
    if PROFILE in tiny.get_fields():
        tiny = in_srgb(tiny)
    if tiny.bands == 1:
        tiny = tiny.bandjoin([tiny, tiny])
    return bytes(tiny.cast("uchar").write_to_memory()).hex()


def in_srgb(image: pyvips.Image) -> pyvips.Image:
    """By its colour profile, if that can be used; otherwise as it is."""
    try:
        return image.icc_transform("srgb", embedded=True).copy_memory()
    except pyvips.Error:
        return image


def kept(image: pyvips.Image, folder: Path, *, as_png: bool) -> str:
    if as_png:
        image.pngsave(str(folder / "working.png"), compression=6, keep="icc")
        return "working.png"
    image.jpegsave(str(folder / "working.jpg"), Q=QUALITY, subsample_mode="off", keep="icc")
    return "working.jpg"
