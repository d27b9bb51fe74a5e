"""How does the code of a text stand in a sentence?"""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def unbroken(code: str) -> SafeString:
    """On one line: KP-SOP- and 012 are not two things."""
    return format_html('<span class="printed__code">{}</span>', code)
