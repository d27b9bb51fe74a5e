"""What can be done with the words of a recording in the admin?"""

from django.urls import path

from media.texts_admin import views

app_name = "recording_texts"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:kind>/<slug:language>/", views.edit, name="edit"),
    path("<slug:kind>/<slug:language>/check/", views.check, name="check"),
    path("<slug:kind>/<slug:language>/delete/", views.delete, name="delete"),
]
