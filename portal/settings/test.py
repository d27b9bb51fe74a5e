"""The settings of the test suite: fast hashing, plain storage, everything in a folder that goes away."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

TEST_VAR_DIR = tempfile.mkdtemp(prefix="portal-test-")
os.environ["VAR_DIR"] = TEST_VAR_DIR
os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "x" * 50)
atexit.register(shutil.rmtree, TEST_VAR_DIR, ignore_errors=True)

from portal.launch.messages import compile_catalogues  # noqa: E402
from portal.settings.base import *  # noqa: E402, F403
from portal.settings.base import DATABASES, INSTALLED_APPS, STORAGES, VAR_DIR  # noqa: E402
from portal.settings.environment import ROOT  # noqa: E402

LOCALE_PATHS = [ROOT / "var" / "locale"]
compile_catalogues(into=LOCALE_PATHS[0])
if DATABASES["default"]["ENGINE"] == "portal.base.sqlite_queue":
    # pytest-django knows only Django's own engine to be in memory, and would make up a file name for each worker.
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}
# Finds queries in loops where a test asks it to: decisions/0007.
INSTALLED_APPS = ["zeal", *INSTALLED_APPS]
ZEAL_ALLOWLIST = [{"model": "wagtailcore.Page", "field": "get()"}]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
# The reader's index of one worker of the test run must not be another's.
MODELSEARCH_BACKENDS = WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "portal.search.backend", "PATH": str(Path(VAR_DIR) / "index"), "AUTO_UPDATE": True}
}
