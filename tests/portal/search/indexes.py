"""What stands in an index, asked of the index itself; and indexes that are broken in every way."""

import os
import random
import resource
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from portal.search import analysis, feeding
from portal.search.queries import All, Word


def found(text: str) -> list[int]:
    """The pages, visible to somebody or not, whose parts hold all words of `text`; each as often as it is found."""
    words = tuple(Word("all", word) for word in analysis.words_counted(text))
    reader = feeding.index().reader()
    return sorted(int(hit.pk) for hit in reader.find(All(words), among=Word("labels", "part")))


def pages_found(text: str) -> set[int]:
    return set(found(text))


def generation(folder: Path) -> Path:
    """The folder of the generation that answers."""
    return folder / (folder / "current").read_text().split()[0]


def touch(folder: Path) -> None:
    """As if somebody had written: what this process remembers is not used again."""
    name, stamp = (folder / "current").read_text().split()
    (folder / "current").write_text(f"{name} {stamp[::-1]}x")
    feeding.index()._segments.clear()


def kinds_of_files(folder: Path) -> dict[str, Path]:
    """One file of every kind that a generation has, by its ending; the largest one."""
    files = sorted(generation(folder).iterdir(), key=lambda path: path.stat().st_size)
    kinds = {path.suffix: path for path in files if path.is_file() and path.stat().st_size}
    return {"current": folder / "current", **kinds}


def seeded(seed: str) -> random.Random:
    """The same damage each time."""
    return random.Random(seed)  # noqa: S311


def cut_short(path: Path, *, chance: random.Random) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: chance.randrange(len(content))])


def scribble(path: Path, *, chance: random.Random) -> None:
    """Other bytes somewhere, as many as before."""
    content = bytearray(path.read_bytes())
    begin = chance.randrange(len(content))
    for place in range(begin, min(begin + 64, len(content))):
        content[place] ^= chance.randrange(1, 256)
    path.write_bytes(bytes(content))


def remove_index(folder: Path) -> None:
    shutil.rmtree(folder)


@contextmanager
def taken_away(folder: Path) -> Iterator[None]:
    """A file stands where the folder should be: nothing can be read or written there, not even by root."""
    elsewhere = folder.with_name("elsewhere")
    had_one = folder.exists()
    if had_one:
        folder.rename(elsewhere)
    folder.write_text("a file where the folder should be")
    try:
        yield
    finally:
        folder.unlink()
        if had_one:
            elsewhere.rename(folder)


@contextmanager
def full_disk() -> Iterator[None]:
    """No file can grow beyond some bytes, as if the disk were full; what is written already can be read."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (BYTES_THAT_FIT, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


BYTES_THAT_FIT = 300


@contextmanager
def read_only(folder: Path) -> Iterator[bool]:
    """Nothing can be made or removed in a folder and those below it; False where the system does not let us. Root may
    write in spite of all modes, so for root the files are made immutable."""
    folders = [folder, *(path for path in folder.iterdir() if path.is_dir())]
    is_root = os.geteuid() == 0
    try:
        yield all(_locked(path, is_root=is_root) for path in folders)
    finally:
        for path in folders:
            if is_root:
                subprocess.run(["chattr", "-i", path], check=False, capture_output=True)
            else:
                path.chmod(0o755)


def _locked(path: Path, *, is_root: bool) -> bool:
    if not is_root:
        path.chmod(0o555)
        return True
    if not shutil.which("chattr"):
        return False
    return subprocess.run(["chattr", "+i", path], check=False, capture_output=True).returncode == 0
