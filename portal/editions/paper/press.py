"""One document: `python -m portal.editions.paper.press FOLDER FONTS SECOND` leaves `paper.pdf` in the folder.

Pictures come as readers got them (WebP, AVIF); here they become what Typst and every printer reads. A picture that
cannot be opened is left out, and the words that stand for it are printed.
"""

import json
import os
import re
import resource
import sys
from pathlib import Path
from typing import Any

#: What the process may ask for: a book of two thousand pages took 1.2 GB.
DATA = 3 * 1024**3
CPU_SECONDS = 900
FILE = 1024**3
#: Pictures on paper stand at most 166 mm wide: 1,600 pixels are 245 to the inch.
WIDEST = 1600
MOST_PIXELS = 50_000_000
QUALITY = 85
#: Typst cannot say in PDF/UA which letters stand in a drawing where marks stand above others: such drawings become
#: pictures, so many dots a unit (300 to the inch). Their words are in the text that stands for them.
SHAPED = re.compile("[\u0300-\u036f\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
DOTS = 6


def keep_small() -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (DATA, DATA))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE, FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.umask(0o077)


def pictures_in(folder: Path, *, fonts: Path) -> dict[str, dict[str, Any]]:
    """Each picture that could be opened, with its path in the folder and its size in pixels."""
    known = {}
    for raw in sorted((folder / "raw").iterdir()):
        made = _drawing(raw, folder, fonts=fonts) if raw.name.startswith("drawing-") else _picture(raw, folder)
        if made is not None:
            known[raw.name] = made
    return known


def _drawing(raw: Path, folder: Path, *, fonts: Path) -> dict[str, Any] | None:
    from lxml import etree

    try:
        root = etree.fromstring(raw.read_bytes(), etree.XMLParser(resolve_entities=False, no_network=True))
        size = float(root.get("width")), float(root.get("height"))
    except (etree.XMLSyntaxError, TypeError, ValueError):
        return None
    name = f"{raw.name}.svg"
    if SHAPED.search("".join(root.itertext())):
        name = f"{raw.name}.png"
        (folder / name).write_bytes(_rasterised(raw.read_text(encoding="utf-8"), fonts=fonts))
    else:
        raw.rename(folder / name)
    return {"path": f"/{name}", "width": size[0], "height": size[1]}


def _rasterised(svg: str, *, fonts: Path) -> bytes:
    import resvg_py

    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=DOTS, skip_system_fonts=True, font_dirs=[str(fonts)]))


def _picture(raw: Path, folder: Path) -> dict[str, Any] | None:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with Image.open(raw, formats=("JPEG", "PNG", "WEBP", "AVIF", "GIF", "TIFF")) as opened:
            opened.thumbnail((WIDEST, WIDEST * 2))
            has_holes = opened.has_transparency_data
            name = f"{raw.name}.{'png' if has_holes else 'jpg'}"
            picture = opened.convert("RGBA" if has_holes else "RGB")
            picture.save(folder / name, quality=QUALITY)
            return {"path": f"/{name}", "width": picture.width, "height": picture.height}
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        # Pillow's decoders raise all of these for what is no picture.
        return None


def print_(folder: Path, *, fonts: Path, second: int) -> bytes:
    """The PDF: one that screen readers can read by PDF/UA-1, or, where that cannot be promised, one with tags."""
    import typst

    letters = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(fonts)])
    # No package could be loaded: there is none in the folder, and no network is asked.
    compiler = typst.Compiler(
        str(folder / "manual.typ"), root=str(folder), font_paths=letters, ignore_system_fonts=True,
        package_path=str(folder), package_cache_path=str(folder),
    )  # fmt: skip
    try:
        made = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=second)
    except typst.TypstError as error:
        (folder / "not-ua.txt").write_text(str(error), encoding="utf-8")
        made = compiler.compile(format="pdf", timestamp=second)
    if not isinstance(made, bytes):
        raise TypeError("Typst made no PDF")
    return made


def main(folder: str, fonts: str, second: str) -> int:
    keep_small()
    place = Path(folder)
    (place / "pictures.json").write_text(json.dumps(pictures_in(place, fonts=Path(fonts))), encoding="utf-8")
    (place / "paper.pdf").write_bytes(print_(place, fonts=Path(fonts), second=int(second)))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
