"""How is a video made small enough for a slow line? By a program of the machine, which the portal can do without.

The program is started for each video, without a network, with bounds on time, memory and size; what it writes goes
through the door of recordings like anything that somebody brings.
"""

import resource
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.files.base import File

from media.ingest.kept import AnyFile

#: Lines of the small picture: a fifth of what a phone records, and still enough to follow hands at a loom.
LINES = 240
MOST_SECONDS, MOST_MEMORY = 3600, 1024**3
MUXERS = {".mp4": "mov", ".m4v": "mov", ".mov": "mov", ".webm": "matroska"}
MP4 = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "30", "-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "48k"]
WEBM = [
    "-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "6", "-b:v", "120k", "-c:a", "libopus", "-b:a", "32k",
]  # fmt: skip
FORMATS: dict[str, list[str]] = {".mp4": MP4, ".webm": WEBM}


class UnableToEncode(Exception):
    """There is no program, or it failed; the message is for the log."""


def program() -> str | None:
    """The path of ffmpeg: what the setting says, or what the machine has; nothing if the setting is empty."""
    named = getattr(settings, "FFMPEG", "ffmpeg")
    return shutil.which(named) if named else None


@contextmanager
def small_video(file: AnyFile) -> Iterator[AnyFile]:
    """The same film at most LINES high, as MP4 where the program can, or else as WebM. Raises UnableToEncode."""
    ffmpeg = program()
    if ffmpeg is None:
        raise UnableToEncode("this machine has no ffmpeg")
    with tempfile.TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR) as folder:
        source = Path(folder, f"film{Path(str(file.name)).suffix}")
        with source.open("wb") as copy:
            copy.writelines(file.chunks())
        small = first_encoded(ffmpeg, source)
        with small.open("rb") as opened:
            yield File(opened, name=small.name)


def first_encoded(ffmpeg: str, source: Path) -> Path:
    for ending, encoders in FORMATS.items():
        small = source.with_name(f"small{ending}")
        if encoded(ffmpeg, source, small, encoders=encoders):
            return small
    raise UnableToEncode("ffmpeg cannot read or write this film")


def encoded(ffmpeg: str, source: Path, small: Path, *, encoders: list[str]) -> bool:
    command = [
        ffmpeg, "-nostdin", "-v", "error", "-protocol_whitelist", "file", "-f", MUXERS.get(source.suffix, "matroska"),
        "-i", str(source), "-map", "0:v:0", "-map", "0:a:0?", "-map_metadata", "-1", "-sn", "-dn",
        "-vf", f"scale=-2:'min({LINES},ih)'", "-threads", "1", *encoders, "-y", str(small),
    ]  # fmt: skip
    try:
        # The command is ours, and the file is an argument of no shell.
        ended = subprocess.run(  # noqa: S603
            command, cwd=small.parent, env={"PATH": "/usr/bin:/bin"}, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=MOST_SECONDS, preexec_fn=bounded, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return False
    return ended.returncode == 0 and small.exists() and small.stat().st_size > 0


def bounded() -> None:
    """In the new process, before it becomes ffmpeg."""
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_MEMORY, MOST_MEMORY))
