"""What happens to a thousand files that should never have been brought?"""

import json
import resource
import time
from collections import Counter
from pathlib import PurePath

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from media.ingest import KeptFile, KeptRecording, UnableToKeep, cleaned_leaflet, cleaned_picture, cleaned_recording
from portal.people.roles import Role
from tests.conftest import SignedIn
from tests.media import pdf_files
from tests.media.hostile import COUNT, MARKERS, Hostile, all_hostile

PARTS = 10
SOUNDS = {".mp4", ".m4a", ".webm", ".ogg", ".mp3", ".wav"}
#: What a kept file begins with.
BEGINNINGS: dict[str, tuple[int, bytes | tuple[bytes, ...]]] = {
    "image/jpeg": (0, b"\xff\xd8\xff"), "image/png": (0, b"\x89PNG\r\n"), "image/gif": (0, b"GIF8"),
    "image/webp": (8, b"WEBP"), "image/avif": (4, b"ftyp"), "image/tiff": (0, (b"II*\0", b"MM\0*")),
    "application/pdf": (0, b"%PDF-"), "video/mp4": (4, b"ftyp"), "audio/mp4": (4, b"ftyp"),
    "video/webm": (0, b"\x1aE\xdf\xa3"), "audio/webm": (0, b"\x1aE\xdf\xa3"), "audio/ogg": (0, b"OggS"),
    "audio/mpeg": (0, (b"\xff", b"ID3")), "audio/wav": (0, b"RIFF"),
}  # fmt: skip
LONGEST, MOST_MEMORY = 15.0, 150 * 1024


def kept(file: Hostile) -> KeptFile | KeptRecording:
    """What the door makes of it that a person would bring it to, by its name."""
    ending = PurePath(file.name.strip("\x00 .")).suffix.lower()
    door = cleaned_leaflet if ending == ".pdf" else cleaned_recording if ending in SOUNDS else cleaned_picture
    return door(SimpleUploadedFile(file.name or "a", file.content))


def check_refused_or_inert(file: Hostile) -> list[str]:
    """The sentences of a refusal; none for what was kept, and is inert."""
    try:
        check_inert(kept(file))
    except UnableToKeep as error:
        return [str(message) for message in error.messages]
    return []


def check_inert(file: KeptFile | KeptRecording) -> None:
    file.open()
    content = bytes(file.read())
    at, beginning = BEGINNINGS[file.content_type]
    assert content.startswith(beginning, at)
    is_paper = file.content_type == "application/pdf"
    for marker in MARKERS if is_paper else (*MARKERS, b"%PDF"):
        assert marker not in content, marker
        assert not is_paper or marker not in pdf_files.unpacked(content), marker
    assert file.name is not None
    assert PurePath(file.name).name == file.name
    assert file.name.isascii()


def test_there_are_a_thousand_and_each_is_another() -> None:
    hostile = all_hostile()
    assert len(hostile) == COUNT
    assert len({(file.name, file.content) for file in hostile}) > 0.98 * COUNT
    assert min(Counter(file.family for file in hostile).values()) >= 6


@pytest.mark.parametrize("part", range(PARTS))
def test_each_is_refused_with_a_sentence_or_inert(part: int) -> None:
    hostile = all_hostile()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for file in hostile[part::PARTS]:
        start = time.monotonic()
        refused = check_refused_or_inert(file)
        assert all(len(sentence) > 20 for sentence in refused)
        assert time.monotonic() - start < LONGEST, (file.family, file.name)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MOST_MEMORY


@pytest.fixture
def curator(signed_in: SignedIn) -> Client:
    return signed_in(Role.CURATOR)


@pytest.mark.django_db
@pytest.mark.parametrize("part", range(3))
def test_whoever_uploads_one_reads_a_sentence_and_never_a_failure(curator: Client, part: int) -> None:
    addresses = [reverse("wagtailimages:add_multiple"), reverse("wagtaildocs:add_multiple"), reverse("recordings:add")]
    for number, file in enumerate(all_hostile()[part * 17 :: 51]):
        is_sound = PurePath(file.name).suffix in SOUNDS
        address = addresses[2 if is_sound else number % 2]
        sent = SimpleUploadedFile(file.name or "a", file.content)
        response = curator.post(address, {"title": "Yard", "files[]": sent, "file": sent})
        assert response.status_code == 200, (file, response.content[:500])
        if not is_sound:
            answer = json.loads(response.content)
            assert answer["success"] or len(answer["error_message"]) > 20
