# Every task; each sets up what it needs. Works with the make of macOS (3.81).

.DEFAULT_GOAL := help
.PHONY: help demo test check fix map bench test-spark lock clean ready pages chromium
.DELETE_ON_ERROR:

UV := .boot/bin/uv
PY := .venv/bin/python
PAGES := joinedup/foundations/core
STYLES := $(wildcard $(PAGES)/styles/*)

# Compiled once at install; a start then costs no compiling.
export UV_COMPILE_BYTECODE := 1
export UV_PYTHON_DOWNLOADS := manual
export UV_NO_PROGRESS := 1
unexport PYTHONDONTWRITEBYTECODE
unexport VIRTUAL_ENV

help:  ## list the tasks
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

demo: ready pages  ## set up, make a borough of invented people, run the night, serve the site
	@$(PY) -m joinedup.config demo

test: ready pages chromium  ## set up and run every test
	@$(PY) -m pytest -n 4 --dist worksteal $(ARGS)

check: ready pages  ## look for faults without running: form, lint, types, imports, migrations, map
	@$(PY) -m ruff format --check --quiet .
	@$(PY) -m ruff check --quiet .
	@$(PY) -m mypy
	@.venv/bin/lint-imports --no-logo
	@$(PY) -m pytest --quiet tests/architecture/test_migrations.py
	@$(PY) setup/map.py --check

fix: ready  ## put the code in form and mend what lint can mend
	@$(PY) -m ruff check --fix --quiet . ; $(PY) -m ruff format --quiet .

map: ready  ## write docs/map.md from the captions of the modules
	@$(PY) setup/map.py

bench: ready  ## measure each bar against a named peer (hours at full size; ARGS="--small" for minutes)
	@$(PY) -m benchmarks $(ARGS)

test-spark: ready .venv/spark  ## link a small borough on local Spark and compare (needs Java)
	@PYSPARK_PYTHON=$(CURDIR)/$(PY) PYSPARK_DRIVER_PYTHON=$(CURDIR)/$(PY) $(PY) -m pytest -m spark -rs $(ARGS)

lock: .boot/python.txt  ## write the lock files anew from pyproject.toml
	@sh setup/lock

clean:  ## remove what set-up made; what the demo keeps in var stays
	@rm -rf .boot .venv node_modules $(PAGES)/static/built .cache .pytest_cache .mypy_cache .ruff_cache

ready: .venv/ready
pages: $(PAGES)/static/built/site.css
chromium:
	@sh setup/chromium >/dev/null

.boot/python.txt: setup/boot setup/boot.txt setup/find-python
	@echo "Setting up (once): the installer."
	@sh setup/boot

.venv/ready: requirements.lock .boot/python.txt pyproject.toml
	@echo "Setting up (once): the packages."
	@test -x $(PY) || $(UV) venv --quiet --python "$$(cat .boot/python.txt)" .venv
	@$(UV) pip sync --quiet --python $(PY) --require-hashes requirements.lock
	@$(UV) pip install --quiet --python $(PY) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/spark: setup/spark.txt .venv/ready
	@echo "Setting up (once): Spark."
	@$(UV) pip install --quiet --python $(PY) --require-hashes -r setup/spark.txt
	@touch $@

.boot/node.txt: .boot/python.txt setup/node setup/node.txt
	@sh setup/node > $@

node_modules/ready: package-lock.json .npmrc .boot/node.txt
	@echo "Setting up (once): what the pages are built from."
	@sh setup/npm "$$(cat .boot/node.txt)" ci --loglevel=error >/dev/null
	@touch $@

$(PAGES)/static/built/site.css: $(STYLES) node_modules/ready .venv/ready
	@$(PY) -m joinedup.foundations.core.styles "$$(cat .boot/node.txt)"
	@touch $@
