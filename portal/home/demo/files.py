"""Which pages do the text files describe, and in which order?"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

CONTENT = Path(__file__).parent / "content"
#: The folders of the home page's children, in the order of the menu.
FOLDERS = ("courses", "exhibitions", "manuals", "articles", "pages")


class UnableToRead(Exception):
    """A text file is not as it should be; the sentence names the file and the mistake."""


@dataclass(frozen=True)
class Text:
    """One page in one language. `path` names the page in all languages: "manuals/01-protection-manual"."""

    path: str
    language: str
    front: dict[str, Any]
    body: str

    @property
    def type_name(self) -> str:
        return str(self.front["type"]).rpartition(".")[2]

    @property
    def slug(self) -> str:
        """The address of the page: the file's name without its number."""
        name = self.path.rpartition("/")[2]
        number, _, slug = name.partition("-")
        return slug if number.isdigit() else name

    @property
    def parent_path(self) -> str:
        """The page above; what has no folder of its own with an index lies below home."""
        parent = self.path.rpartition("/")[0]
        return "home" if parent in ("", "pages") else parent


def texts(root: Path = CONTENT) -> Iterator[Text]:
    """All texts, parents before children, children in their order, languages together."""
    yield from _index(root / "home", "home")
    for folder in FOLDERS:
        yield from _index(root / folder, folder)
        yield from _below(root / folder, folder)


def _index(folder: Path, path: str) -> Iterator[Text]:
    for file in sorted(folder.glob("index.*.md")):
        yield read(file, path=path)


def _below(folder: Path, path: str) -> Iterator[Text]:
    names = sorted({file.name.split(".")[0] for file in folder.glob("[0-9]*.md")})
    for name in names:
        for file in sorted(folder.glob(f"{name}.*.md")):
            yield read(file, path=f"{path}/{name}")
        if (folder / name).is_dir():
            yield from _below(folder / name, f"{path}/{name}")


def read(file: Path, *, path: str) -> Text:
    """Raises UnableToRead if the front matter is missing or not YAML."""
    _, _, rest = file.read_text(encoding="utf-8").partition("---\n")
    front, fence, body = rest.partition("\n---\n")
    if not fence:
        raise UnableToRead(f"{file}: the front matter does not end with a line of three dashes.")
    try:
        return Text(path=path, language=file.suffixes[-2].lstrip("."), front=yaml.safe_load(front), body=body)
    except yaml.YAMLError as error:
        raise UnableToRead(f"{file}: {error}") from error
