"""Which steps does a section hold, what are their numbers, and where do its decisions lead?

Steps and decisions are numbered together, as readers see them: 1 to the last, whatever stands between them. A way names
a step by the id of its block.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from portal.base.findable import STEP, anchor_of
from portal.base.reading import is_open

#: The kinds of blocks that are numbered, and the field that names each.
NUMBERED = {"procedure_step": "title", "decision": "question"}


class LeadsTo(models.TextChoices):
    """Where a way leads."""

    NEXT = "next", _("To the step that follows")
    STEP = "step", _("To another step of this section")
    SECTION = "section", _("To another section")
    END = "end", _("The procedure ends")


@dataclass(frozen=True)
class Step:
    """A step or a decision at its place in a section."""

    id: str
    number: int
    title: str
    kind: str

    @property
    def anchor(self) -> str:
        return anchor_of(STEP, self.id)


@dataclass(frozen=True)
class Way:
    """One answer to a decision. Without a step, a section or an end it leads nowhere."""

    answer: str
    note: str = ""
    step: Step | None = None
    is_back: bool = False
    is_end: bool = False
    section: Any = None
    """A page that the reader may know of."""
    is_elsewhere: bool = False
    """To a section that this reader may not know of."""

    @property
    def leads_nowhere(self) -> bool:
        return self.step is None and self.section is None and not (self.is_end or self.is_elsewhere)

    @property
    def where(self) -> str:
        """A sentence for those who read, hear or find the way instead of seeing it."""
        if self.step is not None:
            sentence = now("Go back to step %(number)d: %(title)s") if self.is_back else now(
                "Go on with step %(number)d: %(title)s"
            )  # fmt: skip
            return sentence % {"number": self.step.number, "title": self.step.title}
        if self.section is not None:
            return now("Go on with the section “%(title)s”") % {"title": self.section.title}
        if self.is_end:
            return now("The procedure ends here.")
        return now("Go on with another section.") if self.is_elsewhere else now("This way leads nowhere yet.")


def steps_of(stream: Iterable[Any]) -> list[Step]:
    """The steps and decisions of a body, in their order, numbered from 1."""
    found = [child for child in stream if child.block_type in NUMBERED]
    return [
        Step(id=child.id or "", number=number, title=child.value[NUMBERED[child.block_type]], kind=child.block_type)
        for number, child in enumerate(found, start=1)
    ]


def ways_of(decision: Any, *, block_id: str | None, steps: Iterable[Step]) -> list[Way]:
    """Where the answers of a decision lead, among the steps of its section."""
    known = list(steps)
    here = next((place for place, step in enumerate(known) if step.id == block_id), len(known))
    after = known[here + 1] if here + 1 < len(known) else None
    by_id = {step.id: step for step in known if step.id}
    return [_way(branch, here=here + 1, after=after, by_id=by_id) for branch in decision["branches"]]


def _way(branch: Any, *, here: int, after: Step | None, by_id: Mapping[str, Step]) -> Way:
    answer, note = branch["answer"], branch["note"] or ""
    match branch["leads_to"]:
        case LeadsTo.END:
            return Way(answer, note, is_end=True)
        case LeadsTo.SECTION:
            section = branch["section"]
            is_known = section is not None and is_open(section)
            return Way(answer, note, section=section if is_known else None, is_elsewhere=bool(section) and not is_known)
        case LeadsTo.STEP:
            step = by_id.get(branch["step"] or "")
            return Way(answer, note, step=step, is_back=step is not None and step.number <= here)
        case _:
            return Way(answer, note, step=after)


@dataclass(frozen=True)
class Around:
    """A block among the steps of the page that is being shown; without a number where it is shown on its own."""

    steps: list[Step]
    number: int | None = None
    before: Step | None = None


def around_in(context: dict[str, Any] | None, block_id: str | None) -> Around:
    steps: list[Step] = getattr((context or {}).get("page"), "steps", [])
    here = next((place for place, step in enumerate(steps) if step.id and step.id == block_id), None)
    if here is None:
        return Around(steps)
    return Around(steps, number=here + 1, before=steps[here - 1] if here else None)
