"""Who gets a file of an edition: whoever may read a page that shows it, or all that a PDF holds?"""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client

from portal.base.audience import Sensitivity
from portal.editions import store
from portal.editions.models import Edition, EditionFile, FileKind
from portal.editions.paper.holding import WHOLE
from portal.people.roles import Role
from tests.conftest import SignedIn
from tests.factories.editions import HOUR, NOON, Trio, add_section, issued, issued_manual, make_trio, write_manual

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 " + b"x" * 1000


@pytest.fixture(autouse=True)
def _later() -> Iterator[None]:
    with time_machine.travel(NOON + 24 * HOUR, tick=False):
        yield


@pytest.fixture
def trio() -> Trio:
    return make_trio()


def _kept(edition: Edition, *, content: bytes = PDF, kind: str = FileKind.PDF, **more: Any) -> str:
    fields = {"name": f"{kind}.pdf", "content_type": "application/pdf", "language": "en", **more}
    sha256 = store.keep(content)
    EditionFile.objects.create(edition=edition, kind=kind, sha256=sha256, size=len(content), **fields)
    return f"/editions/files/KP-SOP-001/{edition.number}/{sha256}"


def _fetched(client: Client, address: str, **headers: str) -> Any:
    # Not found, an address outside all languages is tried inside one.
    response: Any = client.get(address, follow=True, headers=headers)
    response.body = b"".join(response)
    response.close()
    return response


def _with_a_secret(trio: Trio) -> Edition:
    manual = write_manual(by=trio.author, sections=1)
    add_section(manual, title="Where she sleeps", by=trio.author, sensitivity=Sensitivity.STAFF)
    return issued(manual, trio)


def test_the_pdf_of_a_public_edition_is_for_everybody(client: Client, trio: Trio) -> None:
    _manual, edition = issued_manual(trio)
    address = _kept(edition, name=WHOLE)
    response = _fetched(client, address)
    assert (response.status_code, response.body) == (200, PDF)
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Cache-Control"].startswith("public")
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    cover = client.get("/en/editions/KP-SOP-001/1/").content.decode()
    assert address in cover
    assert client.get("/en/editions/KP-SOP-001/1/edition.pdf").headers["Location"] == address


def test_a_part_of_a_file_and_a_file_that_is_known_already(client: Client, trio: Trio) -> None:
    _manual, edition = issued_manual(trio)
    address = _kept(edition)
    part = _fetched(client, address, range="bytes=0-3")
    assert (part.status_code, part.body) == (206, b"%PDF")
    assert _fetched(client, address, **{"if-none-match": part.headers["ETag"]}).status_code == 304


def test_a_pdf_with_a_section_for_staff_is_for_staff(client: Client, signed_in: SignedIn, trio: Trio) -> None:
    address = _kept(_with_a_secret(trio))
    for outsider in (client, signed_in(Role.LEARNER)):
        assert _fetched(outsider, address).status_code == 404
        assert address not in outsider.get("/en/editions/KP-SOP-001/1/").content.decode()
        assert outsider.get("/en/editions/KP-SOP-001/1/edition.pdf").status_code == 404
    answered = _fetched(signed_in(Role.TRAINER), address)
    assert answered.status_code == 200
    assert answered.headers["Cache-Control"].startswith("private")


def test_the_pdf_of_one_section_is_for_whoever_reads_it(client: Client, signed_in: SignedIn, trio: Trio) -> None:
    edition = _with_a_secret(trio)
    open_page, secret = edition.pages.get(slug="section-1"), edition.pages.get(slug="where-she-sleeps")
    one = _kept(edition, content=b"%PDF one", name="one.pdf", page_key=open_page.key)
    two = _kept(edition, content=b"%PDF two", name="two.pdf", page_key=secret.key)
    assert _fetched(client, one).status_code == 200
    assert _fetched(client, two).status_code == 404
    assert _fetched(signed_in(Role.TRAINER), two).status_code == 200


def test_a_file_that_no_readable_page_shows_is_nobodys(client: Client, signed_in: SignedIn, trio: Trio) -> None:
    _manual, edition = issued_manual(trio)
    address = _kept(edition, content=b"a picture", kind=FileKind.MEDIA, name="p.webp", content_type="image/webp")
    assert _fetched(client, address).status_code == 404
    assert _fetched(signed_in(Role.TRAINER), address).status_code == 404


def test_what_an_edition_does_not_keep_is_not_found(client: Client, trio: Trio) -> None:
    _manual, edition = issued_manual(trio)
    known = edition.pages.get(slug="section-1").html_sha256
    for digest in ("0" * 64, known):
        assert _fetched(client, f"/editions/files/KP-SOP-001/1/{digest}").status_code == 404


def test_a_file_does_nothing_in_a_browser(client: Client, trio: Trio) -> None:
    _manual, edition = issued_manual(trio)
    address = _kept(edition, content=b"<script>", name='a"\r\nb.html', content_type="text/html")
    response = _fetched(client, address)
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
