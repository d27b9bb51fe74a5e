from django.urls import path

from lessons.courses import views

app_name = "courses"
urlpatterns = [
    path("courses/<int:page_id>/enrol/", views.enrol, name="enrol"),
    path("courses/<int:page_id>/withdraw/", views.withdraw, name="withdraw"),
    path("courses/<int:page_id>/continue/", views.go_on, name="continue"),
    path("lessons/<int:page_id>/enrol/", views.enrol_from_lesson, name="enrol_from_lesson"),
    path("lessons/<int:page_id>/finish/", views.finish, name="finish"),
    path("lessons/<int:page_id>/take-back/", views.take_back, name="take_back"),
    path("lessons/<int:page_id>/continue/", views.go_on_from_lesson, name="continue_from_lesson"),
]
