"""How does an author propose an edition? They see what changed and what it touches, say why, and sign."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.base.audience import viewer_of
from portal.editions import rounds
from portal.editions.admin.comparison import comparison
from portal.editions.admin.drafts import Drafts, drafts_for, zone_of
from portal.editions.admin.listing import person_of
from portal.editions.forms import ProposeForm
from portal.editions.hints import hints_for
from portal.editions.impact import grouped_for, impacts_of
from portal.editions.models import Capacity
from portal.editions.policies import UnableToPropose
from portal.editions.proposing import open_proposal
from portal.editions.signatures import STATEMENTS


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, page_id: int) -> HttpResponse:
    drafts = drafts_for(request, page_id)
    if request.method != "POST" and (waiting := open_proposal(drafts.subject)):
        messages.info(request, _("An edition of this is in review already."))
        return redirect("portal_editions_admin:proposal", waiting.pk)
    with timezone.override(zone_of(drafts.centre)):
        form = form_for(request, drafts)
        if request.method == "POST" and form.is_valid() and (done := _proposed(request, form)):
            return done
        return shown(request, form, status=422 if form.is_bound else 200)


def form_for(request: HttpRequest, drafts: Drafts) -> ProposeForm:
    before = (drafts.content_before or {}).get("change", {}).get("leaving_out", [])
    known = {key for key, _title in drafts.sections}
    return ProposeForm(
        request.POST if request.method == "POST" else None,
        drafts=drafts,
        at=timezone.now(),
        initial={"leaving_out": [key for key in before if key in known]},
    )


def _proposed(request: HttpRequest, form: ProposeForm) -> HttpResponse | None:
    drafts = form.drafts
    try:
        proposal = rounds.propose(
            drafts.subject, form.change(), by=request.user, at=form.at,  # type: ignore[arg-type]
            statement=str(STATEMENTS[Capacity.AUTHOR]),
        )  # fmt: skip
    except UnableToPropose:
        # The reasons stand at the top of the form, beside all that was typed.
        return None
    messages.success(request, _("The edition is proposed. Its reviewers are told."))
    return redirect("portal_editions_admin:proposal", proposal.pk)


def shown(request: HttpRequest, form: ProposeForm, *, status: int) -> HttpResponse:
    drafts = form.drafts
    content = {"pages": drafts.pages}
    return TemplateResponse(
        request,
        "portal_editions/admin/propose.html",
        {
            "page_title": _("Propose an edition"),
            "page_subtitle": f"{drafts.root.edition_code()} {drafts.root.title}",
            "header_icon": "doc-full",
            "drafts": drafts,
            "changed": [drafts.titles[key] for key in drafts.changed()],
            "form": form,
            "media": form.media,
            "reasons": _reasons(request, form),
            "waiting": open_proposal(drafts.subject),
            "impacts": grouped_for(viewer_of(request), request.user, impacts_of(drafts.before, content)),
            "hints": hints_for(person_of(request), subject=drafts.subject),
            "statement": STATEMENTS[Capacity.AUTHOR],
            "zone": zone_of(drafts.centre).key,
            "number": drafts.before.number + 1 if drafts.before else 1,
        },
        status=status,
    )


def _reasons(request: HttpRequest, form: ProposeForm) -> list[str]:
    """What is in the way besides the fields; asked when the form is shown, so that all is told together."""
    reasons = form.drafts.reasons_against(by=request.user)  # type: ignore[arg-type]
    if not form.drafts.changed():
        reasons.append(_("Nothing has changed since the last edition."))
    return reasons


@never_cache
@require_safe
def changes(request: HttpRequest, page_id: int) -> HttpResponse:
    """The drafts beside the edition before, before anybody proposes them."""
    drafts = drafts_for(request, page_id)
    return comparison(request, drafts.content_before_bare, {"pages": drafts.pages}, title=_("What the drafts change"))
