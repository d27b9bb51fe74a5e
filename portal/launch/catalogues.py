"""Does every sentence that code and templates show stand in every catalogue?"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from babel.messages.pofile import read_po

from portal.launch.commands import ROOT, python, run
from portal.launch.fingerprint import FOLDERS
from portal.launch.messages import LANGUAGES, give_one_form
from portal.launch.progress import complain

WITHOUT = shutil.ignore_patterns("LC_MESSAGES", "__pycache__", "static", "content")
SHOWN_AT_ONCE = 5


def sentences_in(catalogue: Path) -> set[str]:
    """The sentences as they stand in the code; of a plural, its first form."""
    with catalogue.open("rb") as lines:
        messages = read_po(lines, abort_invalid=True)
    return {_first(message.id) for message in messages if message.id}


def _first(words: str | tuple[str, ...] | list[str]) -> str:
    return words if isinstance(words, str) else words[0]


def sentences_shown(root: Path) -> set[str]:
    """What makemessages collects, in a copy: checking must not change the catalogues."""
    with tempfile.TemporaryDirectory(prefix="portal-messages-") as name:
        for folder in FOLDERS:
            shutil.copytree(root / folder, Path(name, folder), ignore=WITHOUT)
        Path(name, "locale").mkdir(exist_ok=True)
        collect = python("-m", "django", "makemessages", "--no-wrap", "--locale", "th")
        alone = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
        if run([*collect, "--verbosity", "0"], env=alone, cwd=Path(name)) != 0:
            raise RuntimeError("makemessages failed: the lines above say why")
        collected = Path(name, "locale", "th", "LC_MESSAGES", "django.po")
        give_one_form(collected)
        return sentences_in(collected)


def main() -> int:
    shown, verdict = sentences_shown(ROOT), 0
    for code in LANGUAGES:
        catalogue = ROOT / "locale" / code / "LC_MESSAGES" / "django.po"
        missing = shown - (sentences_in(catalogue) if catalogue.exists() else set())
        if missing:
            first = "\n".join(f"    {sentence!r}" for sentence in sorted(missing)[:SHOWN_AT_ONCE])
            complain(f"{len(missing)} sentences are missing from {code}; `make messages` adds them:\n{first}")
            verdict = 1
    return verdict


if __name__ == "__main__":
    sys.exit(main())
