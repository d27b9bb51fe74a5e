"""How are code and templates put into the house's format, and how is it checked that they are?"""

import sys
from collections.abc import Sequence

from portal.launch import sources
from portal.launch.commands import python, run, tool


def code(*, check: bool = False) -> list[Sequence[str]]:
    return [
        python("-m", "ruff", "check", *([] if check else ["--fix"]), "."),
        python("-m", "ruff", "format", *(["--check"] if check else []), "."),
    ]


def templates(*, check: bool = False) -> list[Sequence[str]]:
    """Commands for each kind of file that there is any of."""
    flag = ["--check"] if check else []
    formatters = [
        (".html", [tool("djade"), "--target-version", "5.2", *flag]),
        (".html", [tool("djhtml"), "--tabwidth", "4", *flag]),
        (".css", [tool("djcss"), "--tabwidth", "2", *flag]),
        (".js", [tool("djjs"), "--tabwidth", "2", *flag]),
    ]
    return [[*command, *files] for suffix, command in formatters if (files := sources.with_suffix(suffix))]


if __name__ == "__main__":
    sys.exit(max(run(command) for command in [*code(), *templates()]))
