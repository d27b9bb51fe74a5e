"""Where are files fetched? One view looks at all of them."""

from django.urls import path

from media import views

app_name = "media"
urlpatterns = [
    path("captions/<int:pk>.vtt", views.captions, name="captions"),
    path("<path:name>", views.file, name="file"),
]
