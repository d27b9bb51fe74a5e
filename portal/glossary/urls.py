"""Where is the glossary?"""

from django.urls import URLPattern, path

from portal.glossary.views import glossary

urlpatterns: list[URLPattern] = [path("", glossary, name="glossary")]
