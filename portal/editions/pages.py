"""What is special about pages that are issued in editions?

Their drafts are edited like all others. Their live rows show the edition in force and nothing else: no button, script
or schedule publishes them (`gate`), a copy of one is a draft, and a draft remembers who saved it.
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.utils import timezone
from wagtail.models import Page, Revision

from media.pages import IllustratedPage
from portal.people.models import Centre


class EditionedPage(IllustratedPage):
    """An abstract page of a tree that is issued in editions. The root of such a tree has a code."""

    #: What the frozen HTML of the page is made with; it gets `page`, and shows neither title nor frame.
    fragment_template: ClassVar[str] = "portal_editions/fragment.html"

    #: What the pages of an edition load besides the site's own styles: paths below the static files.
    stylesheets: ClassVar[tuple[str, ...]] = ()

    #: The translation key of the page that this one is a copy of, as long as it is not stored.
    copied_from: UUID | None = None

    class Meta:
        abstract = True

    def edition_code(self) -> str:
        """The code of the tree that this page is the root of, such as KP-SOP-012; empty for pages below a root."""
        return ""

    def edition_centre(self) -> Centre | None:
        """The centre whose people sign; None where anybody with the role may."""
        return None

    def review_due(self) -> date | None:
        """The day by which somebody has to look through it again, if one was set."""
        return None

    def lacks(self) -> Iterable[str]:
        """What a root misses that a reviewer should not have to ask for, in sentences. An author mends it first."""
        return ()

    def lines_beside(self, child: Any) -> Iterable[str]:
        """What readers see with a block that only its page knows, as plain text."""
        return ()

    def touched(self) -> Iterable[str]:
        """The disciplines that must read what changes on this page; none for all."""
        return ()

    def save(self, *args: Any, **kwargs: Any) -> None:
        stored = Page.objects.filter(pk=self.pk).select_related("alias_of").first() if self.pk else None
        if self.live:
            self._ask_to_be_live(is_new=stored is None, saving=kwargs.get("update_fields"))
        super().save(*args, **kwargs)
        self._remember_who_wrote_it(stored)

    def _ask_to_be_live(self, *, is_new: bool, saving: Collection[str] | None) -> None:
        from portal.editions import gate  # it knows this class

        if self.alias_of is not None and self.alias_of.translation_key != self.translation_key:
            # What was signed for one tree is not shown in another.
            self.live, self.has_unpublished_changes = False, True
        elif is_new and gate.reasons_against(self):
            # A copy, or a new page: its author goes on writing.
            self.live, self.has_unpublished_changes = False, True
        else:
            gate.check_can_stay_live(self, saving=saving)

    def copy_all_child_relations(self, target: Any, *args: Any, **kwargs: Any) -> Any:
        """Wagtail calls it whenever it copies a page; a copy has the words of whoever wrote this one."""
        target.copied_from = self.translation_key
        return super().copy_all_child_relations(target, *args, **kwargs)

    def _remember_who_wrote_it(self, stored: Page | None) -> None:
        from portal.editions.contributions import hand_on_contributions  # its models need the app registry

        was_alias_of = stored.alias_of if stored and self.alias_of_id is None else None
        source = self.copied_from if stored is None else getattr(was_alias_of, "translation_key", None)
        if source is not None and source != self.translation_key:
            hand_on_contributions(source, to=self.translation_key, at=timezone.now())

    def save_revision(self, user: Any = None, **kwargs: Any) -> Revision:
        """As Wagtail does; and note who it was."""
        from portal.editions.contributions import note_contribution  # its models need the app registry

        revision = super().save_revision(user=user, **kwargs)
        note_contribution(self, by=user, at=timezone.now())
        return revision
