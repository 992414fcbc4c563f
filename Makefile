# Every command that a contributor needs. Only python3 (3.11 or newer) has to be there.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DATA ?= data
LIMIT ?=

.PHONY: help demo test lint docs bench figures goldens history wheel clean browser

help:  ## Show this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile

$(VENV)/demo.done: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/dev.done: $(VENV)/demo.done
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

demo: $(VENV)/demo.done  ## Set up, check the clippings of fixtures/ and write demo/report.html
	$(BIN)/credibility check --fail-on never fixtures/clippings
	@mkdir -p demo
	$(BIN)/credibility check --fail-on never --format html --output demo/report.html fixtures/clippings
	@echo "Open demo/report.html in a browser to see each flag on its words."

test: $(VENV)/dev.done browser  ## Set up and run all tests
	$(BIN)/pytest -q -n 2

browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
	  || { $$([ "$$(id -u)" = 0 ] || echo sudo) apt-get update -qq && $$([ "$$(id -u)" = 0 ] || echo sudo) apt-get install -y -qq chromium >/dev/null; } \
	  || { echo "The browser tests need Chromium, and it could not be installed: install it and run make test again." >&2; exit 1; }

lint: $(VENV)/dev.done  ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: $(VENV)/dev.done  ## Write the pages of docs/ that come from the program itself
	$(BIN)/python docs/build.py

goldens: $(VENV)/dev.done  ## Renew the golden reports of fixtures/clippings (read the diff before you commit it)
	$(BIN)/python -m tests.goldens

history: $(VENV)/dev.done  ## Keep what the rules of this version are in rules/history.toml and CHANGELOG.md
	$(BIN)/python -m tests.history

bench: $(VENV)/dev.done  ## Print the figures on speed and memory; make bench DATA=FILE adds those on pages of yours (.jsonl.gz)
	$(BIN)/python -m tests.benchmarks.bench $(filter %.jsonl %.gz,$(DATA))

figures: $(VENV)/dev.done  ## Measure on labelled data: make figures DATA=FOLDER writes docs/figures.md
	$(BIN)/credibility evaluate all $(DATA) $(if $(LIMIT),--limit $(LIMIT)) --output docs/figures.md

wheel: $(VENV)/dev.done  ## Build wheel and source distribution into dist/
	$(BIN)/python -m build --quiet

clean:  ## Remove what the commands above made
	rm -rf $(VENV) dist build demo .mypy_cache .ruff_cache .hypothesis
