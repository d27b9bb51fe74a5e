"""Which of Wagtail's pages for pictures and leaflets say more here than they do there?"""

from typing import Any

from django.http import HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.documents.views import documents
from wagtail.images.views import images

from media.library.duplicates import delete_address, tell_of_duplicate
from media.library.filters import PicturesFilterSet


class Pictures(images.IndexView):
    page_title = _("Pictures")
    filterset_class = PicturesFilterSet


class Leaflets(documents.IndexView):
    """Without the names of files, which are digests; a telephone has room for title and use only."""

    page_title = _("Leaflets")

    @cached_property
    def columns(self) -> list[Column]:
        shown = [column for column in super().columns if column.name != "filename"]
        for column in shown:
            if column.name in ("collection", "created_at"):
                column.classname = "library-wide"
        return shown


class TellsOfDuplicate:
    """After something was added, whoever added it is told if it was there already."""

    request: Any
    object: Any

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        tell_of_duplicate(self.request, self.object, delete_url=delete_address(self.object))
        return response


class AddPicture(TellsOfDuplicate, images.CreateView):
    pass


class AddLeaflet(TellsOfDuplicate, documents.CreateView):
    pass


class DeleteLeaflet(documents.DeleteView):
    template_name = "media/library/confirm_delete.html"
