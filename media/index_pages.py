"""A page that lists the pages below it."""

import re
from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.models import Page

from media.pages import IllustratedPage
from media.renditions import with_renditions
from portal.base.audience import Viewer, visible_pages
from portal.base.page_cache import depends
from portal.base.page_rights import Rights, grant_rights

#: 1 to 99999, in the digits of addresses.
PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,4}")


class IndexPage(IllustratedPage):
    """An abstract list of pages, a screenful at a time. It names the roles that may edit below it."""

    rights: ClassVar[Rights] = {}
    page_size: ClassVar[int] = 24
    max_count_per_parent = 1

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        grant_rights(self, self.rights)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        number = request.GET.get("page", "1")
        if not PAGE_NUMBER.fullmatch(number):
            raise Http404
        self.page_number = int(number)
        return super().serve(request, *args, **kwargs)

    def listed(self, viewer: Viewer, *, surface: str) -> Any:
        """The pages to list, in their order; specific, so that templates can show what is special about them."""
        return visible_pages(Page.objects.child_of(self), viewer, surface).order_by("path").specific()

    def extra_context(self, viewer: Viewer, *, surface: str) -> dict[str, Any]:
        depends(f"children:{self.pk}")
        paginator = Paginator(self.listed(viewer, surface=surface), self.page_size)
        number = getattr(self, "page_number", 1)
        if number > paginator.num_pages:
            raise Http404
        page_of_children = paginator.get_page(number)
        return {"children": with_renditions(page_of_children.object_list), "children_page": page_of_children}
