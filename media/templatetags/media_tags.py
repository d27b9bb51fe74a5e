"""How does a template show a picture?"""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from media.renditions import renditions_of

register = template.Library()

PICTURE = (
    '<picture><source type="image/webp" srcset="{srcset}" sizes="{sizes}">'
    '<img src="{src}" width="{width}" height="{height}" alt="{alt}" loading="{loading}" decoding="async">'
    "</picture>"
)


@register.simple_tag
def picture_tag(picture: Any, alt: str = "", sizes: str = "100vw", *, eager: bool = False) -> SafeString:
    """`picture` in the sizes that a browser may choose from; nothing where there is none.

    `alt` is "" only for what decorates. `eager` is for the one picture that is seen first.
    """
    if not picture:
        return SafeString("")
    choices, fallback = renditions_of(picture)
    return format_html(
        PICTURE,
        srcset=", ".join(f"{rendition.url} {rendition.width}w" for rendition in choices),
        sizes=sizes,
        src=fallback.url,
        width=fallback.width,
        height=fallback.height,
        alt=alt,
        loading="eager" if eager else "lazy",
    )
