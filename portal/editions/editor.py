"""Which way leads from the editor to an edition? One: save, and go to the screen where it is proposed.

Wagtail's own buttons would publish one page, or begin a workflow that nobody has signed for. They are not shown, and
what they send is taken for saving, so that nothing that was typed is lost.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.models import Page

from portal.base.audience import viewer_of
from portal.editions.admin.drafts import root_above
from portal.editions.pages import EditionedPage
from portal.editions.proposing import open_proposal
from portal.editions.seeing import sees_drafts

PROPOSE = "action-propose"
#: Wagtail's buttons that ask for what only signatures can do.
REPLACED = ("action-submit", "action-restart-workflow", "action-cancel-workflow", "action-workflow-action")
HIDDEN = frozenset({"action-publish", *REPLACED})


class ProposeItem(ActionMenuItem):
    """Saves, and leads on."""

    name = PROPOSE
    label = _("Propose an edition…")
    icon_name = "doc-full"


class ProposalItem(ActionMenuItem):
    name = PROPOSE
    label = _("To the edition in review")
    icon_name = "doc-full"


def one_way(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """In the menu of buttons of the editor."""
    page = context.get("page")
    if not (isinstance(page, EditionedPage) or (page is None and _makes_editioned(context))):
        return
    items[:] = [item for item in items if item.name not in HIDDEN]
    root = root_above(page) if page and context["view"] == "edit" else None
    if root and sees_drafts(root.translation_key, request.user, viewer_of(request)):  # type: ignore[arg-type]
        items.append(ProposalItem() if open_proposal(root.translation_key) else ProposeItem())


def _makes_editioned(context: dict[str, Any]) -> bool:
    """Whether the page that is about to be made is one that is issued."""
    kinds = context["parent_page"].specific.creatable_subpage_models() if "parent_page" in context else []
    return any(issubclass(kind, EditionedPage) for kind in kinds)


def only_save(request: HttpRequest, page: Page) -> None:
    """Before the editor of a page is opened or sent."""
    if isinstance(page, EditionedPage):
        _take_for_saving(request)


def only_save_new(request: HttpRequest, parent: Page, kind: type[Page]) -> None:
    """Before a new page is made."""
    if issubclass(kind, EditionedPage):
        _take_for_saving(request)


def _take_for_saving(request: HttpRequest) -> None:
    asked = [name for name in (*REPLACED, PROPOSE) if name in request.POST]
    if asked:
        sent = request.POST.copy()
        for name in asked:
            del sent[name]
        request.POST = sent  # type: ignore[assignment]
        request.wants_edition = True  # type: ignore[attr-defined]


def lead_on(request: HttpRequest, page: Page) -> HttpResponse | None:
    """After a page was saved whose author asked for an edition."""
    root = root_above(page) if getattr(request, "wants_edition", False) else None
    return redirect("portal_editions_admin:propose", root.pk) if root else None
