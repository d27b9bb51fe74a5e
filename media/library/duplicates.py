"""Is this file here already? Two files are the same if what was kept of them is the same, byte for byte."""

from typing import Any

from django.contrib import messages as plain_messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.permissions import policy_registry


def same_as(thing: Any, *, by: Any) -> QuerySet[Any]:
    """Other pictures, leaflets or recordings with the same content, among those that `by` may choose; oldest first."""
    policy = policy_registry.get_by_type(type(thing))
    mine: QuerySet[Any] = policy.instances_user_has_permission_for(by, "choose").exclude(pk=thing.pk)
    return mine.filter(file_hash=thing.file_hash).order_by("created_at") if thing.file_hash else mine.none()


def tell_of_duplicate(request: HttpRequest, thing: Any, *, delete_url: str) -> None:
    """After `thing` was stored: keeping both asks for nothing; using the older one is two clicks away."""
    older = same_as(thing, by=request.user).first()
    if older is None:
        return
    message = _("The same file is here already. You can keep both, or delete the new one and use the older.")
    address = AdminURLFinder(user=request.user).get_edit_url(older)
    buttons = format_html(
        '<span class="buttons"><a href="{}">{}</a><a href="{}">{}</a></span>',
        address or "#", _("Open “%(title)s”") % {"title": older.title}, delete_url, _("Delete the new one"),
    )  # fmt: skip
    plain_messages.warning(request, format_html("{} {}", message, buttons))


def delete_address(thing: Any) -> str:
    names = {"picture": "wagtailimages:delete", "leaflet": "wagtaildocs:delete", "recording": "recordings:delete"}
    return reverse(names[thing._meta.model_name], args=[thing.pk])
