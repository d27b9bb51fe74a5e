"""What does a picture of 24 megapixels cost at the door: how long, and how much memory?

`python -m tests.benchmarks.ingest [--json]`. Each format is taken in by a process of its own, as the server takes it:
that process and its workshop are measured. Memory is absolute (it does not depend on the machine), time is also told
as a multiple of what Pillow needs to unpack the same file on the same machine in the same run.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

LARGE, SMALL = (6000, 4000), (3464, 2309)
MOST_MEGABYTES, MOST_SECONDS = 300, 2.0
OPTIONS: dict[str, tuple[str, dict[str, Any]]] = {
    "jpeg": ("JPEG", {"quality": 90}),
    "jpeg-turned": ("JPEG", {"quality": 90, "orientation": 6}),
    "png": ("PNG", {"compress_level": 1}),
    "webp": ("WEBP", {"quality": 85, "method": 0}),
    "webp-lossless": ("WEBP", {"lossless": True, "method": 0, "quality": 0}),
    "avif": ("AVIF", {"quality": 70, "speed": 10}),
    "heic": ("HEIC", {"quality": 60, "enc_params": {"preset": "ultrafast"}}),
    "tiff": ("TIFF", {"compression": "tiff_lzw"}),
    "gif": ("GIF", {}),
}


@dataclass(frozen=True)
class Measure:
    """One format: megabytes of the process and of its workshop, seconds, and times as long as Pillow needs.

    What the system tells of a child is never less than its parent had at its birth: an upper bound for the workshop.
    """

    name: str
    server_megabytes: int
    workshop_megabytes: int
    seconds: float
    ratio: float

    @property
    def is_met(self) -> bool:
        return max(self.server_megabytes, self.workshop_megabytes) < MOST_MEGABYTES and self.seconds < MOST_SECONDS


def photograph(size: tuple[int, int], *, is_grainy: bool = True) -> Image.Image:
    """Something with shapes and grain, as large files have them; the same in every run but for the grain."""
    shapes = Image.radial_gradient("L").resize(size)
    if not is_grainy:
        return Image.merge("RGB", (shapes, shapes, shapes))
    grain = Image.effect_noise((size[0] // 12, size[1] // 12), 24).resize(size)
    return Image.merge("RGB", (Image.blend(shapes, grain, 0.3), shapes, shapes.transpose(Image.Transpose.ROTATE_180)))


def take_in(path: str, name: str) -> None:
    """In a process of its own: take the file in, and say what it cost."""
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    import django

    django.setup()
    from django.core.files.base import File

    from media.ingest import cleaned_picture

    with Path(path).open("rb") as file:
        started = time.perf_counter()
        cleaned_picture(File(file, name=name))
        seconds = time.perf_counter() - started
    workshop = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(json.dumps({"server": peak_megabytes(), "workshop": workshop, "seconds": seconds}))


def peak_megabytes() -> int:
    """Of this program only: `getrusage` would count what started it."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


def seconds_of(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def measured(name: str, folder: Path) -> Measure:
    from tests.media.picture_files import EXTENSIONS, picture

    format_, options = OPTIONS[name]
    path = folder / f"{name}.{EXTENSIONS[format_]}"
    # With grain, a TIFF of this size is larger than any upload may be.
    image = photograph(SMALL if format_ == "GIF" else LARGE, is_grainy=format_ != "TIFF")
    path.write_bytes(picture(format_, image=image, **options))
    command = [sys.executable, "-m", "tests.benchmarks.ingest", "--take-in", str(path), path.name]
    ended = subprocess.run(command, capture_output=True, check=True, text=True)
    cost = json.loads(ended.stdout.splitlines()[-1])
    plain = seconds_of(lambda: Image.open(BytesIO(path.read_bytes())).load())
    path.unlink()
    return Measure(
        name=name,
        server_megabytes=cost["server"],
        workshop_megabytes=cost["workshop"],
        seconds=round(cost["seconds"], 2),
        ratio=round(cost["seconds"] / plain, 1),
    )


def run(folder: Path, names: tuple[str, ...] = tuple(OPTIONS)) -> list[Measure]:
    return [measured(name, folder) for name in names]


def table(measures: list[Measure]) -> str:
    rows = [
        f"{each.name:14} {each.server_megabytes:8} {each.workshop_megabytes:10} {each.seconds:8.2f} {each.ratio:8.1f}"
        for each in measures
    ]
    return "\n".join(["format           server   workshop  seconds  x Pillow", *rows])


def main() -> None:
    if sys.argv[1:2] == ["--take-in"]:
        return take_in(*sys.argv[2:])
    with tempfile.TemporaryDirectory() as folder:
        measures = run(Path(folder))
    print(json.dumps([asdict(each) for each in measures]) if "--json" in sys.argv else table(measures))


if __name__ == "__main__":
    main()
