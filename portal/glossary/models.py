"""What do we call the things of our field, in each language?"""

import re
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from portal.base.languages import LANGUAGES

LONGEST_WORDING = 200
#: How often a number is asked for that somebody else took meanwhile.
TRIES = 5
#: Zawgyi, a font that puts Burmese letters where Unicode has others, writes the vowel e before its consonant, and a
#: virama that stacks nothing. Nobody finds what is written so.
ZAWGYI = re.compile("(?<![\u1000-\u109f])\u1031|\u1039(?![\u1000-\u102a\u103f])")
#: Line breaks and controls, halves of characters, and signs that turn the direction of what follows.
UNWRITTEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def language_choices() -> list[tuple[str, str]]:
    """A function, so that another language of the site is no change of the database."""
    return [(code, language.name) for code, language in LANGUAGES.items()]


def can_be_read(text: str) -> None:
    """One line of letters, in Unicode."""
    if UNWRITTEN.search(text):
        raise ValidationError(_("There are signs in it that cannot be read, or a line break. Please type it again."))
    if ZAWGYI.search(text):
        raise ValidationError(_("This Burmese is written for the Zawgyi font. Please type it in Unicode."))


class Concept(ClusterableModel):
    """One thing of our field, whatever it is called. Its number never changes: addresses lead to it."""

    number = models.PositiveIntegerField(_("number"), primary_key=True, editable=False)
    note = models.TextField(
        _("note for staff"), blank=True, help_text=_("Where the words come from, or what is doubtful. Not published.")
    )

    classification = {"number": "public", "note": "staff"}

    class Meta:
        verbose_name = _("term of the glossary")
        verbose_name_plural = _("glossary")
        ordering = ["number"]

    def __str__(self) -> str:
        wordings = list(self.wordings.all())
        ours = [wording.text for wording in wordings if wording.language == settings.LANGUAGE_CODE]
        return (ours or [wording.text for wording in wordings] or [f"#{self.number}"])[0]

    def save(self, **kwargs: Any) -> None:
        if self.number is not None:
            super().save(**kwargs)
            return
        for tried in range(1, TRIES + 1):
            self.number = 1 + (Concept.objects.aggregate(newest=models.Max("number"))["newest"] or 0)
            try:
                with transaction.atomic():
                    super().save(**{**kwargs, "force_insert": True})
                return
            except IntegrityError:
                # Two people added a term in the same moment.
                self.number = None
                if tried == TRIES:
                    raise


class Wording(Orderable):
    """What a concept is called in one language; the first of a language is the preferred one.

    A cell may say several things, as people write word lists: "return / repatriation", "identification (of victims)".
    It is kept as it was written; `portal.glossary.readings` works out what it stands for.
    """

    concept = ParentalKey(Concept, on_delete=models.CASCADE, related_name="wordings", verbose_name=_("term"))
    language = models.CharField(_("language"), max_length=5, choices=language_choices)
    text = models.CharField(
        _("wording"), max_length=LONGEST_WORDING, validators=[can_be_read],
        help_text=_("Put “/” between two ways to say it, and brackets around what may be left out."),
    )  # fmt: skip
    is_verified = models.BooleanField(
        _("verified"), default=False,
        help_text=_("Somebody has seen it in an official or professional source. Readers are told if nobody has."),
    )  # fmt: skip

    classification = {
        "id": "public", "sort_order": "public", "concept": "public", "language": "public", "text": "public",
        "is_verified": "public",
    }  # fmt: skip

    # That nothing is said twice in one concept is asked by the form. A constraint would refuse two wordings that change
    # places, because they are saved one after the other.
    class Meta(Orderable.Meta):
        verbose_name = _("wording")
        verbose_name_plural = _("wordings")

    def __str__(self) -> str:
        return self.text


class Definition(Orderable):
    """What a concept means, in one language."""

    concept = ParentalKey(Concept, on_delete=models.CASCADE, related_name="definitions", verbose_name=_("term"))
    language = models.CharField(_("language"), max_length=5, choices=language_choices)
    text = models.TextField(_("meaning"), max_length=2_000)

    classification = {
        "id": "public", "sort_order": "public", "concept": "public", "language": "public", "text": "public"
    }  # fmt: skip

    class Meta(Orderable.Meta):
        verbose_name = _("definition")
        verbose_name_plural = _("definitions")

    def __str__(self) -> str:
        return self.text
