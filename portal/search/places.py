"""What of a person's saved searches stands on other pages?"""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from portal.base import places
from portal.search.models import SavedSearch

#: How many are listed before one is sent to the list of all.
MOST_LISTED = 5


@places.register("saved_searches")
def saved_searches(request: HttpRequest, argument: str) -> SafeString:
    """The newest saved searches of the person who is signed in; nothing for everybody else."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return mark_safe("")
    found = list(SavedSearch.objects.of(user)[: MOST_LISTED + 1])
    context = {"searches": found[:MOST_LISTED], "has_more": len(found) > MOST_LISTED}
    return render_to_string("portal_search/places/saved_searches.html", context)
