"""Does comparing grow with the manual, and no faster? Times of one process, as ratios in one run.

`python -m tests.benchmarks.comparing [--json] [--sections 300]`. A manual of so many sections is compared with one in
which a word of every step is another; one of four times as many may take 4.6 times as long at most. So it is with a
manual that was imported anew (no block keeps its id), and with one in which every section moved. A page whose 10,000
equal words stand against 10,000 others is told beside them: it may cost no more than the whole manual.
"""

import argparse
import gc
import json
import random
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from typing import Any
from uuid import UUID

from portal.editions.comparing import changed_steps, compare
from portal.editions.proposing import changed_keys
from tests.benchmarks.front_door import Bar, lines_of

SECTIONS, STEPS, TIMES = 300, 6, 3
GROWTH = 4
MOST = 4.6
THAI = ["ผู้เสียหาย", "มีสิทธิ", "ได้รับ", "ความช่วยเหลือ", "ภายใน", "เจ็ดวัน", "จาก", "นักสังคมสงเคราะห์", "และ", "ล่าม"]

Json = dict[str, Any]
Pair = tuple[Json, Json]


def manual(sections: int, *, edition: int, is_imported: bool = False, is_turned: bool = False) -> Json:
    """A manual in Thai; its editions differ in one word of every step."""
    pages = [_section(number, edition=edition, is_imported=is_imported) for number in range(sections)]
    return {"pages": pages[::-1] if is_turned else pages}


def _section(number: int, *, edition: int, is_imported: bool) -> Json:
    chance = random.Random(number)  # noqa: S311 - no secret
    blocks = []
    for step in range(STEPS):
        words = chance.choices(THAI, k=60)
        words[chance.randrange(60)] = f"ฉบับที่{edition}"
        name = f"{number}-{step}-{edition if is_imported else 0}"
        blocks.append({"id": name, "kind": "procedure_step", "anchor": "", "heading": words[0],
                       "lines": ["".join(words[:30]), "".join(words[30:])], "roles": []})  # fmt: skip
    version = {"title": f"หมวด {number}", "slug": "", "fields": {}, "blocks": blocks, "html": str(edition)}
    return {"key": str(UUID(int=number)), "parent": "", "type": "", "versions": {"th": version}}


def hostile() -> Pair:
    """A page of 10,000 equal words, and one of 10,000 others."""
    before, after = manual(1, edition=1), manual(1, edition=2)
    before["pages"][0]["versions"]["th"]["blocks"][0]["lines"] = ["no " * 10_000]
    after["pages"][0]["versions"]["th"]["blocks"][0]["lines"] = ["yes " * 10_000]
    return before, after


def seconds(work: Callable[[], object]) -> float:
    """CPU time, the best of some, without the collector, which walks through all that this benchmark made."""
    took = []
    for _ in range(TIMES):
        gc.collect()
        gc.disable()
        begun_at = time.process_time()
        work()
        took.append(time.process_time() - begun_at)
        gc.enable()
    return min(took)


def bars(sections: int) -> list[Bar]:
    """What grows with the manual, and what a hostile page costs in whole manuals."""
    kinds: dict[str, Json] = {
        "reworded": {},
        "imported anew": {"is_imported": True},
        "turned round": {"is_turned": True},
    }
    told = []
    for name, how in kinds.items():
        few, many = (_pair(count, **how) for count in (sections, GROWTH * sections))
        told.append(_growth(f"compare: {name}", _compared, few, many))
    few, many = (_pair(count) for count in (sections, GROWTH * sections))
    told.append(_growth("changed pages", lambda pair: changed_keys(pair[0], pair[1]["pages"]), few, many))
    told.append(_growth("changed steps", lambda pair: changed_steps(*pair), few, many))
    page, whole = seconds(partial(_compared, hostile())), seconds(partial(_compared, few))
    told.append(Bar("a hostile page, in manuals", page / whole, at_most=1.0))
    return told


def _compared(pair: Pair) -> object:
    return compare(*pair, language="th")


def _pair(sections: int, **how: bool) -> Pair:
    return manual(sections, edition=1), manual(sections, edition=2, **how)


def _growth(name: str, work: Callable[[Pair], object], few: Pair, many: Pair) -> Bar:
    return Bar(
        f"{name}, {GROWTH} times as many", seconds(lambda: work(many)) / seconds(lambda: work(few)), at_most=MOST
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--sections", type=int, default=SECTIONS)
    options = parser.parse_args()
    found = bars(options.sections)
    told = json.dumps([asdict(bar) for bar in found], indent=1) if options.json else "\n".join(lines_of(found))
    sys.stdout.write(told + "\n")
    return 0 if all(bar.is_met for bar in found) else 1


if __name__ == "__main__":
    raise SystemExit(main())
