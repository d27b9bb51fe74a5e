"""Where does bringing manuals hang on to the rest of the house?"""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem


class BringManualItem(MenuItem):
    """In the menu of those who may add manuals."""

    def is_shown(self, request: HttpRequest) -> bool:
        from lessons.manuals.import_admin.views import shelves_of

        return bool(shelves_of(request.user))


def register() -> None:
    """Called once, when the app is ready."""
    from lessons.manuals.import_admin.working import begin_again
    from portal.base.background import when_worker_starts

    when_worker_starts(begin_again)
    hooks.register("register_admin_urls", addresses)
    hooks.register("register_admin_menu_item", menu_item)


def addresses() -> list[Any]:
    return [path("manuals/import/", include("lessons.manuals.import_admin.urls"))]


def menu_item() -> MenuItem:
    return BringManualItem(
        _("Bring a manual"), reverse("manual_import:index"), name="manual-import", icon_name="upload", order=250
    )
