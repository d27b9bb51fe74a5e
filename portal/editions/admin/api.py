"""What do the verbs of Wagtail's admin API do to pages that are issued? No more than the buttons, and they say why."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from rest_framework.exceptions import ValidationError  # type: ignore[import-untyped]
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.models import Page

from media.library.publishing import reasons_against
from portal.editions.guards import reasons_to_keep, reasons_to_stay

#: Where a moved page becomes a child of the page that was named, and not its neighbour.
INSIDE = (None, "", "first-child", "last-child")


class PagesForAdmin(PagesAdminAPIViewSet):
    def action_view(self, request: HttpRequest, pk: int, action_name: str) -> Any:
        page = get_object_or_404(Page, pk=pk)
        if reasons := self.reasons_against(page, action_name):
            raise ValidationError({"detail": reasons})
        return super().action_view(request, pk, action_name)

    def reasons_against(self, page: Page, action_name: str) -> list[str]:
        if action_name == "publish":
            return reasons_against(page.get_latest_revision_as_object())
        if action_name == "delete":
            return reasons_to_keep(page)
        return self.reasons_to_stay(page) if action_name == "move" else []

    def reasons_to_stay(self, page: Page) -> list[str]:
        sent = self.request.data
        target = str(sent.get("destination_page_id", ""))
        named = Page.objects.filter(pk=int(target)).first() if target.isdecimal() and len(target) < 10 else None
        if named is None:
            return []
        inside = sent.get("position") in INSIDE or named.is_root()
        return reasons_to_stay(page, destination=named if inside else named.get_parent())


def careful_api(router: Any) -> None:
    router.register_endpoint("pages", PagesForAdmin)
