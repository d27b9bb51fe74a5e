"""One job: `python -m lessons.manuals.word_in FILE FOLDER WORDING`; the answer is `manual.json` in the folder.

The way the process ends tells the rest: see `endings`. Parsers raise what they like; with an error that nobody has
foreseen it ends like any other program, and whoever began it takes the file for damaged.
"""

import json
import os
import sys
from pathlib import Path

from lessons.manuals.word_in import bounds
from lessons.manuals.word_in.endings import Ending, Unreadable


def main(file: str, folder: str, wording: str) -> int:
    bounds.keep_small()
    # Imported inside the bounds: this loads the parsers.
    from lessons.manuals.word_in.making import read
    from lessons.manuals.word_in.wording import wording_in

    try:
        made = read(Path(file), folder=Path(folder), wording=wording_in(Path(wording)))
    except Unreadable as error:
        return int(error.ending)
    except (MemoryError, RecursionError):
        return int(Ending.TOO_LARGE)
    with (Path(folder) / "manual.json").open("w", encoding="utf-8") as answer:
        json.dump(made.as_json(), answer, ensure_ascii=False)
    return int(Ending.DONE)


if __name__ == "__main__":
    # Without tidying up: the memory goes back at once, and nothing can go wrong on the way out.
    os._exit(main(*sys.argv[1:]))
