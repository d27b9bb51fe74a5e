"""One job: `python -m media.workshop PICTURE FORMAT ORIENTATION FOLDER [anew]`; the answer is JSON.

The way the process ends tells the rest: see `endings`.
"""

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

from media.workshop import endings, limits


def main(picture: str, format_: str, orientation: str, folder: str, anew: str = "") -> int:
    limits.keep_small(format_=format_, is_turned=orientation != "1" or bool(anew))
    # Imported inside the bounds: this loads the decoders.
    from media.workshop.job import done

    try:
        made = done(Path(picture), format_=format_, orientation=int(orientation), folder=Path(folder), anew=bool(anew))
    except endings.Unfinished as error:
        return int(error.ending)
    except MemoryError:
        return int(endings.Ending.TOO_LARGE)
    except Exception as error:
        # Decoders raise what they like; whatever it was, there is no picture.
        return int(endings.of(error))
    sys.stdout.write(json.dumps(asdict(made)))
    sys.stdout.flush()
    return int(endings.Ending.DONE)


if __name__ == "__main__":
    # Without tidying up: the memory goes back at once, and nothing can go wrong on the way out.
    os._exit(main(*sys.argv[1:]))
