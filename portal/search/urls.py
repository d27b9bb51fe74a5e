"""Where is the search?"""

from django.urls import URLPattern, path

from portal.search import views

urlpatterns: list[URLPattern] = [
    path("", views.results, name="search"),
    path("suggestions/", views.suggestions, name="search_suggestions"),
    path("saved/", views.saved, name="saved_searches"),
    path("saved/add/", views.save, name="save_search"),
    path("saved/<int:pk>/rename/", views.rename, name="rename_search"),
    path("saved/<int:pk>/delete/", views.delete, name="delete_search"),
]
