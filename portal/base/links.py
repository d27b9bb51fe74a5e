"""Where do the links in rich text lead? To pages that the reader may know of."""

from django.db import models
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from portal.base.audience import visible_pages
from portal.base.reading import reader


class OpenPageLinks(PageLinkHandler):
    """A link to a page that the reader may not know of keeps its words and loses its address."""

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, str]]) -> list[models.Model | None]:
        viewer, surface = reader()
        wanted = [attrs.get("id", "") for attrs in attrs_list]
        pages = visible_pages(Page.objects.filter(pk__in=filter(str.isdecimal, wanted)), viewer, surface)
        found = {str(page.pk): page for page in pages}
        return [found.get(pk) for pk in wanted]
