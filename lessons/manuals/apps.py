from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ManualsConfig(AppConfig):
    name = "lessons.manuals"
    label = "manuals"
    verbose_name = _("Manuals")

    def ready(self) -> None:
        from lessons.manuals.import_admin import hooks as bringing
        from lessons.manuals.reading import hooks as reading

        bringing.register()
        reading.register()
