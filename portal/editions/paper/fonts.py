"""Which letters does paper have?

The site's own: Typst reads no WOFF2 and no variable weights, so the files of `portal/static/fonts` are turned into
TrueType once, one file a script and a weight, each with a family of its own (of two files with the same name Typst
would see only one). They lie in VAR_DIR under a name made of what they were made from; two processes that make them at
once make the same, and the second one's are thrown away.

There are no italics, and none are faked: emphasis on paper is a colour and a weight.

Letters of scripts that none of our languages writes come out of Typst's own DejaVu Sans Mono, as far as it has them.
"""

import hashlib
import logging
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

WEBFONTS = Path(settings.BASE_DIR, "portal", "static", "fonts")
#: Changes whenever the way of making them does.
MAKING = "2"
REGULAR, BOLD = 400, 600
#: When our fonts were made, in seconds since 1904: the same whenever they are.
NO_TIME = 3_155_673_600
#: What DejaVu Sans Mono has, found by asking Typst for every letter below U+2C00; all of them are equally wide.
RESERVE = """
    180-1C3 1CD-1E3 1E6-1F0 1F4-1F6 1F8-221 224-241 243-245 24C-24D 250-2B9 2BB-2C1 2C6-2C9 2CC-2D3 2D6-2DE 2E0-2E9 2EE
    2F3 300-344 34F 358-35B 360-36F 374-377 37A-37F 384-38A 38C 38E-3A1 3A3-3CE 3D0-3E1 3F0-45F 462-463 472-473 490-49B
    4A2-4A5 4AA-4B3 4BA-4BB 4C0-4C4 4C7-4C8 4CB-4CC 4CF-4F9 510-511 51A-51D 1E00-1E99 1E9B 1E9F-1EF9 1F00-1F15 1F18-1F1D
    1F20-1F45 1F48-1F4D 1F50-1F57 1F59 1F5B 1F5D 1F5F-1F7D 1F80-1FB4 1FB6-1FC4 1FC6-1FD3 1FD6-1FDB 1FDD-1FEF 1FF2-1FF4
    1FF6-1FFE 2000-200A 2010-2023 2026 202F-2037 2039-203A 203C-203F 2045-2049 204B 205F 2070-2071 2074-208E 2090-209C
    20A0-20B5 20B8-20BA 20BD 2102 2105 210D-210F 2115-2117 2119-211A 211D 2122 2124 2126 212A-212B 212E 2148 2150-2151
    2153-215F 2189 2190-2213 2215 2217-2220 2223-2224 2227-222D 2234-223D 2241-2269 226D-228B 228D-22A5 22AC 22B2-22B5
    22B8 22C2-22C6 22CD-22D1 22DA-22ED 22EF 2300-2306 2308-2315 2318-2319 231C-2321 2325-2328 232B 2335-237A 237D
    2380-2383 2388-238B 2395 239B-23AE 23CE-23CF 2423 2500-262F 2638-268B 2690-269C 26A0-26A1 26B0-26B1 2701-2704
    2706-2709 270C-2727 2729-274B 274D 274F-2752 2756 2758-275E 2761-2775 2794 2798-27AF 27B1-27BE 27C2 27C5-27C6 27DC
    27E0 27E6-27EB 27F5-27F7 2987-2988 2997-2998 29EB 29FA-29FB 2A00 2A2F 2A6A-2A6B 2B05-2B0D 2B12-2B1A FFFD
"""
RESERVE_ADVANCE = 0.603


@dataclass(frozen=True)
class Cut:
    """A file of the site, the family that it becomes on paper, and the weights that are taken from it."""

    file: str
    family: str
    weights: tuple[int, ...]


CUTS = (
    Cut("noto-sans-latin", "Centre Sans Latin", (REGULAR, BOLD)),
    Cut("noto-sans-vietnamese", "Centre Sans Vietnamese", (REGULAR, BOLD)),
    Cut("noto-sans-thai", "Centre Sans Thai", (REGULAR, BOLD)),
    Cut("noto-sans-lao", "Centre Sans Lao", (REGULAR, BOLD)),
    Cut("noto-sans-khmer", "Centre Sans Khmer", (REGULAR, BOLD)),
    Cut("noto-sans-burmese", "Centre Sans Burmese", (REGULAR,)),
    Cut("noto-sans-burmese-600", "Centre Sans Burmese", (BOLD,)),
    Cut("noto-serif-latin", "Centre Serif Latin", (BOLD,)),
    Cut("noto-serif-vietnamese", "Centre Serif Vietnamese", (BOLD,)),
    Cut("noto-serif-thai", "Centre Serif Thai", (BOLD,)),
    Cut("noto-serif-lao", "Centre Serif Lao", (BOLD,)),
    Cut("noto-serif-khmer", "Centre Serif Khmer", (BOLD,)),
    Cut("noto-serif-burmese", "Centre Serif Burmese", (BOLD,)),
)


# It tells every table that it rewrites.
logging.getLogger("fontTools").setLevel(logging.WARNING)


def folder() -> Path:
    """The folder with the TrueType files; made now if it is not there."""
    place = Path(settings.VAR_DIR, "paper-fonts", _name())
    if not place.is_dir():
        _make(place)
    return place


@lru_cache
def _name() -> str:
    digest = hashlib.sha256(MAKING.encode())
    for cut in CUTS:
        digest.update(_source(cut).read_bytes())
    return digest.hexdigest()[:16]


def _source(cut: Cut) -> Path:
    return WEBFONTS / f"{cut.file}.woff2"


def _make(place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(dir=place.parent))
    try:
        for cut in CUTS:
            for weight in cut.weights:
                with TTFont(_source(cut), recalcTimestamp=False) as font:
                    _truetype(font, cut, weight).save(unfinished / f"{cut.family} {weight}.ttf".replace(" ", "-"))
        unfinished.rename(place)
    except OSError:
        # Another process was faster: its folder is not empty.
        if not place.is_dir():
            raise
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _truetype(font: TTFont, cut: Cut, weight: int) -> TTFont:
    if "fvar" in font:
        font = instancer.instantiateVariableFont(font, {"wght": weight}, inplace=True)
    font.flavor = None
    font["head"].created = font["head"].modified = NO_TIME
    font["OS/2"].usWeightClass = weight
    _rename(font, family=cut.family, style="SemiBold" if weight == BOLD else "Regular")
    return font


def _rename(font: TTFont, *, family: str, style: str) -> None:
    names = font["name"]
    for number in (1, 2, 3, 4, 6, 16, 17, 21, 22, 25):
        names.removeNames(nameID=number)
    full = f"{family} {style}"
    for number, name in {1: family, 2: style, 3: full, 4: full, 6: full.replace(" ", "")}.items():
        names.setName(name, number, 3, 1, 0x409)


@lru_cache
def advances() -> Mapping[int, float]:
    """How wide each letter of ours is at most, in em, whatever its weight; marks that stand above or below are 0."""
    widest: dict[int, float] = {}
    for cut in CUTS:
        with TTFont(_source(cut), lazy=True) as font:
            metrics, size = font["hmtx"], font["head"].unitsPerEm
            for code, glyph in font.getBestCmap().items():
                widest[code] = max(widest.get(code, 0.0), metrics[glyph][0] / size)
    return widest


def is_in_reserve(code: int) -> bool:
    return code in _reserve()


@lru_cache
def _reserve() -> frozenset[int]:
    ends = [[int(end, 16) for end in span.split("-")] for span in RESERVE.split()]
    return frozenset(code for end in ends for code in range(end[0], end[-1] + 1))
