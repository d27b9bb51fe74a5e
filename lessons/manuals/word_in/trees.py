"""Which files make one manual, when it is kept as a tree of Markdown files?"""

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from lessons.manuals.word_in import bounds
from lessons.manuals.word_in.dissolving import dissolved
from lessons.manuals.word_in.endings import Ending, Unreadable
from lessons.manuals.word_in.markdown import Markdown, Place
from lessons.manuals.word_in.packed import BROKEN, check_entries
from lessons.manuals.word_in.parts import Heading, Part, Reading, plain
from lessons.manuals.word_in.sections import Divided, Section, whole_title

MARKDOWN = (".md", ".markdown")
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".tif", ".tiff", ".heic")
#: Files that open a folder.
FIRST = ("index.md", "readme.md", "intro.md", "introduction.md")


@dataclass
class Tree:
    """Files by their names in the tree; none lies outside of it."""

    files: dict[str, Path | zipfile.ZipInfo] = field(default_factory=dict)
    archive: zipfile.ZipFile | None = None

    def content(self, name: str, *, most: int) -> bytes:
        file = self.files[name]
        if isinstance(file, zipfile.ZipInfo):
            return unpacked(self.archive, file, most=most)
        if file.stat().st_size > most:
            raise Unreadable(Ending.TOO_LARGE)
        return file.read_bytes()

    def texts(self) -> list[str]:
        return sorted((name for name in self.files if name.lower().endswith(MARKDOWN)), key=order)


def unpacked(archive: zipfile.ZipFile | None, entry: zipfile.ZipInfo, *, most: int) -> bytes:
    if entry.file_size > most or archive is None:
        raise Unreadable(Ending.UNPACKS_TO_TOO_MUCH)
    try:
        with archive.open(entry) as file:
            return file.read(most)
    except BROKEN as error:
        raise Unreadable(Ending.DAMAGED) from error


def order(name: str) -> tuple[tuple[int, str], ...]:
    """Folder by folder; in each, first what opens it, then its files, then its folders, by name."""
    *folders, file = name.lower().split("/")
    return (*((2, folder) for folder in folders), (0 if file in FIRST else 1, file))


def tree_at(path: Path) -> Tree:
    if path.is_dir():
        return tree_of_folder(path)
    if path.suffix.lower() == ".zip":
        return tree_of_archive(path)
    return Tree({path.name: path})


def tree_of_folder(folder: Path) -> Tree:
    """All files below a folder; links to elsewhere are not followed."""
    tree = Tree()
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder).as_posix()
        hidden = any(part.startswith(".") for part in PurePosixPath(name).parts)
        if not hidden and not file.is_symlink() and file.is_file() and file.resolve().is_relative_to(folder.resolve()):
            tree.files[name] = file
        if len(tree.files) > bounds.MOST_FILES:
            raise Unreadable(Ending.TOO_LARGE)
    return tree


def tree_of_archive(path: Path) -> Tree:
    try:
        archive = zipfile.ZipFile(path)
    except BROKEN as error:
        raise Unreadable(Ending.DAMAGED) from error
    check_entries(archive.infolist())
    tree = Tree(archive=archive)
    for entry in archive.infolist():
        name = posixpath.normpath(entry.filename.replace("\\", "/")).lstrip("/")
        if not entry.is_dir() and ".." not in name.split("/") and not any(p.startswith(".") for p in name.split("/")):
            tree.files[name] = entry
    return tree


@dataclass
class Gathered:
    """What all files of a tree say together."""

    reading: Reading
    divided: Divided


def gathered(path: Path, *, folder: Path) -> Gathered:
    """Read all Markdown at `path`; pictures go into `folder`. Raises Unreadable."""
    tree = tree_at(path)
    names = tree.texts()
    if not names:
        raise Unreadable(Ending.EMPTY)
    copies: dict[str, str] = {}

    def picture(name: str) -> str:
        if name not in tree.files or not name.lower().endswith(PICTURES):
            return ""
        if name not in copies:
            copies[name] = f"{len(copies)}{PurePosixPath(name).suffix.lower()}"
            (folder / copies[name]).write_bytes(tree.content(name, most=bounds.LARGEST_PICTURE))
        return copies[name]

    whole = Reading()
    sections = [section_of(name, tree, whole, picture) for name in names]
    whole.remark("other_files", sum(not name.lower().endswith((*MARKDOWN, *PICTURES)) for name in tree.files))
    return Gathered(whole, Divided(title_of(path), [], sections, 1))


def section_of(name: str, tree: Tree, whole: Reading, picture: object) -> Section:
    reading = Reading()
    text = text_of(tree.content(name, most=bounds.LARGEST_TEXT))
    Markdown(reading, Place(name, picture)).read(text)
    flat = dissolved(reading.parts)
    whole.notes.update(reading.notes)
    for word, count in reading.words.items():
        whole.words[word] = whole.words.get(word, 0) + count
    for key, times in reading.remarks.items():
        whole.remark(key, times)
    whole.parts += flat.parts
    title, parts = titled(flat.parts, reading.title or PurePosixPath(name).stem.replace("-", " ").capitalize())
    return Section(title.spans, (name, *title.anchors), parts, name)


def titled(parts: list[Part], otherwise: str) -> tuple[Heading, list[Part]]:
    """The heading that names the file, and the others; headings below it are one level below."""
    headings = [part for part in parts if isinstance(part, Heading) and plain(part.spans)]
    levels = [part.level for part in headings]
    if headings and headings[0] is parts[0] and levels.count(levels[0]) == 1 and levels[0] == min(levels):
        return headings[0], list(lowered(parts[1:], by=levels[0] - 1))
    return Heading(1, whole_title(otherwise)), list(lowered(parts, by=min(levels, default=2) - 2))


def lowered(parts: list[Part], *, by: int) -> Iterator[Part]:
    for part in parts:
        yield Heading(part.level - by, part.spans, part.anchors) if isinstance(part, Heading) else part


def text_of(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(Ending.NOT_TEXT) from error
    if "\0" in text:
        raise Unreadable(Ending.NOT_TEXT)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def title_of(path: Path) -> str:
    return path.stem.replace("-", " ").replace("_", " ").strip()
