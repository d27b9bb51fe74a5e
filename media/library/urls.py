"""Addresses in the admin: where Wagtail has one for the same, ours comes first."""

from django.urls import include, path

from media.library import shelves, together

of_recordings = (
    [
        path("recordings/multiple/add/", together.RecordingsTogether.as_view(), name="bring_recordings"),
        path("recordings/multiple/<int:recording_id>/", together.RecordingOfMany.as_view(), name="recording_of_many"),
        path(
            "recordings/multiple/<int:recording_id>/delete/",
            together.DeleteRecordingOfMany.as_view(),
            name="delete_recording_of_many",
        ),
    ],
    "media_library",
)
instead_of_wagtails = [
    path("images/", shelves.Pictures.as_view()),
    path("images/results/", shelves.Pictures.as_view(results_only=True)),
    path("images/add/", shelves.AddPicture.as_view()),
    path("images/multiple/add/", together.PicturesTogether.as_view()),
    path("images/multiple/<int:image_id>/", together.PictureOfMany.as_view()),
    path("documents/", shelves.Leaflets.as_view()),
    path("documents/results/", shelves.Leaflets.as_view(results_only=True)),
    path("documents/add/", shelves.AddLeaflet.as_view()),
    path("documents/delete/<int:document_id>/", shelves.DeleteLeaflet.as_view()),
    path("documents/multiple/add/", together.LeafletsTogether.as_view()),
    path("documents/multiple/<int:doc_id>/", together.LeafletOfMany.as_view()),
]
urlpatterns = [path("", include(of_recordings)), *instead_of_wagtails]
