"""How does a template show a picture?"""

from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from media.showing import markup
from media.words import Words

register = template.Library()


@register.simple_tag
def picture_tag(
    picture: Any,
    alt: str = "",
    sizes: str = "100vw",
    *,
    shape: str = "whole",
    is_decorative: bool = False,
    eager: bool = False,
) -> SafeString:
    """`picture` in the sizes that a browser may choose from; nothing where there is none.

    `alt` is what this page says about it; without that, the picture's own words in the page's language. `shape` is
    "whole", or "card" for 4:3 around its focal point. `eager` is for the one picture that is seen first.
    """
    if not picture:
        return SafeString("")
    language = get_language() or "en"
    words = Words("", language) if is_decorative else Words(alt, language) if alt else picture.alt_in(language)
    return markup(picture, words=words, sizes=sizes, shape=shape, eager=eager)
