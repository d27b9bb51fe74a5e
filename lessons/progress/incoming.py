"""What does a client send, and what does it hear back?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class NewEvent:
    """One deed as the client tells it. `course` and `object` are translation keys, `edition` is a number."""

    id: UUID
    verb: str
    course: UUID
    object: UUID
    occurred_at: datetime
    block_id: str = ""
    value: Mapping[str, Any] = field(default_factory=dict)
    edition: int | None = None
    device: str = ""
    voids: UUID | None = None

    @property
    def object_key(self) -> tuple[UUID, str]:
        return self.object, self.block_id

    def as_json(self) -> dict[str, Any]:
        return {
            "id": str(self.id), "verb": self.verb, "course": str(self.course), "object": str(self.object),
            "occurred_at": self.occurred_at.isoformat(), "block_id": self.block_id, "value": dict(self.value),
            "edition": self.edition, "device": self.device, "voids": str(self.voids) if self.voids else None,
        }  # fmt: skip

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "NewEvent":
        return cls(
            id=UUID(content["id"]), verb=content["verb"], course=UUID(content["course"]),
            object=UUID(content["object"]), occurred_at=datetime.fromisoformat(content["occurred_at"]),
            block_id=content["block_id"], value=content["value"], edition=content["edition"],
            device=content["device"], voids=UUID(content["voids"]) if content["voids"] else None,
        )  # fmt: skip


class Answer(StrEnum):
    STORED = "stored"
    ALREADY_HAD = "already had"
    PARKED = "parked"
    REFUSED = "refused"


@dataclass(frozen=True)
class Outcome:
    """What became of one event; `why` is a sentence for the person whose event was refused."""

    id: UUID
    answer: Answer
    why: str = ""

    @property
    def is_safe(self) -> bool:
        """Whether the client may forget the event, because we have it."""
        return self.answer is not Answer.REFUSED
