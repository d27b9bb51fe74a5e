"""What may people be at a centre, and what does each role let them see and do?"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    LEARNER = "learner", _("Learner")
    TRAINER = "trainer", _("Trainer")
    AUTHOR = "author", _("Author")
    REVIEWER = "reviewer", _("Reviewer")
    APPROVER = "approver", _("Approver")
    CURATOR = "curator", _("Curator")
    CENTRE_MANAGER = "centre_manager", _("Centre manager")


#: Roles that can make something public. Outside the demonstration they need a second factor.
PUBLISHING_ROLES = frozenset({Role.TRAINER, Role.APPROVER, Role.CURATOR, Role.CENTRE_MANAGER})

#: Roles of people who work at a centre, as opposed to practitioners who study.
STAFF_ROLES = frozenset(Role) - {Role.LEARNER}

#: Roles that may read what is restricted when nobody is named.
TRUSTED_ROLES = frozenset({Role.REVIEWER, Role.APPROVER, Role.CENTRE_MANAGER})

_EDITOR = ("wagtailadmin.access_admin",)
#: What is changed in the glossary is public at once, so it needs a role that may publish.
_READS_GLOSSARY = "portal_glossary.view_concept"
_KEEPS_GLOSSARY = ("portal_glossary.add_concept", "portal_glossary.change_concept", "portal_glossary.delete_concept")
#: Which pages are promoted is public at once, too; what was searched without result is told to whoever can write it.
_READS_SEARCH = ("portal_search.view_promotion", "portal_search.view_unfoundwords")
_KEEPS_SEARCH = (
    "portal_search.add_promotion",
    "portal_search.change_promotion",
    "portal_search.delete_promotion",
    "portal_search.view_unfoundwords",
)

#: Django permissions of each role's group. Rights on pages are granted where the pages are: portal.base.page_rights.
#: Rights on pictures, leaflets and recordings go with their collections: media.rights.
ROLE_PERMISSIONS: dict[str, tuple[str, ...]] = {
    Role.LEARNER: (),
    Role.TRAINER: _EDITOR,
    Role.AUTHOR: (*_EDITOR, _READS_GLOSSARY, *_READS_SEARCH),
    Role.REVIEWER: (*_EDITOR, _READS_GLOSSARY, *_READS_SEARCH),
    Role.APPROVER: (*_EDITOR, *_KEEPS_GLOSSARY, *_KEEPS_SEARCH),
    Role.CURATOR: _EDITOR,
    Role.CENTRE_MANAGER: (
        *_EDITOR,
        *_KEEPS_SEARCH,
        "people.view_membership",
        "people.add_membership",
        "people.delete_membership",
    ),
}


def group_name(role: str) -> str:
    """The name of the Wagtail group that carries a role's rights."""
    return f"role:{role}"
