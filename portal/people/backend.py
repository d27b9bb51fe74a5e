"""How is somebody signed in known again at the next request?"""

from allauth.account.auth_backends import AuthenticationBackend

from portal.people.models import User
from portal.queries import Prepared

_columns = [field.attname for field in User._meta.concrete_fields]
_person = Prepared(lambda pk: User.objects.filter(pk=pk).values_list(*_columns))


class PersonBackend(AuthenticationBackend):
    """Signing in by e-mail as django-allauth does it; the person behind a session comes by a prepared query."""

    def get_user(self, user_id: int) -> User | None:
        for row in _person(int(user_id)):
            person = User.from_db(None, _columns, row)
            return person if self.user_can_authenticate(person) else None
        return None
