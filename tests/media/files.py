"""Files as people bring them: with what their cameras and programs planted in them."""

import struct
import wave
from io import BytesIO

from django.core.files.base import ContentFile, File
from PIL import Image, ImageCms, PngImagePlugin

from media.ingest.png import SIGNATURE, chunk_of

PLANTED = b"PLANTED"
LATITUDE = b"\x00\x00\x00\x0d\x00\x00\x00\x01\x00\x00\x00\x2c\x00\x00\x00\x01"
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
PICTURES = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif"}


def pixels(width: int = 600, height: int = 400) -> Image.Image:
    return Image.linear_gradient("L").resize((width, height)).convert("RGB")


def exif(*, orientation: int = 1) -> Image.Exif:
    block = Image.Exif()
    block[0x0112] = orientation
    block[0x010F], block[0x013B], block[0x9286] = "PLANTED camera", "PLANTED author", "PLANTED comment"
    block[0x8825] = {1: "N", 2: (13.0, 44.0, 1.0), 3: "E", 4: (100.0, 30.0, 1.0), 29: "PLANTED date"}
    return block


def photograph(format_: str = "JPEG", *, orientation: int = 1, size: tuple[int, int] = (600, 400)) -> bytes:
    """A picture with everything in it that tells where, when and by whom it was taken."""
    planted: dict[str, object] = {"exif": exif(orientation=orientation), "icc_profile": SRGB}
    if format_ == "JPEG":
        planted |= {"comment": b"PLANTED comment", "xmp": b"<x:xmpmeta>PLANTED</x:xmpmeta>"}
    if format_ == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Author", "PLANTED author")
        text.add_itxt("XML:com.adobe.xmp", "PLANTED xmp")
        planted["pnginfo"] = text
    if format_ == "WEBP":
        planted["xmp"] = b"<x:xmpmeta>PLANTED</x:xmpmeta>"
    if format_ == "GIF":
        planted = {"comment": b"PLANTED comment"}
    out = BytesIO()
    pixels(*size).save(out, format_, **planted)
    return out.getvalue() + b"PLANTED behind the end"


def moving(format_: str) -> bytes:
    out = BytesIO()
    pixels().save(out, format_, save_all=True, append_images=[pixels().rotate(90)], exif=exif())
    return out.getvalue()


def bomb(width: int = 50_000, height: int = 50_000) -> bytes:
    """A few bytes that claim to be a picture of gigabytes."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return SIGNATURE + chunk_of(b"IHDR", header) + chunk_of(b"IDAT", b"x\x9cc\x00") + chunk_of(b"IEND", b"")


def recording(*, seconds: int = 2) -> bytes:
    """A WAV with a list of who recorded it behind the sound."""
    out = BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\x01\x02" * 8000 * seconds)
    tail = b"LIST" + struct.pack("<I", 24) + b"INFOIART" + struct.pack("<I", 12) + b"PLANTED name"
    whole = bytearray(out.getvalue() + tail)
    whole[4:8] = struct.pack("<I", len(whole) - 8)
    return bytes(whole)


def leaflet(**changes: object) -> bytes:
    """A PDF with an author; `changes` are put into its root dictionary."""
    import pikepdf

    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.Root["/Metadata"] = pdf.make_stream(b"<x:xmpmeta>PLANTED author</x:xmpmeta>")
    pdf.docinfo["/Author"] = "PLANTED author"
    for key, value in changes.items():
        pdf.Root[f"/{key}"] = pdf.make_indirect(pikepdf.Object.parse(str(value).encode()))
    out = BytesIO()
    pdf.save(out, fix_metadata_version=False)
    return out.getvalue()


def called(name: str, content: bytes) -> ContentFile:  # type: ignore[type-arg]
    return ContentFile(content, name=name)


def transparent() -> bytes:
    """A drawing through whose left half one can see."""
    drawing = Image.new("RGBA", (1200, 400), (120, 20, 40, 0))
    drawing.paste((120, 20, 40, 255), (600, 0, 1200, 400))
    out = BytesIO()
    drawing.save(out, "PNG")
    return out.getvalue()


def halves(size: tuple[int, int]) -> bytes:
    """Red on the left, blue on the right."""
    drawing = Image.new("RGB", size, (200, 20, 20))
    drawing.paste((20, 20, 200), (size[0] // 2, 0, *size))
    out = BytesIO()
    drawing.save(out, "PNG")
    return out.getvalue()


def colour_in_the_middle(file: File) -> tuple[int, int, int]:  # type: ignore[type-arg]
    """Rounded, for encoders change colours a little."""
    with file.open() as opened, Image.open(opened) as image:
        found = image.convert("RGB").getpixel((image.width // 2, image.height // 2))
        return tuple(round(part, -2) for part in found)  # type: ignore[return-value, union-attr]
