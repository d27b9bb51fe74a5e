"""What is special about pages that are issued in editions?

Their drafts are edited like all others. Their live rows show the edition in force and nothing else: no button, script
or schedule publishes them (`gate`), a copy of one is a draft, and a draft remembers who saved it.
"""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.utils import timezone
from wagtail.models import Page, Revision

from media.library.publishing import UnableToPublish
from media.pages import IllustratedPage
from portal.people.models import Centre


class EditionedPage(IllustratedPage):
    """An abstract page of a tree that is issued in editions. The root of such a tree has a code."""

    #: What the frozen HTML of the page is made with; it gets `page`, and shows neither title nor frame.
    fragment_template: ClassVar[str] = "portal_editions/fragment.html"

    class Meta:
        abstract = True

    def edition_code(self) -> str:
        """The code of the tree that this page is the root of, such as KP-SOP-012; empty for pages below a root."""
        return ""

    def edition_centre(self) -> Centre | None:
        """The centre whose people sign; None where anybody with the role may."""
        return None

    def lacks(self) -> Iterable[str]:
        """What a root misses that a reviewer should not have to ask for, in sentences. An author mends it first."""
        return ()

    def touched(self) -> Iterable[str]:
        """The disciplines that must read what changes on this page; none for all."""
        return ()

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.live:
            self._ask_to_be_live()
        super().save(*args, **kwargs)

    def _ask_to_be_live(self) -> None:
        from portal.editions import gate  # it knows this class

        reasons = gate.reasons_against(self)
        if not reasons:
            return
        if self._state.adding:
            # A copy, or a new page: its author goes on writing.
            self.live, self.has_unpublished_changes = False, True
        elif not Page.objects.filter(pk=self.pk, live=True).exists():
            raise UnableToPublish(reasons, page_id=self.pk)

    def save_revision(self, user: Any = None, **kwargs: Any) -> Revision:
        """As Wagtail does; and note who it was."""
        from portal.editions.contributions import note_contribution  # its models need the app registry

        revision = super().save_revision(user=user, **kwargs)
        note_contribution(self, by=user, at=timezone.now())
        return revision
