"""One job: `python -m media.workshop.paper_words PDF TEXT`. What does a leaflet say to those who cannot see it?

The words of each page, as its letters name them, pages parted by form feeds. It ends early, with what it has, when a
bound of length or time is reached; what cannot be read at all leaves an empty text.
"""

import os
import sys
import time
from collections.abc import Iterator
from typing import Any

from media.workshop import endings, limits

MOST_PAGES, MOST_LETTERS = 2_000, 400_000
#: Before the process would be ended by its bounds, which leaves nothing.
CPU_SECONDS = 12.0
NEXT_PAGE = "\f"


def main(paper: str, text: str) -> int:
    limits.keep_small(format_="PDF")
    try:
        write(paper, text)
    except MemoryError:
        return int(endings.Ending.TOO_LARGE)
    except Exception as error:
        # The library raises what it likes; whatever it was, there are no words.
        return int(endings.of(error))
    return int(endings.Ending.DONE)


def write(paper: str, text: str) -> None:
    said = NEXT_PAGE.join(pages_of(paper))[:MOST_LETTERS]
    with open(text, "w", encoding="utf-8", errors="ignore") as file:
        file.write(said)


def pages_of(paper: str) -> Iterator[str]:
    # Imported inside the bounds.
    from pypdf import PdfReader

    from media.workshop.paper_spans import words_on

    reader, length = PdfReader(paper), 0
    for page in reader.pages[:MOST_PAGES]:
        words = said_by(page, words_on)
        yield words
        length += len(words) + 1
        if length > MOST_LETTERS or time.process_time() > CPU_SECONDS:
            return


def said_by(page: Any, words_on: Any) -> str:
    """One page that is broken does not silence the others."""
    try:
        return str(words_on(page))
    except MemoryError:
        raise
    except Exception:
        return ""


if __name__ == "__main__":
    # Without tidying up: the memory goes back at once, and nothing can go wrong on the way out.
    os._exit(main(*sys.argv[1:]))
