from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    name = "media"
    label = "media"
    verbose_name = _("Media")

    def ready(self) -> None:
        from media import keeping, leaflet_texts_making, renditions_making, rights, variants_making
        from portal.base.background import when_worker_starts

        # Who may see which file registers itself.
        import_module("media.audiences")
        rights.register_policies()
        keeping.connect()
        when_worker_starts(renditions_making.begin_again)
        when_worker_starts(variants_making.begin_again)
        when_worker_starts(leaflet_texts_making.begin_again)
