"""What does a player look like in every script? Nothing of it is stored, and there is nothing to fetch."""

from media.models import Recording, RecordingText
from media.playing import Choice, Playing, Reading

KILOBYTE = 1024


def specimen_of_player(language: str, *, heading: str, text: str) -> Playing:
    """A film with every choice, whose transcript tells `heading` and `text`."""
    recording = Recording(
        title=heading, kind=Recording.Kind.VIDEO, file="specimens/none.webm", seconds=754, language=language,
        width=1280, height=720, credit=text,
    )  # fmt: skip
    words = _words("captions", language, f"00:00.000 --> 00:04.000\n{text}\n\n00:04.000 --> 12:34.000\n{heading}\n")
    seen = _words("descriptions", language, f"00:02.000 --> 00:04.000\n{text}\n")
    sizes = {"whole": 48_000, "small": 9_300, "sound": 5_900, "spoken": 6_100, "read": 12}
    choices = [
        Choice(name, recording.url, size * KILOBYTE, language if name == "spoken" else "")
        for name, size in sizes.items()
    ]
    others = [Reading(_words("captions", code, ""), None, True) for code in ("en", "th", "km") if code != language]
    return Playing(recording, language, "", choices, [], Reading(words, seen, True), others)


def _words(kind: str, language: str, cues: str) -> RecordingText:
    return RecordingText(recording_id=0, kind=kind, language=language, vtt=f"WEBVTT\n\n{cues}")
