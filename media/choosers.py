"""How does an editor choose a recording?"""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.permissions import policy_registry

#: More no id has, and no database takes.
MOST_DIGITS = 18


def choosable(model: Any, *, by: Any) -> QuerySet[Any]:
    found: QuerySet[Any] = policy_registry.get_by_type(model).instances_user_has_permission_for(by, "choose")
    return found


class FromCollections:
    """Only what lies in collections of which the editor may choose."""

    request: Any
    model_class: Any

    def get_object_list(self) -> QuerySet[Any]:
        return choosable(self.model_class, by=self.request.user)

    def get_object(self, pk: str) -> Any:
        try:
            return choosable(self.model_class, by=self.request.user).get(pk=pk)
        except (ObjectDoesNotExist, ValueError) as error:
            raise Http404 from error

    def get_objects(self, pks: list[str]) -> QuerySet[Any]:
        return choosable(self.model_class, by=self.request.user).filter(pk__in=[number(pk) for pk in pks])

    @property
    def columns(self) -> list[Column]:
        from media.library.about import length_and_size

        return [
            *super().columns,  # type: ignore[misc]
            Column("kind", label=_("Kind"), accessor="get_kind_display"),
            Column("language", label=_("Language"), accessor="get_language_display"),
            Column("length", label=_("Length and size"), accessor=length_and_size),
        ]


class UploadsToo:
    """The form of the upload tab, which knows whose collections may be filled."""

    request: Any
    model_class: Any
    creation_tab_id = "upload"

    def get_creation_form_class(self) -> Any:
        # The form asks the door of recordings, which is not there yet when blocks are read.
        from media.forms.recordings import upload_form

        return upload_form(self.model_class)

    def get_creation_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_creation_form_kwargs()  # type: ignore[misc]
        return {**kwargs, "user": self.request.user, "prefix": "recording-chooser-upload"}


class Choose(UploadsToo, FromCollections, chooser.ChooseView):
    pass


class ChooseResults(UploadsToo, FromCollections, chooser.ChooseResultsView):
    pass


class Chosen(FromCollections, chooser.ChosenView):
    pass


class ChosenMultiple(FromCollections, chooser.ChosenMultipleView):
    pass


class Upload(UploadsToo, chooser.CreateView):
    """Stores what is brought; if it was there already, asks which of the two is meant."""

    def post(self, request: HttpRequest) -> HttpResponse:
        from media.library.duplicates import same_as

        if "use" in request.POST:
            return self.settle(request)
        self.form = self.get_creation_form()
        if not self.form.is_valid():
            return self.get_reshow_creation_form_response()
        recording = self.save_form(self.form)
        older = same_as(recording, by=request.user).first()
        return self.ask(recording, older) if older else self.get_chosen_response(recording)

    def ask(self, recording: Any, older: Any) -> HttpResponse:
        html = render_to_string(
            "media/library/which_recording.html",
            {"recording": recording, "older": older, "create_action_url": self.get_create_url(), "view": self},
            self.request,
        )
        return render_modal_workflow(
            self.request, None, None, None, json_data={"step": "reshow_creation_form", "htmlFragment": html}
        )

    def settle(self, request: HttpRequest) -> HttpResponse:
        """Keep both and use the new one, or use the older one and delete the new, which is the same."""
        chosen = choosable(self.model_class, by=request.user).filter(pk=number(request.POST["use"])).first()
        if chosen is None:
            raise Http404
        self.delete_new_one(request, same_as=chosen)
        return self.get_chosen_response(chosen)

    def delete_new_one(self, request: HttpRequest, *, same_as: Any) -> None:
        found = self.model_class.objects.filter(file_hash=same_as.file_hash, uploaded_by_user=request.user.pk)
        found.filter(pk=number(request.POST.get("delete"))).exclude(pk=same_as.pk).delete()


def number(text: str | None) -> int:
    """An id as it came in an address; 0, which nothing has, for what can be none."""
    return int(text) if text and text.isdecimal() and len(text) <= MOST_DIGITS else 0


class RecordingChooserViewSet(ChooserViewSet):
    choose_view_class = Choose
    choose_results_view_class = ChooseResults
    chosen_view_class = Chosen
    chosen_multiple_view_class = ChosenMultiple
    create_view_class = Upload


recording_chooser = RecordingChooserViewSet(
    "recording_chooser",
    model="media.Recording",
    icon="media",
    per_page=12,
    choose_one_text=_("Choose a recording"),
    choose_another_text=_("Choose another recording"),
    edit_item_text=_("Edit this recording"),
    create_action_label=_("Upload"),
    create_action_clicked_label=_("Uploading…"),
)
RecordingChooserBlock = recording_chooser.get_block_class(name="RecordingChooserBlock", module_path="media.choosers")
