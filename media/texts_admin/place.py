"""Which words are meant by an address, and may this person change them?"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from wagtail.permissions import policy_registry

from media.captions import Cue, cues_of
from media.models import Recording, RecordingText

LANGUAGES = dict(settings.LANGUAGES)
KINDS = dict(RecordingText.Kind.choices)
#: Words that somebody may read aloud, so that they are heard instead of read.
READ_ALOUD = frozenset({RecordingText.Kind.DESCRIPTIONS, RecordingText.Kind.NARRATION})


@dataclass(frozen=True)
class Place:
    """Where words of one kind in one language are, or will be."""

    recording: Recording
    kind: str
    language: str
    text: RecordingText | None

    @property
    def version(self) -> str:
        """What an editor began with; it is another as soon as somebody saves."""
        return self.text.updated_at.isoformat() if self.text else ""

    @property
    def kind_name(self) -> str:
        return str(KINDS[self.kind])

    @property
    def language_name(self) -> str:
        return str(LANGUAGES[self.language])

    @property
    def can_be_read_aloud(self) -> bool:
        return self.kind in READ_ALOUD

    def address(self, name: str = "edit") -> str:
        return reverse(f"recording_texts:{name}", args=[self.recording.pk, self.kind, self.language])


@dataclass(frozen=True)
class Row:
    """Words that exist, as the list shows them."""

    text: RecordingText

    @cached_property
    def cues(self) -> tuple[Cue, ...]:
        return cues_of(self.text.vtt)

    @property
    def percent(self) -> int:
        """How much of the recording has words; parts that overlap count once."""
        covered, until = 0, 0
        for cue in self.cues:
            covered += max(0, cue.end - max(cue.start, until))
            until = max(until, cue.end)
        return min(100, covered // (self.text.recording.seconds * 10)) if self.text.recording.seconds else 0


def recording_for(request: HttpRequest, pk: int) -> Recording:
    """The recording, for whoever may change it; for others there is none."""
    recording = get_object_or_404(Recording.objects.select_related("poster"), pk=pk)
    policy: Any = policy_registry.get_by_type(Recording)
    if not policy.user_has_permission_for_instance(request.user, "change", recording):
        raise Http404
    return recording


def place_for(request: HttpRequest, pk: int, kind: str, language: str) -> Place:
    if kind not in KINDS or language not in LANGUAGES:
        raise Http404
    recording = recording_for(request, pk)
    found = recording.texts.select_related("spoken").filter(kind=kind, language=language).first()
    return Place(recording, kind, language, found)
