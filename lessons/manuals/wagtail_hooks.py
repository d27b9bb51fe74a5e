"""What do manuals add to Wagtail's admin?"""

from typing import Any

from django.urls import path
from wagtail import hooks

from lessons.manuals import structure_views


@hooks.register("register_admin_urls")
def structure_of_manuals() -> list[Any]:
    return [
        path("manuals/structure/<int:pk>/", structure_views.of_page, name="manuals_structure"),
        path("manuals/structure/<int:pk>/whole/", structure_views.of_manual, name="manuals_structure_whole"),
    ]
