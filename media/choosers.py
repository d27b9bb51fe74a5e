"""How does an editor choose a recording?"""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.chooser import ChooserViewSet

recording_chooser = ChooserViewSet(
    "recording_chooser",
    model="media.Recording",
    icon="media",
    choose_one_text=_("Choose a recording"),
    choose_another_text=_("Choose another recording"),
    edit_item_text=_("Edit this recording"),
)
RecordingChooserBlock = recording_chooser.get_block_class(name="RecordingChooserBlock", module_path="media.choosers")
