"""What does the work room sound like? A loom's rhythm out of noise and sine waves, and its words in two languages."""

import io
import math
import struct
import wave
from random import Random

from media.drawings.mudmee import chance

RATE = 22_050
SECONDS = 12
BEAT = 1.5  # one throw of the shuttle and two beats of the reed

TRANSCRIPT: dict[str, str] = {
    "en": (
        "The sound of a hand loom, twelve seconds. The shuttle runs across the warp with a soft swish; "
        "then the reed beats the new thread home, twice. A treadle creaks, and it begins again: eight throws in all. "
        "Nobody speaks."
    ),
    "th": (
        "เสียงกี่ทอมือ ความยาวสิบสองวินาที กระสวยแล่นผ่านเส้นยืนเป็นเสียงแผ่วเบา แล้วฟืมกระทบเส้นพุ่งสองครั้ง "
        "ไม้เหยียบลั่นเบา ๆ แล้วจังหวะก็เริ่มใหม่ รวมแปดรอบ ไม่มีเสียงพูด"
    ),
}

_CUES: tuple[tuple[float, float, dict[str, str]], ...] = (
    (0.0, 1.5, {"en": "[The shuttle runs across; the reed beats twice]", "th": "[กระสวยแล่นผ่าน ฟืมกระทบสองครั้ง]"}),
    (1.5, 6.0, {"en": "[The same again, in an even rhythm]", "th": "[จังหวะเดิมซ้ำอย่างสม่ำเสมอ]"}),
    (6.0, 10.5, {"en": "[A treadle creaks; the weaving goes on]", "th": "[ไม้เหยียบลั่นเบา ๆ การทอดำเนินต่อไป]"}),
    (10.5, 12.0, {"en": "[A last throw, and quiet]", "th": "[รอบสุดท้าย แล้วเงียบลง]"}),
)


def _captions(language: str) -> str:
    cues = (f"{_clock(start)} --> {_clock(end)}\n{words[language]}\n" for start, end, words in _CUES)
    return "WEBVTT\n\n" + "\n".join(cues)


def _clock(seconds: float) -> str:
    return f"00:00:{seconds:06.3f}"


CAPTIONS: dict[str, str] = {language: _captions(language) for language in TRANSCRIPT}


def loom_rhythm() -> bytes:
    """Twelve seconds of weaving as a WAV file: one channel, 16 bits, 22,050 samples a second."""
    track = [0.0] * (RATE * SECONDS)
    random = chance("loom rhythm")
    for throw in range(int(SECONDS / BEAT)):
        start = throw * BEAT + random.uniform(0, 0.03)
        _swish(track, at=start + 0.05, lasts=0.42, random=random)
        _thump(track, at=start + 0.62, strength=0.62, random=random)
        _thump(track, at=start + 0.92, strength=0.42, random=random)
        _creak(track, at=start + 1.2, random=random)
    return _wav(track)


def _swish(track: list[float], *, at: float, lasts: float, random: Random) -> None:
    """The shuttle: noise through a low-pass filter that opens and closes as it passes."""
    first, count, heard = int(at * RATE), int(lasts * RATE), 0.0
    for i in range(count):
        passing = math.sin(math.pi * i / count)
        heard += (random.uniform(-1, 1) - heard) * (0.06 + 0.3 * passing)
        track[first + i] += heard * passing**2 * 0.3


def _thump(track: list[float], *, at: float, strength: float, random: Random) -> None:
    """The reed's wooden frame: a low tone that falls, a knock, and the rattle of its teeth."""
    first, count = int(at * RATE), int(0.26 * RATE)
    for i in range(count):
        t = i / RATE
        body = math.sin(math.tau * (78 * t + 30 * (1 - math.exp(-t * 18)) / 18)) * math.exp(-t * 15)
        knock = math.sin(math.tau * 410 * t) * math.exp(-t * 60) * 0.4
        teeth = random.uniform(-1, 1) * math.exp(-t * 45) * 0.25
        track[first + i] += (body + knock + teeth) * strength * min(1, i / 40)


def _creak(track: list[float], *, at: float, random: Random) -> None:
    """The treadle: a narrow tone that slides, very quietly."""
    first, count, pitch = int(at * RATE), int(0.16 * RATE), random.uniform(240, 300)
    for i in range(min(count, len(track) - first)):
        t = i / RATE
        wave_ = math.sin(math.tau * (pitch * t + 160 * t * t)) * (1 + math.sin(math.tau * 46 * t)) / 2
        track[first + i] += wave_ * math.sin(math.pi * i / count) * 0.05


def _wav(track: list[float]) -> bytes:
    quiet = int(0.25 * RATE)
    for i in range(quiet):  # no click where it ends
        track[-1 - i] *= i / quiet
    loudest = max(abs(value) for value in track)
    frames = struct.pack(f"<{len(track)}h", *(round(value / loudest * 26_000) for value in track))
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(frames)
    return out.getvalue()
