"""One job: `python -m media.workshop.paper PDF NEW_PDF`. What of a leaflet is taken, and what is left of it?

PDFs that only show pages. What acts when it is opened is refused, and so are files inside the file, locks, signatures
and forms that somebody has filled in; who made it, with what and when, is taken out, and so is whatever no page needs.
The file is written anew, so that nothing that was deleted in it before, or hangs behind it, is published.
"""

import os
import sys
from typing import Any

from media.workshop import endings, limits
from media.workshop.paper_endings import Reason, Refused

MOST_PAGES = 2_000
MEGABYTE = 1024 * 1024


def main(paper: str, new: str) -> int:
    limits.keep_small(format_="PDF")
    try:
        rewrite(paper, new)
    except Refused as error:
        return int(error.reason)
    except MemoryError:
        return int(endings.Ending.TOO_LARGE)
    except Exception as error:
        # The library raises what it likes; whatever it was, there is no leaflet.
        return int(endings.of(error))
    return int(endings.Ending.DONE)


def rewrite(paper: str, new: str) -> None:
    """Write what of the PDF at `paper` can be shown to `new`. Raises Refused, or what pikepdf raises."""
    # Imported inside the bounds.
    import pikepdf

    from media.workshop.paper_parts import clean, flatten_form

    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=128 * MEGABYTE, run_length_max_memory=128 * MEGABYTE, png_max_memory=128 * MEGABYTE,
        tiff_max_memory=128 * MEGABYTE, max_stream_filters=4, doc_max_warnings=500,
    )  # fmt: skip
    try:
        pdf = pikepdf.open(paper, access_mode=pikepdf.AccessMode.stream)
    except pikepdf.PasswordError as error:
        raise Refused(Reason.LOCKED) from error
    with pdf:
        check(pdf)
        flatten_form(pdf)
        clean(pdf)
        pdf.save(
            new,
            deterministic_id=True,
            fix_metadata_version=False,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
        pages = len(pdf.pages)
    # A file that broke off was mended as well as it went; what cannot be opened again is nobody's leaflet.
    with pikepdf.open(new) as written:
        if len(written.pages) != pages:
            raise ValueError("pages were lost")


def check(pdf: Any) -> None:
    if pdf.is_encrypted:
        raise Refused(Reason.LOCKED)
    if len(pdf.pages) > MOST_PAGES:
        raise Refused(Reason.TOO_MANY_PAGES)
    if not len(pdf.pages):
        raise ValueError("no pages")


if __name__ == "__main__":
    # Without tidying up: the memory goes back at once, and nothing can go wrong on the way out.
    os._exit(main(*sys.argv[1:]))
