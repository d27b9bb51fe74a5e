"""What should an author know before an edition is proposed, besides what it touches?

Apps above add what they know to `HINTS`. It is shown to the person who asks, and is no part of what is signed.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from portal.people.models import User


@dataclass(frozen=True)
class Hint:
    """A line under a heading, and where to read more of it."""

    heading: str
    words: str
    url: str


#: Each is asked about a tree by its translation key, and gives only what this person may read.
HINTS: list[Callable[[UUID, User], Iterable[Hint]]] = []


def hints_for(person: User, *, subject: UUID) -> dict[str, list[Hint]]:
    """By their headings."""
    found: dict[str, list[Hint]] = {}
    for asked in HINTS:
        for hint in asked(subject, person):
            found.setdefault(hint.heading, []).append(hint)
    return found
