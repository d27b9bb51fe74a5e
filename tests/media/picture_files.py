"""Pictures in all formats, with what cameras and programs plant in them.

`pillow_heif` comes with Wagtail and writes HEIC for tests; the portal itself only reads it (`pi_heif`).
"""

import struct
from io import BytesIO
from typing import Any

import pillow_heif
from PIL import Image, ImageCms, PngImagePlugin, TiffImagePlugin, TiffTags

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
EXTENSIONS = {
    "JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif", "AVIF": "avif", "HEIC": "heic", "TIFF": "tif",
}  # fmt: skip
FORMATS = tuple(EXTENSIONS)
#: Degrees of latitude as EXIF packs them: not a text, and as telling as one.
LATITUDE = b"\x00\x00\x00\x0d\x00\x00\x00\x01\x00\x00\x00\x2c\x00\x00\x00\x01"
LATITUDE_IN_INTEL_ORDER = struct.pack("<4I", 13, 1, 44, 1)
ORIENTATION = 0x0112


def pixels(width: int = 600, height: int = 400) -> Image.Image:
    """A picture in which no corner looks like another."""
    image = Image.linear_gradient("L").resize((width, height))
    across = Image.linear_gradient("L").rotate(90).resize((width, height))
    return Image.merge("RGB", (image, across, Image.new("L", (width, height), 40)))


def exif_block(planted: bytes, *, orientation: int = 1) -> Image.Exif:
    """Orientation, and, if anything is planted, camera, author, comment, place and date with it."""
    text = planted.decode("ascii")
    block = Image.Exif()
    block[ORIENTATION] = orientation
    if planted:
        block[0x010E], block[0x010F], block[0x0110] = f"{text} title", f"{text} maker", f"{text} camera"
        block[0x0131], block[0x013B], block[0x9286] = f"{text} program", f"{text} author", f"{text} comment"
        block[0x8825] = {1: "N", 2: (13.0, 44.0, 1.0), 3: "E", 4: (100.0, 30.0, 1.0), 29: f"{text} date"}
    return block


def picture(
    format_: str,
    planted: bytes = b"",
    size: tuple[int, int] = (600, 400),
    orientation: int = 1,
    *,
    image: Image.Image | None = None,
    **options: Any,
) -> bytes:
    """A picture with an sRGB profile; `planted` is in every place where a format lets people and programs write."""
    image = image or pixels(*size)
    exif = exif_block(planted, orientation=orientation)
    out = BytesIO()
    if format_ == "GIF":
        image.save(out, "GIF", **({"comment": planted} if planted else {}), **options)
    elif format_ == "TIFF":
        image.save(out, "TIFF", tiffinfo=tags(planted, orientation=orientation), icc_profile=SRGB, **options)
    elif format_ == "HEIC":
        pillow_heif.register_heif_opener()
        xmp = {"xmp": b"<x:xmpmeta>" + planted + b"</x:xmpmeta>"} if planted else {}
        image.save(out, "HEIF", exif=exif.tobytes(), icc_profile=SRGB, **xmp, **({"quality": 80} | options))
    else:
        image.save(out, format_, exif=exif, icc_profile=SRGB, **planted_in(format_, planted), **options)
    return out.getvalue() + (planted + b" behind the end" if planted else b"")


def tags(planted: bytes, *, orientation: int) -> TiffImagePlugin.ImageFileDirectory_v2:
    """The directory of a TIFF, with EXIF and place in directories of their own."""
    found = TiffImagePlugin.ImageFileDirectory_v2()
    found[ORIENTATION] = orientation
    if planted:
        text = planted.decode("ascii")
        for number, name in enumerate(("title", "maker", "camera", "program", "date", "author", "computer")):
            found[(0x010E, 0x010F, 0x0110, 0x0131, 0x0132, 0x013B, 0x013C)[number]] = f"{text} {name}"
        for number in (700, 33723):
            found.tagtype[number] = TiffTags.UNDEFINED
            found[number] = planted + b" xmp"
        found[34665] = {0x9286: planted + b" comment"}
        found[34853] = {1: "N", 2: (13.0, 44.0, 1.0), 29: f"{text} date"}
    return found


def planted_in(format_: str, planted: bytes) -> dict[str, Any]:
    if not planted:
        return {}
    xmp = b"<x:xmpmeta>" + planted + b"</x:xmpmeta>"
    if format_ == "JPEG":
        return {"comment": planted, "xmp": xmp}
    if format_ == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Author", planted.decode())
        text.add_text("Comment", planted.decode(), zip=True)
        text.add_itxt("XML:com.adobe.xmp", xmp.decode())
        return {"pnginfo": text}
    return {"xmp": xmp}


def moving(format_: str) -> bytes:
    out = BytesIO()
    pixels().save(out, format_, save_all=True, append_images=[pixels().rotate(90)], exif=exif_block(b"PLANTED"))
    return out.getvalue()
