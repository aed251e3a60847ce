# Two commands: `make run` and `make test`. Each installs what it needs the first time.
# For a deployment: `make lock` writes what is installed there, and `make bom` says what is.
PYTHON ?= python3
BIN := .venv/bin

# Of the lock: the machine it is for, and where torch for the CPU comes from.
LOCK_FOR := --python-version 3.11 --python-platform x86_64-manylinux_2_28
TORCH_FROM := --torch-backend cpu
# Of the bill: the environment whose packages it lists.
BOM_OF := .venv

.PHONY: run test lint lock bom clean
.SILENT:

run: .venv/installed
	$(BIN)/rapporteur run

# Two more processes than cores: some tests wait for what Telegram does (with one more it takes
# 253 s on two cores in place of 226). In the order of the folders:
# by default files of few tests come last, and the longest are among them. Compiled modules are kept
# whatever the environment says, and those that only the process that reads files imports are made
# before: some 300 processes are started, and each would compile its own.
test: .venv/installed-dev
	$(BIN)/python -m compileall -q bot knowledge embeddings
	PYTHONDONTWRITEBYTECODE= $(BIN)/pytest --numprocesses 4 --dist loadfile --no-loadscope-reorder

lint: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

lock: .venv-supply/installed
	.venv-supply/bin/uv pip compile pyproject.toml deploy/build.in --extra redis $(LOCK_FOR) $(TORCH_FROM) \
		--generate-hashes --no-build --no-annotate --upgrade --quiet \
		--custom-compile-command "make lock" --output-file deploy/requirements.txt

bom: .venv-supply/installed
	mkdir -p dist
	.venv-supply/bin/cyclonedx-py environment $(BOM_OF)/bin/python --pyproject pyproject.toml \
		--output-reproducible --output-file dist/rapporteur.cdx.json
	echo "dist/rapporteur.cdx.json lists what is installed in $(BOM_OF)."

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

# uv is MIT or Apache-2.0, cyclonedx-bom Apache-2.0. No run of the bot needs them.
.venv-supply/installed: Makefile
	test -d .venv-supply || $(PYTHON) -m venv .venv-supply
	.venv-supply/bin/pip install --quiet --disable-pip-version-check \
		"uv>=0.13,<0.14" "cyclonedx-bom>=7.5,<8"
	touch $@

clean:
	rm -rf .venv .venv-supply
