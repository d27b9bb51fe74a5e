"""What is searched without result, without anybody who searched?

Staff are told words that found nothing, so that they can write what is missing. A question may be the name of somebody
in danger, so this is all that is kept, a row for each wording in a language (`UnfoundWords`):

- a digest of the words, made with SECRET_KEY, how often they were asked, and in which months: no person, no address,
  no session, no time of day;
- the words themselves only from the eleventh time on; before, they are not in the database.

All of it is forgotten twelve months after it began, what was not asked eleven times after three. Questions that look
like a sentence, a number of a telephone or of a document, or an address are never counted.

Somebody who repeats a question counts once a day, and one network cannot count more than a few wordings. To know that
without keeping who it was, the cache holds for a day a digest of address and words, made with a secret that was drawn
for this day and lies in the cache alone. After the day the secret is gone, and nobody can tell what a digest stood for.

The count is written at once, in a transaction of its own, and only if no other writer must be waited for: it says
"about how often", and an answer that waits is worse than a search that is not counted. A task would be a write, too,
and would keep the words in its own table; a cache cannot be asked for all that lies in it.
"""

import hmac
import ipaddress
import logging
import re
import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django_tasks import task

from portal.base.sqlite_queue.base import patient_for
from portal.search import analysis
from portal.search.models import LEAST_TOLD, UnfoundWords, UnfoundWordsQuerySet
from portal.search.queries import Question

logger = logging.getLogger(__name__)

#: A longer question is a sentence, and tells more of whoever asks.
LONGEST, MOST_WORDS = 60, 6
#: A year or a section of a law has fewer digits than whatever says who somebody is.
MOST_DIGITS = 4
MONTHS_TOLD, MONTHS_UNTOLD = 12, 3
#: Wordings that one network can add in a day, and that are kept at all before they are told.
MOST_A_DAY, MOST_UNTOLD = 30, 20_000
HOUR, DAY = 60 * 60, 24 * 60 * 60
SECONDS_OF_PATIENCE = 0.05
#: Whoever says so is believed; others count once a day like everybody.
ROBOT = re.compile("bot|crawl|spider|slurp|preview|monitor", re.IGNORECASE)
SECRET, FORGOTTEN, FORGETTING = (f"portal_search:unfound_{name}" for name in ("secret", "forgotten", "forgetting"))


def note(question: Question, *, request: HttpRequest, language: str, at: datetime) -> None:
    """Count a question that found nothing, if it may be counted. Never fails, and waits for nobody."""
    words = countable(question)
    if words and request.method == "GET" and not ROBOT.search(request.headers.get("User-Agent", "")):
        digest = digest_of(words, language=language)
        if _is_first_today(digest, _sources(request)):
            _try_to_count(words, digest=digest, language=language, at=at)


def countable(question: Question) -> str:
    """The words, each in one writing; "" for what is never counted."""
    if question.unwanted or len(question.text) > LONGEST or "@" in analysis.folded(question.text):
        return ""
    runs = list(analysis.runs(question.text))
    words = " ".join("".join(run) for run in runs)
    is_short = sum(map(len, runs)) <= MOST_WORDS and len(words) <= LONGEST
    return words if is_short and sum(sign.isdecimal() for sign in words) <= MOST_DIGITS else ""


def digest_of(words: str, *, language: str) -> str:
    return salted_hmac("portal.search.unfound", f"{language}\n{words}", algorithm="sha256").hexdigest()


# --- once a day ---------------------------------------------------------------------------------------------------
def _sources(request: HttpRequest) -> list[str]:
    """Whence a question came: the network and, if somebody is signed in, the person. Never written down."""
    try:
        address = ipaddress.ip_address(get_adapter(request).get_client_ip(request))
    except (PermissionDenied, ImproperlyConfigured, ValueError):
        return []
    # One connection is usually given as many addresses as version 6 has for a network.
    network = ipaddress.ip_network((address, 64), strict=False) if address.version == 6 else address
    user = request.user
    return [f"network:{network}", *([f"person:{user.pk}"] if user.is_authenticated else [])]


def _is_first_today(digest: str, sources: Iterable[str]) -> bool:
    """Whether none of the sources has asked this today, nor too much else; none at all is nobody."""
    try:
        secret = str(cache.get_or_set(SECRET, lambda: secrets.token_hex(32), DAY)).encode()
        return all([_is_first(source, digest, secret) for source in sources] or [False])
    except Exception as error:
        # Each kind of cache has errors of its own; without one nobody can say who repeats.
        logger.warning("Searches without result are not counted: %s", type(error).__name__)
        return False


def _is_first(source: str, digest: str, secret: bytes) -> bool:
    asked, of_source = (_keyed(secret, text) for text in (f"{source}\n{digest}", source))
    often = cache.get(of_source, 0)
    if often >= MOST_A_DAY or not cache.add(asked, True, DAY):
        return False
    cache.set(of_source, often + 1, DAY)
    return True


def _keyed(secret: bytes, text: str) -> str:
    return f"portal_search:{hmac.digest(secret, text.encode(), 'sha256').hex()}"


# --- counting -----------------------------------------------------------------------------------------------------
def _try_to_count(words: str, *, digest: str, language: str, at: datetime) -> None:
    try:
        with patient_for(SECONDS_OF_PATIENCE, connection=connection), transaction.atomic():
            _count(words, digest=digest, language=language, month=_month(at))
            if cache.add(FORGOTTEN, True, DAY):
                forget(at=at)
    except (DatabaseError, OSError) as error:
        logger.warning("A search without result was not counted: %s", type(error).__name__)


def _count(words: str, *, digest: str, language: str, month: date) -> None:
    row = UnfoundWords.objects.select_for_update().filter(digest=digest).first()
    if row is None:
        if UnfoundWords.objects.untold().count() >= MOST_UNTOLD:
            return
        row = UnfoundWords(digest=digest, language=language, since=month)
    row.count += 1
    row.last = month
    row.words = words if row.count >= LEAST_TOLD else ""
    row.save()


# --- telling and forgetting ---------------------------------------------------------------------------------------
def told(*, at: datetime) -> UnfoundWordsQuerySet:
    """What staff may read."""
    return UnfoundWords.objects.told().exclude(since__lte=_month(at, before=MONTHS_TOLD))


def forget(*, at: datetime) -> None:
    """Nothing is older than twelve months, and nothing that was asked seldom is older than three."""
    UnfoundWords.objects.begun_by(_month(at, before=MONTHS_TOLD)).delete()
    UnfoundWords.objects.untold().begun_by(_month(at, before=MONTHS_UNTOLD)).delete()


def _month(at: datetime, *, before: int = 0) -> date:
    """The first day of the month, or of one so many months before."""
    today = timezone.localtime(at).date()
    years, month = divmod(12 * today.year + today.month - 1 - before, 12)
    return date(years, month + 1, 1)


@task(backend="background", queue_name="background")
def forget_daily() -> None:
    """Also where nobody searches. Each time promises the next, once however many workers start."""
    forget(at=timezone.now())
    if forget_daily.get_backend().supports_defer and cache.add(FORGETTING, True, DAY - HOUR):
        forget_daily.using(run_after=timezone.now() + timedelta(seconds=DAY)).enqueue()


def begin() -> None:
    """For a worker that starts."""
    forget_daily.enqueue()
