"""The settings of the conformance suite: the test suite's own, and the models that django-modelsearch tests with.

Their tests import the models of the app `modelsearch`, which Wagtail replaces by its own; there can be only one.
"""

from pathlib import Path

from portal.settings.test import *  # noqa: F403
from portal.settings.test import INSTALLED_APPS

INSTALLED_APPS = [
    "modelsearch.test.testapp",
    *("modelsearch" if app == "wagtail.search" else app for app in INSTALLED_APPS),
]
FIXTURE_DIRS = [Path(__file__).parent / "fixtures"]
