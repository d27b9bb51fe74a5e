"""Manuals of standard operating procedures, in sections, down to the step."""

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from media.index_pages import IndexPage
from media.pages import IllustratedPage
from portal.base.audience import Viewer, visible_pages
from portal.base.page_cache import depends
from portal.base.page_rights import WRITERS


class ManualIndexPage(IndexPage):
    """The shelf of manuals."""

    kind = _("Manuals")
    rights = WRITERS
    parent_page_types = ["home.HomePage"]
    subpage_types = ["manuals.ManualPage"]
    template = "manuals/manual_index_page.html"

    class Meta:
        verbose_name = _("shelf of manuals")
        verbose_name_plural = _("shelves of manuals")


class ManualPage(IllustratedPage):
    """One manual: what it covers, for whom, on what legal basis."""

    number = models.CharField(
        _("number"), max_length=24,
        validators=[RegexValidator(r"^[A-Z]{2,8}-SOP-[0-9]{3}\Z", _("Write it like KP-SOP-012."))],
    )  # fmt: skip
    scope = models.TextField(_("scope"), blank=True)
    for_whom = models.TextField(_("for whom"), blank=True, help_text=_("Roles in the team."))
    legal_basis = models.TextField(_("legal basis"), blank=True)

    kind = _("Manual")
    parent_page_types = ["manuals.ManualIndexPage"]
    subpage_types = ["manuals.SectionPage"]
    template = "manuals/manual_page.html"
    content_panels = [
        *IllustratedPage.content_panels[:-1],
        MultiFieldPanel(
            [FieldPanel("number"), FieldPanel("scope"), FieldPanel("for_whom"), FieldPanel("legal_basis")],
            heading=_("The manual"),
        ),
        FieldPanel("body"),
    ]
    search_fields = [
        *IllustratedPage.search_fields,
        index.SearchField("number"),
        index.SearchField("scope"),
        index.SearchField("for_whom"),
        index.SearchField("legal_basis"),
    ]
    # The same in every language.
    override_translatable_fields = [SynchronizedField("number")]
    classification = {
        **IllustratedPage.classification, "number": "public", "scope": "public", "for_whom": "public",
        "legal_basis": "public",
    }  # fmt: skip

    class Meta:
        verbose_name = _("manual")
        verbose_name_plural = _("manuals")

    def sections(self, viewer: Viewer, *, surface: str) -> Any:
        """The sections that `viewer` may know of, without their bodies: a tree of contents never needs them."""
        depends(f"children:{self.pk}")
        return visible_pages(SectionPage.objects.child_of(self), viewer, surface).order_by("path").defer("body")

    def extra_context(self, viewer: Viewer, *, surface: str) -> dict[str, Any]:
        sections = list(self.sections(viewer, surface=surface))
        return {
            "manual": self,
            "sections": sections,
            "headings": self.headings(),
            "previous": None,
            "next": sections[0] if sections else None,
        }


class SectionPage(IllustratedPage):
    """A section of a manual: one procedure, step by step."""

    purpose = models.TextField(_("purpose"), blank=True)
    for_whom = models.TextField(_("for whom"), blank=True, help_text=_("Roles in the team."))
    time_limit = models.CharField(_("time limit"), max_length=240, blank=True)

    kind = _("Section of a manual")
    parent_page_types = ["manuals.ManualPage"]
    subpage_types: list[str] = []
    template = "manuals/section_page.html"
    content_panels = [
        *IllustratedPage.content_panels[:-1],
        MultiFieldPanel(
            [FieldPanel("purpose"), FieldPanel("for_whom"), FieldPanel("time_limit")],
            heading=_("The section"),
        ),
        FieldPanel("body"),
    ]
    search_fields = [
        *IllustratedPage.search_fields,
        index.SearchField("purpose"),
        index.SearchField("for_whom"),
        index.SearchField("time_limit"),
    ]
    classification = {
        **IllustratedPage.classification, "purpose": "public", "for_whom": "public", "time_limit": "public"
    }  # fmt: skip

    class Meta:
        verbose_name = _("section of a manual")
        verbose_name_plural = _("sections of manuals")

    def extra_context(self, viewer: Viewer, *, surface: str) -> dict[str, Any]:
        manual = self.get_parent().specific
        sections = list(manual.sections(viewer, surface=surface))
        place = next((number for number, section in enumerate(sections) if section.pk == self.pk), 0)
        return {
            "manual": manual,
            "sections": sections,
            "headings": self.headings(),
            "previous": sections[place - 1] if place else manual,
            "next": sections[place + 1] if place + 1 < len(sections) else None,
        }
