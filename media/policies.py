"""Who may fetch a file, besides the readers of the pages that use it?"""

from typing import Any

from wagtail.permissions import policy_registry

from media.audiences import Use, uses_of
from media.models import Picture, PictureRendition, RecordingText, RecordingVariant
from portal.base.audience import ANYBODY, Viewer, is_admitted, visible

EDITING = ("add", "change", "delete", "choose", "view")


def public_use(thing: Any) -> Use | None:
    """A page on which every visitor sees it, if there is one. An original is not public: readers get renditions."""
    # Asked of originals too, which are as hidden as what does not exist: the time that it takes tells nothing.
    uses = uses_of(thing)
    if isinstance(thing, Picture):
        return None
    return next((use for use in uses if is_admitted(use.audience_id, ANYBODY)), None)


def is_public(thing: Any) -> bool:
    return public_use(thing) is not None


def may_fetch(thing: Any, *, viewer: Viewer, by: Any) -> bool:
    """Whether `viewer` may fetch `thing`, as a reader or as somebody who chooses and edits media in the admin."""
    if viewer.user_id is None:
        return False
    if not isinstance(thing, Picture) and visible(thing, viewer):
        return True
    if not by.has_perm("wagtailadmin.access_admin") or thing._state.adding:
        # What was never stored stands for what does not exist.
        return False
    edited = edited_as(thing)
    policy = policy_registry.get_by_type(type(edited))
    return bool(policy.user_has_any_permission_for_instance(by, EDITING, edited))


def edited_as(thing: Any) -> Any:
    """The thing in the admin whose rights decide: a rendition is its picture's, a text or variant its recording's."""
    if isinstance(thing, PictureRendition):
        return thing.image
    if isinstance(thing, RecordingText | RecordingVariant):
        return thing.recording
    return thing
