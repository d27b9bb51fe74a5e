"""What does search add to Wagtail's admin? A notice on its home page while the index is not well; the promoted results
and what was searched without result, each in a module of its own."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.ui.components import Component

from portal.base.audience import viewer_of
from portal.people.roles import PUBLISHING_ROLES
from portal.search import promotions_admin, unfound_admin  # noqa: F401 - they register themselves
from portal.search.health import Health, look


class IndexNotice(Component):
    """What is wrong, since when, and what to do if it lasts."""

    name = "search_index"
    template_name = "portal_search/admin/index_notice.html"
    order = 1

    def __init__(self, found: Health, *, is_administrator: bool) -> None:
        self._context = {"health": found, "is_administrator": is_administrator}

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return self._context


@hooks.register("construct_homepage_panels")
def tell_of_the_index(request: HttpRequest, panels: list[Component]) -> None:
    """To whoever publishes, because it is not found; others could do nothing about it."""
    viewer = viewer_of(request)
    if viewer.is_superuser or viewer.roles & PUBLISHING_ROLES:
        found = look()
        if not found.is_well(at=timezone.now()):
            panels.append(IndexNotice(found, is_administrator=viewer.is_superuser))
