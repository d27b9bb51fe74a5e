"""How does an administrator give a group rights on the recordings of a collection?"""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.collections import collection_member_permission_formset_factory

from media.models import Recording

RecordingRightsFormSet = collection_member_permission_formset_factory(
    Recording,
    [
        ("add_recording", _("Add"), _("Add recordings, and edit those you added")),
        ("change_recording", _("Edit"), _("Edit any recording")),
        ("choose_recording", _("Choose"), _("Choose recordings for pages")),
    ],
    "media/library/recording_rights.html",
)
