"""Where does Wagtail ask us before it shows something?"""

from typing import Any

from django.http import Http404, HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.models import Page

from portal.base.audience import viewer_of, visible
from portal.base.creating_once import edit_what_is_there, remember_new_page
from portal.base.links import OpenPageLinks


@hooks.register("before_serve_page", order=-100)
def refuse_what_is_hidden(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> None:
    """What a viewer may not know of answers 404, before anything else can tell that it exists."""
    if not visible(page, viewer_of(request)):
        raise Http404


@hooks.register("register_rich_text_features", order=10)
def links_lead_only_where_the_reader_may_go(features: Any) -> None:
    features.register_link_type(OpenPageLinks)


hooks.register("before_create_page", edit_what_is_there)
hooks.register("after_create_page", remember_new_page)


@hooks.register("insert_editor_js")
def save_after_what_is_saved_by_itself() -> str:
    return format_html('<script type="module" src="{}"></script>', static("base/save-after-autosave.js"))
