# `make run` starts the portal, `make test` runs every check. `python3 -m portal.launch` does the work.
PYTHON ?= python3
LAUNCH = @command -v $(PYTHON) >/dev/null || { echo "The portal needs Python 3.11 or newer; $(PYTHON) was not found." >&2; exit 1; }; \
	exec $(PYTHON) -m portal.launch

.PHONY: run dev test lint types format messages lock

run: ## the portal at 127.0.0.1:8000 (PORT, HOST)
	$(LAUNCH) run

dev: ## the same with DEBUG on, reloading when a file is saved
	$(LAUNCH) dev

test: ## everything that .ci/run checks
	$(LAUNCH) check all

lint: ## style of code and templates
	$(LAUNCH) check lint templates

types:
	$(LAUNCH) check types

format: ## put code and templates into the house's format
	$(LAUNCH) format

messages: ## collect new sentences into locale/ (needs gettext)
	$(LAUNCH) messages

LOCK = uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11

lock: ## requirements*.in -> requirements*.txt (needs uv)
	@command -v uv >/dev/null || { echo "Locking needs uv: pip install uv" >&2; exit 1; }
	$(LOCK) requirements.in --output-file requirements.txt
	$(LOCK) requirements-dev.in --output-file requirements-dev.txt
