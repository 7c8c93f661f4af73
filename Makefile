# The one list of commands. On Windows, or without make: see README.md, "Without make".
PYTHON ?= python3
BIN := .venv/bin
PO := s2c_forms/locale/nl/LC_MESSAGES/s2c_forms.po

.PHONY: demo test coverage words bench system clean

demo: .venv/installed  ## make forms, fill some in, read them back, merge: output/demo/master.xlsx
	$(BIN)/s2c-forms demo -o output/demo

test: .venv/installed-dev node_modules/.installed system  ## everything that must pass
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest --numprocesses=auto --dist=worksteal

coverage: .venv/installed-dev node_modules/.installed system  ## which lines the tests reach
	$(BIN)/pytest --numprocesses=auto --dist=worksteal --cov --cov-report=term

words: .venv/installed-dev  ## bring the Dutch catalogue up to date with the code, and compile it
	$(BIN)/python scripts/words.py

bench: .venv/installed-dev  ## how fast it is: a table, kept in docs/benchmarks.md; takes an hour
	$(BIN)/python -m bench --keep

system:  ## the programs that tests fill forms in with; only where this user may install them
	@sh scripts/system-packages.sh

.venv/bin/python:
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip

.venv/installed: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --editable ".[scan]"
	@touch $@

.venv/installed-dev: .venv/installed
	$(BIN)/python -m pip install --quiet --group dev
	@touch $@

node_modules/.installed: package.json
	@if command -v npm >/dev/null; then npm install --silent --no-audit --no-fund; \
	else echo "npm is not here: tests with JavaScript programs are skipped" >&2; fi
	@mkdir -p node_modules && touch $@

clean:  ## everything that can be made again
	rm -rf .venv node_modules dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage
