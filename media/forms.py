"""What does an editor see who brings a file? The door's own sentence, beside the field."""

from typing import Any

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from media import ingest
from media.fields import Door
from media.ingest.kept import AnyFile


class DoorField(forms.FileField):
    """A file field that asks a door of `media.ingest` before anything else is done with the file."""

    def __init__(self, *, door: Door, max_upload_size: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.door = door
        #: Wagtail's page for many files asks every file field for this.
        self.max_upload_size = max_upload_size

    def to_python(self, data: Any) -> AnyFile | None:
        file = super().to_python(data)
        return self.door(file) if file is not None else None


def put_door(form: Any, *, door: Door, accept: str, help_text: str) -> None:
    """Replace the form's file field, keeping its label and its widget."""
    if "file" not in form.fields:
        return
    before = form.fields["file"]
    before.widget.attrs["accept"] = accept
    form.fields["file"] = DoorField(
        door=door,
        max_upload_size=getattr(before, "max_upload_size", None),
        label=before.label,
        widget=before.widget,
        required=before.required,
        error_messages=before.error_messages,
        help_text=help_text,
    )


class PictureForm(BaseImageForm):
    """Wagtail's form for pictures, with our door. Chooser, bulk upload and API use it too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit = filesizeformat(settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE)
        text = _("JPEG, PNG, GIF or WebP, up to %(limit)s. Place, camera and comments are taken out of the file.")
        put_door(
            self, door=ingest.cleaned_picture, accept=".jpg,.jpeg,.png,.gif,.webp", help_text=text % {"limit": limit}
        )


class LeafletForm(BaseDocumentForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        text = _("PDF. Author, program and dates are taken out of the file.")
        put_door(self, door=ingest.cleaned_leaflet, accept=".pdf", help_text=text)


class RecordingForm(WagtailAdminModelForm):
    file = DoorField(
        door=ingest.cleaned_recording,
        label=gettext_lazy("File"),
        help_text=gettext_lazy("WAV. Everything but the sound is taken out of the file."),
        widget=forms.FileInput(attrs={"accept": ".wav"}),
    )
