"""By what do editors find pictures and recordings that still need something?"""

from typing import Any

import django_filters
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import CollectionFilter, WagtailFilterSet
from wagtail.images.views.images import ImagesFilterSet
from wagtail.permissions import policy_registry

from media.models import Picture, Recording, RecordingText
from portal.base.languages import LANGUAGES

NAMES = [(code, language.english_name) for code, language in LANGUAGES.items()]
ANY = "any"
YES = [("yes", _("Yes"))]


def only(queryset: QuerySet[Any], wanted: QuerySet[Any]) -> QuerySet[Any]:
    """Through their ids: the search refuses to sort out by anything that is not in its index."""
    return queryset.filter(pk__in=wanted.values("pk"))


def without_text_in(language: str) -> Q:
    """Pictures that ought to say something, and do not in `language`, or in none at all."""
    if language == ANY:
        return Q(is_decorative=False, alt={})
    return Q(is_decorative=False) & ~Q(alt__has_key=language)


class PicturesFilterSet(ImagesFilterSet):
    without_text = django_filters.ChoiceFilter(
        label=_("Without alternative text in"), choices=[(ANY, _("Any language")), *NAMES], method="lacks_text"
    )
    without_credit = django_filters.ChoiceFilter(
        label=_("Without credit or rights"), choices=YES, method="lacks_credit"
    )

    class Meta:
        model = Picture
        fields: list[str] = []

    def lacks_text(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return only(queryset, Picture.objects.filter(without_text_in(value)))

    def lacks_credit(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return only(queryset, Picture.objects.filter(Q(credit="") | Q(rights="")))


class RecordingsFilterSet(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Recording.Kind.choices)
    language = django_filters.ChoiceFilter(label=_("Language"), choices=settings.LANGUAGES)
    without_captions = django_filters.ChoiceFilter(label=_("Without captions"), choices=YES, method="lacks_captions")
    without_transcript = django_filters.ChoiceFilter(
        label=_("Without transcript"), choices=YES, method="lacks_transcript"
    )

    class Meta:
        model = Recording
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        policy = policy_registry.get_by_type(Recording)
        collections = policy.collections_user_has_any_permission_for(self.request.user, ["add", "change"])
        if collections.count() > 1:
            self.filters["collection_id"] = CollectionFilter(
                field_name="collection_id", label=_("Collection"), queryset=collections
            )

    @cached_property
    def heard(self) -> QuerySet[Recording]:
        return Recording.objects.exclude(kind=Recording.Kind.PANORAMA)

    def lacks_captions(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return only(queryset, self.heard.exclude(texts__kind=RecordingText.Kind.CAPTIONS))

    def lacks_transcript(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return only(queryset, self.heard.exclude(texts__kind=RecordingText.Kind.TRANSCRIPT))
