"""What does `media` add to Wagtail's admin?"""

from typing import Any

from django.http import Http404, HttpRequest
from django.templatetags.static import static
from django.urls import include, path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from media.choosers import recording_chooser
from media.library import narrowed, refusals
from media.library.collections import RecordingRightsFormSet
from media.models import Leaflet
from media.policies import is_public, may_fetch
from media.recordings_admin import recordings
from portal.base.audience import viewer_of


@hooks.register("register_admin_viewset")
def register_recordings() -> list[object]:
    return [recordings, recording_chooser]


@hooks.register("before_serve_document", order=-100)
def refuse_what_is_hidden(document: Leaflet, request: HttpRequest) -> None:
    """Wagtail's own address for documents is not in use; should somebody open it, it leaks nothing either."""
    if not is_public(document) and not may_fetch(document, viewer=viewer_of(request), by=request.user):
        raise Http404


@hooks.register("register_admin_urls", order=-1)
def library() -> list[Any]:
    """Before Wagtail's own pages for pictures and leaflets, some of which ours replace."""
    return [path("", include("media.library.urls"))]


@hooks.register("register_admin_urls")
def words_of_recordings() -> list[Any]:
    return [path("recordings/<int:pk>/texts/", include("media.texts_admin.urls"))]


@hooks.register("register_group_permission_panel")
def rights_on_recordings() -> type[Any]:
    return RecordingRightsFormSet


@hooks.register("construct_main_menu")
def our_words(request: HttpRequest, items: list[Any]) -> None:
    """The doors say "add it under Pictures"; so the menu does."""
    labels = {"images": _("Pictures"), "documents": _("Leaflets")}
    for item in items:
        item.label = labels.get(item.name, item.label)


@hooks.register("insert_global_admin_css")
def style_of_library() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("media/library/library.css"))


@hooks.register("insert_global_admin_js")
def names_that_wagtail_forgot() -> str:
    return format_html('<script type="module" src="{}"></script>', static("media/library/names.js"))


hooks.register("construct_admin_api", narrowed.narrow_api, order=1)
for action in narrowed.careful_actions():
    hooks.register("register_bulk_action", action, order=1)
hooks.register("before_publish_page", refusals.refuse_one)
hooks.register("before_bulk_action", refusals.refuse_many)
