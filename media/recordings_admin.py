"""How do editors keep recordings?"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import Column, UsageCountColumn
from wagtail.admin.utils import set_query_params
from wagtail.admin.views import generic
from wagtail.admin.views.generic import history, usage
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import HeaderButton
from wagtail.models import ReferenceIndex

from media.forms.recordings import FullRecordingForm
from media.library.about import length_and_size, told, words
from media.library.filters import RecordingsFilterSet
from media.library.shelves import TellsOfDuplicate
from media.models import Recording


class MayDoWithIt:
    """Rights go with collections: they are asked for the recording, not for recordings as such."""

    request: Any
    object: Any
    permission_policy: Any

    def user_has_permission(self, permission: str) -> bool:
        if not getattr(self, "object", None):
            return bool(self.permission_policy.user_has_permission(self.request.user, permission))
        return bool(self.permission_policy.user_has_permission_for_instance(self.request.user, permission, self.object))


class Recordings(generic.IndexView):
    add_item_label = gettext_lazy("Add recordings")
    any_permission_required = ["add", "change", "delete"]

    def get_base_queryset(self) -> QuerySet[Recording]:
        mine: QuerySet[Recording] = self.permission_policy.instances_user_has_any_permission_for(
            self.request.user, ["change", "delete"]
        )
        return mine.select_related("collection").prefetch_related("texts")

    def get_add_url(self) -> str:
        chosen = self.filters and self.filters.form.cleaned_data.get("collection_id")
        return set_query_params(
            reverse("media_library:bring_recordings"), {"collection_id": chosen.pk if chosen else None}
        )

    @cached_property
    def header_buttons(self) -> list[Any]:
        may_add = self.permission_policy.user_has_permission(self.request.user, "add")
        return super().header_buttons if may_add else []

    def get_list_more_buttons(self, instance: Recording) -> list[Any]:
        link = MenuItem(_("Captions and texts"), url=address_of_words(instance), icon_name="list-ul", priority=15)
        return [*super().get_list_more_buttons(instance), link]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        counts = ReferenceIndex.get_count_references_to_in_bulk(list(context["object_list"]))
        for recording in context["object_list"]:
            recording.usage_count = counts.get(recording, 0)
        return context


class Add(TellsOfDuplicate, generic.CreateView):
    def get_success_message(self, instance: Recording) -> str:
        return _("“%(title)s” is stored: %(told)s.") % {"title": instance.title, "told": told(instance)}


class Edit(MayDoWithIt, generic.EditView):
    def get_object(self, queryset: Any = None) -> Recording:
        recording: Recording = super().get_object(queryset)
        if not self.permission_policy.user_has_permission_for_instance(self.request.user, "change", recording):
            raise PermissionDenied
        return recording

    def get_page_subtitle(self) -> str:
        return f"{self.object} ({told(self.object)})"

    def get_success_message(self) -> str:
        return _("“%(title)s” is stored: %(told)s.") % {"title": self.object.title, "told": told(self.object)}

    @cached_property
    def header_buttons(self) -> list[Any]:
        address = address_of_words(self.object)
        return [*super().header_buttons, HeaderButton(_("Captions and texts"), url=address, icon_name="list-ul")]


class Delete(MayDoWithIt, generic.DeleteView):
    pass


class Usage(MayDoWithIt, usage.UsageView):
    permission_required = "change"


class History(MayDoWithIt, history.HistoryView):
    any_permission_required = ("change", "delete")

    def get_object(self) -> Recording:
        recording: Recording = super().get_object()
        if not self.permission_policy.user_has_any_permission_for_instance(
            self.request.user, self.any_permission_required, recording
        ):
            raise PermissionDenied
        return recording


def address_of_words(recording: Recording) -> str:
    return reverse("recording_texts:index", args=[recording.pk])


def column(name: str, label: Any, accessor: Any, *, sort_key: str | None = None) -> Column:
    """A column for which a telephone has no room."""
    return Column(name, label=label, accessor=accessor, sort_key=sort_key, classname="library-wide")


class RecordingViewSet(ModelViewSet):
    model = Recording
    icon = "media"
    menu_label = gettext_lazy("Recordings")
    menu_order = 320
    add_to_admin_menu = True
    index_view_class = Recordings
    add_view_class = Add
    edit_view_class = Edit
    delete_view_class = Delete
    usage_view_class = Usage
    history_view_class = History
    delete_template_name = "media/library/confirm_delete.html"
    filterset_class = RecordingsFilterSet
    # All that the model names: what is said in a recording is longer than a question about single fields looks at.
    search_fields = None
    copy_view_enabled = False
    inspect_view_enabled = False
    list_display = [
        "title",
        column("kind", gettext_lazy("Kind"), "get_kind_display", sort_key="kind"),
        column("language", gettext_lazy("Language"), "get_language_display", sort_key="language"),
        Column("length", label=gettext_lazy("Length and size"), accessor=length_and_size, sort_key="seconds"),
        column("words", gettext_lazy("Texts"), words),
        column("collection", gettext_lazy("Collection"), "collection.name"),
        UsageCountColumn("usage_count", label=gettext_lazy("Usage")),
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            FieldPanel("file"),
            FieldPanel("language"),
            FieldPanel("poster"),
            FieldPanel("small_version"),
            MultiFieldPanel(
                [FieldPanel("credit"), FieldPanel("rights"), FieldPanel("rights_note")],
                heading=gettext_lazy("Rights"),
            ),
            FieldPanel("collection"),
        ],
        base_form_class=FullRecordingForm,
    )


recordings = RecordingViewSet("recordings")
