"""On which pages is something used, and which of them may this person open?"""

from dataclasses import dataclass
from typing import Any

from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page, ReferenceIndex


@dataclass(frozen=True)
class Use:
    title: str
    address: str


@dataclass(frozen=True)
class Uses:
    """Pages that somebody may edit are named; the others are only counted."""

    pages: list[Use]
    hidden: int


def uses_of(thing: Any, *, by: Any) -> Uses:
    finder = AdminURLFinder(by)
    users = [user for user, _references in ReferenceIndex.get_references_to(thing).group_by_source_object()]
    addresses = [(user, finder.get_edit_url(user)) for user in users if isinstance(user, Page)]
    named = [Use(str(user), address) for user, address in addresses if address]
    return Uses(pages=named, hidden=len(addresses) - len(named))
