"""What is taken out of a file before it is stored, and which files are not taken at all?

Every file goes through one of these doors, whether a form, a command or another program brings it (`media.fields`).
A file is what its content says, whatever it is called. Each format has a module of its own.
"""

from media.ingest.documents import cleaned_leaflet
from media.ingest.kept import KeptFile, KeptRecording, UnableToKeep
from media.ingest.pictures import cleaned_picture, cleaned_rendition, size_of
from media.ingest.recordings import cleaned_recording, sound_of

__all__ = [
    "KeptFile",
    "KeptRecording",
    "UnableToKeep",
    "cleaned_leaflet",
    "cleaned_picture",
    "cleaned_recording",
    "cleaned_rendition",
    "size_of",
    "sound_of",
]
