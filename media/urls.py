"""Where are files fetched? One view looks at all of them."""

from django.urls import path

from media import views

app_name = "media"
urlpatterns = [
    path("texts/<int:pk>/<str:kind>.<str:language>.vtt", views.text, name="text"),
    path("<path:name>", views.file, name="file"),
]
