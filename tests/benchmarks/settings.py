"""The demonstration, with the two views that it is measured against."""

from portal.settings.base import *  # noqa: F403

ROOT_URLCONF = "tests.benchmarks.views"
