"""Which roles may edit below an index page? Each index page says so; the groups get exactly that."""

from collections.abc import Mapping

from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Page

from portal.people.roles import Role, group_name

#: What Wagtail calls the rights on a page.
ADD, CHANGE, PUBLISH = "add_page", "change_page", "publish_page"

Rights = Mapping[Role, tuple[str, ...]]

WRITERS: Rights = {
    Role.AUTHOR: (ADD,),
    Role.REVIEWER: (CHANGE,),
    Role.APPROVER: (CHANGE, PUBLISH),
}
CURATORS: Rights = {Role.CURATOR: (ADD, CHANGE, PUBLISH)}
TRAINERS: Rights = {Role.TRAINER: (ADD, CHANGE, PUBLISH)}


def grant_rights(page: Page, rights: Rights) -> None:
    """Give the groups of the roles their rights on `page` and all below it; calling it again changes nothing."""
    for role, codenames in rights.items():
        group, _ = Group.objects.get_or_create(name=group_name(role))
        for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codenames):
            GroupPagePermission.objects.get_or_create(group=group, page_id=page.pk, permission=permission)
