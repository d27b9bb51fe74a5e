"""Which letters does a reader need first?  Cuts the Noto fonts to the scripts of the portal; see README.md beside it."""

import sys
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

LATIN = "U+0020-007E,U+00A0-00FF,U+0131,U+0152-0153,U+02BC,U+02C6,U+02DA,U+02DC,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,U+2030,U+2032-2033,U+2039-203A,U+2044,U+20AC,U+2122,U+2190-2193,U+2212,U+2215"
VIETNAMESE = "U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,U+0300-0301,U+0303-0304,U+0308-0309,U+0323,U+0329,U+1EA0-1EF9,U+20AB"
THAI = "U+0E01-0E5B,U+200C-200D,U+25CC"
LAO = "U+0E81-0EDF,U+200C-200D,U+25CC"
KHMER = "U+1780-17FF,U+200B-200D,U+25CC"
BURMESE = "U+1000-1021,U+1023-1027,U+1029-1032,U+1036-104F,U+200C-200D,U+25CC"
TEXT = {"wght": (400, 400, 600)}
HEADINGS = {"wght": 600}

CUTS = {
    "noto-sans-latin": ("fontsource-variable-noto-sans/files/noto-sans-latin-wght-normal.woff2", LATIN, TEXT),
    "noto-sans-vietnamese": ("fontsource-variable-noto-sans/files/noto-sans-vietnamese-wght-normal.woff2", VIETNAMESE, TEXT),
    "noto-sans-thai": ("fontsource-variable-noto-sans-thai/files/noto-sans-thai-thai-wght-normal.woff2", THAI, TEXT),
    "noto-sans-lao": ("fontsource-variable-noto-sans-lao/files/noto-sans-lao-lao-wght-normal.woff2", LAO, TEXT),
    "noto-sans-khmer": ("fontsource-variable-noto-sans-khmer/files/noto-sans-khmer-khmer-wght-normal.woff2", KHMER, TEXT),
    "noto-sans-burmese": ("fontsource-variable-noto-sans-myanmar/files/noto-sans-myanmar-myanmar-wght-normal.woff2", BURMESE, {"wght": 400}),
    "noto-sans-burmese-600": ("fontsource-variable-noto-sans-myanmar/files/noto-sans-myanmar-myanmar-wght-normal.woff2", BURMESE, HEADINGS),
    "noto-serif-latin": ("fontsource-variable-noto-serif/files/noto-serif-latin-wght-normal.woff2", LATIN, HEADINGS),
    "noto-serif-vietnamese": ("fontsource-variable-noto-serif/files/noto-serif-vietnamese-wght-normal.woff2", VIETNAMESE, HEADINGS),
    "noto-serif-thai": ("fontsource-variable-noto-serif-thai/files/noto-serif-thai-thai-wght-normal.woff2", THAI, HEADINGS),
    "noto-serif-lao": ("fontsource-variable-noto-serif-lao/files/noto-serif-lao-lao-wght-normal.woff2", LAO, HEADINGS),
    "noto-serif-khmer": ("fontsource-variable-noto-serif-khmer/files/noto-serif-khmer-khmer-wght-normal.woff2", KHMER, HEADINGS),
    "noto-serif-burmese": ("fontsource-noto-serif-myanmar/files/noto-serif-myanmar-myanmar-600-normal.woff2", BURMESE, None),
}


def cut(source, *, letters, weights, to):
    font = TTFont(source)
    if weights:
        thinned = BytesIO()
        instancer.instantiateVariableFont(font, weights, inplace=True).save(thinned)
        font = TTFont(thinned)  # read again: the subsetter trips over what the instancer left out
    options = subset.Options(flavor="woff2", hinting=False, layout_features=["*"], notdef_outline=True, name_IDs=[0, 1, 2, 13, 14])
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=subset.parse_unicodes(letters))
    cutter.subset(font)
    subset.save_font(font, str(to), options)


if __name__ == "__main__":
    unpacked, target = Path(sys.argv[1]), Path(sys.argv[2])
    for name, (source, letters, weights) in CUTS.items():
        to = target / f"{name}.woff2"
        cut(unpacked / source, letters=letters, weights=weights, to=to)
        print(f"{to.stat().st_size:7,} {to.name}")
