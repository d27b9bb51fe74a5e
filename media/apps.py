from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    name = "media"
    label = "media"
    verbose_name = _("Media")

    def ready(self) -> None:
        from media import audiences, keeping  # noqa: F401 - the audiences register themselves

        keeping.connect()
