"""Who can fetch what is hidden? Those who may read it, those who edit media, and nobody else."""

from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from media.models import Picture
from portal.base.audience import Sensitivity
from portal.people.roles import Role
from tests.conftest import SignedIn
from tests.media import files
from tests.media.conftest import Shown

pytestmark = pytest.mark.django_db


def guesses(shown: Shown) -> list[str]:
    """What a stranger tries who knows how the software works."""
    pk = Picture.objects.get().pk
    tail = shown.originals[0].rpartition("/")[2]
    return [
        f"/documents/{pk}/rights.pdf",
        f"/images/{pk}/original/",
        f"/media/original_images/{tail}",
        f"/files/original_images/{tail}",
        f"/files/original_images/../original_images/{tail}",
        f"/files/images/%2e%2e/original_images/{tail}",
        f"/files//original_images/{tail}",
        f"/files/original_images/{tail}/",
        f"/files/original_images/{tail.upper()}",
        f"/en/files/original_images/{tail}",
        f"/admin/images/{pk}/preview/original/",
        f"/admin/images/{pk}/",
        "/files/",
        "/files/images/",
        "/files/../portal.sqlite3",
        "/files/%2e%2e/portal.sqlite3",
        "/files/images/%00.jpg",
        "/files/captions/0.vtt",
        "/files/captions/99999.vtt",
    ]


class Browser(Client):
    """A client that reads every answer to its end, as browsers do."""

    def get(self, *args: Any, **kwargs: Any) -> Any:
        response: Any = super().get(*args, **kwargs)
        response.body = b"".join(response)
        response.close()
        return response


def opened(client: Client, address: str) -> Any:
    response = client.get(address)
    response.close()
    return response


def statuses(client: Client, addresses: list[str]) -> dict[str, int]:
    found = {}
    for address in addresses:
        found[address] = opened(client, address).status_code
    return found


def test_a_visitor_and_a_learner_can_fetch_nothing_of_a_hidden_page(shown: Shown, signed_in: SignedIn) -> None:
    for client in (Browser(), signed_in(Role.LEARNER)):
        found = statuses(client, [*shown.originals, *shown.addresses, *guesses(shown)])
        # Whoever has no business in the admin is turned away at its door, from what is there and what is not.
        inside = [address for address, code in found.items() if code == 403]
        assert all(address.startswith("/admin/") for address in inside), found
        assert not inside or client.get("/admin/images/999999/").status_code == 403
        assert {code for code in found.values() if code not in (302, 403, 404)} == set(), found
        for address in [address for address, code in found.items() if code == 302]:
            target = client.get(address).headers["Location"]
            assert target == f"/en{address}" or (address.startswith("/admin/") and "/login/" in target)
            assert "/login/" in target or client.get(target).status_code == 404


def test_what_is_hidden_and_what_does_not_exist_are_answered_alike(shown: Shown) -> None:
    hidden = Browser().get(shown.addresses[0])
    unknown = Browser().get("/files/images/there-is-none.webp")
    addresses = [response.request["PATH_INFO"].encode() for response in (hidden, unknown)]
    assert hidden.status_code == unknown.status_code == 404
    assert hidden.body.replace(addresses[0], b"") == unknown.body.replace(addresses[1], b"")
    assert {**hidden.headers, "Content-Length": ""} == {**unknown.headers, "Content-Length": ""}


def test_authors_and_curators_may_fetch_what_they_choose_from(shown: Shown, signed_in: SignedIn) -> None:
    for role in (Role.AUTHOR, Role.CURATOR):
        found = statuses(signed_in(role), [*shown.originals, *shown.addresses])
        assert set(found.values()) == {200}, (role, found)


def test_staff_who_read_get_renditions_but_no_original(shown: Shown, signed_in: SignedIn) -> None:
    manager = signed_in(Role.CENTRE_MANAGER)
    assert set(statuses(manager, shown.addresses).values()) == {200}
    assert set(statuses(manager, shown.originals).values()) == {404}


def test_publishing_makes_files_public_and_unpublishing_takes_them_back(shown: Shown) -> None:
    visitor, page = Browser(), shown.page
    page.sensitivity = Sensitivity.PUBLIC
    page.save_revision().publish()
    assert set(statuses(visitor, shown.addresses).values()) == {200}
    assert set(statuses(visitor, shown.originals).values()) == {404}
    page.unpublish()
    assert set(statuses(visitor, shown.addresses).values()) == {404}


def test_taking_a_picture_off_the_page_hides_it(shown: Shown) -> None:
    page = shown.page
    page.sensitivity, page.cover = Sensitivity.PUBLIC, None
    page.save_revision().publish()
    found = statuses(Browser(), shown.addresses)
    assert {code for address, code in found.items() if "/images/" in address} == {404}
    assert {code for address, code in found.items() if "/images/" not in address} == {200}


def test_a_page_below_a_hidden_one_hides_its_files_too(shown: Shown) -> None:
    shown.page.sensitivity = Sensitivity.PUBLIC
    shown.page.save_revision().publish()
    home = shown.page.get_parent().specific
    home.sensitivity = Sensitivity.STAFF
    home.save_revision().publish()
    assert set(statuses(Browser(), shown.addresses).values()) == {404}


def test_a_file_that_no_page_uses_is_nobody_s(picture: Picture, leaflet: object) -> None:
    rendition = picture.get_rendition("width-100")
    addresses = [rendition.url, f"/files/{picture.file.name}", leaflet.url]  # type: ignore[attr-defined]
    assert set(statuses(Browser(), addresses).values()) == {404}


def test_a_picture_that_only_a_draft_uses_is_hidden(shown: Shown) -> None:
    shown.page.sensitivity = Sensitivity.PUBLIC
    shown.page.cover = None
    shown.page.save_revision().publish()
    shown.page.cover = Picture.objects.get()
    shown.page.save_revision()
    found = statuses(Browser(), shown.addresses)
    assert {code for address, code in found.items() if "/images/" in address} == {404}


@pytest.fixture
def public(shown: Shown) -> Shown:
    shown.page.sensitivity = Sensitivity.PUBLIC
    shown.page.save_revision().publish()
    return shown


def test_every_file_is_inert(public: Shown) -> None:
    for address in public.addresses:
        response = Browser().get(address)
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert response.headers["Cache-Control"] == "public, max-age=30, must-revalidate"
        assert "Cookie" not in response.headers.get("Vary", "")
        assert not response.cookies


def test_what_is_not_public_is_kept_by_nobody_else(shown: Shown, signed_in: SignedIn) -> None:
    author = signed_in(Role.AUTHOR)
    for address in [*shown.originals, *shown.addresses]:
        assert opened(author, address).headers["Cache-Control"] == "private, no-cache"


def test_a_player_gets_the_part_that_it_asks_for(public: Shown) -> None:
    address = public.addresses[2]
    whole = Browser().get(address).body
    for asked, expected in [
        ("bytes=0-99", whole[:100]),
        ("bytes=100-", whole[100:]),
        ("bytes=-50", whole[-50:]),
        ("bytes=0-999999999", whole),
    ]:
        response = Browser().get(address, headers={"range": asked})
        assert response.status_code == 206
        assert response.body == expected
        assert response.headers["Content-Length"] == str(len(expected))
        assert response.headers["Content-Range"].endswith(f"/{len(whole)}")


@pytest.mark.parametrize("asked", ["bytes=5-2", "bytes=a-b", "lines=1-2", "bytes=0-1,5-6", "bytes=-", ""])
def test_a_range_that_makes_no_sense_gets_the_whole_file(public: Shown, asked: str) -> None:
    assert Browser().get(public.addresses[2], headers={"range": asked}).status_code == 200


@pytest.mark.parametrize("asked", ["bytes=99999999-", "bytes=-0"])
def test_a_range_behind_the_end_is_refused(public: Shown, asked: str) -> None:
    response = Browser().get(public.addresses[2], headers={"range": asked})
    assert response.status_code == 416
    assert response.headers["Content-Range"].startswith("bytes */")


def test_a_part_of_another_version_is_not_mixed_in(public: Shown) -> None:
    headers = {"range": "bytes=0-9", "if-range": '"another"'}
    assert Browser().get(public.addresses[2], headers=headers).status_code == 200


def test_asking_for_the_head_tells_the_size_and_sends_nothing(public: Shown) -> None:
    response = Browser().head(public.addresses[0])
    assert response.status_code == 200
    assert int(response.headers["Content-Length"]) > 100
    assert b"".join(response) == b""
    assert Browser().post(public.addresses[0]).status_code == 405


def test_what_has_not_changed_is_not_sent_again(public: Shown) -> None:
    first = Browser().get(public.addresses[0])
    again = {"if-none-match": first.headers["ETag"]}
    assert Browser().get(public.addresses[0], headers=again).status_code == 304
    public.page.unpublish()
    assert Browser().get(public.addresses[0], headers=again).status_code == 404


def test_a_file_that_is_gone_from_the_disk_is_not_found(public: Shown) -> None:
    default_storage.delete(public.addresses[0].removeprefix("/files/"))
    assert Browser().get(public.addresses[0]).status_code == 404


def test_a_leaflet_is_saved_under_its_title_and_a_picture_under_none(public: Shown) -> None:
    assert "Your%20rights.pdf" in Browser().get(public.addresses[4]).headers["Content-Disposition"].replace(" ", "%20")
    assert Browser().get(public.addresses[0]).headers["Content-Disposition"] == "inline"


def test_a_public_file_costs_two_queries(public: Shown, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    visitor = Client()
    opened(visitor, public.addresses[0])
    for address in public.addresses:
        with django_assert_num_queries(2):
            opened(visitor, address)


def test_a_hidden_file_costs_two_queries_more_than_knowing_who_asks(
    shown: Shown, signed_in: SignedIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    manager = signed_in(Role.CENTRE_MANAGER)
    opened(manager, shown.addresses[0])
    for address in shown.addresses:
        with django_assert_max_num_queries(7):
            assert opened(manager, address).status_code == 200


def test_files_called_in_any_script_are_stored_and_found(public: Shown) -> None:
    again = Picture.objects.create(title="กี่", file=files.called("กี่ทอผ้า.jpg", files.photograph()))
    assert again.file.name.isascii()


@pytest.fixture
def remote(settings: Any) -> None:
    """Files lie on another machine, as with S3."""
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "tests.media.elsewhere.Elsewhere"}}


def test_a_file_on_another_machine_is_answered_after_the_same_question(remote: None, public: Shown) -> None:
    files_of_page = [address for address in public.addresses if not address.endswith(".vtt")]
    assert all(address.startswith("/files/") for address in files_of_page)
    for address in files_of_page:
        response = Client().get(address)
        assert response.headers["Location"].startswith("https://storage.example.org/")
        assert response.headers["Cache-Control"] == "private, no-store"
    public.page.unpublish()
    assert set(statuses(Client(), files_of_page).values()) == {404}
