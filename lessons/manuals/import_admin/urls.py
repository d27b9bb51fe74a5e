"""Where are manuals brought in the admin?"""

from django.urls import path

from lessons.manuals.import_admin import views

app_name = "manual_import"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>/", views.one, name="one"),
    path("<int:pk>/state/", views.state, name="state"),
]
