"""Sound or video, with its captions and transcript."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock

from media.choosers import RecordingChooserBlock


class RecordingBlock(StructBlock):
    recording = RecordingChooserBlock(label=_("Recording"))
    title = CharBlock(label=_("Title"), required=False, max_length=160)

    class Meta:
        icon = "media"
        label = _("Recording")
        template = "media/blocks/recording.html"
