"""What do search engines of the open web learn? Public pages only."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe
from wagtail.models import Page

from portal.base.audience import ANYBODY, visible_pages


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    pages = visible_pages(Page.objects.filter(depth__gte=2), ANYBODY).select_related("locale").order_by("path")
    places = [
        {"location": request.build_absolute_uri(page.get_url()), "lastmod": page.last_published_at} for page in pages
    ]
    return HttpResponse(render_to_string("sitemap.xml", {"urlset": places}), content_type="application/xml")
