"""Sound or video, with its captions and transcript. What is said in it can be found in the pages that show it."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock, StructValue

from media.choosers import RecordingChooserBlock
from media.findable import parts_of_recording
from media.playing import with_all_that_plays
from portal.base.findable import Part


class RecordingBlock(StructBlock):
    recording = RecordingChooserBlock(label=_("Recording"))
    title = CharBlock(label=_("Title"), required=False, max_length=160)

    def bulk_to_python(self, values: list[dict[str, Any]]) -> list[StructValue]:
        """With all that the players of a page show, in a few queries."""
        shown = super().bulk_to_python(values)
        with_all_that_plays(value["recording"] for value in shown)
        return shown

    def findable_parts(self, value: Any, *, language: str, block_id: str) -> Iterable[Part]:
        if value["recording"] is None:
            return []
        return parts_of_recording(value["recording"], title=value["title"] or "", language=language, block_id=block_id)

    class Meta:
        icon = "media"
        label = _("Recording")
        template = "media/blocks/recording.html"
