"""What do Wagtail's own ways to many files at once tell, and to whom?

Its admin API lists every picture and leaflet to whoever may open the admin, and its pages for bulk actions name those
that somebody may not touch. Here, files that a person may not choose are like files that do not exist.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from wagtail.admin.views.pages import bulk_actions as of_pages
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.documents.views import bulk_actions as of_leaflets
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.images.views import bulk_actions as of_pictures

from media.choosers import choosable, number
from media.models import Leaflet, Picture

MEDIA = (Picture, Leaflet)
ACTIONS: tuple[type[Any], ...] = (
    of_pictures.AddTagsBulkAction, of_pictures.AddToCollectionBulkAction, of_pictures.DeleteBulkAction,
    of_leaflets.AddTagsBulkAction, of_leaflets.AddToCollectionBulkAction, of_leaflets.DeleteBulkAction,
    of_pages.DeleteBulkAction, of_pages.MoveBulkAction, of_pages.PublishBulkAction, of_pages.UnpublishBulkAction,
)  # fmt: skip


class OnlyChoosable:
    """Before a view of Wagtail's API in the bases."""

    request: Any

    def get_queryset(self) -> QuerySet[Any]:
        found: QuerySet[Any] = super().get_queryset()  # type: ignore[misc]
        return found.filter(pk__in=choosable(found.model, by=self.request.user).values("pk"))


class PicturesForAdmin(OnlyChoosable, ImagesAdminAPIViewSet):
    pass


class LeafletsForAdmin(OnlyChoosable, DocumentsAdminAPIViewSet):
    pass


def narrow_api(router: Any) -> None:
    router.register_endpoint("images", PicturesForAdmin)
    router.register_endpoint("documents", LeafletsForAdmin)


class Careful:
    """Before one of Wagtail's actions on many things in the bases."""

    request: Any
    model: Any

    @classmethod
    def get_queryset(cls, model: Any, object_ids: Iterable[Any]) -> Any:
        """Wagtail asks the database for whatever stands in the address, which ends in an error."""
        ids = [pk if isinstance(pk, int) else number(pk) for pk in object_ids]
        return super().get_queryset(model, ids)  # type: ignore[misc]

    def get_actionable_objects(self) -> tuple[list[Any], dict[str, list[Any]]]:
        objects, others = super().get_actionable_objects()  # type: ignore[misc]
        if self.model in MEDIA:
            known = set(choosable(self.model, by=self.request.user).values_list("pk", flat=True))
            others = {why: [thing for thing in things if thing.pk in known] for why, things in others.items()}
            if not objects and not any(others.values()):
                raise Http404
        return objects, others


def careful_actions() -> list[type[Any]]:
    return [type(action.__name__, (Careful, action), {}) for action in ACTIONS]
