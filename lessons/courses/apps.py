from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    name = "lessons.courses"
    label = "courses"
    verbose_name = _("Courses")

    def ready(self) -> None:
        from lessons.courses import outline_keeping, places  # noqa: F401 - the places register themselves

        outline_keeping.connect()
