"""A recording of two seconds, and the ways to its words."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from media.models import Recording, RecordingText
from portal.people.roles import Role
from tests.conftest import SignedIn

WORDS = "WEBVTT\n\n00:00:00.000 --> 00:00:02.000\nWelcome.\n"


@dataclass
class Desk:
    """An editor's browser at the words of one recording."""

    client: Client
    recording: Recording

    def address(self, place: str = "captions/en/") -> str:
        return f"/admin/recordings/{self.recording.pk}/texts/{place}"

    def open(self, place: str = "captions/en/") -> Any:
        return self.client.get(self.address(place))

    def send(self, vtt: str, place: str = "captions/en/", *, began: str | None = None, **fields: Any) -> Any:
        """What the form sends that shows the words of now, or those of an earlier time."""
        begun_with = self.version(place) if began is None else began
        return self.client.post(self.address(place), {"vtt": vtt, "begun_with": begun_with, **fields})

    def version(self, place: str = "captions/en/") -> str:
        text = self.text(place)
        return text.updated_at.isoformat() if text else ""

    def text(self, place: str = "captions/en/") -> RecordingText | None:
        kind, language = place.split("/")[:2]
        return self.recording.texts.filter(kind=kind, language=language).first()


@pytest.fixture
def desk(signed_in: SignedIn, recording: Recording) -> Desk:
    return Desk(signed_in(Role.CURATOR), recording)


def shown_in(response: Any) -> str:
    content: bytes = response.content
    return content.decode()
