"""What must an editor say about a file?"""

from media.forms.doors import DoorField
from media.forms.leaflets import LeafletForm
from media.forms.pictures import PictureForm
from media.forms.recordings import RecordingForm

__all__ = ["DoorField", "LeafletForm", "PictureForm", "RecordingForm"]
