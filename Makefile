# Every target sets up what it needs. Works with GNU make 3.81 (macOS) and any POSIX shell.
# make PYTHON=python3.12 site    chooses the Python that the virtual environment is made with

PYTHON = python3
BIN = .venv/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check --quiet

# One more than there are processors: tests wait for browsers and servers.
WORKERS = $$($(BIN)/python -c 'import os; print((os.cpu_count() or 1) + 1)')

# Written last, so that an interrupted installation is begun again.
READY = .venv/.ready
READY_DEV = .venv/.ready-dev

.PHONY: site pack test test-slow test-all unit lint format fuzz lock bench bench-import bench-reuters clean help

site: $(READY) ## build the default dossier: open site/index.html
	$(BIN)/python -m generator build $(ARGS)

pack: $(READY) ## one zip of it, for readers at home
	$(BIN)/python -m generator pack $(ARGS)

test: lint unit ## prove it: checks, then every test but the slow ones, browser included

test-all: test test-slow ## the slow tests as well

unit: $(READY_DEV) tools
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m "not slow" $(ARGS)

# Tests of one group share what is dear to make: the site of 1,000 documents.
test-slow: $(READY_DEV) tools ## only the slow tests
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup -m slow $(ARGS)

lint: $(READY_DEV) tools ## style, types (those of the scripts too), and which part may import which
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	tests/node/node_modules/.bin/tsc --project tests/node/tsconfig.json

format: $(READY_DEV) ## put the code in form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# A benchmark is a script tests/bench/<name>.py that prints what it measured. That of the newswire needs its collection.
bench: $(READY_DEV) ## measure
	@for script in tests/bench/*.py; do \
		test -e "$$script" || { echo "no benchmarks yet: they go to tests/bench/"; break; }; \
		test "$$script" != tests/bench/reuters.py || continue; \
		echo "$$script"; $(BIN)/python "$$script" || exit 1; \
	done

bench-import: $(READY_DEV) ## how well messy sources are imported, in figures
	$(BIN)/python tests/bench/importing.py $(ARGS)

# make bench-reuters ARGS="--limit 2000 --into ../news"    a part of it, kept to be looked at
bench-reuters: $(READY_DEV) ## a dossier of 21,578 newswire items, where ../shared/data holds them: cost, and how well names are found
	$(BIN)/python tests/bench/reuters.py $(ARGS)

FUZZ_SECONDS = 60
fuzz: $(READY_DEV) ## feed mutated files to the importers of text and HTML; what breaks goes to tests/fuzz/finds/
	$(PIP) install --only-binary :all: atheris
	FUZZ_SECONDS=$(FUZZ_SECONDS) $(BIN)/python -m tests.fuzz.fuzz_text $(ARGS)
	FUZZ_SECONDS=$(FUZZ_SECONDS) $(BIN)/python -m tests.fuzz.fuzz_html $(ARGS)

lock: ## choose the newest versions that pyproject.toml allows (needs uv)
	sh tests/lock_requirements.sh

# Not .dossier: it remembers which pages were generated.
clean: ## delete the site and all that was installed or cached
	rm -rf .venv site dist tests/node/node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find generator tests -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' Makefile | sort

.PHONY: tools
tools:
	@sh tests/install_tools.sh

$(READY): requirements.lock pyproject.toml
	@sh tests/make_venv.sh "$(PYTHON)" .venv
	$(PIP) install --require-hashes --no-deps -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(READY_DEV): requirements-dev.lock $(READY)
	$(PIP) install --require-hashes --no-deps -r requirements-dev.lock
	@touch $@

.PHONY: golden
golden: $(READY_DEV) ## write the golden pages anew; then read the diff
	DOSSIER_WRITE_GOLDEN=1 $(BIN)/python -m pytest -q tests/unit/test_golden_pages.py
