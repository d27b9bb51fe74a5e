"""What does a reader see of the glossary?"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.base.languages import current_language
from portal.glossary.listing import listing


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """All terms in the reader's language, each with its anchor; the same for everybody but the way to one's account."""
    response = render(request, "portal_glossary/glossary.html", {"listing": listing(current_language().code)})
    response.headers["Cache-Control"] = "private, no-store" if request.session.session_key else "no-cache"
    return response
