"""Is a colour profile still one when nothing in it tells whose it was?"""

import struct
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageCms

from media.ingest.icc import colours_of
from tests.media.picture_files import SRGB, pixels

PLANTED = b"Malee's screen, no. 4711"
PRINTED = (Path(pikepdf.__file__).parent / "pdfa/data/sRGB.icc").read_bytes()


def with_tag(profile: bytes, name: bytes, content: bytes) -> bytes:
    """`profile` with one more tag, and with its head filled with somebody's names and days."""
    (count,) = struct.unpack_from(">I", profile, 128)
    end = 132 + 12 * count
    entries = [struct.unpack_from(">4sII", profile, at) for at in range(132, end, 12)]
    table = b"".join(struct.pack(">4sII", each, place + 12, length) for each, place, length in entries)
    table += struct.pack(">4sII", name, len(profile) + 12, len(content))
    whole = profile[:128] + struct.pack(">I", count + 1) + table + profile[end:] + content
    head = struct.pack(">I", len(whole)) + b"MLEE" + whole[8:24] + PLANTED[:12] + whole[36:48] + b"4711MLEE"
    return head + whole[len(head) : 80] + b"MLEE" + PLANTED[:16] + whole[100:]


def in_lab(profile: bytes) -> bytes:
    found = ImageCms.ImageCmsProfile(BytesIO(profile))
    turned = ImageCms.profileToProfile(pixels(), found, ImageCms.createProfile("LAB"), outputMode="LAB")
    assert turned is not None
    return turned.tobytes()


@pytest.mark.parametrize("profile", [SRGB, PRINTED], ids=["version 4", "version 2"])
@pytest.mark.parametrize("name", [b"desc", b"mmod", b"dscm", b"calt", b"wtpt", b"rTRC", b"gamt"])
def test_names_days_and_numbers_of_devices_go_and_the_colours_stay(profile: bytes, name: bytes) -> None:
    planted = with_tag(profile, name, b"text" + bytes(4) + PLANTED)
    left = colours_of(planted)
    assert PLANTED[:8] not in left
    assert b"MLEE" not in left
    assert in_lab(left) == in_lab(profile)
    assert colours_of(left) == left


def test_what_hangs_behind_the_numbers_of_a_tag_goes() -> None:
    curve = b"curv" + bytes(4) + struct.pack(">IH", 1, 0x233) + PLANTED
    assert PLANTED not in colours_of(with_tag(PRINTED, b"kTRC", curve))


@pytest.mark.parametrize("cut", [0, 40, 128, 131, 140, 300])
def test_what_is_no_profile_is_nothing_or_less(cut: int) -> None:
    assert len(colours_of(SRGB[:cut])) < len(SRGB)


def test_readers_still_know_the_colours_of_a_picture() -> None:
    out = BytesIO()
    pixels().save(out, "JPEG", icc_profile=colours_of(SRGB))
    with Image.open(out) as image:
        assert ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(BytesIO(image.info["icc_profile"])))
