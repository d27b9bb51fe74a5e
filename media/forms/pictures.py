"""What must an editor say about a picture?"""

from typing import Any

from django import forms
from django.conf import settings
from django.forms.models import modelform_factory
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.images.forms import BaseImageForm, formfield_for_dbfield

from media import ingest
from media.forms.doors import put_door
from media.forms.words import WordsField

FOCAL_POINT = frozenset({"focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height"})
ABOUT_ALL = ("credit", "rights", "rights_note", "collection")


class PictureForm(BaseImageForm):
    """Wagtail's form for pictures, with our door. Chooser, bulk upload and API use it too."""

    alt = WordsField(
        label=gettext_lazy("Alternative text"),
        help_text=gettext_lazy("What the picture shows, for people who cannot see it. One language is needed now; "
                               "a page can be published only with text in its own language."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit = filesizeformat(settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE)
        endings = settings.WAGTAILIMAGES_EXTENSIONS
        text = _("%(formats)s, up to %(limit)s. Place, camera and comments are taken out of the file.")
        put_door(
            self,
            door=ingest.cleaned_picture,
            accept=",".join(f".{ending}" for ending in endings),
            help_text=text % {"formats": named(endings), "limit": limit},
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        asked = {"alt", "is_decorative"} <= set(self.fields)
        if asked and "alt" not in self.errors and not cleaned["alt"] and not cleaned.get("is_decorative"):
            message = _("Say in at least one language what the picture shows, or tick that it only decorates.")
            self.add_error("alt", message)
        return cleaned

    def save(self, commit: bool = True) -> Any:
        if FOCAL_POINT & set(self.changed_data):
            # Another part of the picture is the important one: the worker makes all sizes anew.
            self.instance.renditions_made_at = None
        return super().save(commit=commit)


class PictureUploadForm(PictureForm):
    """One of many pictures brought together: its words come afterwards."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["alt"]


def named(endings: list[str]) -> str:
    """Formats as people know them: "JPEG, PNG, WebP"."""
    known = {"jpg": "JPEG", "webp": "WebP", "tif": "TIFF", "heif": "HEIC"}
    return ", ".join(dict.fromkeys(known.get(ending, ending.upper()) for ending in endings if ending != "jpeg"))


def upload_form(model: type[Any]) -> type[forms.ModelForm[Any]]:
    """For one picture of many: the file, and what was said about all of them."""
    return modelform_factory(
        model, form=PictureUploadForm, fields=["title", "file", *ABOUT_ALL], formfield_callback=formfield_for_dbfield
    )


def words_form(model: type[Any]) -> type[forms.ModelForm[Any]]:
    """For one of many pictures that are stored already: its title and its words."""
    return modelform_factory(
        model, form=PictureForm, fields=["title", "alt", "is_decorative", "collection"],
        formfield_callback=formfield_for_dbfield,
    )  # fmt: skip
