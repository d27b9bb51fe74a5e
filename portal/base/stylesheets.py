"""Where does css/site.css come from? One file a component is kept; one file for all of them is sent.

Only the files directly in css/ may name addresses with url(): there "../fonts/x" means the same as it does in
site.css. Components take pictures from the tokens.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

ADDRESS = "css/site.css"
SOURCES = Path(__file__).resolve().parent.parent / "static" / "css"
FIRST = ("tokens.css", "fonts.css", "base.css", "layout.css")
FOLDERS = ("components", "pages")
QUOTED_OR_COMMENT = re.compile(r"""("[^"\n]*"|'[^'\n]*')|/\*.*?\*/""", re.DOTALL)
QUOTED = re.compile(r"""("[^"\n]*"|'[^'\n]*')""")
# A space before "+" or "-" means something in calc(); before "(" it means something in a media query.
TIGHT = re.compile(r"\s*([{};,>])\s*")


class StylesheetFinder(BaseFinder):
    """Finds css/site.css, and nothing else; it is written anew when a source is newer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=Path(settings.VAR_DIR) / "stylesheets")

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path != ADDRESS:
            return []
        found = str(self._fresh())
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        self._fresh()
        yield ADDRESS, self.storage

    def _fresh(self) -> Path:
        target = Path(self.storage.path(ADDRESS))
        newest = max(source.stat().st_mtime for source in sources())
        if not target.exists() or target.stat().st_mtime < newest:
            _write(target, stylesheet())
        return target


def sources(folder: Path = SOURCES) -> list[Path]:
    """The files in the order in which they are read: tokens, fonts, base, layout, components, pages."""
    parts = [path for name in FOLDERS for path in sorted((folder / name).glob("*.css"))]
    return [folder / name for name in FIRST] + parts


def stylesheet(folder: Path = SOURCES) -> str:
    return "\n".join(shortened(path.read_text("utf-8")) for path in sources(folder)) + "\n"


def shortened(css: str) -> str:
    """Without comments and needless space; what is quoted stays as it is."""
    told = QUOTED_OR_COMMENT.sub(lambda found: found[1] or "", css)
    pieces = QUOTED.split(told)
    return "".join(piece if index % 2 else _squeezed(piece) for index, piece in enumerate(pieces)).strip()


def _squeezed(css: str) -> str:
    return TIGHT.sub(r"\1", re.sub(r"\s+", " ", css)).replace(";}", "}").replace(": ", ":")


def _write(target: Path, css: str) -> None:
    """In one move, so that another process never reads half of it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(f".{id(css)}.draft")
    draft.write_text(css, "utf-8")
    draft.replace(target)
