"""What does an editor see who brings a file? The door's own sentence, beside the field."""

from typing import Any

from django import forms

from media.fields import Door
from media.ingest.kept import AnyFile

#: What Wagtail's script would need to write the file's name into the title.
TITLE_FROM_NAME = ("data-controller", "data-action", "data-w-sync-target-value", "data-w-sync-bubbles-param",
                   "data-w-sync-name-value", "data-w-sync-normalize-value")  # fmt: skip


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
    """Replace the form's file field, keeping its label and its widget.

    The title is not filled in from the file's name, as Wagtail would do: people name files after persons and places,
    and titles are read by all who choose media, those of leaflets by everybody.
    """
    if "file" not in form.fields:
        return
    before = form.fields["file"]
    before.widget.attrs = {name: value for name, value in before.widget.attrs.items() if name not in TITLE_FROM_NAME}
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
