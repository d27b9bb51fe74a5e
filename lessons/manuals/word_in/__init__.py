"""How does a file that somebody wrote in Word, or as Markdown, become the sections of a manual?

`python -m lessons.manuals.word_in FILE FOLDER WORDING` is one job: a file in, `manual.json` and pictures out, and the
process ends. It imports neither Django nor the rest of the portal, sees none of its secrets, and has its own bounds of
memory and time (`bounds`). `lessons.manuals.importing` is the portal's side of it.

`packed` opens a Word file, `prepared` makes of it what mammoth reads without losing a word, `document` and `markdown`
turn both kinds of files into the same parts (`parts`), `dissolving` takes apart tables that only arrange a page,
`sections` divides, `blocks` and `tables` make blocks, and `words` counts what came through.
"""
