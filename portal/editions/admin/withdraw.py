"""How does an approver or a manager of a centre take an edition back?"""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.base.audience import viewer_of
from portal.editions import withdrawing
from portal.editions.admin.listing import editions, person_of, seen_by
from portal.editions.forms import WithdrawForm
from portal.editions.policies import UnableToWithdraw


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    by, at = person_of(request), timezone.now()
    edition = get_object_or_404(editions(), pk=pk)
    if not seen_by([edition], viewer_of(request), at=at):
        raise Http404
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            withdrawing.withdraw(edition, by=by, at=at, reason=form.cleaned_data["reason"])
        except UnableToWithdraw as stopped:
            form.add_error(None, str(stopped))
        else:
            named = {"code": edition.code, "number": edition.number}
            messages.success(request, _("%(code)s, edition %(number)s, is withdrawn.") % named)
            return redirect("portal_editions_admin:history", edition.subject)
    return TemplateResponse(
        request,
        "portal_editions/admin/withdraw.html",
        {
            "page_title": _("Withdraw %(code)s, edition %(number)s") % {"code": edition.code, "number": edition.number},
            "header_icon": "warning",
            "edition": edition,
            "form": form,
        },
        status=422 if form.errors else 200,
    )
