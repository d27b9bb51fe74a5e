"""How does a file leave the house? Found by its name, judged, and answered: from the disk, by nginx, or from elsewhere.

What everybody may fetch is remembered (`remembered.py`), so that it is answered at the door (`middleware.py`).
"""
