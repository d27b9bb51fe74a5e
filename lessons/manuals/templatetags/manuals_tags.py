"""What do the templates of manuals need besides?"""

from collections.abc import Iterable

from django import template

from portal.people.models import Discipline

register = template.Library()


@register.filter
def professions(roles: Iterable[str] | None) -> list[str]:
    """What readers call the professions of a team, in the order of the list."""
    named = set(roles or ())
    return [str(discipline.label) for discipline in Discipline if discipline.value in named]
