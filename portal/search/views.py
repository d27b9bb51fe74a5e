"""What does a visitor get who searches, and what does a person who keeps a search?"""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.base.languages import current_language
from portal.people.models import User
from portal.search import asked, saved_searches
from portal.search.finding import find
from portal.search.forms import NameForm, SearchForm
from portal.search.layout import laid_out
from portal.search.models import SavedSearch
from portal.search.saved_searches import UnableToSave
from portal.search.suggesting import Suggestion, suggest

View = Callable[..., HttpResponse]
JSON, HTML = "application/json", "text/html"


def unseen(view: View) -> View:
    """No cache keeps the answer, no engine lists it; what was asked is not logged either."""

    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> HttpResponse:
        response = view(*args, **kwargs)
        add_never_cache_headers(response)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return answer


@unseen
@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """The answer to ?q=, narrowed by the other parameters of the address."""
    findings = find(asked.read(request.GET), request=request, language=current_language().code)
    context = {"findings": findings, **laid_out(findings)}
    if request.user.is_authenticated and findings.asked.question.text:
        context |= saved_searches.offered(context["asked"], context["chips"], to=_person(request))
    return render(request, "portal_search/results.html", context)


@unseen
@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """What begins like ?q=: as a list for programs, or as the options that stand below a field."""
    text, within = request.GET.get("q", ""), asked.read_within(request.GET)
    found = suggest(text, request=request, language=current_language().code, within=within)
    if request.get_preferred_type([JSON, HTML]) == HTML:
        response = render(request, "portal_search/suggestions.html", {"suggestions": found})
    else:
        listed = [_told(suggestion) for suggestion in found]
        response = JsonResponse(listed, safe=False, json_dumps_params={"ensure_ascii": False})
    patch_vary_headers(response, ["Accept", "Cookie"])
    return response


def _told(suggestion: Suggestion) -> dict[str, str]:
    return {
        "text": suggestion.text,
        "url": suggestion.url,
        "kind": suggestion.kind_name,
        "language": suggestion.language.code,
        "under": suggestion.under,
    }


# --- saved searches --------------------------------------------------------------------------------------------
def _person(request: HttpRequest) -> User:
    """Whoever is signed in, behind a view that asks for it."""
    return cast(User, request.user)


@unseen
@login_required
@require_safe
def saved(request: HttpRequest) -> HttpResponse:
    """One's own saved searches, and nobody else's."""
    return render(request, "portal_search/saved.html", {"searches": SavedSearch.objects.of(_person(request))})


@unseen
@login_required
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the search that the form carries, and go back to it."""
    form = SearchForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("This search could not be saved: it needs a name of at most 120 letters."))
        return redirect("saved_searches")
    kept = asked.read(QueryDict(form.cleaned_data["search"]))
    try:
        saved_searches.save(kept, name=form.cleaned_data["name"], by=_person(request), at=timezone.now())
        messages.success(request, _("The search is saved. Nobody else sees it."))
    except UnableToSave as unable:
        messages.error(request, str(unable))
    return redirect(kept.address())


@unseen
@login_required
@require_POST
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    search = get_object_or_404(SavedSearch.objects.of(_person(request)), pk=pk)
    form = NameForm(request.POST)
    if form.is_valid():
        saved_searches.rename(search, name=form.cleaned_data["name"], by=_person(request))
        messages.success(request, _("The new name is saved."))
    else:
        messages.error(request, _("A name has at least one letter and at most 120."))
    return redirect("saved_searches")


@unseen
@login_required
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    search = get_object_or_404(SavedSearch.objects.of(_person(request)), pk=pk)
    saved_searches.delete(search, by=_person(request))
    messages.success(request, _("The saved search is deleted."))
    return redirect("saved_searches")
