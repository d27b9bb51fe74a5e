"""What does `make run` do inside `.venv`? Prepare what changed, serve, and say where."""

import signal
import sys

from portal.launch import address, fingerprint, serving, sharing
from portal.launch.address import Address
from portal.launch.commands import UnableToLaunch, python, run
from portal.launch.progress import complain, say, step


def main() -> int:
    # Whoever stops us while we prepare stops the preparation too: it goes on with the next start.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        place = address.from_environment()
        prepare()
        return serve(place)
    except UnableToLaunch as error:
        complain(str(error))
        return 1
    except KeyboardInterrupt:
        complain("Stopped before the portal was ready; the next start goes on from there.")
        return 130


def prepare() -> None:
    """Skip the process, which takes seconds to start, when nothing changed."""
    if not fingerprint.due(fingerprint.last_time()):
        return
    code = run(python("-m", "portal.launch.preparation"))
    if code == 130:
        raise KeyboardInterrupt
    if code != 0:
        raise UnableToLaunch(
            "The portal could not be prepared: the lines above say why. Put that right and run the command "
            f"again. To begin from nothing, remove the folder {fingerprint.var()} (it holds all content)."
        )


def serve(place: Address) -> int:
    if sharing.IS_POSSIBLE:
        with step("Loading the portal"):
            sharing.load()
    logs = fingerprint.var() / "logs"
    programs = [
        serving.web_server(place, log=logs / "web.log"),
        serving.task_worker(log=logs / "worker.log"),
    ]
    return serving.Servers(programs).serve(
        ready=lambda: serving.is_healthy(place), when_ready=lambda: say(welcome(place))
    )


def welcome(place: Address) -> str:
    lines = [f"\nThe portal is open: {place.url}   (Ctrl-C stops it)"]
    if accounts := fingerprint.last_time().accounts:
        lines.append("\nMade-up people to look around as (e-mail, role, password):")
        widths = [max(len(account[column]) for account in accounts) for column in range(2)]
        lines += [f"  {mail:<{widths[0]}}  {role:<{widths[1]}}  {password}" for mail, role, password in accounts]
    lines.append(f"\nLogs and all content lie in {fingerprint.var()}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
