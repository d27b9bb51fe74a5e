from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "portal.search"
    label = "portal_search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from portal.base.background import when_worker_starts
        from portal.search import (
            changes,
            glossary_changes,
            health,
            places,  # noqa: F401 - the places register themselves
            promotions,
            unfound,
        )
        from portal.search.backend import database

        changes.connect()
        database.connect()
        glossary_changes.connect()
        promotions.connect()
        when_worker_starts(health.begin)
        when_worker_starts(unfound.begin)
