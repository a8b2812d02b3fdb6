SHELL := /bin/bash
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
ROWS ?= 1000000
WORKERS ?= 4
QUALITY_ROWS ?= 100000
HISTORY ?= 1000000 10000000
SEQUENCES ?= 1000
DAYS ?= 6

export LUMBUNG_HOME ?= $(CURDIR)/var

.PHONY: help install demo up image test test-compose lint bench sequences quality samples contracts docs seeds lock clean

help:  ## what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 14

install: $(STAMP)  ## the environment in .venv, from requirements-dev.lock with hashes

# A machine may call its Python 3.11 python3.11 or just python3.
$(STAMP): requirements-dev.lock pyproject.toml deploy/install.sh
	@python=$$(command -v $(PYTHON) || command -v python3 || true); \
	test -n "$$python" && "$$python" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' \
	  || { echo "Lumbung needs Python 3.11; set PYTHON=/path/to/python3.11" >&2; exit 2; }; \
	PYTHON="$$python" deploy/install.sh $(VENV) requirements-dev.lock
	@$(BIN)/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

demo: install  ## a real Airflow takes the samples to a ranking, and stops again
	@$(BIN)/lumbung demo

up: install  ## Airflow stays up until Ctrl-C; prints its address and how to log in
	@$(BIN)/lumbung up

image:  ## the image of docker-compose.yml, told of the commit it is made of
	@LUMBUNG_COMMIT=$$(git rev-parse HEAD) docker compose build

test: install  ## all tests, on up to WORKERS=4 processors side by side
	@$(BIN)/python -m pytest --numprocesses logical --maxprocesses $(WORKERS) --dist loadscope --no-loadscope-reorder

test-compose: install  ## the deployment of docker-compose.yml, on a container engine: some sixteen minutes
	@{ docker compose version && docker info; } >/dev/null 2>&1 || { echo "No container engine answers: start Docker" \
	  "(with its compose plugin). On Debian, as root: .ci/with-engine make test-compose" >&2; exit 2; }
	@$(BIN)/python -m pytest tests/compose --durations=25 --durations-min=5

lint: install  ## ruff, sqlfluff, import-linter, yamllint, hadolint, the Compose specification
	@$(BIN)/ruff check .
	@$(BIN)/yamllint --strict .
	@$(BIN)/hadolint Dockerfile
	@$(BIN)/check-jsonschema -q --builtin-schema vendor.compose-spec docker-compose.yml
	@$(BIN)/lint-imports
	@$(BIN)/sqlfluff lint --disable-progress-bar dbt_project/models dbt_project/macros docs/marts/queries

bench: install  ## ROWS=1000000 items from intake to release against a floor; a day on HISTORY="1000000 10000000"
	@$(BIN)/python -m lumbung.bench --rows $(ROWS) --history $(HISTORY)

sequences: install  ## SEQUENCES=1000 random sequences of DAYS=6 deliveries: changed marts are those of a build from nothing
	@SEQUENCES=$(SEQUENCES) DAYS=$(DAYS) $(BIN)/python -m pytest -s -k random_sequences tests/transform/test_changes.py

quality: install  ## QUALITY_ROWS=100000 with planted faults: what intake and gates catch, where they cry wolf, who is who
	@$(BIN)/python -m lumbung.quality --rows $(QUALITY_ROWS)

samples: install  ## make the made-up part of samples/ again (same seed, same bytes)
	@$(BIN)/python -m lumbung.sample.committed

contracts: install  ## make again what is made from the contracts: dbt sources, suites, docs/feeds
	@$(BIN)/lumbung contracts write

docs: install  ## docs/erd.md and docs/marts/ again from dbt's models; dbt's own documentation as var/docs/dbt.html
	@$(BIN)/lumbung docs write
	@$(BIN)/lumbung docs site

seeds: install  ## make seeds/ again from the packages that carry the reference data
	@$(BIN)/lumbung seeds

lock: install  ## requirements.in to requirements.lock, requirements-dev.in to requirements-dev.lock
	@$(BIN)/uv pip compile -q --python-version 3.11 --generate-hashes requirements.in -o requirements.lock
	@$(BIN)/uv pip compile -q --python-version 3.11 --generate-hashes -c requirements.lock requirements-dev.in \
	  -o requirements-dev.lock

clean:  ## remove the environment and all generated state (var/ too)
	rm -rf $(VENV) var dbt_project/target dbt_project/logs .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
