"""The task worker of django-tasks-db, which sees first to what an earlier one left behind."""

from typing import Any

from django_tasks_db.management.commands import db_worker

from portal.base import background


class Command(db_worker.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        background.begin()
        super().handle(*args, **options)
