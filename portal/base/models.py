"""What do all pages of the portal have in common?"""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, TranslatableMixin
from wagtail.search import index
from wagtail.snippets.models import register_snippet

from portal.base.audience import Audience, Limits, PageAudience, Sensitivity, Surface, Viewer
from portal.base.chrome import chrome_of_page
from portal.base.findable import Part, parts_of, plain_fields_of, streams_of
from portal.base.page_cache import rendering
from portal.base.page_form import PortalPageForm
from portal.base.several import SeveralField
from portal.people.roles import Role

__all__ = ["Audience", "PageAudience", "PortalPage", "Topic"]


def everywhere() -> list[str]:
    """A new page is for the web site only; kiosk, visits and print are chosen."""
    return [Surface.WEB]


class PortalPage(Page):
    """An abstract page with a summary and an audience, which is served through the page cache.

    Concrete pages say their `kind` and, where the usual one does not fit, their `result_template`.
    """

    summary = models.TextField(
        _("summary"), blank=True, help_text=_("One or two sentences, for lists, search results and phones.")
    )
    sensitivity = models.PositiveSmallIntegerField(
        _("sensitivity"), choices=Sensitivity, default=Sensitivity.PUBLIC,
        help_text=_("Pages below this one are at least as sensitive."),
    )  # fmt: skip
    audience_roles = SeveralField(
        _("only for roles"), options=Role, default=list, blank=True, help_text=_("Leave empty for all roles.")
    )
    audience_centres = ParentalManyToManyField(
        "people.Centre", verbose_name=_("only for centres"), blank=True, related_name="+"
    )
    surfaces = SeveralField(_("shown on"), options=Surface, default=everywhere)
    is_unchecked = models.BooleanField(
        _("translation not yet checked"), default=False,
        help_text=_("Readers are told that nobody who speaks the language has checked the words."),
    )  # fmt: skip

    #: What readers call this kind of page, for example _("Manual").
    kind: Any = _("Page")
    result_template = "portal_search/result.html"
    #: Shared passwords are kept in plain text, and a log-in page tells that something is there: ours is the audience.
    private_page_options: ClassVar[list[str]] = []
    allowed_http_methods = ["GET", "HEAD", "OPTIONS"]

    base_form_class = PortalPageForm
    content_panels = [*Page.content_panels, FieldPanel("summary")]
    settings_panels = [
        *Page.settings_panels,
        MultiFieldPanel(
            [
                FieldPanel("sensitivity"),
                FieldPanel("audience_roles"),
                FieldPanel("audience_centres"),
                FieldPanel("surfaces"),
            ],
            heading=_("Audience"),
        ),
        FieldPanel("is_unchecked"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.FilterField("sensitivity"),
    ]
    # Fields of every concrete page; what a page adds, it classifies itself.
    classification: ClassVar[dict[str, str]] = {
        "page_ptr": "public", "summary": "public", "sensitivity": "staff", "audience_roles": "staff",
        "audience_centres": "staff", "surfaces": "staff", "is_unchecked": "public",
    }  # fmt: skip

    class Meta:
        abstract = True

    def own_limits(self) -> Limits:
        """What this page itself asks of its readers, leaving its ancestors aside."""
        centres = [str(centre.pk) for centre in self.audience_centres.all()]
        return Limits(
            sensitivity=self.sensitivity,
            roles=frozenset(self.audience_roles) or None,
            centres=frozenset(centres) or None,
            surfaces=frozenset(self.surfaces),
        )

    def context_for(self, viewer: Viewer, *, surface: str) -> dict[str, Any]:
        """All that the template sees. It depends on the kind of reader only, so that readers can share the page."""
        return {
            "page": self,
            "self": self,
            "surface": surface,
            **chrome_of_page(self, viewer, surface=surface),
            **self.extra_context(viewer, surface=surface),
        }

    def extra_context(self, viewer: Viewer, *, surface: str) -> dict[str, Any]:
        """What this kind of page shows besides itself."""
        return {}

    def findable_parts(self) -> list[Part]:
        """What can be found on this page, in its order; the first one is its opening."""
        return parts_of(self)

    def findable_opening(self) -> Iterable[str]:
        """What a reader sees of this page's own fields before its places; a page overrides it for what it shows."""
        return plain_fields_of(self)

    def findable_places(self) -> Iterable[Part]:
        """What has a place of its own. A page whose template gives a field an id yields it before the others."""
        return streams_of(self)

    def findable_topics(self) -> Iterable[str]:
        """The translation keys of its topics, which are the same in every language."""
        return ()

    def findable_year(self) -> int | None:
        """The year that a reader would look for it in."""
        return timezone.localtime(self.first_published_at).year if self.first_published_at else None

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return rendering.answer(self, request)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return rendering.preview(self, request)

    @cached_property
    def language_code(self) -> str:
        return str(self.locale.language_code)


@register_snippet
class Topic(TranslatableMixin, models.Model):
    """What lessons learned are about, so that readers can browse them."""

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("address"), max_length=80, allow_unicode=True)

    panels = [FieldPanel("name"), FieldPanel("slug")]
    classification = {
        "id": "public", "name": "public", "slug": "public", "locale": "public", "translation_key": "public"
    }  # fmt: skip

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["locale", "slug"], name="base_topic_has_one_address_in_a_language")
        ]

    def __str__(self) -> str:
        return self.name
