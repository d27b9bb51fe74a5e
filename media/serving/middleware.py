"""Who gets a file at the door? Whoever asks for one that is known to be public."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from media.serving.answers import UnableToFind, answer
from media.serving.remembered import public_file

Answer = Callable[[HttpRequest], HttpResponseBase]


class PublicFiles:
    """Before sessions, languages and people: none of them changes a public file."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(settings.MEDIA_URL) or request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        name = request.path_info.removeprefix(settings.MEDIA_URL)
        if file := public_file(name):
            try:
                return answer(request, file)
            except UnableToFind:
                # Deleted a moment ago: the view says so as it says so to everybody.
                return self.get_response(request)
        response = self.get_response(request)
        if public_file(name):
            # Whoever asks first and whoever asks later are answered alike.
            for header in ("Content-Language", "Vary"):
                response.headers.pop(header, None)
        return response
