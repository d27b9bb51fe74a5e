from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GlossaryConfig(AppConfig):
    name = "portal.glossary"
    label = "portal_glossary"
    verbose_name = _("Glossary")

    def ready(self) -> None:
        from portal.glossary import dropping

        dropping.connect()
