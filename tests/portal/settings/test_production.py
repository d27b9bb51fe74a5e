"""Does a real installation start only with strong settings?"""

import json
from pathlib import Path

import pytest

from tests.portal.settings.asking import STRONG_KEY, ask, production

CHECK = ["manage.py", "check", "--deploy", "--fail-level", "WARNING"]
START = ["-c", "import portal.wsgi"]
WEAK = {
    "no key": {"SECRET_KEY": ""},
    "a short key": {"SECRET_KEY": "not-long-enough"},
    "a key of one letter": {"SECRET_KEY": "x" * 80},
    "DEBUG": {"DEBUG": "1"},
    "DEBUG in another word": {"DEBUG": "true"},
    "no hosts": {"ALLOWED_HOSTS": ""},
    "hosts that are only commas": {"ALLOWED_HOSTS": " , "},
    "any host": {"ALLOWED_HOSTS": "*"},
    "any host among others": {"ALLOWED_HOSTS": "learning.example.org, *"},
}
SHOW = """
import json
from django.conf import settings
names = ["DEBUG", "DEMONSTRATION", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SESSION_COOKIE_SECURE",
         "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "CSRF_COOKIE_HTTPONLY", "SESSION_COOKIE_NAME"]
print(json.dumps({name: getattr(settings, name) for name in names}))
"""


@pytest.mark.parametrize("weak", WEAK)
def test_production_refuses_to_start_with(weak: str, tmp_path: Path) -> None:
    answer = production(START, var=tmp_path, **WEAK[weak])
    assert answer.code != 0
    last = answer.warned.strip().splitlines()[-1]
    assert last.startswith("django.core.exceptions.ImproperlyConfigured: ")
    assert set(WEAK[weak]) & {word.strip(".:,") for word in last.split()}, last
    for value in WEAK[weak].values():
        assert len(value) < 6 or value not in last


def test_production_refuses_without_the_variables_at_all(tmp_path: Path) -> None:
    answer = ask(START, var=tmp_path, settings="portal.settings.production")
    assert answer.code != 0
    assert "SECRET_KEY" in answer.warned


def test_production_starts_and_the_deployment_check_is_clean(tmp_path: Path) -> None:
    answer = production(CHECK, var=tmp_path)
    assert answer.code == 0, answer.warned
    assert "no issues (0 silenced)" in answer.said
    assert "WARNING" not in answer.warned


def test_production_is_in_earnest(tmp_path: Path) -> None:
    found = json.loads(production(["-c", SHOW], var=tmp_path).said)
    assert found == {
        "DEBUG": False,
        "DEMONSTRATION": False,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_NAME": "__Host-session",
    }


def test_production_does_not_load_the_demonstration(tmp_path: Path) -> None:
    answer = production(["manage.py", "load_demo"], var=tmp_path)
    assert answer.code != 0
    assert "DEMONSTRATION=1" in answer.warned


def test_production_writes_no_key_to_the_disk(tmp_path: Path) -> None:
    production(START, var=tmp_path)
    assert not (tmp_path / "secret_key").exists()


def test_development_needs_nothing_and_keeps_its_key(tmp_path: Path) -> None:
    keys = [ask(["-c", "from django.conf import settings; print(settings.SECRET_KEY)"], var=tmp_path) for _ in range(2)]
    assert keys[0] == keys[1]
    assert len(keys[0].said) > 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert STRONG_KEY not in keys[0].said
