"""What does `make dev` do? The same portal with DEBUG on, reloading itself when a file is saved."""

import os
import sys

from portal.launch import address, run, serving
from portal.launch.commands import UnableToLaunch, manage
from portal.launch.progress import complain, say
from portal.launch.serving import Program, Servers


def main() -> int:
    try:
        place = address.from_environment()
        run.prepare()  # without DEBUG, so that `make run` finds the styles under their lasting names
    except UnableToLaunch as error:
        complain(str(error))
        return 1
    os.environ["DEBUG"] = "1"
    at = f"[{place.host}]:{place.port}" if ":" in place.host else f"{place.host}:{place.port}"
    web = Program("The development server", manage("runserver", at))
    return Servers([web, serving.task_worker(log=None, is_forked=False)]).serve(
        ready=lambda: serving.is_healthy(place), when_ready=lambda: say(run.welcome(place))
    )


if __name__ == "__main__":
    sys.exit(main())
