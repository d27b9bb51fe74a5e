"""How do translations get from the templates into the catalogues, and from there into the running portal?"""

import os
import shutil
import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from portal.launch.commands import ROOT, UnableToLaunch, manage, run
from portal.launch.progress import complain

LANGUAGES = ("th", "lo", "my", "km", "vi")
UNKNOWN_PLURAL, NO_PLURAL = "nplurals=INTEGER; plural=EXPRESSION;", "nplurals=1; plural=0;"
IGNORED = ("var", "tests", "node_modules", ".venv")


def compile_catalogues(*, into: Path, source: Path = ROOT / "locale") -> list[Path]:
    """Compile each catalogue that is newer than its compiled form in `into`; answer those that were.

    With Babel, because a fresh machine has no gettext. Unchecked (fuzzy) translations count: the catalogues
    mark them, and a reader of Lao is helped more by an unchecked word than by an English one.
    """
    return [
        catalogue
        for catalogue in sorted(source.glob("*/LC_MESSAGES/*.po"))
        if _compile(catalogue, target=into / catalogue.relative_to(source).with_suffix(".mo"))
    ]


def _compile(source: Path, *, target: Path) -> bool:
    if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
        return False
    try:
        with source.open("rb") as lines:
            catalogue = read_po(lines, locale=source.parent.parent.name, domain="django")
    except ValueError as error:
        # One damaged catalogue must not keep five languages shut; `.ci/run templates` refuses it.
        complain(f"{source} cannot be read: {error}. That language keeps its older translations.")
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    half_written = target.with_suffix(f".{os.getpid()}")  # several test processes may compile at once
    with half_written.open("wb") as compiled:
        write_mo(compiled, catalogue, use_fuzzy=True)
    half_written.replace(target)
    return True


def collect(root: Path = ROOT) -> None:
    """Bring the sentences of code and templates into the catalogues (`make messages`)."""
    if not shutil.which("xgettext"):
        raise UnableToLaunch("Collecting sentences needs gettext. On Debian or Ubuntu: apt-get install gettext")
    ignored = [argument for name in IGNORED for argument in ("--ignore", name)]
    languages = [argument for code in LANGUAGES for argument in ("--locale", code)]
    run(manage("makemessages", "--no-location", "--no-wrap", *languages, *ignored))
    for catalogue in (root / "locale").glob("*/LC_MESSAGES/*.po"):
        give_one_form(catalogue)


def give_one_form(catalogue: Path) -> None:
    """None of our languages has a plural, but gettext offers each a second form, and does not know Lao at all."""
    text = catalogue.read_text().replace(UNKNOWN_PLURAL, NO_PLURAL)
    catalogue.write_text(text.replace('msgstr[1] ""\n', ""))


if __name__ == "__main__":
    try:
        collect()
    except UnableToLaunch as error:
        complain(str(error))
        sys.exit(1)
