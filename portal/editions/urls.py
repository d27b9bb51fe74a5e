"""Where do editions stand? In every language, but for files and for what squares on paper say."""

from django.urls import URLPattern, URLResolver, include, path, register_converter
from django.urls.converters import StringConverter

from portal.editions import views
from portal.editions.section_papers import section_pdf


class NumberConverter:
    """The number of an edition: no database holds a larger one."""

    regex = "[1-9][0-9]{0,8}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class DigestConverter(StringConverter):
    """A SHA-256 in hexadecimal."""

    regex = "[0-9a-f]{64}"


register_converter(NumberConverter, "edition")
register_converter(DigestConverter, "sha256")

#: Below the code of a language, at editions/.
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("portal.editions.compare_urls")),
    path("<slug:code>/", views.history, name="edition_history"),
    path("<slug:code>/current/", views.current, name="edition_current"),
    path("<slug:code>/<edition:number>/", views.edition, name="edition"),
    path("<slug:code>/<edition:number>/edition.pdf", views.pdf, name="edition_pdf"),
    path("<slug:code>/<edition:number>/<str:slug>/section.pdf", section_pdf, name="edition_section_pdf"),
    path("<slug:code>/<edition:number>/<str:slug>/", views.section, name="edition_section"),
]

#: Outside all languages.
languageless: list[URLPattern | URLResolver] = [
    path("e/<slug:code>.<edition:number>", views.short, name="edition_short"),
    path("e/<slug:code>", views.short_current, name="edition_short_current"),
    path("editions/files/<slug:code>/<edition:number>/<sha256:sha256>", views.file, name="edition_file"),
]
