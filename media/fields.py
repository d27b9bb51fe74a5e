"""How do we make sure that no file is stored without having been through its door?

Every way to the storage, from a form, from a command, from `bulk_create`, ends in the `save` of a field's file. There
the door stands.
"""

from collections.abc import Callable
from pathlib import PurePath
from typing import Any

from django.db import models
from django.db.models.fields.files import FieldFile
from wagtail.images.models import WagtailImageField, WagtailImageFieldFile

from media import ingest
from media.ingest.kept import AnyFile


class PictureFile(WagtailImageFieldFile):
    def save(self, name: str, content: AnyFile, save: bool = True) -> None:
        kept = ingest.cleaned_picture(content)
        super().save(str(kept.name), kept, False)
        if prepared := getattr(kept, "prepared", None):
            self.instance.keep_working_copy(prepared.working, placeholder=prepared.placeholder)
        if save:
            self.instance.save()

    def get_image_dimensions(self) -> tuple[int, int]:
        """As the header tells them, without failing on what is not a picture: saying so is the door's part."""
        was_closed = self.closed
        try:
            return ingest.size_of(self)
        finally:
            if was_closed:
                self.close()
            else:
                self.seek(0)


class RenditionFile(PictureFile):
    def save(self, name: str, content: AnyFile, save: bool = True) -> None:
        WagtailImageFieldFile.save(self, name, ingest.cleaned_rendition(content), save)


class PictureField(WagtailImageField):
    attr_class = PictureFile


class RenditionField(WagtailImageField):
    attr_class = RenditionFile


class LeafletFile(FieldFile):
    def save(self, name: str | None, content: AnyFile, save: bool = True) -> None:
        kept = ingest.cleaned_leaflet(content)
        super().save(str(kept.name), kept, save)


class LeafletField(models.FileField):
    attr_class = LeafletFile


class RecordingFile(FieldFile):
    instance: Any

    def save(self, name: str | None, content: AnyFile, save: bool = True) -> None:
        kept = ingest.cleaned_recording(content)
        self.instance.take_facts(kept.recorded, size=kept.size, digest=PurePath(str(kept.name)).stem)
        super().save(str(kept.name), kept, save)


class RecordingField(models.FileField):
    attr_class = RecordingFile


Door = Callable[[AnyFile], ingest.KeptFile]


def door_of(model: type[models.Model]) -> Door | None:
    """The door that files of `model` go through, if they are ours."""
    doors: dict[Any, Door] = {
        PictureField: ingest.cleaned_picture,
        LeafletField: ingest.cleaned_leaflet,
        RecordingField: ingest.cleaned_recording,
    }
    return next((doors[type(field)] for field in model._meta.fields if type(field) in doors), None)
