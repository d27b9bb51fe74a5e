"""Is it written down, for every field, who may ever see it?"""

from django.db import models

from tests.architecture.test_floors import our_models

CLASSES = {"public", "staff", "personal"}


def is_made_by_django(model: type[models.Model]) -> bool:
    return bool(model._meta.auto_created)


def test_every_field_is_classified() -> None:
    missing = {}
    for model in our_models():
        if is_made_by_django(model):
            continue
        own = {field.name for field in model._meta.local_fields + model._meta.local_many_to_many}
        classified = set(getattr(model, "classification", {}))
        if own - classified:
            missing[model._meta.label] = sorted(own - classified)
    assert missing == {}


def test_nothing_is_classified_that_is_no_field() -> None:
    for model in our_models():
        if not is_made_by_django(model):
            names = {field.name for field in model._meta.get_fields()}
            assert set(getattr(model, "classification", {})) <= names, model


def test_only_known_classes_are_used() -> None:
    for model in our_models():
        assert set(getattr(model, "classification", {}).values()) <= CLASSES, model


def test_what_is_personal_is_never_searchable() -> None:
    for model in our_models():
        classification = getattr(model, "classification", {})
        searched = {field.field_name for field in getattr(model, "search_fields", [])}
        personal = {name for name, kind in classification.items() if kind == "personal"}
        assert not searched & personal - {"uploaded_by_user"}, model
