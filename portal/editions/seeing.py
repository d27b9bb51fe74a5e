"""Which drafts, proposals and editions may somebody who works here see? What they may not see does not exist for them.

Readers of editions are `portal.editions.reading`'s business. Drafts are for those who work on them: authors, reviewers,
approvers and managers of the centre, and whoever runs the site, each of them only if the limits of a page admit them.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from portal.base.audience import Limits, Sensitivity, Surface, Viewer
from portal.editions.collecting import drafts_of, read_limits
from portal.editions.models import Proposal
from portal.editions.proposing import centre_of
from portal.people.models import Centre, Membership, User
from portal.people.roles import Role

#: Who sees what is being written.
WORKERS = (Role.AUTHOR, Role.REVIEWER, Role.APPROVER, Role.CENTRE_MANAGER)
EVERYWHERE = frozenset(Surface.values)


def works_at(person: User, *, centre: Centre | None) -> bool:
    """Whether somebody works on the texts of a centre; for what belongs to none, of any centre."""
    if person.is_superuser and person.is_active:
        return True
    held = Membership.objects.filter(person=person, role__in=WORKERS, person__is_active=True)
    return (held.filter(centre=centre) if centre else held).exists()


def is_admitted(limits: Limits, viewer: Viewer) -> bool:
    """Where a page is shown does not matter to those who work on it; who may know of it does."""
    staff = replace(limits, sensitivity=max(limits.sensitivity, Sensitivity.STAFF), surfaces=EVERYWHERE)
    return staff.admits(viewer, Surface.WEB)


def sees_drafts(subject: UUID, person: User, viewer: Viewer) -> bool:
    """Whether somebody may see the drafts of a tree, or at least of its root."""
    root = next(drafts_of(subject), None)
    return root is not None and works_at(person, centre=root.page.edition_centre()) and is_admitted(root.limits, viewer)


def sees_proposal(proposal: Proposal, content: Mapping[str, Any], person: User, viewer: Viewer) -> bool:
    root = content["pages"][0]
    centre = centre_of(proposal.subject)
    return works_at(person, centre=centre) and all(is_admitted(each, viewer) for each in limits_of(root))


def limits_of(page: Mapping[str, Any]) -> list[Limits]:
    return [read_limits(version["limits"]) for version in page["versions"].values()]


def pages_seen(content: Mapping[str, Any], viewer: Viewer) -> list[dict[str, Any]]:
    """The pages of frozen content that somebody may know of, with the versions that they may read."""
    found = []
    for page in content["pages"]:
        versions = {
            code: version
            for code, version in page["versions"].items()
            if is_admitted(read_limits(version["limits"]), viewer)
        }
        if versions:
            found.append({**page, "versions": versions})
    return found
