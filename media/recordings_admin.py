"""How do editors keep recordings?"""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.viewsets.model import ModelViewSet

from media.forms import RecordingForm
from media.models import Recording


class RecordingViewSet(ModelViewSet):
    model = Recording
    icon = "media"
    menu_label = _("Recordings")
    menu_order = 320
    add_to_admin_menu = True
    list_display = ["title", "kind", "language", "seconds"]
    list_filter = ["kind", "language"]
    search_fields = ["title", "credit"]
    inspect_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            FieldPanel("file"),
            FieldPanel("language"),
            FieldPanel("poster"),
            MultiFieldPanel(
                [FieldPanel("credit"), FieldPanel("rights"), FieldPanel("rights_note")], heading=_("Rights")
            ),
        ],
        base_form_class=RecordingForm,
    )


recordings = RecordingViewSet("recordings")
