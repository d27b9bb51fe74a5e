"""Does everything lean only on what is below it?"""

from django.apps import apps
from django.db import models

#: From the top of the house to the ground; apps of one floor never point at each other.
FLOORS = [
    {"home"},
    {"articles", "manuals", "courses", "exhibits"},
    {"interchange"},
    {"progress"},
    {"editions"},
    {"media"},
    {"portal_search", "figures"},
    {"portal_glossary"},
    {"base"},
    {"people"},
    {"audit"},
]
OURS = set().union(*FLOORS)


def floor_of(app_label: str) -> int:
    return next(number for number, floor in enumerate(FLOORS) if app_label in floor)


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in OURS]


def arrows() -> list[tuple[str, str, str]]:
    return [
        (model._meta.label, field.name, field.related_model._meta.app_label)
        for model in our_models()
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and isinstance(field.related_model, type)
    ]


def test_foreign_keys_point_down_or_stay_at_home() -> None:
    upward = [
        (label, name, target)
        for label, name, target in arrows()
        if target in OURS
        and target != label.partition(".")[0]
        and floor_of(target) <= floor_of(label.partition(".")[0])
    ]
    assert upward == []


def test_there_are_arrows_to_judge() -> None:
    assert ("base.PageAudience", "audience", "base") in arrows()
    assert ("articles.ArticlePage", "cover", "media") in arrows()


def test_audit_points_at_nothing() -> None:
    assert [arrow for arrow in arrows() if arrow[0].startswith("audit.")] == []
