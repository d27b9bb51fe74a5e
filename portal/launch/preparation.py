"""What has to be done before the portal can serve? One Django process does all of it, and then ends.

Starting Django takes longer than most of the steps, and what ended holds no memory while the portal runs.
"""

import logging
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import CommandError

from portal.home.demo.accounts import ACCOUNTS, Account
from portal.launch import fingerprint
from portal.launch.messages import compile_catalogues
from portal.launch.progress import complain, step


def compile_messages() -> None:
    compile_catalogues(into=Path(settings.LOCALE_PATHS[0]))


def migrate() -> None:
    call_command("migrate", interactive=False, verbosity=0)


def collect_static() -> None:
    call_command("collectstatic", interactive=False, verbosity=0)


def load_demonstration() -> None:
    """Fill an empty database; never touch one that holds anything."""
    if settings.DEMONSTRATION and (_is_empty() or _half_loaded().exists()):
        _half_loaded().touch()
        call_command("load_demo", verbosity=0)
        call_command("make_renditions", verbosity=0)
        _half_loaded().unlink()
        build_index()


def build_index() -> None:
    call_command("rebuild_index", verbosity=0)


# In this order; the names are those of `fingerprint.SOURCES`. Messages come before Django reads any.
STEPS: Mapping[str, tuple[str, Callable[[], object]]] = {
    "messages": ("Compiling the translations", compile_messages),
    "database": ("Preparing the database", migrate),
    "static": ("Collecting styles, scripts and fonts", collect_static),
    "demonstration": ("Loading the demonstration", load_demonstration),
    "index": ("Building the search index", build_index),
}


def prepare() -> None:
    """Do the steps that are due, and remember each as soon as it is done."""
    prepared = fingerprint.last_time()
    # Taken before anything is done: settings change the environment, and somebody may save a file meanwhile.
    digests = {name: fingerprint.digest(name) for name in fingerprint.due(prepared)}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.base")
    for name, digest in digests.items():
        if name != "messages":
            django.setup()
        sentence, act = STEPS[name]
        with step(sentence):
            act()
        prepared.digests[name] = digest
        prepared.made, prepared.accounts = _made(), []
        prepared.save()
    django.setup()
    prepared.accounts = demonstration_accounts()
    prepared.save()


def demonstration_accounts() -> list[list[str]]:
    """Those demonstration people who are really in this database: address, role, password."""
    present = set(get_user_model()._default_manager.values_list("email", flat=True))
    return [_row(account) for account in ACCOUNTS if account.email in present]


def _row(account: Account) -> list[str]:
    return [account.email, str(account.role).replace("_", " "), account.password]


def _is_empty() -> bool:
    from wagtail.models import Page

    # Wagtail's own migrations leave a root and one page of welcome.
    return not (get_user_model()._default_manager.exists() or Page.objects.filter(depth__gt=2).exists())


def _half_loaded() -> Path:
    """There while the demonstration is being loaded: if it was interrupted, the next start loads it again."""
    return fingerprint.var() / "demonstration-is-being-loaded"


def _made() -> list[str]:
    """The files that must still be there for the preparation to count."""
    database = settings.DATABASES["default"]
    candidates = [settings.STATIC_ROOT, settings.MODELSEARCH_BACKENDS["default"].get("PATH")]
    if database["ENGINE"] == "portal.base.sqlite_queue":
        candidates.append(database["NAME"])
    candidates += Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/*.mo")
    return [str(path) for path in candidates if path and Path(path).exists()]


if __name__ == "__main__":
    logging.disable(logging.INFO)  # whoever waits for the first page needs no word from every package
    try:
        prepare()
    except CommandError as error:
        complain(f"{error}")
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
