"""How does a deed get into the list?"""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import models

from portal.audit.models import Event


def record(
    verb: str, *, by: AbstractBaseUser, at: datetime, subject: models.Model | None = None, **facts: Any
) -> Event:
    """Write down that `by` did `verb` to `subject` at `at`; call it in the transaction of the deed itself."""
    return Event.objects.create(
        verb=verb, actor=by.get_username(), at=at, subject=name_of(subject) if subject else "", facts=facts
    )


def name_of(row: models.Model) -> str:
    return f"{row._meta.label_lower}:{row.pk}"
