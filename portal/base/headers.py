"""Which policy does an answer carry? The strict one; Wagtail's admin needs a little more, and nobody else does."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

# Wagtail's date choosers write inline scripts, its editor inline styles; previews are frames of our own pages.
ADMIN_POLICY = {
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "frame-src": ["'self'"],
    "worker-src": ["'self'", "blob:"],
    "frame-ancestors": ["'self'"],
}
# A page that is previewed beside its form keeps the strict policy, but for standing in a frame of the admin.
PREVIEW_POLICY = {"frame-ancestors": ["'self'"]}
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


class PolicyMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.path.startswith(reverse("wagtailadmin_home")):
            # Wagtail sends a previewed page through all middleware once more, as if somebody had opened its address.
            is_preview = response.headers.pop("Content-Security-Policy", None) is not None
            response._csp_replace = PREVIEW_POLICY if is_preview else ADMIN_POLICY  # type: ignore[attr-defined]
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        return response
