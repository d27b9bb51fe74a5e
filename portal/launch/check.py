"""Is everything in order? `.ci/run` and `make test` come here; each stage can be asked for alone."""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from portal.launch import debian, postgres, tidy
from portal.launch.commands import ask, manage, python, run, tool
from portal.launch.progress import complain, say

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NO_TESTS_FOUND = 5


@dataclass
class Findings:
    """What one stage found, and which of its parts this machine could not do."""

    failed: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    def expect(self, command: Sequence[str], *, env: Mapping[str, str] | None = None, ok: Sequence[int] = (0,)) -> None:
        """Run a command; a failure is noted and the next one runs all the same."""
        if run(command, env=env) not in ok:
            words = [word for word in command[1:6] if "/" not in word and word != "-m"]
            self.failed.append(" ".join([os.path.basename(command[0]), *words]))

    def miss(self, what: str, *, package: str) -> None:
        """Note what could not be checked. Where we could have installed the package, that is a failure."""
        if debian.can_install():
            self.failed.append(f"{what}: {package} could not be installed")
        else:
            self.skipped.append(f"{what}: needs {package} (on Debian or Ubuntu: apt-get install {package})")


def lint(findings: Findings) -> None:
    for command in tidy.code(check=True):
        findings.expect(command)


def types(findings: Findings) -> None:
    findings.expect(python("-m", "mypy", "."))


def layers(findings: Findings) -> None:
    findings.expect([tool("lint-imports")])


def templates(findings: Findings) -> None:
    for command in tidy.templates(check=True):
        findings.expect(command)
    with tempfile.TemporaryDirectory(prefix="portal-check-") as folder:
        env = {**os.environ, "VAR_DIR": folder}
        findings.expect(manage("check"), env=env)
        findings.expect(manage("makemigrations", "--check", "--dry-run"), env=env)
    if _provide("xgettext", package="gettext"):
        findings.expect(python("-m", "portal.launch.catalogues"))
    else:
        findings.miss("that the catalogues are complete", package="gettext")


def tests(findings: Findings) -> None:
    if not _provide("nginx", package="nginx"):
        findings.miss("how nginx sends files", package="nginx")
    findings.expect(pytest("-n2", "-m", "not browser and not benchmark and not postgres"))
    if not postgres.programs() and debian.can_install():
        debian.provide("postgresql")
    if programs := postgres.programs():
        with postgres.throwaway(programs) as url:
            env = {**os.environ, "DATABASE_URL": url}
            findings.expect(pytest("-n0", "-m", "postgres"), env=env, ok=(0, NO_TESTS_FOUND))
    else:
        findings.miss(f"the tests marked postgres ({named('postgres')})", package="postgresql")


def browser(findings: Findings) -> None:
    if _provide(*BROWSERS, package="chromium"):
        findings.expect(pytest("-n2", "--dist=loadfile", "-m", "browser"), ok=(0, NO_TESTS_FOUND))
    else:
        findings.miss(f"the tests marked browser ({named('browser')})", package="chromium")


STAGES: Mapping[str, Callable[[Findings], None]] = {
    "lint": lint,
    "types": types,
    "layers": layers,
    "templates": templates,
    "tests": tests,
    "browser": browser,
}


def pytest(*arguments: str) -> list[str]:
    return python("-m", "pytest", "--quiet", *arguments)


def named(marker: str) -> str:
    """The files whose tests carry a marker."""
    collected = ask(pytest("--collect-only", "-n0", "-m", marker))
    files = sorted({line.split("::")[0] for line in collected.splitlines() if "::" in line})
    return ", ".join(files) or "none yet"


def _provide(*programs: str, package: str) -> bool:
    """Is one of these programs there, if need be after installing its package?"""
    if not any(map(shutil.which, programs)) and debian.can_install():
        debian.provide(package)
    return any(map(shutil.which, programs))


def main(names: Sequence[str]) -> int:
    wanted = list(STAGES) if not names or "all" in names else list(names)
    if unknown := [name for name in wanted if name not in STAGES]:
        complain(f"There is no stage {unknown[0]}; there are: {', '.join(STAGES)}.")
        return 2
    summaries = {name: _carry_out(name) for name in wanted}
    say("\n" + "\n".join(line for lines, _ in summaries.values() for line in lines))
    return 0 if all(passed for _, passed in summaries.values()) else 1


def _carry_out(name: str) -> tuple[list[str], bool]:
    """Lines for the summary, and whether the stage passed."""
    say(f"\n== {name}")
    began, findings = time.monotonic(), Findings()
    STAGES[name](findings)
    verdict = "FAILED" if findings.failed else "passed"
    lines = [f"{name:<10} {verdict}  {time.monotonic() - began:6.0f} s"]
    lines += [f"           failed: {what}" for what in findings.failed]
    lines += [f"           skipped: {what}" for what in findings.skipped]
    return lines, not findings.failed


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
