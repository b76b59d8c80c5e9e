# The commands of this project; `make` alone lists them. Everything they make is in .venv/ and build/.

PYTHON ?= python3
# Read the Docs and the GitHub workflows add to these; so can you: make html SPHINXOPTS=-v
SPHINXOPTS ?=
# A person who asks wants times judged, too; .ci/run does not: they depend on how busy a machine is.
AUDITOPTS ?= --judge-times

# Relative paths throughout, and `python -m` rather than the scripts in .venv/bin: the folder may have a space in its name.
python := .venv/bin/python
sphinx := $(python) -m sphinx_folio build -n -W --keep-going $(SPHINXOPTS)

# The package: from its folder where that is here, else from the address in requirements.txt.
package := $(wildcard sphinx-folio/pyproject.toml)
in_package := cd sphinx-folio && ../$(python)
tsc := npm exec --yes --package typescript@5.9.3 -- tsc --project jsconfig.json
all_tests := $(if $(package),test,site-test)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help html pdf posters livehtml check test test-site test-models test-package audit lint bench linkcheck lock clean

help:
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1|\2/p' Makefile | while IFS='|' read -r command what; do printf '  %-16s%s\n' "$$command" "$$what"; done

# From scratch each time: what is published never depends on what an earlier build left behind.
html: .venv/.site ## Build the site into build/html
	@rm -rf build/html
	$(sphinx) --fresh-env -b html -d build/doctrees . build/html
	@printf '\nOpen %s\n' "$(CURDIR)/build/html/index.html"

pdf: .venv/.site ## Build the CV's PDF into build/cv, and nothing else
	$(sphinx) -q -b cv -d build/doctrees . build/cv
	@ls build/cv/*.pdf

posters: .venv/.$(all_tests) ## Draw the still pictures of the models, after a model has changed
	@$(python) -m sphinx_folio.audit.programs
	$(python) -m sphinx_folio posters

# The tag leaves out what a preview does not need.
livehtml: .venv/.live ## Edit: build, open the browser, rebuild and reload on every save
	$(python) -m sphinx_folio live -n $(SPHINXOPTS) -t live -b html -d build/live/doctrees --open-browser --port 0 \
		$(if $(package),--watch sphinx-folio/src) --ignore 'build/*' --ignore '.venv/*' --ignore '.git/*' --ignore 'tests/*' . build/live/html

check: .venv/.site ## List the mistakes in refs.bib, with their cures (CHECKOPTS=--online asks Crossref and arXiv)
	$(python) -m sphinx_folio check $(CHECKOPTS)

test: test-site test-models test-package ## Run every test: the site's, the models', the package's

test-site: .venv/.$(all_tests) ## Run the site's own tests, in a real browser too
	@$(python) -m sphinx_folio.audit.programs chromium
	$(python) -m pytest tests --ignore tests/models $(PYTESTOPTS)

# Models and the package are only in some copies.
test-models: .venv/.$(all_tests)
	$(if $(wildcard tests/models),$(python) -m pytest -n auto --dist=loadfile tests/models $(PYTESTOPTS))

test-package: .venv/.$(all_tests)
	@$(if $(package),$(python) -m sphinx_folio.audit.programs)
	$(if $(package),$(in_package) -m pytest -n auto --dist=worksteal $(PYTESTOPTS))

audit: .venv/.$(if $(package),test,audit) ## Check what the site promises: access, weight, privacy … (AUDITOPTS=weight for only that)
	@$(python) -m sphinx_folio.audit.programs
	$(python) -m sphinx_folio audit $(AUDITOPTS)

lint: .venv/.$(if $(package),lint,site) ## Check conf.py; in the package also style, types and the order of imports
	$(python) -m sphinx_folio lint
	$(if $(package),$(in_package) -m ruff check . && ../$(python) -m ruff format --check . && ../$(python) -m mypy && ../$(python) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()')
	@$(if $(package),if command -v npm >/dev/null; then $(tsc); else echo 'No npm here: the types of the scripts are not checked'; fi)

bench: .venv/.test ## Measure speed beside the stock directive, in one run (takes a while; BENCHOPTS=--quick)
	@$(python) -m sphinx_folio.audit.programs
	$(in_package) -m benchmarks $(BENCHOPTS)

linkcheck: .venv/.site ## Ask every address on the site whether it still answers (needs the network)
	$(sphinx) -b linkcheck -D linkcheck_timeout=20 -D linkcheck_retries=3 -D linkcheck_rate_limit_timeout=300 \
		-d build/doctrees . build/linkcheck

lock: .venv/.lock ## Refresh sphinx-folio/constraints.txt with the newest versions
	$(in_package) -m uv pip compile --quiet --upgrade --universal --python-version 3.11 --all-extras --no-annotate \
		--custom-compile-command 'make lock' --output-file constraints.txt pyproject.toml

clean: ## Remove what was built, .venv included
	rm -rf build .venv

# .venv/.NAME marks that the extra NAME of the package is installed.
.venv/.%: $(package) $(wildcard sphinx-folio/constraints.txt requirements.txt) | $(python)
	@echo 'Installing what "$*" needs into .venv …'
	@$(python) -m pip install --quiet --disable-pip-version-check \
		$(if $(package),--constraint sphinx-folio/constraints.txt --editable 'sphinx-folio[$*]',--requirement requirements.txt)
	@touch $@

$(python):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo 'This site needs Python 3.11 or newer. Name yours: make html PYTHON=python3.13' >&2; exit 1; }
	$(PYTHON) -m venv .venv
