"""What must be true of a page's media before it may be published, and who is told if it is not?

Every way to publish ends in `Page.publish`, which asks here; the ways that a person takes are asked before that, so
that they read the reasons where they are.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from media.library.saying import unsaid


class UnableToPublish(ValidationError):
    """The sentences say what the editors of a page have to do first."""

    def __init__(self, reasons: list[str], *, page_id: int | None) -> None:
        # By field, as Django has it: wagtail-localize asks an error which fields it is about.
        super().__init__({NON_FIELD_ERRORS: list(reasons)})
        self.page_id = page_id


#: Each gives sentences that say what is in the way; what shall stand beside words is added here.
GATES: list[Callable[[Any], list[str]]] = [unsaid]


def reasons_against(page: Any) -> list[str]:
    return [reason for gate in GATES for reason in gate(page)]


def check_can_publish(page: Any) -> None:
    if reasons := reasons_against(page):
        raise UnableToPublish(reasons, page_id=page.pk)
