"""Where are pictures unpacked, so that a bad one ends nothing but its own process?

`python -m media.workshop` is one job: a picture in, a working copy of it out, and the process ends. It imports neither
Django nor the rest of the portal, sees none of its secrets, and has its own bounds of memory and time (`limits`).
`media.workshop.asking` is the portal's side of it.
"""
