"""Pictures, recordings and leaflets: what may be shown, heard and printed."""

from media.models.credited import Credited, Rights
from media.models.leaflet import Leaflet
from media.models.picture import Picture, PictureRendition
from media.models.recording import Recording, RecordingText, RecordingVariant

__all__ = [
    "Credited",
    "Leaflet",
    "Picture",
    "PictureRendition",
    "Recording",
    "RecordingText",
    "RecordingVariant",
    "Rights",
]
