"""Which address leads where? This file and wsgi.py are the only ones that know every app."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from portal.editions.urls import languageless as printed_addresses
from portal.home import views
from portal.home.sitemaps import sitemap

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", views.healthz, name="healthz"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("favicon.ico", RedirectView.as_view(url=f"{settings.STATIC_URL}images/favicon.svg"), name="favicon"),
    path("admin/", include(wagtailadmin_urls)),
    path("files/", include("media.urls")),
    *printed_addresses,
    path("", views.door, name="door"),
    *i18n_patterns(
        path("search/", include("portal.search.urls")),
        path("glossary/", include("portal.glossary.urls")),
        path("editions/", include("portal.editions.urls")),
        path("my-learning/", views.my_learning, name="my_learning"),
        path("learn/", include("lessons.courses.urls")),
        path("reading/", include("lessons.manuals.reading.urls")),
        path("lessons.xml", views.LatestLessons(), name="feed"),
        path("components/", views.components, name="components"),
        path("accounts/", include("allauth.urls")),
        path("", include(wagtail_urls)),
    ),
]

handler400 = "portal.home.errors.bad_request"
handler403 = "portal.home.errors.forbidden"
handler404 = "portal.home.errors.not_found"
handler500 = "portal.home.errors.server_error"
