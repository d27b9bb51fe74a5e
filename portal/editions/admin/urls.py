"""Addresses of the staff side of editions, below /admin/editions/."""

from django.urls import path

from portal.editions.admin import listing, proposal, propose, withdraw

app_name = "portal_editions_admin"

urlpatterns = [
    path("", listing.index, name="index"),
    path("<int:page_id>/propose/", propose.propose, name="propose"),
    path("<int:page_id>/changes/", propose.changes, name="changes"),
    path("proposals/<uuid:pk>/", proposal.show, name="proposal"),
    path("proposals/<uuid:pk>/changes/", proposal.changes, name="proposal_changes"),
    path("proposals/<uuid:pk>/read/<str:language>/", proposal.read, name="read"),
    path("proposals/<uuid:pk>/files/<str:sha256>", proposal.file, name="file"),
    path("proposals/<uuid:pk>/sign/", proposal.sign, name="sign"),
    path("proposals/<uuid:pk>/return/", proposal.send_back, name="return"),
    path("of/<uuid:subject>/", listing.history, name="history"),
    path("withdraw/<int:pk>/", withdraw.withdraw, name="withdraw"),
]
