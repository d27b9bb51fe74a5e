from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BaseConfig(AppConfig):
    name = "portal.base"
    label = "base"
    verbose_name = _("Base")

    def ready(self) -> None:
        from portal.base import account_place, audience_keeping  # noqa: F401 - the places register themselves

        audience_keeping.connect()
