"""What must an editor say about a recording?"""

from typing import Any

from django import forms
from django.conf import settings
from django.forms.models import modelform_factory
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.forms.collections import BaseCollectionMemberForm, CollectionChoiceField
from wagtail.models import Collection
from wagtail.permissions import policy_registry

from media import ingest
from media.forms.doors import DoorField
from media.ingest.kept import KeptRecording
from media.models import Recording, RecordingVariant

SOUNDS_AND_VIDEOS = ("mp4", "m4v", "m4a", "webm", "mp3", "ogg", "opus", "wav")


def endings() -> list[str]:
    """Sound, video, and pictures too: a panorama is one."""
    return [*SOUNDS_AND_VIDEOS, *settings.WAGTAILIMAGES_EXTENSIONS]


class RecordingForm(BaseCollectionMemberForm, WagtailAdminModelForm):
    """For one recording. `for_user` or `user` says whose collections may be chosen."""

    file = DoorField(
        door=ingest.cleaned_recording,
        label=_("File"),
        help_text=_("Sound or video (MP4, WebM, M4A, MP3, OGG, WAV), or a 360° panorama as a picture. "
                    "Place, device and comments are taken out of the file."),
        widget=forms.FileInput,
    )  # fmt: skip
    collection = CollectionChoiceField(label=_("Collection"), queryset=Collection.objects.all(), empty_label=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        user = kwargs.setdefault("user", kwargs.get("for_user"))
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"].widget.attrs["accept"] = ",".join(f".{ending}" for ending in endings())
        if self.instance._state.adding and user is not None:
            self.instance.uploaded_by_user = user

    @cached_property
    def permission_policy(self) -> Any:
        return policy_registry.get_by_type(self._meta.model)


class FullRecordingForm(RecordingForm):
    """Also with a small version, for machines on which the portal can make none itself."""

    small_version = DoorField(
        door=ingest.cleaned_recording,
        label=_("Small version"),
        help_text=_("The same film about 240 lines high, for slow lines. Leave it empty if the portal shall make one, "
                    "or keep the one that it has."),
        widget=forms.FileInput(attrs={"accept": ".mp4,.m4v,.webm"}),
        required=False,
    )  # fmt: skip

    def clean_small_version(self) -> KeptRecording | None:
        small: KeptRecording | None = self.cleaned_data["small_version"]
        if small is not None and small.recorded.kind != Recording.Kind.VIDEO:
            raise forms.ValidationError(_("A small version is a video too. This file is something else."))
        return small

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean()
        if said.get("small_version") and self.kind_of_file() != Recording.Kind.VIDEO:
            self.add_error("small_version", _("Only a video has a small version."))
        return said

    def kind_of_file(self) -> str:
        """Of the file that is brought now, or else of the one that is there."""
        brought = self.cleaned_data.get("file")
        return str(brought.recorded.kind if isinstance(brought, KeptRecording) else self.instance.kind)

    def save(self, commit: bool = True) -> Recording:
        recording: Recording = super().save(commit=commit)
        if commit and self.cleaned_data.get("small_version"):
            small = RecordingVariant.Kind.SMALL
            recording.variants.filter(kind=small).delete()
            RecordingVariant(recording=recording, kind=small, file=self.cleaned_data["small_version"]).save()
        return recording


def upload_form(model: type[Any]) -> type[forms.ModelForm[Any]]:
    """For a new recording, in the chooser or one of many."""
    return modelform_factory(
        model, form=RecordingForm,
        fields=["title", "file", "language", "credit", "rights", "rights_note", "collection"],
    )  # fmt: skip


def words_form(model: type[Any]) -> type[forms.ModelForm[Any]]:
    """For one of many recordings that are stored already."""
    form = modelform_factory(model, form=RecordingForm, fields=["title", "language", "collection"])
    del form.base_fields["file"]
    return form
