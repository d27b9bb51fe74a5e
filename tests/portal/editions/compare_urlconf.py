"""The portal with the addresses of comparisons."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from portal import urls

urlpatterns = [*i18n_patterns(path("editions/", include("portal.editions.compare_urls"))), *urls.urlpatterns]
handler404 = urls.handler404
