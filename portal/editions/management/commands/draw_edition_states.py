"""How does a manual reach its readers, as a drawing? `manage.py draw_edition_states` writes it in Mermaid's words."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand

from portal.editions.states import PATH, State


def drawing() -> str:
    """The diagram of the states; the README holds the same."""
    return "\n".join(["stateDiagram-v2", *(f"    {line}" for line in _lines())])


def _lines() -> Iterator[str]:
    yield f"[*] --> {State.DRAFT.name}"
    for state in PATH:
        yield f"{state.name} : {state.value}"
    for state, deeds in PATH.items():
        for deed, becomes in deeds.items():
            yield f"{state.name} --> {becomes.name} : {deed}"
        if not deeds:
            yield f"{state.name} --> [*]"


class Command(BaseCommand):
    help = "Print the diagram of the states of manuals and editions, in Mermaid."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(drawing())
