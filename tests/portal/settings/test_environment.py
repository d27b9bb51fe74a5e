"""Does each address in the environment switch its part, and is a wrong one explained?"""

from pathlib import Path
from typing import Any

import environ
import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.settings import environment
from tests.portal.settings.asking import ask

HERE = Path("/somewhere with # and ? and %20")


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "CACHE_URL", "MEDIA_STORAGE", "SEARCH_URL", "EMAIL_URL"):
        monkeypatch.delenv(name, raising=False)


def database() -> dict[str, Any]:
    return environment.database(HERE / "portal.sqlite3")


def test_with_nothing_set_everything_lies_in_var() -> None:
    assert database()["ENGINE"] == "portal.base.sqlite_queue"
    assert database()["NAME"] == str(HERE / "portal.sqlite3")
    assert environment.cache(HERE)["BACKEND"].endswith("FileBasedCache")
    assert environment.media_storage(HERE)["OPTIONS"]["location"] == str(HERE)
    assert environment.search_backend(HERE) == {"BACKEND": "portal.search.backend", "PATH": str(HERE)}


def test_database_url_switches_to_postgresql(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://porter:p%40ss@db.example.org:5433/centre")
    found = database()
    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "porter", "p@ss", "db.example.org", 5433, "centre",
    )  # fmt: skip
    assert found["CONN_HEALTH_CHECKS"]


def test_another_sqlite_file_goes_through_the_queue_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:////srv/centre.sqlite3")
    assert database()["ENGINE"] == "portal.base.sqlite_queue"
    assert database()["NAME"] == "/srv/centre.sqlite3"


@pytest.mark.parametrize("scheme", ["redis", "rediss", "valkey", "valkeys"])
def test_cache_url_switches_to_a_server(monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    monkeypatch.setenv("CACHE_URL", f"{scheme}://cache.example.org:6379/1")
    found = environment.cache(HERE)
    assert found["BACKEND"] == "django.core.cache.backends.redis.RedisCache"
    assert (
        found["LOCATION"]
        == f"redis{'s' if scheme.endswith('s') and scheme != 'redis' else ''}://cache.example.org:6379/1"
    )


def test_media_storage_switches_to_s3_and_keeps_files_private(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDIA_STORAGE", "s3://key:se%2Fcret@centre?endpoint=https://s3.example.org&region=th-1")
    found = environment.media_storage(HERE)
    assert found["BACKEND"] == "storages.backends.s3.S3Storage"
    options = found["OPTIONS"]
    assert (options["access_key"], options["secret_key"], options["bucket_name"]) == ("key", "se/cret", "centre")
    assert (options["endpoint_url"], options["region_name"]) == ("https://s3.example.org", "th-1")
    assert options["default_acl"] == "private"
    assert options["querystring_auth"]


@pytest.mark.parametrize(
    ("url", "backend", "server"),
    [
        ("opensearch://search.example.org:9200/centre", "modelsearch.backends.opensearch3", "http"),
        ("opensearchs://search.example.org:9200/centre", "modelsearch.backends.opensearch3", "https"),
        ("elasticsearch://search.example.org:9200", "modelsearch.backends.elasticsearch9", "http"),
    ],
)
def test_search_url_switches_to_a_server(monkeypatch: pytest.MonkeyPatch, url: str, backend: str, server: str) -> None:
    monkeypatch.setenv("SEARCH_URL", url)
    found = environment.search_backend(HERE)
    assert found["BACKEND"] == backend
    assert found["URLS"] == [f"{server}://search.example.org:9200"]


def test_search_url_switches_to_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEARCH_URL", "database:")
    assert environment.search_backend(HERE) == {"BACKEND": "portal.search.backend.database"}


def test_search_url_names_the_folder_of_the_index(monkeypatch: pytest.MonkeyPatch) -> None:
    for url, folder in (("whoosh:", str(HERE)), ("", str(HERE)), ("whoosh:/srv/an%20index", "/srv/an index")):
        monkeypatch.setenv("SEARCH_URL", url)
        assert environment.search_backend(HERE) == {"BACKEND": "portal.search.backend", "PATH": folder}


def test_search_engines_are_asked_patiently_but_not_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEARCH_URL", "opensearchs://porter:p%40ss@search.example.org:9200/centre")
    found = environment.search_backend(HERE)
    assert found["URLS"] == ["https://porter:p%40ss@search.example.org:9200"]
    assert (found["INDEX_PREFIX"], found["TIMEOUT"]) == ("centre_", 2)


@pytest.mark.parametrize(
    "url",
    [
        "opensearch:", "opensearch://", "opensearch:///centre", "opensearch://secret:port", "opensearch://[::1",
        "database://host", "database:/srv/secret", "whoosh://secret/folder", "solr://secret:8983", "secret", "://secret",
    ],
)  # fmt: skip
def test_a_search_url_that_means_nothing_is_refused_and_not_repeated(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("SEARCH_URL", url)
    with pytest.raises(ImproperlyConfigured, match="SEARCH_URL must look like") as refused:
        environment.search_backend(HERE)
    assert "secret" not in str(refused.value)


WRONG = {
    "DATABASE_URL": ["nonsense", "oracal://host/name", "http://host/name"],
    "CACHE_URL": ["nonsense", "http://host"],
    "MEDIA_STORAGE": ["nonsense", "/srv/files", "gs://bucket", "s3://"],
    "SEARCH_URL": ["nonsense", "solr://host/core", "opensearch:", "opensearch:///name"],
    "EMAIL_URL": ["nonsense", "http://host"],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WRONG.items() for value in values])
def test_a_wrong_address_is_refused_with_the_name_of_its_setting(name: str, value: str, tmp_path: Path) -> None:
    answer = ask(["-c", "from django.conf import settings; settings.DEBUG"], var=tmp_path, **{name: value})
    last = answer.warned.strip().splitlines()[-1] if answer.warned.strip() else ""
    assert answer.code != 0
    assert "ImproperlyConfigured" in last
    assert name in last


def test_mail_leaves_by_the_server_that_is_named(tmp_path: Path) -> None:
    show = "from django.conf import settings as s; print(s.EMAIL_BACKEND, s.EMAIL_HOST, s.EMAIL_PORT, s.EMAIL_USE_TLS)"
    answer = ask(["-c", show], var=tmp_path, EMAIL_URL="smtp+tls://user:password@mail.example.org:587")
    assert answer.said.split() == ["django.core.mail.backends.smtp.EmailBackend", "mail.example.org", "587", "True"]
    assert "console" in ask(["-c", "from django.conf import settings as s; print(s.EMAIL_BACKEND)"], var=tmp_path).said


def test_the_environment_is_read_through_one_door() -> None:
    assert isinstance(environment.env, environ.Env)
    with pytest.raises(ImproperlyConfigured):
        environment.env.str("A_SETTING_THAT_NOBODY_DECLARED")
