"""Exhibitions to walk through: rooms, and stops in them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index

from media.findable import parts_of_recording
from media.index_pages import IndexPage
from media.pages import IllustratedPage
from media.renditions import with_renditions
from portal.base.audience import Viewer, visible_pages
from portal.base.findable import Part
from portal.base.page_cache import depends
from portal.base.page_rights import CURATORS
from portal.base.words import count_words

LABEL_WORDS = 60


class ExhibitionIndexPage(IndexPage):
    """The exhibitions that one can visit."""

    kind = _("Exhibitions")
    rights = CURATORS
    parent_page_types = ["home.HomePage"]
    subpage_types = ["exhibits.ExhibitionPage"]
    template = "exhibits/exhibition_index_page.html"

    class Meta:
        verbose_name = _("list of exhibitions")
        verbose_name_plural = _("lists of exhibitions")


@dataclass(frozen=True)
class OpenRoom:
    """A room as a visitor finds it: the page, and the stops that this visitor may see."""

    page: "RoomPage"
    stops: list["StopPage"]


class ExhibitionPage(IllustratedPage):
    """An exhibition; its rooms are walked through in order, or not."""

    opening = models.TextField(_("opening text"), blank=True, help_text=_("What stands on the wall at the entrance."))

    kind = _("Exhibition")
    parent_page_types = ["exhibits.ExhibitionIndexPage"]
    subpage_types = ["exhibits.RoomPage"]
    template = "exhibits/exhibition_page.html"
    content_panels = [
        *IllustratedPage.content_panels[:-1],
        FieldPanel("opening"),
        FieldPanel("body"),
    ]
    search_fields = [*IllustratedPage.search_fields, index.SearchField("opening")]
    classification = {**IllustratedPage.classification, "opening": "public"}

    class Meta:
        verbose_name = _("exhibition")
        verbose_name_plural = _("exhibitions")

    def rooms(self, viewer: Viewer, *, surface: str) -> list[OpenRoom]:
        """The rooms and their stops with their pictures, in a fixed number of queries however many there are."""
        rooms = visible_pages(RoomPage.objects.child_of(self), viewer, surface).order_by("path")
        stops = visible_pages(StopPage.objects.descendant_of(self), viewer, surface).order_by("path").defer("body")
        pages = with_renditions(rooms, of=("cover", "floor_plan"))
        found = with_renditions(stops)
        depends(f"children:{self.pk}", *(f"children:{page.pk}" for page in pages))
        return [OpenRoom(page, [stop for stop in found if stop.is_child_of(page)]) for page in pages]

    def extra_context(self, viewer: Viewer, *, surface: str) -> dict[str, Any]:
        rooms = self.rooms(viewer, surface=surface)
        return {"exhibition": self, "rooms": rooms, "next": rooms[0].page if rooms else None}

    def findable_opening(self) -> Iterable[str]:
        return [self.summary, self.opening, self.words_of("cover")]


class RoomPage(IllustratedPage):
    """A room: a floor plan, and stops to stand before."""

    floor_plan = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("floor plan"),
    )  # fmt: skip
    floor_plan_alt = models.CharField(_("alternative text of the floor plan"), max_length=255, blank=True)

    kind = _("Room of an exhibition")
    parent_page_types = ["exhibits.ExhibitionPage"]
    subpage_types = ["exhibits.StopPage"]
    template = "exhibits/room_page.html"
    content_panels = [
        *IllustratedPage.content_panels[:-1],
        MultiFieldPanel([FieldPanel("floor_plan"), FieldPanel("floor_plan_alt")], heading=_("Floor plan")),
        FieldPanel("body"),
    ]
    classification = {**IllustratedPage.classification, "floor_plan": "public", "floor_plan_alt": "public"}

    class Meta:
        verbose_name = _("room of an exhibition")
        verbose_name_plural = _("rooms of exhibitions")

    def findable_opening(self) -> Iterable[str]:
        return [self.summary, self.words_of("floor_plan")]

    def extra_context(self, viewer: Viewer, *, surface: str) -> dict[str, Any]:
        exhibition = self.get_parent().specific
        rooms = exhibition.rooms(viewer, surface=surface)
        place = next((number for number, room in enumerate(rooms) if room.page.pk == self.pk), 0)
        return {
            "exhibition": exhibition,
            "rooms": rooms,
            "stops": rooms[place].stops if rooms else [],
            "previous": rooms[place - 1].page if place else exhibition,
            "next": rooms[place + 1].page if place + 1 < len(rooms) else None,
        }


class StopPage(IllustratedPage):
    """A stop: something to look at, with a label short enough to be read standing."""

    label = models.TextField(_("label"), help_text=_("At most 60 words, as on a wall."))
    content_warning = models.CharField(_("content warning"), max_length=240, blank=True)
    narration = models.ForeignKey(
        "media.Recording", on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("narration"),
    )  # fmt: skip

    kind = _("Stop of an exhibition")
    parent_page_types = ["exhibits.RoomPage"]
    subpage_types: list[str] = []
    template = "exhibits/stop_page.html"
    content_panels = [
        *IllustratedPage.content_panels[:-1],
        MultiFieldPanel(
            [FieldPanel("label"), FieldPanel("content_warning"), FieldPanel("narration")],
            heading=_("The stop"),
        ),
        FieldPanel("body"),
    ]
    search_fields = [*IllustratedPage.search_fields, index.SearchField("label")]
    classification = {
        **IllustratedPage.classification, "label": "public", "content_warning": "public", "narration": "public"
    }  # fmt: skip

    class Meta:
        verbose_name = _("stop of an exhibition")
        verbose_name_plural = _("stops of exhibitions")

    def findable_opening(self) -> Iterable[str]:
        return [self.summary, self.content_warning, self.label, self.words_of("cover")]

    def findable_places(self) -> Iterator[Part]:
        if self.narration:
            yield from parts_of_recording(self.narration, language=self.language_code)
        yield from super().findable_places()

    def clean(self) -> None:
        super().clean()
        words = count_words(self.label, language=self.locale.language_code)
        if words > LABEL_WORDS:
            message = _("A label is read standing: at most %(most)d words, and this one has %(words)d.")
            raise ValidationError({"label": message % {"most": LABEL_WORDS, "words": words}})

    def extra_context(self, viewer: Viewer, *, surface: str) -> dict[str, Any]:
        room = self.get_parent().specific
        exhibition = room.get_parent().specific
        rooms = exhibition.rooms(viewer, surface=surface)
        way = [(open_room, stop) for open_room in rooms for stop in open_room.stops]
        place = next((number for number, (_room, stop) in enumerate(way) if stop.pk == self.pk), 0)
        own_room = next((open_room for open_room in rooms if open_room.page.pk == room.pk), None)
        return {
            "exhibition": exhibition,
            "room": room,
            "rooms": rooms,
            "stops": own_room.stops if own_room else [],
            "position": place + 1,
            "count": len(way),
            "previous": way[place - 1][1] if place else None,
            "next": way[place + 1][1] if place + 1 < len(way) else None,
        }
