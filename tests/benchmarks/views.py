"""What the portal is measured against: the least that the same server can do."""

import json

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from portal import urls as portal_urls
from portal.people.models import Centre


def hello(request: HttpRequest) -> HttpResponse:
    """Hello, world: what every answer of this server costs before anything is done."""
    return HttpResponse("hello, world")


@csrf_exempt
def upsert(request: HttpRequest) -> HttpResponse:
    """A bare one-row upsert: what every stored answer of this server costs."""
    number = int(json.loads(request.body)["number"])
    Centre.objects.update_or_create(code="BENCH", defaults={"name": f"Benchmark {number}"})
    return HttpResponse("stored")


urlpatterns = [path("hello", hello), path("upsert", upsert), *portal_urls.urlpatterns]
