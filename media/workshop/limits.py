"""How much may one picture cost?

The bounds hold whatever a file claims about itself: a decoder that wants more gets an error or ends its process.
"""

import os
import resource

#: What the process may ask for, in bytes. The programs themselves (40 MB) come on top of what is counted here.
DATA = 256 * 1024 * 1024
#: Of what libvips reserves for a WebP that it must open whole, because it is to be turned, half stays untouched.
DATA_TO_TURN_WEBP = 2 * DATA
CPU_SECONDS = 20
FILE = 160 * 1024 * 1024
#: What libvips and the C library read when they start.
ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "MALLOC_ARENA_MAX": "2",  # every arena keeps what it was given
    "VIPS_BLOCK_UNTRUSTED": "1",
    "VIPS_CONCURRENCY": "2",
}


def keep_small(*, format_: str, is_turned: bool = False) -> None:
    """From now on this process ends rather than take more than its share."""
    data = DATA_TO_TURN_WEBP if format_ == "WEBP" and is_turned else DATA
    resource.setrlimit(resource.RLIMIT_DATA, (data, data))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE, FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.umask(0o077)
