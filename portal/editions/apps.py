from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditionsConfig(AppConfig):
    name = "portal.editions"
    label = "editions"
    verbose_name = _("Editions")

    def ready(self) -> None:
        from media.library.publishing import GATES
        from portal.base.background import when_worker_starts
        from portal.editions import gate
        from portal.editions.coming_into_force import follow_the_clock_task

        GATES.append(gate.reasons_against)
        when_worker_starts(follow_the_clock_task.enqueue)
