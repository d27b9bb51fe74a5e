"""How do many files come in at once?

Credit, rights and collection are asked once, for all. Each file is stored as soon as it arrives, so nothing is lost
when the page is closed; its title and words are asked afterwards. A refused file says why, and the others go on.

The new titles are dates, not file names: people name files after persons. The names stay in the browser.
"""

from typing import Any

from django.forms.models import modelform_factory
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.views.generic import multiple_upload
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.documents.views import multiple as leaflets
from wagtail.images.forms import formfield_for_dbfield
from wagtail.images.views import multiple as pictures

from media.forms import LeafletForm
from media.forms import pictures as picture_forms
from media.forms import recordings as recording_forms
from media.library.duplicates import same_as
from media.models import Leaflet, Picture, Recording

ASKED_ONCE = ("credit", "rights", "rights_note", "collection")


class BringTogether:
    """What pictures, leaflets and recordings have in common; before Wagtail's own view in the bases."""

    template_name = "media/library/together.html"
    edit_form_template_name = "media/library/together_one.html"
    request: Any
    object: Any
    model: Any
    #: What a new one is called until somebody gives it a name.
    neutral_title: Any
    drop_here: Any
    endings: list[str]
    single_url_name: str

    def post(self, request: HttpRequest) -> HttpResponse:
        if "files[]" not in request.FILES:
            return HttpResponseBadRequest(_("There is no file in this request."))
        said = {name: request.POST.get(name) for name in ASKED_ONCE}
        form = self.get_upload_form_class()(  # type: ignore[attr-defined]
            {**self.other_fields(), **said, "title": self.title_for_now()},
            {"file": request.FILES["files[]"]},
            user=request.user,
        )
        if not form.is_valid():
            return JsonResponse({"success": False, "error_message": " ".join(sentences(form))})
        self.object = self.save_object(form)  # type: ignore[attr-defined]
        return JsonResponse(self.get_edit_object_response_data())

    def other_fields(self) -> dict[str, Any]:
        return {}

    def title_for_now(self) -> str:
        """Digits, which editors of all languages read."""
        return self.neutral_title % {"at": f"{timezone.localtime():%Y-%m-%d %H:%M:%S}"}

    def get_edit_object_response_data(self) -> dict[str, Any]:
        data: dict[str, Any] = super().get_edit_object_response_data()  # type: ignore[misc]
        older = same_as(self.object, by=self.request.user).first()
        data["duplicate"] = older is not None
        if older is not None:
            data["confirm_duplicate_upload"] = render_to_string(
                "media/library/together_duplicate.html",
                {"older": older, "delete_action": self.delete_action()},
                request=self.request,
            )
        return data

    def delete_action(self) -> str:
        return reverse(self.delete_object_url_name, args=[self.object.pk])  # type: ignore[attr-defined]

    def get_edit_object_form_context_data(self) -> dict[str, Any]:
        context: dict[str, Any] = super().get_edit_object_form_context_data()  # type: ignore[misc]
        return {**context, "thing": self.object, "is_new": True}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = self.get_upload_form_class()(user=self.request.user)  # type: ignore[attr-defined]
        collection = self.request.GET.get("collection_id", "")
        if collection.isdecimal() and "collection" in form.fields:
            form.initial["collection"] = int(collection)
        # Wagtail's own context is left out: it makes a second form and a select of its own.
        context = WagtailAdminTemplateMixin.get_context_data(self, **kwargs)
        limit = getattr(form.fields["file"], "max_upload_size", None)
        return {
            **context,
            "form": form,
            "asked_once": [form[name] for name in ASKED_ONCE if name in form.fields],
            "edit_media": self.get_edit_form_class()(user=self.request.user).media,  # type: ignore[attr-defined]
            "drop_here": self.drop_here,
            "endings": self.endings,
            "max_filesize": limit,
            "max_title_length": form.fields["title"].max_length,
            "too_big": _("This file is too big."),
            "wrong_kind": _("This kind of file is not taken here."),
            "single_url": reverse(self.single_url_name),
        }


def sentences(form: Any) -> list[str]:
    """All that is wrong; what was asked once is named, the file's own sentence stands for itself."""
    found = []
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in ASKED_ONCE else ""
        found += [f"{label}: {error}" if label else str(error) for error in errors]
    return found


class PicturesTogether(BringTogether, pictures.AddView):
    page_title = gettext_lazy("Add pictures")
    neutral_title = gettext_lazy("Picture of %(at)s")
    drop_here = gettext_lazy("Drop pictures here, or choose them.")
    single_url_name = "wagtailimages:add"

    @property
    def endings(self) -> list[str]:  # type: ignore[override]
        return list(pictures.get_allowed_image_extensions())

    def get_upload_form_class(self) -> Any:
        return picture_forms.upload_form(Picture)

    def get_edit_form_class(self) -> Any:
        return picture_forms.words_form(Picture)


class PictureOfMany(pictures.EditView):
    edit_form_template_name = "media/library/together_one.html"

    def get_edit_form_class(self) -> Any:
        return picture_forms.words_form(Picture)


class LeafletsTogether(BringTogether, leaflets.AddView):
    page_title = gettext_lazy("Add leaflets")
    neutral_title = gettext_lazy("Leaflet of %(at)s")
    drop_here = gettext_lazy("Drop leaflets here, or choose them.")
    endings = ["pdf"]
    single_url_name = "wagtaildocs:add"

    def get_upload_form_class(self) -> Any:
        return modelform_factory(
            Leaflet, form=LeafletForm, fields=["title", "file", *ASKED_ONCE], formfield_callback=formfield_for_dbfield
        )

    def get_edit_form_class(self) -> Any:
        return modelform_factory(
            Leaflet, form=LeafletForm, fields=["title", "collection"], formfield_callback=formfield_for_dbfield
        )


class LeafletOfMany(leaflets.EditView):
    edit_form_template_name = "media/library/together_one.html"

    def get_edit_form_class(self) -> Any:
        return LeafletsTogether.get_edit_form_class(self)


class RecordingsTogether(BringTogether, WagtailAdminTemplateMixin, multiple_upload.AddView):
    header_icon = "media"
    page_title = gettext_lazy("Add recordings")
    neutral_title = gettext_lazy("Recording of %(at)s")
    drop_here = gettext_lazy("Drop recordings here, or choose them.")
    single_url_name = "recordings:add"
    edit_object_url_name = "media_library:recording_of_many"
    delete_object_url_name = "media_library:delete_recording_of_many"
    edit_object_form_prefix = "recording"
    context_object_name = "recording"
    context_object_id_name = "recording_id"

    @property
    def endings(self) -> list[str]:  # type: ignore[override]
        return recording_forms.endings()

    def get_model(self) -> Any:
        return Recording

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        shelf = {"url": reverse("recordings:index"), "label": capfirst(str(Recording._meta.verbose_name_plural))}
        return [*self.breadcrumbs_items, shelf, {"url": "", "label": self.get_page_title()}]

    def get_upload_form_class(self) -> Any:
        return recording_forms.upload_form(Recording)

    def get_edit_form_class(self) -> Any:
        return recording_forms.words_form(Recording)

    def other_fields(self) -> dict[str, Any]:
        """Which language is spoken is asked afterwards; until then it is the site's first."""
        return {"language": Recording._meta.get_field("language").default}


class RecordingOfMany(multiple_upload.EditView):
    edit_form_template_name = "media/library/together_one.html"
    pk_url_kwarg = "recording_id"
    edit_object_form_prefix = "recording"
    context_object_name = "recording"
    context_object_id_name = "recording_id"
    edit_object_url_name = "media_library:recording_of_many"
    delete_object_url_name = "media_library:delete_recording_of_many"

    def get_model(self) -> Any:
        return Recording

    def get_edit_form_class(self) -> Any:
        return recording_forms.words_form(Recording)


class DeleteRecordingOfMany(multiple_upload.DeleteView):
    pk_url_kwarg = "recording_id"
    context_object_id_name = "recording_id"

    def get_model(self) -> Any:
        return Recording
