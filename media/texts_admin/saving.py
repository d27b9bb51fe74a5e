"""How are words saved and deleted, so that nobody's work is lost without their knowing?"""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from media.captions import Cue, written
from media.models import Recording, RecordingText
from media.texts_admin.place import Place
from portal.audit.recording import record


class UnableToSave(Exception):
    """Somebody else was faster; the sentence says so to the one who comes second. `text` is what is there now."""

    def __init__(self, sentence: str, *, text: RecordingText | None) -> None:
        super().__init__(sentence)
        self.text = text


@transaction.atomic
def save_text(
    place: Place, cues: tuple[Cue, ...], *, spoken: Recording | None, is_checked: bool, begun_with: str,
    by: AbstractBaseUser, at: datetime,
) -> RecordingText:  # fmt: skip
    """The words as `by` wrote them; raises UnableToSave if they are not those that `by` began with."""
    text = _unchanged(place, begun_with=begun_with) or RecordingText(
        recording=place.recording, kind=place.kind, language=place.language
    )
    before = (text.vtt, text.is_checked)
    text.vtt, text.spoken, text.is_checked = written(cues), spoken, is_checked
    text.full_clean(validate_unique=False, validate_constraints=False)
    text.save()
    _record("media.text_saved", text, by=by, at=at)
    if is_checked and before != (text.vtt, True):
        _record("media.text_checked", text, by=by, at=at)
    if before[1] and not is_checked:
        _record("media.text_unchecked", text, by=by, at=at)
    return text


@transaction.atomic
def delete_text(place: Place, *, begun_with: str, by: AbstractBaseUser, at: datetime) -> None:
    text = _unchanged(place, begun_with=begun_with)
    if text:
        _record("media.text_deleted", text, by=by, at=at)
        text.delete()


def _unchanged(place: Place, *, begun_with: str) -> RecordingText | None:
    """What is there now, if it is what somebody began with."""
    found = RecordingText.objects.select_for_update().filter(
        recording=place.recording, kind=place.kind, language=place.language
    )
    now = Place(place.recording, place.kind, place.language, found.first())
    if now.version == begun_with:
        return now.text
    sentence = (
        _("Somebody else has saved this text since you opened it. Your words are below, not saved yet.")
        if now.text
        else _("Somebody else has deleted this text since you opened it. Your words are below, not saved yet.")
    )
    raise UnableToSave(sentence, text=now.text)


def _record(verb: str, text: RecordingText, *, by: AbstractBaseUser, at: datetime) -> None:
    record(verb, by=by, at=at, subject=text, recording=text.recording_id, kind=text.kind, language=text.language)
