"""Which lighter versions of a recording does the worker make?"""

import shutil

import pytest
from django.conf import LazySettings

from media.models import Recording, RecordingVariant
from media.small_video import LINES, program
from media.variants_making import begin_again, make_all
from portal.base import background
from tests.media import files
from tests.media.mp4_files import mp4_video
from tests.media.sound_files import webm_video

pytestmark = pytest.mark.django_db


def brought(content: bytes, name: str) -> Recording:
    return Recording.objects.create(title="Film", file=files.called(name, content))


def kinds(recording: Recording) -> list[str]:
    return sorted(variant.kind for variant in recording.variants.all())


@pytest.fixture
def without_program(settings: LazySettings) -> None:
    settings.FFMPEG = ""


def test_a_film_gets_its_sound_alone_without_any_program(without_program: None) -> None:
    recording = brought(mp4_video(), "film.mp4")
    assert recording.has_sound
    assert make_all() == 1
    sound = recording.variants.get()
    assert sound.kind == RecordingVariant.Kind.SOUND
    assert str(sound.file.name).endswith(".m4a")
    assert 0 < sound.file_size < recording.file_size
    assert make_all() == 0


def test_sound_has_no_lighter_version(without_program: None) -> None:
    recording = brought(files.recording(), "sound.wav")
    assert make_all() == 1
    assert kinds(recording) == []


def test_another_file_takes_the_lighter_versions_of_the_one_before_away(without_program: None) -> None:
    recording = brought(mp4_video(), "film.mp4")
    make_all()
    recording = Recording.objects.get()
    recording.file = files.called("silent.webm", webm_video())
    recording.save()
    assert kinds(recording) == []
    assert Recording.objects.get().variants_made_at is None


def test_a_worker_that_starts_sees_to_recordings_too() -> None:
    assert begin_again in background._first


def test_a_recording_whose_file_is_gone_does_not_keep_others_waiting(without_program: None) -> None:
    lost = brought(mp4_video(), "film.mp4")
    lost.file.storage.delete(str(lost.file.name))
    other = brought(webm_video(), "other.webm")
    assert make_all() == 1
    assert Recording.objects.get(variants_made_at=None) == lost
    assert kinds(other) == ["sound"]


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="this machine has no ffmpeg, which is never required")
def test_a_film_gets_a_small_picture_where_the_machine_can_make_one() -> None:
    assert program() is not None
    recording = brought(webm_video(), "film.webm")
    make_all()
    small = recording.variants.get(kind=RecordingVariant.Kind.SMALL)
    assert 0 < small.height <= LINES
