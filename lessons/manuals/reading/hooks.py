"""Where does reading hang on to the rest of the house?"""

from importlib import import_module

from django.db import transaction
from django.db.models.signals import post_save


def register() -> None:
    """Called once, when the app is ready."""
    from wagtail import hooks

    from lessons.manuals.reading import admin
    from lessons.manuals.reading.hints import remarks_that_wait
    from lessons.manuals.reading.impact import who_must_read_again
    from lessons.manuals.reading.reminding import begin
    from portal.base.background import when_worker_starts
    from portal.editions.hints import HINTS
    from portal.editions.impact import IMPACTS
    from portal.editions.models import InForce

    # The places of pages register themselves.
    import_module("lessons.manuals.reading.places")
    IMPACTS.append(who_must_read_again)
    HINTS.append(remarks_that_wait)
    hooks.register("register_admin_urls", admin.urls)
    hooks.register("register_reports_menu_item", admin.readers_item)
    hooks.register("register_reports_menu_item", admin.remarks_item)
    post_save.connect(_an_edition_came_into_force, sender=InForce, dispatch_uid="manuals.reading.in_force")
    when_worker_starts(begin)


def _an_edition_came_into_force(**signal: object) -> None:
    """Comparing it with the edition before takes long: the worker does it before a reader asks."""
    from lessons.manuals.reading.reminding import work_out_duties

    transaction.on_commit(work_out_duties.enqueue, robust=True)
