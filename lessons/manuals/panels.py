"""Where does an author read what a manual still misses? On top of the form, anew after every save."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel


class StructurePanel(Panel):
    """Works without script after saving; with script it follows what is saved while somebody writes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"heading": _("What is still missing"), **kwargs})

    class BoundPanel(Panel.BoundPanel):
        template_name = "manuals/structure/panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            from lessons.manuals import structure  # it knows the pages that have this panel

            context: dict[str, Any] = super().get_context_data(parent_context)
            page = self.instance
            lacks = structure.missing_now(page, on=timezone.localdate()) if page.pk else []
            address = reverse("manuals_structure", args=[page.pk or 0])
            return {**context, "page": page, "lacks": lacks, "address": address}
