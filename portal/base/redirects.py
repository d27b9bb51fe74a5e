"""Where does an old address lead? To the page's new one, but only for those who may know of the page."""

from itertools import product

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from wagtail.contrib.redirects.middleware import RedirectMiddleware
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from portal.base.audience import viewer_of, visible


class OpenRedirects(RedirectMiddleware):
    """Wagtail redirects from every address that a page ever had, and so would tell of pages that were hidden since."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if request.path.startswith(settings.MEDIA_URL):
            # Files never had another address, and players ask for them often.
            return response
        answer: HttpResponse = super().process_response(request, response)
        return answer if answer is response or _is_open(request) else response


def _is_open(request: HttpRequest) -> bool:
    asked = product((request.path, request.get_full_path()), (True, False))
    addresses = {Redirect.normalise_path(path, decode_unicode=decoded) for path, decoded in asked}
    viewer = viewer_of(request)
    return all(visible(page, viewer) for page in Page.objects.filter(redirect__old_path__in=addresses))
