"""Sessions in the database, as Django's own; only that a request reads its session with a prepared query."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.models import Session
from django.utils import timezone

from portal.queries import Prepared

_session = Prepared(
    lambda key: Session.objects.filter(session_key=key).values_list("session_key", "session_data", "expire_date"),
    kinds=(str,),
)


class SessionStore(DatabaseSessions):
    def _get_session_from_db(self) -> Any:
        """The session's row while it is valid; none starts an empty session under another key."""
        # Only keys as we make them are asked for; a cookie may hold anything.
        asked = self.session_key or ""
        for key, data, expires in _session(asked) if asked.isalnum() and asked.isascii() else ():
            if expires > timezone.now():
                return Session(session_key=key, session_data=data, expire_date=expires)
        self._session_key = None
        return None
