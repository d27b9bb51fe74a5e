"""The addresses of the house that are not pages."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.syndication.views import Feed
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe

from lessons.articles.models import ArticlePage
from portal.base.audience import ANYBODY, Sensitivity, viewer_of, visible_pages
from portal.home import dashboard


@require_safe
def door(request: HttpRequest) -> HttpResponse:
    """The bare address leads to the home page in the language that the browser asks for."""
    language = translation.get_language_from_request(request)
    response = redirect(f"/{language or settings.LANGUAGE_CODE}/")
    response.headers["Vary"] = "Accept-Language"
    return response


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Says "ok" when the web server and the database answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /*/accounts/", "Disallow: /*/search/"]
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    return HttpResponse("\n".join([*lines, f"Sitemap: {sitemap}", ""]), content_type="text/plain")


@never_cache
@login_required
@require_GET
def my_learning(request: HttpRequest) -> HttpResponse:
    """Where a learner goes on; only ever one's own."""
    return render(request, "home/my_learning.html", dashboard.learning_of(request))


@login_required
@require_GET
def components(request: HttpRequest) -> HttpResponse:
    """Every component of the design, in every script; for staff."""
    if viewer_of(request).clearance < Sensitivity.STAFF:
        raise Http404
    return render(request, "components_page.html")


class LatestLessons(Feed):  # type: ignore[type-arg]
    """The newest public lessons learned in one language."""

    def title(self) -> str:
        return _("Lessons learned: %(site)s") % {"site": settings.SITE_NAME}

    def link(self) -> str:
        return f"/{translation.get_language()}/"

    def description(self) -> str:
        return _("What practitioners learned, newest first.")

    def items(self) -> Any:
        pages = ArticlePage.objects.filter(locale__language_code=translation.get_language())
        return visible_pages(pages, ANYBODY).order_by("-first_published_at")[:20]

    def item_title(self, item: Any) -> str:
        return str(item.title)

    def item_description(self, item: Any) -> str:
        return str(item.summary)

    def item_pubdate(self, item: Any) -> Any:
        return item.first_published_at

    def item_link(self, item: Any) -> str:
        return item.get_url() or ""
