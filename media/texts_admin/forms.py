"""What does an editor send? A whole text at once, whether a script helped to write it or not."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from media.captions import Parsed, Problem, parsed, problems_in
from media.captions.cues import MOST_BYTES
from media.captions.importing import Imported, imported
from media.choosers import number, recording_chooser
from media.models import Recording, RecordingText
from media.texts_admin.place import Place

ACCEPTED = ".vtt,.srt,.sbv,.txt"


class WordsField(forms.CharField):
    """Text as it was typed; what no program can show is left out instead of refused."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace("\0", "") if isinstance(value, str) else value)


if TYPE_CHECKING:
    ChoiceOfRecording = forms.ModelChoiceField[Recording]
else:
    # Django's fields are generic for the type checker only.
    ChoiceOfRecording = forms.ModelChoiceField


class SpokenField(ChoiceOfRecording):
    def prepare_value(self, value: Any) -> Any:
        """What was sent may be no number, for which the widget would ask the database."""
        return number(value) or None if isinstance(value, str) else super().prepare_value(value)

    def clean(self, value: Any) -> Any:
        recording = super().clean(value)
        if recording and recording.kind != Recording.Kind.AUDIO:
            raise forms.ValidationError(_("Choose a recording that is sound only."))
        return recording


class FileForm(forms.Form):
    """Words that somebody wrote in another program."""

    file = forms.FileField(
        label=gettext_lazy("Read a file"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=gettext_lazy(
            "WebVTT, SubRip (.srt), YouTube (.sbv) or plain text. You see what it holds before anything is saved."
        ),
    )

    def read(self, place: Place) -> Imported:
        """Raises UnableToImport."""
        file = self.cleaned_data["file"]
        # One byte more than allowed is enough to refuse it.
        return imported(file.read(MOST_BYTES + 1), language=place.language, seconds=place.recording.seconds)


class BeginForm(FileForm):
    """Which words shall be written?"""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=RecordingText.Kind.choices)
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), choices=RecordingText._meta.get_field("language").choices or ()
    )
    field_order = ["kind", "language", "file"]


class TextForm(FileForm):
    vtt = WordsField(strip=False, required=False, label=gettext_lazy("Text with times"))
    spoken = SpokenField(
        queryset=Recording.objects.all(),
        required=False,
        widget=recording_chooser.widget_class(),
        label=gettext_lazy("Spoken version"),
        help_text=gettext_lazy("A sound recording in which somebody reads this text."),
    )
    is_checked = forms.BooleanField(
        required=False,
        label=gettext_lazy("Checked"),
        help_text=gettext_lazy("Somebody who speaks the language has compared it with the recording."),
    )

    def __init__(self, *args: Any, place: Place, is_lenient: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place, self.is_lenient = place, is_lenient
        if not place.can_be_read_aloud:
            del self.fields["spoken"]

    def clean_vtt(self) -> str:
        vtt: str = self.cleaned_data["vtt"]
        if len(vtt.encode("utf-8", "replace")) > MOST_BYTES:
            limit = {"limit": filesizeformat(MOST_BYTES)}
            raise forms.ValidationError(
                _("This is more than %(limit)s of text. Divide the recording into parts."), params=limit
            )
        if any(problem.is_error for problem in self.problems):
            raise forms.ValidationError(_("Please correct what is named above. Nothing is saved yet."))
        return vtt

    @cached_property
    def parsed(self) -> Parsed:
        return parsed(self.cleaned_data.get("vtt", ""), is_lenient=self.is_lenient)

    @cached_property
    def problems(self) -> list[Problem]:
        return all_problems(self.parsed, place=self.place)


def all_problems(found: Parsed | Imported, *, place: Place) -> list[Problem]:
    """What the reader found wrong, and what is hard to read."""
    remarks = problems_in(found.cues, kind=place.kind, language=place.language, seconds=place.recording.seconds)
    return sorted([*found.problems, *remarks], key=lambda problem: (not problem.is_error, problem.line))
