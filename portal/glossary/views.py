from django.http import HttpRequest, HttpResponse


def glossary(request: HttpRequest) -> HttpResponse:
    return HttpResponse()
