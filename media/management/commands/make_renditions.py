"""Make the sizes in which pictures are shown, here and now, instead of by the task worker."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from media.models import Picture
from media.renditions_making import make_all


class Command(BaseCommand):
    help = "Makes the renditions of all pictures that wait for them; --all also makes again those of all others."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="delete what there is, and make everything anew")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["all"]:
            for picture in Picture.objects.prefetch_related("renditions"):
                for rendition in picture.renditions.all():
                    rendition.delete()
            Picture.objects.update(renditions_made_at=None)
        done = make_all(progress=self._say if options["verbosity"] else lambda count: None)
        self.stdout.write(f"Renditions of {done} pictures were made.")

    def _say(self, count: int) -> None:
        if count % 10 == 0:
            self.stdout.write(f"  {count} pictures ...")
