"""How much may the reading of one file cost? The bounds hold whatever the file claims about itself."""

import os
import resource

MEGABYTE = 1024 * 1024
#: What the process may ask for, in bytes; a handbook of 872 pages needs a third of it.
DATA = 768 * MEGABYTE
CPU_SECONDS = 120
FILE = 200 * MEGABYTE

#: What may be in a Word file, in bytes when unpacked: everything that we read, one part of XML, one picture.
MOST_UNPACKED = 400 * MEGABYTE
LARGEST_XML = 40 * MEGABYTE
LARGEST_PICTURE = 50 * MEGABYTE
MOST_ENTRIES = 20_000
#: What people's files never do: a thousand bytes of one. XML of Word packs to a twentieth or so.
MOST_PACKED_TIMES = 400
#: Of a tree of Markdown.
MOST_FILES = 2_000
LARGEST_TEXT = 10 * MEGABYTE


def keep_small() -> None:
    """From now on this process ends rather than take more than its share."""
    resource.setrlimit(resource.RLIMIT_DATA, (DATA, DATA))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE, FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.umask(0o077)
