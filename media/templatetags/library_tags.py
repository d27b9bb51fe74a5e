"""What do the library's templates say about a file?"""

from typing import Any

from django import template
from django.template.defaultfilters import filesizeformat

from media.library.about import told
from media.library.uses import uses_of
from media.models import Recording

register = template.Library()


@register.inclusion_tag("media/library/used_on.html", takes_context=True)
def used_on(context: Any, thing: Any) -> dict[str, Any]:
    uses = uses_of(thing, by=context["request"].user)
    return {"pages": uses.pages, "hidden": uses.hidden}


@register.filter
def in_one_line(thing: Any) -> str:
    if isinstance(thing, Recording):
        return told(thing)
    size = filesizeformat(thing.file_size)
    return f"{thing.width} × {thing.height} · {size}" if getattr(thing, "width", 0) else size


@register.filter
def needs_words(picture: Any) -> bool:
    return not picture.is_decorative and not any(text.strip() for text in picture.alt.values())
