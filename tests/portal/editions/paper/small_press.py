"""The press, with less memory than it needs."""

import sys

from portal.editions.paper import press

if __name__ == "__main__":
    press.DATA = 24 * 1024**2
    sys.exit(press.main(*sys.argv[1:]))
