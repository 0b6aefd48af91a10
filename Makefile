# make run: the page on 127.0.0.1.  make test: everything CI runs.  make test-all: the long proofs too.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv

.PHONY: run test test-all lint format lock system sbom audit

run: $(VENV)/run
	$(BIN)/planscribe app

test: $(VENV)/dev system lint
	$(BIN)/python -m pytest -n 2 --dist loadfile

test-all: $(VENV)/dev system lint
	EXAMPLES=new $(BIN)/python -m pytest -n 2 --dist loadfile -m "slow or not slow"

lint: $(VENV)/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .

format: $(VENV)/dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# LibreOffice, Chromium, Poppler and fonts, where this machine lets us install them; tests say what they skip.
system:
	@sh scripts/system_packages.sh

# What is inside and under which licences (build/sbom.cdx.json, build/licences.tsv).
sbom: $(VENV)/dev
	$(BIN)/python scripts/sbom.py build

# Known holes in what is locked. It asks the advisory database, so it needs the network; it fails when it cannot ask or skips any.
audit: $(VENV)/dev
	$(BIN)/pip-audit --strict --require-hashes --disable-pip --progress-spinner off -r requirements.lock

lock: $(UV)
	$(UV) pip compile --quiet --upgrade --universal --generate-hashes --no-emit-index-url --no-annotate pyproject.toml -o requirements.lock
	$(UV) pip compile --quiet --upgrade --universal --generate-hashes --no-emit-index-url --no-annotate pyproject.toml --group dev -o requirements-dev.lock

$(UV):
	$(PYTHON) -c 'import sys; sys.exit("planscribe needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 run") if sys.version_info < (3, 11) else None'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

$(VENV)/run: $(UV) requirements.lock pyproject.toml
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	$(UV) pip install --quiet --python $(BIN)/python --no-deps -e .
	@touch $@

$(VENV)/dev: $(UV) requirements-dev.lock pyproject.toml
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.lock
	$(UV) pip install --quiet --python $(BIN)/python --no-deps -e .
	@touch $@ $(VENV)/run
