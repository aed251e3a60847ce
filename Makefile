# Two commands: `make run` and `make test`. Each installs what it needs the first time.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test lint clean
.SILENT:

run: .venv/installed
	$(BIN)/rapporteur run

# One more process than cores: some tests wait for what Telegram does. In the order of the folders:
# by default files of few tests come last, and the longest are among them.
test: .venv/installed-dev
	$(BIN)/pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder

lint: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

.venv/installed: pyproject.toml
	test -d .venv || $(PYTHON) -m venv .venv
	echo "Installing into .venv, once; this takes a few minutes."
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	touch $@

.venv/installed-dev: pyproject.toml
	test -d .venv || $(PYTHON) -m venv .venv
	echo "Installing into .venv, once; this takes a few minutes."
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .[dev]
	touch .venv/installed $@

clean:
	rm -rf .venv
