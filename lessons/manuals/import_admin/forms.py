"""What must an author say about a manual that is brought?"""

from pathlib import PurePath
from typing import Any

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lessons.manuals.import_admin.models import ManualImport
from lessons.manuals.importing import UnableToImport, check_number
from lessons.manuals.models import ManualIndexPage
from lessons.manuals.reading_in import MARKDOWN, MOST_BYTES, REFUSALS, WORD
from lessons.manuals.word_in.endings import Ending

ENDINGS = WORD + MARKDOWN


class NumberForm(forms.Form):
    """The number and the title, which can be changed until the drafts are made."""

    number = forms.CharField(
        label=gettext_lazy("Number"), max_length=24,
        help_text=gettext_lazy("The code of the centre, SOP, and three digits, for example KP-SOP-012."),
    )  # fmt: skip
    title = forms.CharField(
        label=gettext_lazy("Title"), max_length=200, required=False,
        help_text=gettext_lazy("Left empty, the title that the file gives is used."),
    )  # fmt: skip

    def clean_number(self) -> str:
        number = str(self.cleaned_data["number"]).strip().upper()
        try:
            check_number(number)
        except UnableToImport as error:
            raise forms.ValidationError(str(error)) from error
        return number


def in_its_language(shelf: ManualIndexPage) -> str:
    """There is a shelf of manuals in each language."""
    return f"{shelf.title} ({shelf.locale.get_display_name()})"


class BringForm(NumberForm):
    """The file, and where its manual shall stand."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
        help_text=gettext_lazy("A Word document (.docx), Markdown (.md), or a .zip of Markdown files and pictures."),
    )
    shelf = forms.ModelChoiceField(
        label=gettext_lazy("Shelf"), queryset=ManualIndexPage.objects.none(), empty_label=None
    )
    credit = forms.CharField(
        label=gettext_lazy("Credit of the pictures"), max_length=160, required=False,
        help_text=gettext_lazy("Who made the pictures in the file, or owns them. You can change it for each of them."),
    )  # fmt: skip
    field_order = ("file", "shelf", "number", "title", "credit")

    def __init__(self, *args: Any, shelves: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shelf: Any = self.fields["shelf"]
        shelf.queryset, shelf.label_from_instance = shelves, in_its_language

    def clean_file(self) -> Any:
        """What the name and the size tell; what is inside is read by the worker."""
        file = self.cleaned_data["file"]
        suffix = PurePath(file.name).suffix.lower()
        wrong = {
            ".docm": Ending.HAS_MACROS,
            ".dotm": Ending.HAS_MACROS,
            ".doc": Ending.OLD_WORD,
            ".dot": Ending.OLD_WORD,
        }
        if suffix not in ENDINGS:
            raise forms.ValidationError(str(REFUSALS[wrong.get(suffix, Ending.WRONG_NAME)]))
        if file.size > MOST_BYTES:
            sentence = _("This file is too big (%(size)s). The limit is %(limit)s.")
            sizes = {"size": filesizeformat(file.size), "limit": filesizeformat(MOST_BYTES)}
            raise forms.ValidationError(sentence % sizes)
        return file

    def brought(self, **facts: Any) -> ManualImport:
        """The row, which is not saved yet."""
        told = self.cleaned_data
        suffix = PurePath(told["file"].name).suffix.lower()
        told["file"].name, name = f"manual{suffix}", told["file"].name
        return ManualImport(
            file=told["file"], file_name=name[-255:], shelf=told["shelf"], number=told["number"], title=told["title"],
            credit=told["credit"], **facts,
        )  # fmt: skip
