"""Where do readers confirm what they have read, and write to the authors?"""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from lessons.manuals.reading import views


class CodeConverter(StringConverter):
    """The code of a manual, such as KP-SOP-012."""

    regex = "[A-Z]{2,8}-SOP-[0-9]{3}"


register_converter(CodeConverter, "manual_code")

app_name = "manuals_reading"
urlpatterns = [
    path("<manual_code:code>/", views.read, name="read"),
    path("remarks/<int:page_id>/", views.remark, name="remark"),
]
