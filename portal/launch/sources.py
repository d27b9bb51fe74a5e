"""Which files are ours to format: templates, styles and scripts, without what others wrote?"""

from pathlib import Path

from portal.launch.commands import ROOT
from portal.launch.fingerprint import FOLDERS

NOT_OURS = {"vendor", "migrations"}


def with_suffix(suffix: str) -> list[str]:
    """Paths from the root of the project, in order."""
    found = (path for folder in FOLDERS for path in (ROOT / folder).rglob(f"*{suffix}"))
    return sorted(str(path.relative_to(ROOT)) for path in found if _is_ours(path))


def _is_ours(path: Path) -> bool:
    return not NOT_OURS.intersection(path.parts)
