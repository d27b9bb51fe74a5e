from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditionsConfig(AppConfig):
    name = "portal.editions"
    label = "editions"
    verbose_name = _("Editions")

    def ready(self) -> None:
        from django.db.models.signals import pre_save
        from wagtail.models import Page
        from wagtail.signals import post_page_move

        from media.library.publishing import GATES
        from portal.base.background import when_worker_starts
        from portal.editions import gate
        from portal.editions.coming_into_force import follow_the_clock_task
        from portal.editions.paper.making import begin_again

        GATES.append(gate.reasons_against)
        pre_save.connect(gate.watch_plain_pages, sender=Page, dispatch_uid="editions.plain_pages")
        post_page_move.connect(gate.take_away_what_moved, dispatch_uid="editions.moved_pages")
        when_worker_starts(follow_the_clock_task.enqueue)
        when_worker_starts(begin_again)
