"""Which words does an import add, because a block needs them? The portal says them in the language of the manual."""

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Wording:
    table: str = "Table %(number)d"
    picture: str = "Picture %(number)d"
    column: str = "Column %(number)d"
    step: str = "Step %(number)d"
    checklist: str = "Checklist"
    notes: str = "Notes"
    see_table: str = "See table %(number)d."
    see_picture: str = "See picture %(number)d."


def wording_in(path: Path) -> Wording:
    return Wording(**json.loads(path.read_text(encoding="utf-8")))
