"""What do the templates of manuals need besides?"""

from collections.abc import Iterable

from django import template
from django.utils.text import capfirst

from lessons.manuals.models import SectionPage
from portal.people.models import Discipline

register = template.Library()


@register.filter
def professions(roles: Iterable[str] | None) -> list[str]:
    """What readers call the professions of a team, in the order of the list."""
    named = set(roles or ())
    return [str(discipline.label) for discipline in Discipline if discipline.value in named]


@register.filter
def block_name(kind: str) -> str:
    """What authors call a kind of block in the text of a section; the kind itself if there is none any more."""
    known = SectionPage._meta.get_field("body").stream_block.child_blocks
    return capfirst(str(known[kind].label)) if kind in known else kind
