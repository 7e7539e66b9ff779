# The two commands are `make run` and `make test`; the others are their parts and longer forms.

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check install --quiet --require-hashes
# Two first starts at once must not install into one another; the second waits, then finds all in place.
ALONE := $(if $(shell command -v flock),flock Makefile)
# An environment is kept as long as it is of this very Python; another one would be mixed into it.
WHICH := import sys; print(sys.base_prefix, sys.version)
LOCK := $(VENV)/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
	--no-emit-find-links --custom-compile-command 'make lock' --python-version 3.11

.PHONY: run test race fuzz bench lint lock translations clean installed test-tools debian-tools

run:
	@$(ALONE) $(MAKE) --no-print-directory installed
	@exec $(PY) -m scheduler

test: test-tools debian-tools lint
	@exec $(PY) -m pytest -n 4 --dist worksteal

race: test-tools
	@RACE_ROUNDS=$${RACE_ROUNDS:-50} exec $(PY) -m pytest -m race

fuzz: test-tools
	@HYPOTHESIS_PROFILE=$${HYPOTHESIS_PROFILE:-long} exec $(PY) -m pytest -m fuzz -n 2 --dist worksteal

# The academic yardstick joins in where its files are: `make bench TOPTW=folder`.
bench: test-tools
	@$(PY) -m benchmarks
	@$(PY) -m benchmarks.own_plans
	@$(PY) -m benchmarks.repairs
	@if [ -n "$(TOPTW)" ]; then $(PY) -m benchmarks.toptw "$(TOPTW)" --days 1,2,3 --seconds 5; fi

lint: test-tools
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(PY) -m mypy

# Remakes both lock files. Versions stay unless asked to move: `make lock LOCK_OPTIONS=--upgrade`.
lock: installed
	@$(PY) -m pip --disable-pip-version-check install --quiet uv
	@$(LOCK) $(LOCK_OPTIONS) requirements.in --output-file requirements.lock
	@$(LOCK) $(LOCK_OPTIONS) --constraints requirements.lock requirements-test.in \
		--output-file requirements-test.lock

# After a sentence was added or changed: collect them all, then translate the new ones in each .po and run
# it again. A sentence that means two things is marked by pgettext with the thing it means.
translations: installed
	@$(VENV)/bin/pybabel --quiet extract --mapping-file babel.cfg --keyword _l --keyword lazy_gettext \
		--keyword lazy_pgettext:1c,2 --keyword counted:2,3 --no-location --sort-output --omit-header \
		--output-file $(VENV)/messages.pot .
	@$(VENV)/bin/pybabel --quiet update --input-file $(VENV)/messages.pot --output-dir scheduler/translations \
		--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	@$(VENV)/bin/pybabel compile --directory scheduler/translations --statistics

clean:
	@rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps lie in the environment, so that they vanish with it.
installed: $(VENV)/.installed
	@:

test-tools:
	@$(ALONE) $(MAKE) --no-print-directory $(VENV)/.installed-for-tests

$(VENV)/.installed: requirements.lock
	@$(PYTHON) -c '' || { echo 'Python is missing. Install it: apt-get install -y python3 python3-venv'; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) -V 2>&1)."; \
		echo 'Name a newer one: make run PYTHON=python3.11'; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo 'Python cannot make environments here. Install what is missing: apt-get install -y python3-venv'; \
		exit 1; }
	@echo 'Installing (the first time only) …'
	@[ "$$($(PY) -c '$(WHICH)' 2>/dev/null)" = "$$($(PYTHON) -c '$(WHICH)')" ] || $(PYTHON) -m venv --clear $(VENV)
	@$(PIP) --requirement requirements.lock
	@touch $@

$(VENV)/.installed-for-tests: requirements-test.lock $(VENV)/.installed
	@echo 'Installing what the tests need (the first time only) …'
	@$(PIP) --requirement requirements.lock --requirement requirements-test.lock
	@touch $@

# The browser and the independent calendar parser come from Debian.
debian-tools: test-tools
	@$(PY) -m tests.debian_tools
