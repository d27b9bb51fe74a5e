"""Blocks that show media, and the body that content pages are made of."""

from media.blocks.body import BodyBlock
from media.blocks.file import FileBlock
from media.blocks.picture import PictureBlock
from media.blocks.recording import RecordingBlock

__all__ = ["BodyBlock", "FileBlock", "PictureBlock", "RecordingBlock"]
