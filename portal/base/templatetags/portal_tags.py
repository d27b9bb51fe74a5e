"""The tags that every template of the portal may use."""

import datetime
from typing import Any

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString
from wagtail.models import Page

from portal.base import dates, places

register = template.Library()


@register.simple_tag(takes_context=True)
def place(context: Context, name: str, argument: object = "") -> SafeString:
    """A personal place: a marker in a page that is shared, the thing itself where the template has the request."""
    request = context.get("request")
    if request is not None:
        return places.fill(name, str(argument), request)
    return places.marker(name, argument)


@register.simple_tag
def page_url(page: Page | None) -> str:
    """The address of a page, without a request."""
    return (page.get_url() or "") if page is not None else ""


@register.filter
def portal_date(day: datetime.date | None, calendar: str = "by_language") -> str:
    return dates.written(day, calendar=calendar) if day else ""


@register.filter
def kind_of(page: Any) -> str:
    """What readers call this kind of page."""
    return str(getattr(page.specific_class, "kind", page.specific_class._meta.verbose_name))
