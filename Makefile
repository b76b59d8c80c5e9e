# The commands of this project; `make` alone lists them. Everything they make is in .venv/ and build/.

PYTHON ?= python3
# Read the Docs and the GitHub workflow add to these; so can you: make html SPHINXOPTS=-v
SPHINXOPTS ?=

# Relative paths throughout, and `python -m` rather than the scripts in .venv/bin: the folder may have a space in its name.
python := .venv/bin/python
tsc := npm exec --yes --package typescript@5.9.3 -- tsc --project jsconfig.json
sphinx := $(python) -m sphinx_folio.cli.build -n -W --keep-going $(SPHINXOPTS)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help html pdf posters livehtml check test audit lint bench linkcheck lock clean

help:
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1|\2/p' Makefile | while IFS='|' read -r command what; do printf '  %-16s%s\n' "$$command" "$$what"; done

# From scratch each time: what is published never depends on what an earlier build left behind.
html: .venv/.site ## Build the site into build/html
	@rm -rf build/html
	$(sphinx) --fresh-env -b html -d build/doctrees . build/html
	@printf '\nOpen %s\n' "$(CURDIR)/build/html/index.html"

pdf: .venv/.site ## Make the CV's PDF in build/cv, and nothing else
	$(sphinx) -q -b cv -d build/doctrees . build/cv
	@ls build/cv/*.pdf

posters: .venv/.test ## Make the still pictures of the models anew, after a model has changed
	@$(python) sphinx-folio/tests/programs.py
	$(python) sphinx-folio/tests/posters.py

# The tag leaves out what a preview does not need.
livehtml: .venv/.live ## Edit: build, open the browser, rebuild and reload on every save
	$(python) -m sphinx_folio.cli.live -n $(SPHINXOPTS) -t live -b html -d build/live/doctrees --open-browser --port 0 \
		--watch sphinx-folio/src --ignore 'build/*' --ignore '.venv/*' --ignore '.git/*' --ignore 'tests/*' . build/live/html

check: .venv/.site ## Say what is wrong with refs.bib and how to mend it (CHECKOPTS=--online asks Crossref and arXiv)
	$(python) -m sphinx_folio check $(CHECKOPTS)

test: .venv/.test ## Run every test, the real browser's included
	@$(python) sphinx-folio/tests/programs.py
	$(python) -m pytest $(PYTESTOPTS)

audit: .venv/.test ## Check what the site promises: access, weight, privacy … (AUDITOPTS=weight for only that)
	@$(python) sphinx-folio/tests/programs.py
	$(python) -m sphinx_folio.audit $(AUDITOPTS)

lint: .venv/.lint ## Check style and types
	$(python) -m ruff check .
	$(python) -m ruff format --check .
	$(python) -m mypy
	@if command -v npm >/dev/null; then $(tsc); else echo 'No npm here: the types of the models are not checked'; fi

bench: .venv/.test ## Measure speed beside the stock directive, in one run (takes a while; BENCHOPTS=--quick)
	@$(python) sphinx-folio/tests/programs.py
	$(python) -m benchmarks $(BENCHOPTS)

linkcheck: .venv/.site ## Ask every address on the site whether it still answers (needs the network)
	$(sphinx) -b linkcheck -d build/doctrees . build/linkcheck

lock: .venv/.lock ## Refresh constraints.txt with the newest versions
	$(python) -m uv pip compile --quiet --upgrade --universal --python-version 3.11 --all-extras --no-annotate \
		--custom-compile-command 'make lock' --output-file sphinx-folio/constraints.txt sphinx-folio/pyproject.toml

clean: ## Remove what was built, .venv included
	rm -rf build .venv

# .venv/.NAME marks that the extra NAME of pyproject.toml is installed.
.venv/.%: sphinx-folio/pyproject.toml sphinx-folio/constraints.txt | $(python)
	@echo 'Installing what "$*" needs into .venv …'
	@$(python) -m pip install --quiet --disable-pip-version-check --constraint sphinx-folio/constraints.txt --editable 'sphinx-folio[$*]'
	@touch $@

$(python):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo 'This site needs Python 3.11 or newer. Name yours: make html PYTHON=python3.13' >&2; exit 1; }
	$(PYTHON) -m venv .venv
