"""What does `media` add to Wagtail's admin?"""

from django.http import Http404, HttpRequest
from wagtail import hooks

from media.choosers import recording_chooser
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
