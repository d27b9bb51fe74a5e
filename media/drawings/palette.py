"""Which colours are ours? The dyes of Thai silk, each from pale to deep, so that shade is a dye and never a grey."""

from typing import Final

INDIGO_DEEP: Final = "#141c3d"
INDIGO: Final = "#1f2a56"
INDIGO_MID: Final = "#43528c"
INDIGO_PALE: Final = "#a9b3d3"
INDIGO_MIST: Final = "#dde2ee"

LAC_DEEP: Final = "#5e1020"
LAC: Final = "#8c1c2f"
LAC_MID: Final = "#b5505a"
LAC_PALE: Final = "#e6bdb5"

TURMERIC_DEEP: Final = "#a86f0c"
TURMERIC: Final = "#d99a1c"
TURMERIC_MID: Final = "#e8b955"
TURMERIC_PALE: Final = "#f6e1ae"

SILK_LIGHT: Final = "#fbf6ea"
SILK: Final = "#f4ead6"
SILK_SHADE: Final = "#e6d8bb"
SILK_DEEP: Final = "#cbb78f"

LEAF_DEEP: Final = "#2f5233"
LEAF: Final = "#4f7a4a"
LEAF_MID: Final = "#84a67a"
LEAF_PALE: Final = "#d2dec3"

TEAK_DEEP: Final = "#5a3820"
TEAK: Final = "#8a5a33"
TEAK_MID: Final = "#a9744a"
TEAK_PALE: Final = "#d0a67a"

CLAY: Final = "#b4623f"
CLAY_DEEP: Final = "#7f3f27"

CHARCOAL: Final = "#2b2622"
ASH: Final = "#8d877c"
ASH_PALE: Final = "#cfcabf"
