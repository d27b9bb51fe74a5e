"""What does the header say about who is signed in?"""

from django.contrib import messages
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from portal.base import places


@places.register("account")
def account(request: HttpRequest, argument: str) -> SafeString:
    """A way to sign in, or one's own pages; without `request` in the context, so that signed-out people share it."""
    user = getattr(request, "user", None)
    context = {"user": user if user and user.is_authenticated else None, "path": request.path}
    return render_to_string("components/account.html", context)


@places.register("messages")
def notices(request: HttpRequest, argument: str) -> SafeString:
    """What the portal has to say to this person now."""
    waiting = list(messages.get_messages(request)) if hasattr(request, "_messages") else []
    if not waiting:
        return mark_safe("")
    return render_to_string("components/messages.html", {"messages": waiting})
