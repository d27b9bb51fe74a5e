"""Where do editors write captions, transcripts, audio descriptions and narrations, with the recording beside them?"""
