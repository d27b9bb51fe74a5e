"""Do the files keep the habits of the house that a machine can see?"""

import re
import subprocess
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDERS = ("portal", "lessons", "exhibits", "media")
CODE = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in path.parts]
FORBIDDEN_NAMES = re.compile(r"(^|_)(utils?|helpers?|common|core|managers?|services?|handlers?|data|info)($|_)")


def test_every_floor_imports_only_from_below() -> None:
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml")) == 0


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_file_names_say_what_is_inside(path: Path) -> None:
    assert not FORBIDDEN_NAMES.search(path.stem), f"{path.stem} says nothing (house rule 15)"


def test_no_file_names_this_machine() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    for name in tracked:
        path = ROOT / name
        if path.suffix in {".py", ".md", ".html", ".css", ".js", ".toml", ".in", ".txt"} and path.exists():
            assert str(ROOT) + "/" not in path.read_text(encoding="utf-8"), name


def test_no_template_holds_inline_script_or_style() -> None:
    for path in (page for folder in FOLDERS for page in (ROOT / folder).rglob("templates/**/*.html")):
        html = path.read_text(encoding="utf-8")
        assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>|<style|\sstyle=|\son[a-z]+=", html), path


def test_readme_files_of_apps_are_short() -> None:
    for path in [*ROOT.glob("portal/*/README.md"), *ROOT.glob("lessons/*/README.md"), ROOT / "exhibits" / "README.md"]:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 40, path
