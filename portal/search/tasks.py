"""What does the task worker do for the index?"""

from django_tasks import task

from portal.search import feeding


@task(backend="background", queue_name="background")
def drain_index() -> int:
    """Index what has changed."""
    return feeding.drain()


@task(backend="background", queue_name="background")
def rebuild_index() -> int:
    """Build the index anew."""
    return feeding.rebuild()
