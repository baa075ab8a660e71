# Two commands matter: `make dataset` builds the dataset, `make test` checks everything.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

# Texts that are measured on and not passed on: a folder beside the checkout, or what IRAQTALKS_SHARED says.
SHARED := $(or $(IRAQTALKS_SHARED),../shared)

export PREFECT_SERVER_ANALYTICS_ENABLED := false
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help setup dataset site release test lint types unit generated docs evaluation bench kills clean

help: ## list the commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

# The stamp depends on what is installed, so that a changed pin installs again and nothing else does.
$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if (3, 11) <= v < (3, 14) else f"IraqTalks needs Python 3.11 to 3.13, this is {v.major}.{v.minor}; set PYTHON=python3.12, say")'
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/pip install --quiet --require-hashes --requirement constraints.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

setup: $(STAMP) ## make .venv with the pinned packages

dataset: setup ## build data/processed/ from data/raw/
	$(BIN)/iraqtalks build --raw data/raw --processed data/processed

release: dataset ## make a release of the dataset in dist/; DATE=2026-11-24 PREVIOUS=folder URL=address CSV=1, as wanted
	$(BIN)/iraqtalks release $(if $(DATE),--date $(DATE)) $(if $(PREVIOUS),--previous $(PREVIOUS)) $(if $(URL),--url $(URL)) $(if $(CSV),--csv)

site: dataset ## write dist/site/, the dataset as pages to read
	$(BIN)/iraqtalks site --processed data/processed --out dist/site

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup
	$(BIN)/mypy

unit: setup
	$(BIN)/pytest

test: lint types unit ## ruff, mypy and the tests

generated: setup ## write schemas/ and the generated pages of docs/ anew
	$(BIN)/python -m iraqtalks.generate

docs: setup ## build the pages of docs/ as a site in build/docs/, strictly; needs no network
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

evaluation: setup ## write docs/evaluation.md and the figures for releases; needs the annotated articles' texts in $IRAQTALKS_SHARED/corpus
	$(BIN)/iraqtalks evaluate $(sort $(wildcard tests/gold/*.json)) --texts data/raw --closed-texts $(SHARED)/corpus --page docs/evaluation.md --keep-figures

bench: setup ## run a corpus through the extraction and write docs/benchmark.md; SAMPLE=100 for a quick look at it
	$(BIN)/python benchmarks/whole_corpus.py $(if $(SAMPLE),--sample $(SAMPLE),--page docs/benchmark.md)

kills: setup ## kill fifty builds at random moments and write what they leave into docs/kills.md; half an hour
	$(BIN)/python benchmarks/kills.py --page docs/kills.md

clean: ## remove what the commands above made
	rm -rf $(VENV) data/processed data/.processed.* build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
