"""Can anybody fetch what is hidden, at any address that there is, was, or might be?"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.test import Client

from media.models import Leaflet, Picture, Recording, RecordingText, RecordingVariant
from portal.base.audience import Sensitivity
from portal.home.models import HomePage, PlainPage
from portal.people.roles import Role
from tests.conftest import SignedIn
from tests.media import files

pytestmark = pytest.mark.django_db
VTT = "WEBVTT\n\n00:00.000 --> 00:02.000\nWelcome.\n"
SPECS = ("width-480|format-webp", "width-480|format-avif", "width-100", "fill-360x270|format-webp")


@dataclass
class Hidden:
    """A page that nobody may see yet, and the addresses of all that it shows."""

    page: PlainPage
    readable: list[str]
    originals: list[str]
    working: list[str]
    pks: dict[str, int]


@pytest.fixture
def hidden(home: HomePage, picture: Picture, recording: Recording, leaflet: Leaflet) -> Hidden:
    """With all that media knows: a poster, a spoken text, a lighter version, every kind of words."""
    poster = Picture.objects.create(title="Poster", file=files.called("poster.png", files.photograph("PNG")))
    spoken = Recording.objects.create(title="Read", file=files.called("read.wav", files.recording(seconds=1)))
    recording.poster = poster
    recording.save()
    lighter = RecordingVariant.objects.create(
        recording=recording, kind="sound", file=files.called("light.wav", files.recording(seconds=3))
    )
    recording.texts.update(spoken=spoken)
    for kind in ("transcript", "descriptions", "narration"):
        RecordingText.objects.create(recording=recording, kind=kind, language="th", vtt=VTT)
    page = home.add_child(
        instance=PlainPage(
            title="Not yet",
            slug="not-yet",
            live=False,
            cover=picture,
            body=[
                ("paragraph", f'<p><a linktype="document" id="{leaflet.pk}">Rights</a></p>'),
                ("recording", {"recording": recording, "title": ""}),
            ],
        )
    )
    renditions = [each.get_rendition(spec).url for each in (picture, poster) for spec in SPECS]
    words = [text.url for text in recording.texts.all()]
    return Hidden(
        page=page,
        readable=[*renditions, *words, recording.url, spoken.url, lighter.url, leaflet.url],
        originals=[f"/files/{each.file.name}" for each in (picture, poster)],
        working=[f"/files/{each.working.name}" for each in (picture, poster)],
        pks={"picture": picture.pk, "leaflet": leaflet.pk, "recording": recording.pk},
    )


def guesses(address: str) -> Iterator[str]:
    """What somebody tries who has seen one address and knows how such software works."""
    folder, _, name = address.removeprefix("/files/").rpartition("/")
    last = "0" if name[0] != "0" else "1"
    yield from (f"/files/{folder}/{last}{name[1:]}", f"/files/{folder}/{name.upper()}", f"/files/{folder}/{name}.")
    yield from (f"/files/{folder}/{name}%20", f"/files/{folder}/{name}.bak", f"/files/{folder}/{name}/")
    yield from (f"/files/{folder}/{name}%00", f"/files/{folder}/{name}%00.txt", f"/files/{folder}//{name}")
    yield from (f"/files/{folder.upper()}/{name}", f"/files/{folder}%2f{name}x", f"/files/{folder}%5c{name}")
    yield from (f"/files/{folder}/../{folder}/{name}", f"/files/%2e%2e/{folder}/{name}", f"/files/./{folder}/{name}")
    yield from (f"/files/{name}", f"/files/media/{folder}/{name}", f"/media/{folder}/{name}", f"/{folder}/{name}")
    yield from (f"/files/originals/{folder}/{name}", f"/protected/media/{folder}/{name}", f"/static/{folder}/{name}")
    if "width-480" in name:
        for width in ("481", "960", "2880", "99999999999999999999", "0", "-1"):
            yield f"/files/{folder}/{name.replace('width-480', f'width-{width}')}"
    yield from (f"/files/{folder}/{name.rpartition('.')[0]}.svg", f"/files/{folder}/{name.partition('.')[0]}.html")


def known_to_strangers(pks: dict[str, int]) -> list[str]:
    """Addresses that every installation of this software has, by number; numbers are easily counted."""
    return [
        f"/documents/{pks['leaflet']}/rights.pdf",
        f"/images/{pks['picture']}/width-480/",
        f"/images/signature/{pks['picture']}/original/picture.jpg",
        f"/admin/images/{pks['picture']}/",
        f"/admin/images/{pks['picture']}/url/",
        f"/admin/images/{pks['picture']}/generate_url/width-480/",
        f"/admin/images/{pks['picture']}/preview/original/",
        f"/admin/images/{pks['picture']}/preview/width-480/",
        f"/admin/images/usage/{pks['picture']}/",
        f"/admin/documents/edit/{pks['leaflet']}/",
        f"/admin/documents/usage/{pks['leaflet']}/",
        f"/admin/recordings/edit/{pks['recording']}/",
        f"/files/texts/{pks['recording']}/captions.th.vtt",
        f"/files/texts/{pks['recording']}/%00.en.vtt",
        f"/files/texts/{'9' * 40}/captions.en.vtt",
        f"/files/texts/-{pks['recording']}/captions.en.vtt",
        "/files/",
        "/files/images/",
        "/files/../portal.sqlite3",
        "/files/%2e%2e/secret_key",
        "/files//etc/passwd",
        f"/files/images/{'a' * 3000}.webp",
        "/files/images/%ff%fe.webp",
        "/files/images/\N{THAI CHARACTER KO KAI}.webp",
    ]


def status_at_end(client: Client, address: str) -> int:
    """What is answered after all redirections but that to the sign-in, which says nothing about the address."""
    response = client.get(address)
    b"".join(response)
    response.close()
    target = response.headers.get("Location", "")
    if response.status_code in (301, 302) and "/login/" not in target:
        return status_at_end(client, target)
    return response.status_code


def leaks(client: Client, addresses: list[str]) -> dict[str, int]:
    """Addresses that are answered with anything but a refusal; the admin's door refuses what exists and what not."""
    found = {address: status_at_end(client, address) for address in addresses}
    closed = {address: {302, 403, 404} if address.startswith("/admin/") else {404} for address in found}
    return {address: status for address, status in found.items() if status not in closed[address]}


def guessed(addresses: list[str]) -> list[str]:
    """Guesses from one address of each folder."""
    one_of_each = {address.rpartition("/")[0]: address for address in addresses}
    return [guess for address in one_of_each.values() for guess in guesses(address)]


def everywhere(hidden: Hidden) -> list[str]:
    known = [*hidden.readable, *hidden.originals, *hidden.working]
    return [*known, *guessed(known), *known_to_strangers(hidden.pks)]


def test_a_visitor_and_a_learner_find_nothing_at_any_address(hidden: Hidden, signed_in: SignedIn) -> None:
    for client in (Client(), signed_in(Role.LEARNER)):
        addresses = everywhere(hidden)
        assert len(addresses) > 150
        assert leaks(client, addresses) == {}


def test_authors_and_curators_get_what_they_choose_from_and_nothing_by_guessing(
    hidden: Hidden, signed_in: SignedIn
) -> None:
    for role in (Role.AUTHOR, Role.CURATOR):
        client = signed_in(role)
        by_name = [*hidden.originals, *(address for address in hidden.readable if "/images/" in address)]
        assert {status_at_end(client, address) for address in by_name} == {200}
        known = [*hidden.readable, *hidden.originals, *hidden.working]
        assert leaks(client, guessed(known)) == {}


def test_working_copies_are_nobody_s(hidden: Hidden, signed_in: SignedIn) -> None:
    hidden.page.save_revision().publish()
    for client in (Client(), signed_in(Role.LEARNER), signed_in(Role.AUTHOR), signed_in(Role.CURATOR)):
        assert leaks(client, hidden.working) == {}


def test_publishing_shows_all_that_the_page_shows_and_unpublishing_hides_it(
    hidden: Hidden, signed_in: SignedIn
) -> None:
    visitor, learner = Client(), signed_in(Role.LEARNER)
    for _again in range(2):
        PlainPage.objects.get(pk=hidden.page.pk).save_revision().publish()
        for client in (visitor, learner):
            assert leaks(client, hidden.readable) == dict.fromkeys(hidden.readable, 200)
            assert leaks(client, hidden.originals) == {}
        PlainPage.objects.get(pk=hidden.page.pk).unpublish()
        for client in (visitor, learner):
            assert leaks(client, [*hidden.readable, *hidden.originals]) == {}


def test_a_page_for_staff_shows_its_files_to_staff_only(hidden: Hidden, signed_in: SignedIn) -> None:
    hidden.page.sensitivity = Sensitivity.STAFF
    hidden.page.save_revision().publish()
    assert {status_at_end(signed_in(Role.CENTRE_MANAGER), address) for address in hidden.readable} == {200}
    for client in (Client(), signed_in(Role.LEARNER)):
        assert leaks(client, everywhere(hidden)) == {}


def test_what_a_public_page_shows_helps_nobody_to_guess_the_rest(hidden: Hidden) -> None:
    hidden.page.save_revision().publish()
    assert leaks(Client(), guessed(hidden.readable)) == {}


def test_a_recording_that_is_taken_off_the_page_takes_its_poster_words_and_voice_along(hidden: Hidden) -> None:
    hidden.page.cover, hidden.page.body = None, []
    hidden.page.save_revision().publish()
    assert leaks(Client(), hidden.readable) == {}


def test_no_file_of_ours_lies_in_a_folder_that_is_served_as_it_is() -> None:
    folders = [settings.MEDIA_ROOT, settings.STORAGES["originals"]["OPTIONS"]["location"]]
    assert not any(str(folder).startswith(str(settings.STATIC_ROOT)) for folder in folders)
