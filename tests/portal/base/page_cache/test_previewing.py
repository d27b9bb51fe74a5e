"""Does an editor see the draft, and only the editor?"""

from django.test import Client

from portal.home.models import HomePage, PlainPage
from tests.conftest import SignedIn
from tests.factories import house, people


def previewed(client: Client, page: PlainPage) -> str:
    """The draft as `client` sees it beside the form."""
    request = client.get("/admin/", headers={"host": "localhost"}).wsgi_request
    return str(page.make_preview_request(request).content.decode())


def test_a_page_that_everybody_has_read_is_previewed_as_the_draft(home: HomePage, signed_in: SignedIn) -> None:
    page = house.page(PlainPage, below=home, title="As it is")
    editor = signed_in(person=people.administrator())
    for reader in (Client(), editor):
        assert b"As it is" in reader.get(page.get_url(), headers={"host": "localhost"}).content

    page.title = "As it may be"
    assert "As it may be" in previewed(editor, page)

    for reader in (Client(), editor):
        assert b"As it may be" not in reader.get(page.get_url(), headers={"host": "localhost"}).content


def test_a_preview_may_stand_in_a_frame_of_the_admin_and_nothing_else_is_eased(
    home: HomePage, signed_in: SignedIn
) -> None:
    page = house.page(PlainPage, below=home)
    answer = signed_in(person=people.administrator()).get(f"/admin/pages/{page.pk}/view_draft/")
    policy = answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in Client().get(page.get_url()).headers["Content-Security-Policy"]
