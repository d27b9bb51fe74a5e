"""A page with a cover and a body of text and media: what all content pages are."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from media.blocks import BodyBlock
from portal.base.models import PortalPage


class IllustratedPage(PortalPage):
    """An abstract page with a cover picture and a body."""

    cover = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("cover"),
    )  # fmt: skip
    cover_alt = models.CharField(
        _("alternative text of the cover"), max_length=255, blank=True,
        help_text=_("What the picture tells; leave empty if it only decorates."),
    )  # fmt: skip
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

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

    def headings(self) -> list[Any]:
        """The headings of the body, for a table of contents."""
        return [block.value for block in self.body if block.block_type == "heading"]
