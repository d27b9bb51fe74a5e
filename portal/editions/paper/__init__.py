"""How does an edition come on paper? Frozen HTML and facts in, one PDF out, through Typst.

`making.py` asks for papers, `setting.py` puts an edition into words and blocks, `reading.py` takes the frozen HTML
apart, `press.py` has Typst print it in a process of its own. Nothing that somebody wrote ever becomes Typst source: the
templates in `typst/` read everything from one JSON file, as text.
"""
