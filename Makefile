# `make run` and `make test` do all the set-up on a fresh machine with Python 3.11 or newer.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help setup run test check format bench lock clean

help: ## show the commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: $(READY) ## create .venv with the locked dependencies and the command `govtable`

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "govtable needs Python 3.11 or newer; set PYTHON=/path/to/python3"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $(READY)

run: $(READY) ## process raw/ into outputs/
	$(BIN)/govtable run raw --out outputs

test: $(READY) ## run the tests
	$(BIN)/python -m pytest

check: $(READY) ## formatting, lint, types and import directions, as in CI
	$(BIN)/ruff format --check pipeline tests
	$(BIN)/ruff check pipeline tests
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY) ## format the code
	$(BIN)/ruff format pipeline tests
	$(BIN)/ruff check --fix pipeline tests

bench: $(READY) ## words a second of each stage, then runs over 100 to 10,000 reports (an hour)
	$(BIN)/python -m tests.bench raw
	$(BIN)/python -m tests.benchmarks

lock: $(READY) ## resolve the dependencies anew into requirements.lock
	$(PYTHON) -m venv $(VENV)/lock
	$(VENV)/lock/bin/pip install --quiet uv
	$(VENV)/lock/bin/uv pip compile --universal --generate-hashes --no-emit-index-url --no-header \
		--quiet --upgrade --extra dev pyproject.toml --output-file requirements.lock

clean: ## remove the environment and the dataset
	rm -rf $(VENV) outputs/.cache outputs/text outputs/*.csv outputs/*.parquet outputs/*.sqlite outputs/*.json
