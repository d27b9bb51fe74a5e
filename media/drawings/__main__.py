"""Writes the site's own cloth and icons: `python -m media.drawings portal/static/images`."""

import sys
from pathlib import Path

from media.drawings.ornaments import write_ornaments


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        sys.stderr.write("Say where to: python -m media.drawings OUT_DIR\n")
        return 2
    for path in write_ornaments(Path(arguments[0])):
        sys.stdout.write(f"{path} {path.stat().st_size:,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
