"""Where is the search?"""

from django.urls import URLPattern, path

from portal.search.views import results

urlpatterns: list[URLPattern] = [path("", results, name="search")]
