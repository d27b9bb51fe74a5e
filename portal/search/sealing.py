"""Are the files of an index still those that were written?

Whoosh keeps no checksums: of a file that was cut short or scribbled over it may notice nothing, and answer with less.
So every file of a generation is sealed, with its size and checksum, after it was written and before what was written
counts; and it is brought to the disk then, because the changes that it holds are forgotten afterwards. What a writer
left unsealed when it was killed is not vouched for, and harms nobody: its changes are written again.
"""

import json
import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

NAME = "seals.json"
DRAFT = "seals.draft"
#: Lock files and whatever else is not made to be read.
UNSEALED = (".lock", "LOCK", NAME, DRAFT)


@dataclass(frozen=True)
class Seal:
    size: int
    checksum: int

    def fits(self, content: bytes) -> bool:
        return len(content) == self.size and zlib.crc32(content) == self.checksum


def seals_of(folder: Path) -> dict[str, Seal]:
    """The seals of a generation by the name of the file. Raises OSError or ValueError where they are damaged."""
    kept = json.loads((folder / NAME).read_bytes())
    return {name: Seal(size, checksum) for name, (size, checksum) in kept.items()}


def seal(folder: Path) -> None:
    """Seal what is new in a generation; what was sealed before keeps its seal."""
    before = seals_of(folder) if (folder / NAME).exists() else {}
    seals = {path.name: before.get(path.name) or _sealed(path) for path in _files(folder)}
    draft = folder / DRAFT
    draft.write_text(json.dumps({name: (one.size, one.checksum) for name, one in seals.items()}), "utf-8")
    bring_to_disk(draft)
    draft.replace(folder / NAME)
    bring_to_disk(folder)


def first_damaged(folder: Path, *, vouched: set[tuple[str, int, int]]) -> str:
    """The name of a sealed file that is not what it was; "" if there is none. `vouched` remembers which files were
    read already, so that each is read once and asked for its size and time afterwards."""
    for name, one in seals_of(folder).items():
        path = folder / name
        if not path.exists():
            continue
        status = path.stat()
        if (known := (name, status.st_size, status.st_mtime_ns)) not in vouched:
            if not one.fits(path.read_bytes()):
                return name
            vouched.add(known)
    return ""


def bring_to_disk(path: Path) -> None:
    """Wait until a file, or the names in a folder, would outlive a power cut."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.iterdir()) if path.is_file() and not path.name.endswith(UNSEALED))


def _sealed(path: Path) -> Seal:
    content = path.read_bytes()
    bring_to_disk(path)
    return Seal(len(content), zlib.crc32(content))
