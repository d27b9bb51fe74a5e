"""A page with a cover and a body of text and media: what all content pages are."""

import logging
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Revision
from wagtail.search import index

from media.blocks import BodyBlock
from media.library.page_form import IllustratedPageForm
from media.library.publishing import UnableToPublish, check_can_publish
from portal.base.blocks.heading import Heading, headings_of
from portal.base.models import PortalPage

logger = logging.getLogger(__name__)


def is_due(revision: Revision) -> bool:
    """Whether this is the hour that was set for publishing it."""
    return revision.approved_go_live_at is not None and revision.approved_go_live_at <= timezone.now()


class IllustratedPage(PortalPage):
    """An abstract page with a cover picture and a body."""

    cover = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("cover"),
    )  # fmt: skip
    cover_alt = models.CharField(
        _("alternative text of the cover"), max_length=255, blank=True,
        help_text=_("What the picture tells here. Left empty, what the library says about the picture is used."),
    )  # fmt: skip
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    base_form_class = IllustratedPageForm
    content_panels = [
        *PortalPage.content_panels,
        FieldPanel("cover"),
        FieldPanel("cover_alt"),
        FieldPanel("body"),
    ]
    search_fields = [*PortalPage.search_fields, index.SearchField("body")]
    classification: ClassVar[dict[str, str]] = {
        **PortalPage.classification, "cover": "public", "cover_alt": "public", "body": "public"
    }  # fmt: skip

    class Meta:
        abstract = True

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """Every way to publish ends here: editor, approval, lists, translation, command, and the hour that was set."""
        try:
            check_can_publish(revision.as_object())
        except UnableToPublish:
            if not is_due(revision):
                raise
            # Nobody is there to be told. The page stays a draft, and the others whose hour has come are published.
            revision.approved_go_live_at = None
            revision.save(update_fields=["approved_go_live_at"])
            logger.warning("page %s was not published at its hour: its media lack words", self.pk)
        else:
            super().publish(revision, *args, **kwargs)

    def headings(self) -> list[Heading]:
        """The headings of the body, for a table of contents."""
        return list(headings_of(self.body))

    def words_of(self, name: str) -> str:
        """What a picture of this page tells those who cannot see it: said here, or else in the library."""
        picture, alt = getattr(self, name), str(getattr(self, f"{name}_alt"))
        return (alt or str(picture.alt_in(self.language_code).text)) if picture else ""
