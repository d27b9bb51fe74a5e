from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ManualsConfig(AppConfig):
    name = "lessons.manuals"
    label = "manuals"
    verbose_name = _("Manuals")

    def ready(self) -> None:
        from lessons.manuals.reading import hooks as reading

        reading.register()
