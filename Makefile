# `make run` serves, `make test` tests; both set up what is missing. `make help` lists the rest.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
PYTHON ?= python3
VENV := .venv
SUITES ?= seeds
INTO ?= build/reader
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
CODE := parley retrieval service prompts evals training benchmarks tests docker docker/check-steps .ci/audit .ci/install .ci/sbom

help: ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

run: $(VENV)/.runtime model ## set up, ingest the seed articles on the first start, serve on http://127.0.0.1:8000
	@exec $(BIN)/parley serve

# Compiled once: not again in each worker and each process that a test starts.
unexport PYTHONDONTWRITEBYTECODE

# Three workers for two cores, since a third of the time they wait for a clock, a process or a page. A file goes
# to one of them: it shares what is dear to open. In the order of their names the longest come first.
test: $(VENV)/.dev model browser ## set up and run the tests (offline, under 3 minutes on 2 cores)
	@$(BIN)/python -m pytest -q -n 3 --dist loadfile --no-loadscope-reorder

test-slow: $(VENV)/.dev model browser strace postgresql ## the tests that take minutes or need a package index
	@$(BIN)/python -m pytest -q -m slow -n 2 --dist loadfile --no-loadscope-reorder

# Deselected is what only files of a data directory have, and what has no record: tests/cluster/embedded.py says why.
test-cluster: $(VENV)/.dev model browser postgresql ## the tests on PostgreSQL and `chroma run` instead of a data directory
	@$(BIN)/python -m tests.cluster $(BIN)/python -m pytest -q -n 3 --dist loadfile --no-loadscope-reorder

soak: $(VENV)/.dev model ## kill a service some 270 times, and see that it stands by all that it told (10 minutes)
	@SOAK=4 $(BIN)/python -m pytest -q -m slow -n 2 tests/killed

check: lint types imports docs test ## everything that must hold; writes nothing

lint: $(VENV)/.dev
	@$(BIN)/ruff check $(CODE)
	@$(BIN)/ruff format --check $(CODE)

types: $(VENV)/.dev
	@$(BIN)/mypy
	@MYPYPATH=docker $(BIN)/mypy docker/check-steps

imports: $(VENV)/.dev
	@$(BIN)/lint-imports --no-cache

docs: $(VENV)/.dev
	@$(BIN)/python -m pytest -q tests/docs

fix: $(VENV)/.dev ## format and mend what can be mended
	@$(BIN)/ruff check --fix $(CODE)
	@$(BIN)/ruff format $(CODE)
	@$(BIN)/python -m tests.docs.settings_page > docs/settings.md
	@$(BIN)/python -m tests.docs.slack_page

eval: $(VENV)/.runtime model ## ask the seeds suite, compare with the committed baseline, write the report
	@$(BIN)/parley evals run seeds

ablation: $(VENV)/.dev model ## what each rule is good for (SUITES='seeds DIR ...', DATA=DIR for the verifier)
	@OPENBLAS_NUM_THREADS=1 $(BIN)/python -m benchmarks.ablation --suites $(SUITES) $(if $(DATA),--data $(DATA))

train: public-rows $(VENV)/.training model ## train the reader anew, for hours (PUBLIC=DIR of the public rows: docs/reader.md)
	@$(BIN)/python -m training all --public $(PUBLIC) --into $(INTO)

public-rows: # first, before gigabytes are fetched
	@test -f "$(PUBLIC)/qa.jsonl.gz" -a -f "$(PUBLIC)/nli.jsonl.gz" || { echo "The public rows, qa.jsonl.gz and nli.jsonl.gz, are not in '$(PUBLIC)': make train PUBLIC=DIR (docs/reader.md says what they hold)." >&2; exit 2; }

bench: $(VENV)/.dev model ## print the figures of docs/performance.md
	@OPENBLAS_NUM_THREADS=1 $(BIN)/python -m benchmarks

# Without --strict, a package that the advisory service doesn't know counts as sound.
sbom: $(VENV)/.dev ## a CycloneDX list of the locked packages (sbom.json)
	@$(BIN)/python .ci/sbom sbom.json
	@echo "sbom.json written"

audit: sbom ## known vulnerabilities in the locked packages; fails where the advisory service can't tell
	@$(BIN)/python .ci/audit

lock: $(VENV)/.dev ## resolve the dependencies anew into both lock files
	@$(BIN)/uv pip compile pyproject.toml lock.in --excludes lock.excludes --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements.lock --upgrade
	@$(BIN)/uv pip compile pyproject.toml lock.in --excludes lock.excludes --extra dev -c requirements.lock --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements-dev.lock
	@$(BIN)/uv pip compile pyproject.toml lock.in --excludes lock.excludes --extra training -c requirements-dev.lock --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements-training.lock

model: $(VENV)/.runtime
	@$(BIN)/parley fetch-model

browser:
	@tests/install-package chromium chromium-browser google-chrome

strace:
	@tests/install-package strace

postgresql: # Debian puts its programs beside the path
	@test -n "$(wildcard /usr/lib/postgresql/*/bin/initdb)" || tests/install-package postgresql initdb

clean: ## remove the environment (the data directory stays)
	@rm -rf $(VENV)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Parley needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1). Name another one: make PYTHON=python3.12 ..." >&2; exit 1; }
	@echo "Setting up Parley in $(VENV), once: about 172 MB of packages and 84 MB of embedding model to download, 1 GB on"
	@echo "disk. That takes two or three minutes on a fast line, more on a slow one."
	@$(PYTHON) -m venv $(VENV) || { echo "Python cannot make a virtual environment (on Debian: apt-get install python3-venv)." >&2; rm -rf $(VENV); exit 1; }

# -e is refused in hash mode, so the locked packages and Parley itself are two calls.
$(VENV)/.runtime: requirements.lock pyproject.toml | $(VENV)/bin/python
	@$(BIN)/python .ci/install requirements.lock "about 172 MB to download, 600 MB on disk"
	@echo "Installing Parley itself ..."
	@$(PIP) install --no-deps --no-build-isolation -e .
	@$(BIN)/python .ci/compile
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	@$(BIN)/python .ci/install requirements-dev.lock "about 152 MB more to download, 400 MB on disk"
	@touch $@

$(VENV)/.training: requirements-training.lock $(VENV)/.runtime
	@$(BIN)/python .ci/install requirements-training.lock "with torch and what it brings for NVIDIA cards, 2 to 3 GB"
	@touch $@

.PHONY: help run test test-slow test-cluster check lint types imports docs fix eval ablation train public-rows bench sbom audit lock model browser strace postgresql clean
