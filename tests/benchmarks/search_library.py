"""How does a portal look that holds many passages? Articles of several parts each, written into a prepared database.

`VAR_DIR=... python -m tests.benchmarks.search_library 10000` adds so many passages. Pages are
saved without revisions: that an editor publishes each of them is measured elsewhere.
"""

import os
import subprocess
import sys
import uuid
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks import search_passages
from tests.factories.server import ROOT, environment, prepare

if TYPE_CHECKING:
    from lessons.articles.models import ArticleIndexPage
    from portal.search.evaluation.folders import Passage

PARTS_OF_A_PAGE = 7
LONGEST_HEADING = 60
#: The portal is not written in Chinese: such passages stand among the English ones.
TREES = {"zh": "en"}
MARK = "search-library"


def fill(var_dir: Path, *, wanted: int) -> None:
    """The demonstration and so many passages beside it; what this folder holds already is not made again."""
    prepare(var_dir)
    mark = var_dir / MARK
    if mark.exists() and mark.read_text() == str(wanted):
        # Another form of the index may be wanted by now.
        _run(var_dir, "manage.py", "rebuild_index", "--if-needed", "--verbosity=0")
        return
    _run(var_dir, "-m", "tests.benchmarks.search_library", str(wanted))
    _run(var_dir, "manage.py", "rebuild_index", "--verbosity=0")
    mark.write_text(str(wanted))


def _run(var_dir: Path, *command: str) -> None:
    subprocess.run([sys.executable, *command], cwd=ROOT, env=environment(var_dir), check=True)


def pages_of(passages: "Iterable[Passage]") -> "Iterator[list[Passage]]":
    """Neighbours of one language and title, a page full at a time."""
    for _key, group in groupby(passages, key=lambda passage: (passage.language, passage.title)):
        parts = list(group)
        yield from (parts[start : start + PARTS_OF_A_PAGE] for start in range(0, len(parts), PARTS_OF_A_PAGE))


def write(wanted: int) -> None:
    from django.db import transaction
    from django.utils import timezone

    from lessons.articles.models import ArticlePage
    from portal.search.models import Change

    indexes = indexes_by_language()
    passages = search_passages.passages(wanted)
    with transaction.atomic():
        for number, parts in enumerate(pages_of(sorted(passages, key=lambda passage: passage.language))):
            language = TREES.get(parts[0].language, parts[0].language)
            page = ArticlePage(
                title=parts[0].title or heading_of(parts[0].text),
                slug=f"passage-{number}",
                summary=heading_of(parts[0].text),
                body=[block for part in parts for block in blocks_of(part)],
                locale_id=indexes[language].locale_id,
                first_published_at=timezone.now(),
            )
            indexes[language].add_child(instance=page)
        # The whole index is built afterwards: nothing has to be written into the one before.
        Change.objects.all().delete()


def indexes_by_language() -> "dict[str, ArticleIndexPage]":
    """The list of articles in each language of the site; the demonstration has it in some."""
    from django.conf import settings
    from wagtail.models import Locale

    from lessons.articles.models import ArticleIndexPage

    indexes = {index.locale.language_code: index for index in ArticleIndexPage.objects.select_related("locale")}
    for language, _name in settings.LANGUAGES:
        if language not in indexes:
            locale, _is_new = Locale.objects.get_or_create(language_code=language)
            indexes[language] = indexes["en"].copy_for_translation(locale, copy_parents=True)
            for page in (indexes[language], *indexes[language].get_ancestors().filter(depth__gte=2, live=False)):
                page.specific.save_revision().publish(skip_permission_checks=True)
            indexes[language].refresh_from_db()
    return indexes


def blocks_of(passage: "Passage") -> list[dict[str, object]]:
    return [
        {"type": "heading", "id": str(uuid.uuid4()), "value": {"text": heading_of(passage.text), "level": "2"}},
        {"type": "paragraph", "id": str(uuid.uuid4()), "value": f"<p>{passage.text}</p>"},
    ]


def heading_of(text: str) -> str:
    line = text.splitlines()[0]
    return line if len(line) <= LONGEST_HEADING else line[:LONGEST_HEADING].rpartition(" ")[0] or line[:LONGEST_HEADING]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.benchmarks.settings")
    import django

    django.setup()
    write(int(sys.argv[1]))
