"""Do signing and coming into force grow with the manual, and no faster? Times of one process, as ratios in one run.

`python -m tests.benchmarks.issuing [--json] [--sections 75]`, with VAR_DIR or DATABASE_URL of a throwaway database.
A manual of so many sections in two languages is proposed, reviewed, approved and brought into force, and one of four
times as many may take 4.6 times as long at most. The seconds are told beside them.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from tests.benchmarks.front_door import Bar, lines_of

SECTIONS, GROWTH, MOST, SECONDS = 75, 4, 4.6, 5.0
DEEDS = ("propose", "review", "approve", "come into force")


def seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    """CPU time: what else the machine does is no part of it."""
    begun_at = time.process_time()
    found = work()
    return time.process_time() - begun_at, found


def took(sections: int, *, code: str) -> dict[str, float]:
    """What each deed takes for a manual of so many sections in English and Thai."""
    from portal.editions.coming_into_force import show_what_holds
    from portal.editions.signing import sign
    from tests.factories.editions import NOON, make_trio, proposed

    trio = make_trio()
    manual = in_two_languages(sections, code=code, by=trio.author)
    told = {}
    told["propose"], proposal = seconds(lambda: proposed(manual, by=trio.author))
    told["review"], _signed = seconds(lambda: sign(proposal, by=trio.reviewer, at=NOON))
    told["approve"], _signed = seconds(lambda: sign(proposal, by=trio.approver, at=NOON))
    told["come into force"], _none = seconds(lambda: show_what_holds(manual.translation_key, at=NOON))
    return told


def in_two_languages(sections: int, *, code: str, by: Any) -> Any:
    from tests.factories.editions import add_section, write_manual

    manual = write_manual(by=by, code=code, sections=sections)
    thai = write_manual(by=by, code=code, sections=0, language="th", translation_key=manual.translation_key)
    manual.refresh_from_db()
    for section in manual.get_children():
        add_section(thai, title=section.title, by=by, translation_key=section.translation_key)
    _note(manual, by=by)
    return manual


def _note(manual: Any, *, by: Any) -> None:
    from django.utils import timezone

    from portal.editions.contributions import note_contribution

    for page in manual.get_descendants(inclusive=True):
        note_contribution(page, by=by, at=timezone.now())


def bars(sections: int) -> list[Bar]:
    few, many = took(sections, code="KP-SOP-901"), took(GROWTH * sections, code="KP-SOP-902")
    growth = [Bar(f"{deed}, {GROWTH} times as many", many[deed] / few[deed], at_most=MOST) for deed in DEEDS]
    return [*growth, *(Bar(f"{deed}, seconds for {GROWTH * sections}", many[deed], at_most=SECONDS) for deed in DEEDS)]


def in_a_database_that_goes_away(sections: int) -> list[Bar]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    import django

    django.setup()
    from django.test.utils import get_runner, setup_test_environment, teardown_test_environment

    setup_test_environment()
    from django.conf import settings

    runner = get_runner(settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        return bars(sections)
    finally:
        runner.teardown_databases(databases)
        teardown_test_environment()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--sections", type=int, default=SECTIONS)
    options = parser.parse_args()
    found = in_a_database_that_goes_away(options.sections)
    told = json.dumps([asdict(bar) for bar in found], indent=1) if options.json else "\n".join(lines_of(found))
    sys.stdout.write(told + "\n")
    return 0 if all(bar.is_met for bar in found) else 1


if __name__ == "__main__":
    raise SystemExit(main())
