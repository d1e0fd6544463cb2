PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
ARGS   ?=
# One worker more than there are cores: tests of load, and of processes, wait for much of their time.
TESTS  := --numprocesses $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1) --dist worksteal

export PYTHONDONTWRITEBYTECODE =  # every process that a test starts would compile all of ours anew

.PHONY: setup run test units test-all check lint types stores tables trial mutants format clean

setup: $(VENV)/.ready
run: $(VENV)/.ready          ## start the emulator: make run ARGS="--port 0"
	@$(BIN)/smslab serve $(ARGS)

test: $(VENV)/.test-ready    ## unit tests, conformance against self, lint, types
	$(MAKE) lint
	$(MAKE) --jobs 2 types units

units: $(VENV)/.test-ready   ## unit tests, conformance against self
	$(BIN)/pytest $(TESTS) $(ARGS)

check: lint types            ## format, lint, types

lint: $(VENV)/.test-ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/.test-ready
	$(BIN)/mypy

test-all: test              ## the unit and conformance tests on every supported Python that is there
	@for python in python3.12 python3.13; do \
	  if command -v $$python >/dev/null && $$python -c '' 2>/dev/null; then \
	    $(MAKE) units VENV=.venv-$$python PYTHON=$$python || exit 1; \
	  else echo "$$python is not here: skipped"; fi; \
	done

stores: $(VENV)/.test-ready  ## judge the emulator on memory, SQLite and PostgreSQL, and whether all do alike
	$(BIN)/python -m conformance.tests.stores $(ARGS)

tables: $(VENV)/.test-ready  ## write the tables of all README.md anew
	$(BIN)/python fixtures/make_readme_tables.py

trial: $(VENV)/.test-ready   ## judge every wrong implementation, and keep how many were caught
	$(BIN)/python -m conformance.tests.trial

mutants: $(VENV)/.test-ready ## hunt mutants of the providers: make mutants ARGS="isms --sample 50"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[mutants]"
	$(BIN)/python -m conformance.tests.trial.mutation $(ARGS)

format: $(VENV)/.test-ready
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

$(VENV)/.ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.test-ready: $(VENV)/.ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[test,load]"
	@touch $@

clean:
	rm -rf $(VENV) .venv-* node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis
