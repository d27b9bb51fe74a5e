"""Manuals of standard operating procedures, in sections, down to the step."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from lessons.manuals import blocks, numbering
from lessons.manuals.forms import ManualPageForm
from lessons.manuals.notices import notices_of
from lessons.manuals.panels import StructurePanel
from lessons.manuals.relating import related_to
from lessons.manuals.steps import Step, steps_of, ways_of
from media.index_pages import IndexPage
from portal.base.audience import Viewer, visible_pages
from portal.base.blocks.heading import Heading
from portal.base.findable import STEP, Part, anchor_of, continued, one_text, parts_of_stream
from portal.base.page_cache import depends
from portal.base.page_rights import ADD, CHANGE, WRITERS
from portal.base.several import SeveralField
from portal.editions.ordering import in_order
from portal.editions.pages import EditionedPage
from portal.people.models import Centre, Discipline
from portal.people.roles import Role


class ManualIndexPage(IndexPage):
    """The shelf of manuals."""

    kind = _("Manuals")
    #: Authors write each other's sections: nothing is public before others have signed it.
    rights = {**WRITERS, Role.AUTHOR: (ADD, CHANGE)}
    parent_page_types = ["home.HomePage"]
    subpage_types = ["manuals.ManualPage"]
    template = "manuals/manual_index_page.html"

    class Meta:
        verbose_name = _("shelf of manuals")
        verbose_name_plural = _("shelves of manuals")


class ProcedurePage(EditionedPage):
    """An abstract page with a procedure in it: whom it touches, what to do in an emergency, and its steps."""

    for_whom = models.TextField(
        _("for whom"), blank=True, help_text=_("In words, for readers. Roles in the team, not names.")
    )
    roles = SeveralField(
        _("roles in the team"), options=Discipline, default=list, blank=True,
        help_text=_("They are asked to read it when it changes. None ticked: everybody who may read it."),
    )  # fmt: skip
    emergency = StreamField(
        blocks.EmergenciesBlock(max_num=1), verbose_name=_("emergency"), blank=True,
        help_text=_("What to do at once. It stands before everything else."),
    )  # fmt: skip
    body = StreamField(blocks.ManualBodyBlock(), verbose_name=_("body"), blank=True)

    search_fields = [
        *EditionedPage.search_fields,
        index.SearchField("for_whom"),
        index.SearchField("emergency"),
    ]
    classification = {
        **EditionedPage.classification, "for_whom": "public", "roles": "public", "emergency": "public"
    }  # fmt: skip
    #: What the pages of an edition load to show the text of this one.
    stylesheets = ("manuals/manual.css",)

    #: The streams in the order in which readers see them, and the heading that the template gives each; the name of the
    #: field is its anchor. Empty: what stands in it belongs to the opening, or has headings of its own.
    places: ClassVar[dict[str, Any]] = {"emergency": _("In an emergency"), "body": ""}

    class Meta:
        abstract = True

    @cached_property
    def steps(self) -> list[Step]:
        """The steps and decisions of the body, numbered as readers see them."""
        return steps_of(self.body)

    def touched(self) -> list[str]:
        """The professions that read again what changes here."""
        return list(self.roles)

    def findable_places(self) -> Iterator[Part]:
        """What stands in the streams, in the order of the page; each under the heading that its template gives it."""
        for name, heading in self.places.items():
            opening, *others = parts_of_stream(getattr(self, name), language=self.language_code)
            if heading and (opening.text or others):
                yield replace(opening, heading=str(heading), anchor=name)
            elif opening.text:
                yield opening
            yield from self._with_ways(others) if name == "body" else others

    def _with_ways(self, parts: Iterable[Part]) -> Iterator[Part]:
        """A decision is found by where its ways lead, too."""
        decisions = {anchor_of(STEP, child.id): child for child in self.body if child.block_type == "decision"}
        for part in parts:
            decision = decisions.get(part.anchor)
            yield continued(part, self.lines_of_ways(decision)) if decision else part

    def lines_beside(self, child: Any) -> list[str]:
        return self.lines_of_ways(child) if child.block_type == "decision" else []

    def lines_of_ways(self, decision: Any) -> list[str]:
        """Where the ways of a decision lead, in words: only the page knows its steps."""
        ways = ways_of(decision.value, block_id=decision.id, steps=self.steps)
        return [f"{way.answer}: {way.where}" for way in ways]


class ManualPage(ProcedurePage):
    """One manual: what it covers, for whom, on what legal basis."""

    number = models.CharField(
        _("number"), max_length=24,
        validators=[RegexValidator(numbering.NUMBER, _("Write it like KP-SOP-012."))],
        help_text=_("The code of the centre, SOP, and three digits. The same in all languages."),
    )  # fmt: skip
    centre = models.ForeignKey(
        "people.Centre", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("centre"),
        help_text=_("Whose manual it is. Its number begins with the code of the centre."),
    )  # fmt: skip
    is_template = models.BooleanField(
        _("template of the network"), default=False,
        help_text=_("Other centres may take it over and change it for their place."),
    )  # fmt: skip
    adapted_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="adaptations",
        verbose_name=_("adapted from"), help_text=_("The template that this manual was made from."),
    )  # fmt: skip
    adapted_edition = models.PositiveIntegerField(
        _("edition it was adapted from"), null=True, blank=True, help_text=_("The number of the template's edition.")
    )
    scope = models.TextField(_("scope"), blank=True, help_text=_("What the manual covers, and what it does not."))
    definitions = StreamField(blocks.DefinitionsBlock(), verbose_name=_("definitions"), blank=True)
    legal_basis = models.TextField(_("legal basis in words"), blank=True)
    sources = StreamField(blocks.SourcesBlock(), verbose_name=_("legal basis"), blank=True)
    annexes = StreamField(blocks.AnnexesBlock(), verbose_name=_("forms and annexes"), blank=True)
    related = StreamField(blocks.RelatedBlock(), verbose_name=_("related lessons and courses"), blank=True)
    quiz = StreamField(
        blocks.QuizBlock(), verbose_name=_("short quiz"), blank=True,
        help_text=_("Asked of whoever says that it was read and understood. May be left out."),
    )  # fmt: skip
    review_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("who looks after it"), help_text=_("Reminded when the manual has to be looked through again."),
    )  # fmt: skip
    review_by = models.DateField(
        _("to be reviewed by"), null=True, blank=True, help_text=_("Readers are told once the day is over.")
    )

    kind = _("Manual")
    parent_page_types = ["manuals.ManualIndexPage"]
    subpage_types = ["manuals.SectionPage"]
    template = "manuals/manual_page.html"
    content_panels = [
        StructurePanel(),
        *EditionedPage.content_panels[:-1],
        MultiFieldPanel(
            [
                FieldPanel("centre"),
                FieldPanel("number"),
                FieldPanel("scope"),
                FieldPanel("for_whom"),
                FieldPanel("roles"),
            ],
            heading=_("The manual"),
        ),
        FieldPanel("emergency"),
        FieldPanel("definitions"),
        FieldPanel("body"),
        FieldPanel("annexes"),
        MultiFieldPanel([FieldPanel("sources"), FieldPanel("legal_basis")], heading=_("Legal basis")),
        FieldPanel("related"),
        FieldPanel("quiz"),
        MultiFieldPanel([FieldPanel("review_owner"), FieldPanel("review_by")], heading=_("Review")),
        MultiFieldPanel(
            [FieldPanel("is_template"), FieldPanel("adapted_from"), FieldPanel("adapted_edition")],
            heading=_("Template or local manual"),
        ),
    ]
    search_fields = [
        *ProcedurePage.search_fields,
        index.SearchField("number"),
        index.SearchField("scope"),
        index.SearchField("definitions"),
        index.SearchField("annexes"),
        index.SearchField("legal_basis"),
        index.SearchField("sources"),
    ]
    # The same in every language.
    override_translatable_fields = [SynchronizedField("number")]
    classification = {
        **ProcedurePage.classification, "number": "public", "centre": "public", "is_template": "public",
        "adapted_from": "public", "adapted_edition": "public", "scope": "public", "definitions": "public",
        "legal_basis": "public", "sources": "public", "annexes": "public", "related": "public", "quiz": "staff",
        "review_owner": "staff", "review_by": "public",
    }  # fmt: skip

    places = {
        "emergency": _("In an emergency"), "definitions": _("Definitions"), "body": "",
        "annexes": _("Forms and annexes"), "sources": _("Legal basis"),
    }  # fmt: skip
    fragment_template = "manuals/manual_fragment.html"
    base_form_class = ManualPageForm

    class Meta:
        verbose_name = _("manual")
        verbose_name_plural = _("manuals")

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """A copy of a manual is another manual: it gets a number of its own."""
        if self._state.adding and (found := numbering.NUMBER.match(self.number)) and self._number_is_taken():
            self.number = numbering.next_number(ManualPage.objects.all(), code=found["code"])
        super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.centre is not None and not numbering.fits(self.number, centre=self.centre):
            sentence = _("The number of a manual of this centre begins with %(code)s-SOP-.")
            raise ValidationError({"number": sentence % {"code": self.centre.code}})
        if self._number_is_taken():
            raise ValidationError({"number": _("Another manual has this number.")})

    def edition_code(self) -> str:
        return self.number

    def edition_centre(self) -> Centre | None:
        """The centre that the number names, where it is not said."""
        return self.centre or Centre.objects.filter(code=self.number.partition("-")[0]).first()

    def review_due(self) -> date | None:
        return self.review_by

    def _number_is_taken(self) -> bool:
        return numbering.is_taken(self.number, manuals=ManualPage.objects.all(), translation_key=self.translation_key)

    def sections(self, viewer: Viewer, *, surface: str, is_issued: bool) -> "list[SectionPage]":
        """The sections that `viewer` may know of, as the edition in force orders them, without their bodies: a tree of
        contents never needs them. A manual that was never issued has the order of its tree."""
        depends(f"children:{self.pk}", f"editions:{self.translation_key}")
        sections = visible_pages(SectionPage.objects.child_of(self), viewer, surface).order_by("path")
        sections = sections.defer(*HEAVY, "before_you_start")
        if not is_issued:
            return list(sections)
        return in_order(sections, subject=self.translation_key, language=self.language_code)

    def lacks(self) -> list[str]:
        """What must be there before three people are asked to sign, in all languages."""
        from lessons.manuals import structure  # it knows these classes

        trees = structure.drafts_of(self.translation_key)
        return [str(lack) for lack in structure.musts(structure.missing(trees, on=timezone.localdate()))]

    def findable_opening(self) -> list[str]:
        return [self.summary, self.number, self.scope, self.for_whom]

    def findable_places(self) -> Iterator[Part]:
        """The legal basis in words stands under the same heading as its sources."""
        for part in super().findable_places():
            yield continued(part, [self.legal_basis]) if part.anchor == "sources" else part
        if self.legal_basis and not len(self.sources):
            yield Part(text=one_text([self.legal_basis]), heading=str(self.places["sources"]), anchor="sources")

    def headings(self) -> list[Heading]:
        """With those that the template gives: sections, definitions, annexes, legal basis."""
        above = [("sections", _("Sections")), ("definitions", self.definitions and self.places["definitions"])]
        below = [
            ("annexes", self.annexes and self.places["annexes"]),
            ("sources", (self.sources or self.legal_basis) and self.places["sources"]),
        ]
        return [*told_headings(above), *super().headings(), *told_headings(below)]

    def origin(self, viewer: Viewer, *, surface: str) -> "ManualPage | None":
        """The template that it was made from, if the reader may know of it."""
        if self.adapted_from_id is None:
            return None
        depends(f"page:{self.adapted_from_id}")
        return visible_pages(ManualPage.objects.filter(pk=self.adapted_from_id), viewer, surface).defer(*HEAVY).first()

    def extra_context(self, viewer: Viewer, *, surface: str) -> dict[str, Any]:
        from portal.editions import notices as editions  # it reads the fields of all models

        behind, at = editions.editions_behind(self.translation_key), timezone.now()
        sections = self.sections(viewer, surface=surface, is_issued=bool(behind))
        return {
            "manual": self,
            "sections": sections,
            "headings": self.headings(),
            "notices": [
                *editions.notices_of(self, viewer, editions=behind, at=at, surface=surface),
                *notices_of(self, on=timezone.localdate()),
            ],
            "editions": editions.history_of(self, viewer, editions=behind, at=at, surface=surface),
            "related": related_to(self, viewer, surface=surface),
            "origin": self.origin(viewer, surface=surface),
            "previous": None,
            "next": sections[0] if sections else None,
        }


def told_headings(told: Iterable[tuple[str, Any]]) -> list[Heading]:
    return [Heading(str(text), "2", anchor) for anchor, text in told if text]


class SectionPage(ProcedurePage):
    """A section of a manual: one procedure, step by step."""

    purpose = models.TextField(_("purpose"), blank=True)
    before_you_start = StreamField(blocks.BeforeBlock(), verbose_name=_("before you start"), blank=True)
    time_limit = models.CharField(_("time limit"), max_length=240, blank=True)

    kind = _("Section of a manual")
    parent_page_types = ["manuals.ManualPage"]
    subpage_types: list[str] = []
    template = "manuals/section_page.html"
    content_panels = [
        StructurePanel(),
        *EditionedPage.content_panels[:-1],
        MultiFieldPanel(
            [FieldPanel("purpose"), FieldPanel("for_whom"), FieldPanel("roles"), FieldPanel("time_limit")],
            heading=_("The section"),
        ),
        FieldPanel("emergency"),
        FieldPanel("before_you_start"),
        FieldPanel("body"),
    ]
    search_fields = [
        *ProcedurePage.search_fields,
        index.SearchField("purpose"),
        index.SearchField("before_you_start"),
        index.SearchField("time_limit"),
    ]
    classification = {
        **ProcedurePage.classification, "purpose": "public", "before_you_start": "public", "time_limit": "public"
    }  # fmt: skip

    places = {"emergency": _("In an emergency"), "before_you_start": _("Before you start"), "body": ""}
    fragment_template = "manuals/section_fragment.html"

    class Meta:
        verbose_name = _("section of a manual")
        verbose_name_plural = _("sections of manuals")

    def extra_context(self, viewer: Viewer, *, surface: str) -> dict[str, Any]:
        from portal.editions import notices as editions  # it reads the fields of all models

        manual = self.get_parent().specific
        behind = editions.editions_behind(manual.translation_key)
        sections = manual.sections(viewer, surface=surface, is_issued=bool(behind))
        place = next((number for number, section in enumerate(sections) if section.pk == self.pk), None)
        return {
            "manual": manual,
            "sections": sections,
            "headings": self.headings(),
            "notices": [
                # Nobody has signed a section that the edition does not hold.
                *editions.notices_of(
                    self, viewer, editions=behind if place is not None else [], at=timezone.now(), surface=surface
                ),
                *notices_of(manual, on=timezone.localdate()),
            ],
            "emergency_of_manual": next((box.value["title"] for box in manual.emergency), ""),
            "previous": sections[place - 1] if place else manual,
            "next": next(iter(sections[(place or 0) + 1 :]), None),
        }


#: What a tree of contents does not load.
HEAVY = ["body", "emergency"]
