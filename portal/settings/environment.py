"""Which environment variables does the portal read, and what do they mean?

Every variable is declared here once; README's table is tested against this list.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Variable:
    name: str
    default: str
    meaning: str


VARIABLES = [
    Variable(
        "DJANGO_SETTINGS_MODULE",
        "portal.settings.base",
        "portal.settings.production for a real installation: it refuses weak settings",
    ),
    Variable("SECRET_KEY", "made once in var/", "signs cookies and links; production needs 50 characters or more"),
    Variable("DEBUG", "0", "1 shows errors in the browser; refused in production"),
    Variable(
        "ALLOWED_HOSTS",
        "localhost,127.0.0.1,[::1]",
        "host names that the site answers to, separated by commas",
    ),
    Variable("SITE_NAME", "Learning Centre", "the name in the header and in messages"),
    Variable("SITE_URL", "http://localhost:8000", "the address of the site, for links in messages"),
    Variable("VAR_DIR", "var", "where everything that the portal writes lies"),
    Variable(
        "DATABASE_URL",
        "sqlite:///var/portal.sqlite3",
        "the database; postgres://user:password@host/name for PostgreSQL",
    ),
    Variable("CACHE_URL", "files in var/cache", "the cache; redis://host:6379/0 for Valkey or Redis"),
    Variable(
        "MEDIA_STORAGE",
        "files in var/media",
        "uploads; s3://key:secret@bucket?endpoint=https://host for S3-compatible storage",
    ),
    Variable(
        "X_ACCEL",
        "we send files ourselves",
        "behind nginx: the internal location, such as /protected/, from which nginx sends files that we admit to",
    ),
    Variable(
        "FFMPEG", "ffmpeg", "the program that makes small versions of videos, if the machine has it; empty for none"
    ),
    Variable("SEARCH_URL", "whoosh:", "the index; opensearch://host:9200/name or database: are the others"),
    Variable("EMAIL_URL", "consolemail:", "how mail leaves; smtp+tls://user:password@host:587"),
    Variable("DEFAULT_FROM_EMAIL", "learning-centre@localhost", "the sender of the portal's mail"),
    Variable(
        "DEMONSTRATION",
        "1",
        "1 loads made-up people and does not ask them for a second factor; 0 in production",
    ),
    Variable("EXIT_URL", "https://www.wikipedia.org/", "where the exit button leads"),
    Variable("HTTPS_ONLY", "0", "1 redirects to https and sends HSTS; 1 in production"),
    Variable("HOST", "127.0.0.1", "the address that `make run` listens on"),
    Variable("PORT", "8000", "the port that `make run` listens on"),
    Variable("WEB_WORKERS", "1", "web server processes; one for each core where memory allows"),
    Variable("LOG_LEVEL", "INFO", "how much is logged: DEBUG, INFO, WARNING, ERROR"),
]

SEARCH_ENGINES = {"opensearch": "opensearch3", "elasticsearch": "elasticsearch9"}
SECONDS_FOR_AN_ENGINE = 2
WRONG_SEARCH_URL = "SEARCH_URL must look like whoosh:, whoosh:/folder, database: or opensearch://host:9200/name."

env = environ.Env()


def _check_scheme(name: str, *, known: Iterable[str], example: str) -> None:
    """The value itself is not repeated: it may hold a password."""
    if urlsplit(env.str(name)).scheme not in known:
        raise ImproperlyConfigured(f"{name} must be an address such as {example}.")


def database(default: Path) -> dict[str, Any]:
    """Django's settings of the database that DATABASE_URL names; SQLite goes through our write queue."""
    if not env.str("DATABASE_URL", default=""):
        # Not by way of an address: the folder's name may hold any character.
        return {"ENGINE": "portal.base.sqlite_queue", "NAME": str(default), "CONN_MAX_AGE": None}
    _check_scheme("DATABASE_URL", known=environ.Env.DB_SCHEMES, example="postgres://user:password@host/name")
    settings: dict[str, Any] = env.db_url("DATABASE_URL")
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        # Opening the file for every request would cost more than most requests.
        return {**settings, "ENGINE": "portal.base.sqlite_queue", "CONN_MAX_AGE": None}
    return {**settings, "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}


def cache(default: Path) -> dict[str, Any]:
    """A cache that all processes share: rate limits must count in one place."""
    url = env.str("CACHE_URL", default="")
    if not url:
        return {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": str(default)}
    if urlsplit(url).scheme in {"redis", "rediss", "valkey", "valkeys"}:
        location = url.replace("valkey", "redis", 1) if url.startswith("valkey") else url
        return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": location}
    _check_scheme("CACHE_URL", known=environ.Env.CACHE_SCHEMES, example="redis://host:6379/0")
    return dict(env.cache_url("CACHE_URL"))


def mail() -> dict[str, Any]:
    """Django's settings of the mail server that EMAIL_URL names; to the terminal if it names none."""
    if env.str("EMAIL_URL", default=""):
        _check_scheme("EMAIL_URL", known=environ.Env.EMAIL_SCHEMES, example="smtp+tls://user:password@host:587")
    found: dict[str, Any] = env.email_url("EMAIL_URL", default="consolemail:")
    return {name: value for name, value in found.items() if name.startswith("EMAIL_")}


def media_storage(default: Path) -> dict[str, Any]:
    """Uploads are private wherever they lie: the portal's own view decides who may fetch them."""
    url = env.str("MEDIA_STORAGE", default="")
    if not url:
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(default), "base_url": "/files/"},
        }
    parts = urlsplit(url)
    if parts.scheme != "s3" or not parts.hostname:
        raise ImproperlyConfigured("MEDIA_STORAGE must look like s3://key:secret@bucket?endpoint=https://host.")
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "access_key": unquote(parts.username or "") or None,
            "secret_key": unquote(parts.password or "") or None,
            "bucket_name": parts.hostname,
            "endpoint_url": query.get("endpoint"),
            "region_name": query.get("region"),
            "default_acl": "private",
            "querystring_auth": True,
            "querystring_expire": 60,
            # The older way of signing is refused by newer regions and by several compatible servers.
            "signature_version": "s3v4",
            "file_overwrite": False,
        },
    }


def x_accel() -> str:
    """The location of nginx that only we lead to; empty if we send files ourselves."""
    location = env.str("X_ACCEL", default="")
    if location and not re.fullmatch(r"/[\w-]+/", location, re.ASCII):
        raise ImproperlyConfigured("X_ACCEL must be a location of nginx between slashes, such as /protected/.")
    return location


def private_storage(default: Path) -> dict[str, Any]:
    """A store that no reader's address leads to: a folder of its own, or one of the same name within the bucket."""
    uploads = media_storage(default)
    location = default.name if "bucket_name" in uploads["OPTIONS"] else str(default)
    return {**uploads, "OPTIONS": {**uploads["OPTIONS"], "location": location}}


def search_backend(default: Path) -> dict[str, Any]:
    """django-modelsearch's settings of the engine that SEARCH_URL names."""
    parts = _parts_of_search_url()
    if parts.scheme == "whoosh" and not parts.netloc:
        return {"BACKEND": "portal.search.backend", "PATH": unquote(parts.path) or str(default)}
    if parts.scheme == "database" and not parts.netloc and not parts.path:
        return {"BACKEND": "portal.search.backend.database"}
    scheme = "https" if parts.scheme.endswith("s") else "http"
    engine = SEARCH_ENGINES.get(parts.scheme.removesuffix("s"))
    if not engine or not parts.hostname:
        raise ImproperlyConfigured(WRONG_SEARCH_URL)
    return {
        "BACKEND": f"modelsearch.backends.{engine}",
        "URLS": [f"{scheme}://{parts.netloc}"],
        "INDEX_PREFIX": f"{parts.path.strip('/') or 'learning-centre'}_",
        # Somebody waits: where no answer comes, the database gives one.
        "TIMEOUT": SECONDS_FOR_AN_ENGINE,
        "OPTIONS": {"max_retries": 0},
    }


def _parts_of_search_url() -> SplitResult:
    try:
        parts = urlsplit(env.str("SEARCH_URL", default="") or "whoosh:")
        # Asked for only here: it raises where the port is no number.
        _port = parts.port
    except ValueError:
        # Its own sentence holds the value, and the value may hold a password.
        raise ImproperlyConfigured(WRONG_SEARCH_URL) from None
    return parts
