"""How does one command lead from a fresh clone to a running portal?

The first stage (`__main__`) needs Python's standard library only: it makes `.venv` and goes on inside it.
The second stage prepares what changed (`preparation`, one Django process), then starts the servers.
"""
