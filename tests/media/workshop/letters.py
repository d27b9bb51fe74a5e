"""How are the letters of drawings made from those of the pages? `python -m tests.media.workshop.letters` makes them."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from media.workshop.svg import LETTERS

PAGES = Path(__file__).resolve().parents[3] / "portal" / "static" / "fonts"
#: The first gives its name and its line height to all.
SCRIPTS = ("latin", "vietnamese", "thai", "lao", "khmer", "burmese")
POSTSCRIPT_NAME = 6


def made() -> Iterator[tuple[str, bytes]]:
    """Names and content of the two files: regular and bold letters of all scripts."""
    for weight, name in ((400, "letters.ttf"), (600, "letters-bold.ttf")):
        yield name, merged(weight=weight)


def merged(*, weight: int) -> bytes:
    with TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{script}.ttf" for script in SCRIPTS]
        for script, path in zip(SCRIPTS, paths, strict=True):
            letters_of(script, weight=weight).save(path)
        font = Merger().merge([str(path) for path in paths])
    font["OS/2"].usWeightClass = 400 if weight == 400 else 700
    font["head"].created = font["head"].modified = 0
    font.recalcTimestamp = False
    font["name"].setName(f"NotoSans-{weight}", POSTSCRIPT_NAME, 3, 1, 0x409)
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def letters_of(script: str, *, weight: int) -> TTFont:
    """One weight of a font of the pages."""
    path = PAGES / f"noto-sans-{script}-{weight}.woff2"
    font = TTFont(path if path.exists() else PAGES / f"noto-sans-{script}.woff2")
    if "fvar" in font:
        font = instantiateVariableFont(font, {"wght": weight})
    font.flavor = None
    return font


def main() -> None:
    for name, content in made():
        (LETTERS / name).write_bytes(content)


if __name__ == "__main__":
    main()
