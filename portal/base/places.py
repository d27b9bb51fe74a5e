"""What is personal in a page that everybody shares? Small places that are filled when somebody is signed in.

A cached page holds a marker for each place. For signed-out readers the places are filled once, when the page is
rendered, so a filler must answer the same for all of them: no token, no name.
"""

import re
from collections.abc import Callable

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

Filler = Callable[[HttpRequest, str], SafeString]

_fillers: dict[str, Filler] = {}
# Text of editors is escaped or cleaned of comments, so nobody but the template tag can write this.
MARKER = re.compile(r"<!--place ([a-z_]+) ([\w-]*)-->")


def register(name: str) -> Callable[[Filler], Filler]:
    """Say what fills the places called `name`; used as a decorator in an app's `places.py`."""

    def keep(filler: Filler) -> Filler:
        _fillers[name] = filler
        return filler

    return keep


def marker(name: str, argument: object = "") -> SafeString:
    if name not in _fillers:
        raise LookupError(f"No app registered a place called {name}.")
    return mark_safe(f"<!--place {name} {argument}-->")  # noqa: S308 - a name and an id of ours


def fill(name: str, argument: str, request: HttpRequest) -> SafeString:
    return _fillers[name](request, argument)


def split(html: str) -> list[str]:
    """Cut a page at its markers: text, name, argument, text, name, argument, …, text."""
    return MARKER.split(html)


def joined(parts: list[str], request: HttpRequest) -> str:
    """Put a page together again, with its places filled for the person behind `request`."""
    filled = list(parts[:1])
    for name, argument, text in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        filled += [fill(name, argument, request), text]
    return "".join(filled)
