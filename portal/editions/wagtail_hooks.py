"""What do editions add to Wagtail's admin?"""

from typing import Any

from django.db.models.signals import post_save
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.base.audience import Sensitivity, viewer_of
from portal.editions import editor, guards
from portal.editions.admin.api import careful_api
from portal.editions.workflow import is_shelf, keep_workflow


class EditionsItem(MenuItem):
    """For staff of the centres."""

    def is_shown(self, request: HttpRequest) -> bool:
        return viewer_of(request).clearance >= Sensitivity.STAFF


@hooks.register("register_admin_urls")
def staff_side() -> list[Any]:
    return [path("editions/", include("portal.editions.admin.urls"))]


@hooks.register("register_admin_menu_item")
def item_of_editions() -> MenuItem:
    return EditionsItem(
        _("Editions"), reverse("portal_editions_admin:index"), name="editions", icon_name="doc-full", order=150
    )


@hooks.register("insert_global_admin_css")
def style_of_editions() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("portal_editions/admin.css"))


hooks.register("construct_page_action_menu", editor.one_way)
hooks.register("before_edit_page", editor.only_save)
hooks.register("before_create_page", editor.only_save_new)
hooks.register("after_edit_page", editor.lead_on)
hooks.register("after_create_page", editor.lead_on)
hooks.register("before_delete_page", guards.refuse_to_delete)
hooks.register("before_move_page", guards.refuse_to_move)
hooks.register("before_bulk_action", guards.refuse_many)
hooks.register("construct_admin_api", careful_api)


def give_workflow(sender: type[Any], instance: Any, created: bool, **signal: Any) -> None:
    """A new shelf of texts that are issued gets the workflow of editions."""
    if created and not signal.get("raw") and is_shelf(sender):
        keep_workflow(instance)


post_save.connect(give_workflow, dispatch_uid="editions.give_workflow")
