"""How does a field hold several of a few choices? As a list; ticked as boxes, and nothing else is accepted."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class SeveralField(models.JSONField):
    """A list of values of `options`. A misspelt value is refused: dropping it would open a page to everybody."""

    def __init__(self, *args: Any, options: type[models.Choices] | None = None, **kwargs: Any) -> None:
        self.options = options
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """To migrations it is plain JSON."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        known = set(self.options.values) if self.options else set()
        if not isinstance(value, list) or not all(isinstance(one, str) and one in known for one in value):
            raise ValidationError(_("Choose from the list only."), code="invalid_choice")

    def formfield(self, **kwargs: Any) -> Any:
        return forms.MultipleChoiceField(
            label=self.verbose_name,
            help_text=self.help_text,
            required=not self.blank,
            choices=self.options.choices if self.options else [],
            widget=forms.CheckboxSelectMultiple,
        )
