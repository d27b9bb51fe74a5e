"""Where are two editions compared?"""

from django.urls import path

from portal.editions import compare_views

urlpatterns = [
    path("<slug:code>/compare/", compare_views.choose, name="edition_compare"),
    path("<slug:code>/compare/<int:before>/<int:after>/", compare_views.comparison, name="edition_comparison"),
]
