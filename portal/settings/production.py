"""The settings of a real installation: they come from the environment, and weak ones are refused."""

import os

from django.core.exceptions import ImproperlyConfigured

os.environ.setdefault("DEMONSTRATION", "0")
os.environ.setdefault("HTTPS_ONLY", "1")

if len(os.environ.get("SECRET_KEY", "")) < 50 or len(set(os.environ["SECRET_KEY"])) < 10:
    raise ImproperlyConfigured(
        "Set SECRET_KEY to 50 or more random characters: "
        "python3 -c 'import secrets; print(secrets.token_urlsafe(50))' makes one."
    )
if not (hosts := {host.strip() for host in os.environ.get("ALLOWED_HOSTS", "").split(",")} - {""}) or "*" in hosts:
    raise ImproperlyConfigured("Set ALLOWED_HOSTS to the host names of the site, separated by commas, without *.")

from portal.settings.base import *  # noqa: F403
from portal.settings.base import DEBUG
from portal.settings.environment import env

if DEBUG:
    raise ImproperlyConfigured("DEBUG shows secrets to visitors: production does not start with it. Unset DEBUG.")

if env.bool("HTTPS_ONLY", default=True):
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
