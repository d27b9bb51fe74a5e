"""Who may fetch a file, besides the readers of the pages that use it?"""

from typing import Any

from wagtail.permissions import policy_registry

from media.models import Picture, PictureRendition
from portal.base.audience import ANYBODY, Viewer, visible

EDITING = ("add", "change", "delete", "choose", "view")


def is_public(thing: Any) -> bool:
    """Whether a visitor may fetch it. An original is not public: readers get renditions."""
    return not isinstance(thing, Picture) and visible(thing, ANYBODY)


def may_fetch(thing: Any, *, viewer: Viewer, by: Any) -> bool:
    """Whether `viewer` may fetch `thing`, as a reader or as somebody who chooses and edits media in the admin."""
    if viewer.user_id is None:
        return False
    if not isinstance(thing, Picture) and visible(thing, viewer):
        return True
    edited = thing.image if isinstance(thing, PictureRendition) else thing
    policy = policy_registry.get_by_type(type(edited))
    return by.has_perm("wagtailadmin.access_admin") and bool(
        policy.user_has_any_permission_for_instance(by, EDITING, edited)
    )
