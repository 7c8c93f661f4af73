# The one list of commands. On Windows, or without make: see README.md, "Without make".
PYTHON ?= python3
BIN := .venv/bin
# What is installed is in locks/ (scripts/lock.sh), each file by its digest, and nothing else.
LOCKED := --quiet --disable-pip-version-check --require-hashes --no-deps --no-compile
OURS := --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
# What is tested with the oldest libraries: enough to reach each of them. `make lowest OLDEST=tests`
OLDEST := tests/demo tests/export tests/media/test_round_trip.py tests/paper/test_reader.py
PO := s2c_forms/locale/nl/LC_MESSAGES/s2c_forms.po
# On a virtual machine a page of memory that is new to it can cost a hundred times what it costs
# elsewhere: so memory is asked for in large pieces, and kept. Measured there: three times as fast.
export PYTHONMALLOC := malloc
export GLIBC_TUNABLES := glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold=33554432:glibc.malloc.trim_threshold=1073741824:glibc.malloc.top_pad=16777216
# What is compiled once is kept: the tests start the program hundreds of times.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test test-long types lowest coverage words bench system system-all clean

demo: .venv/installed  ## make forms, fill some in, read them back, merge: output/demo/master.xlsx
	$(BIN)/s2c-forms demo -o output/demo

test: .venv/installed-dev system  ## what must pass at every change
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/pytest --numprocesses=auto --dist=worksteal -m "not slow"

test-long: .venv/installed-dev node_modules/.installed system-all types lowest  ## what takes long; before a release
	$(BIN)/pytest --numprocesses=auto --dist=worksteal -m slow

types: .venv/installed-dev  ## mypy, strict; cold it takes longer than half of the tests
	$(BIN)/mypy

lowest: .venv-lowest/installed  ## the tests with the oldest libraries that pyproject.toml allows
	.venv-lowest/bin/pytest --numprocesses=auto --dist=worksteal $(OLDEST)

coverage: .venv/installed-dev node_modules/.installed system-all  ## which lines the tests reach
	$(BIN)/pytest --numprocesses=auto --dist=worksteal --cov --cov-report=term

words: .venv/installed-dev  ## bring the Dutch catalogue up to date with the code, and compile it
	$(BIN)/python scripts/words.py

bench: .venv/installed-dev  ## how fast it is: a table, kept in docs/benchmarks.md; takes an hour
	$(BIN)/python -m bench --keep

system system-all:  ## the programs that tests use; only where this user may install them
	@sh scripts/system-packages.sh $(@:system-%=%)

%/bin/python:
	$(PYTHON) -m venv $*

.venv/installed: locks/demo.txt pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install $(LOCKED) --requirement locks/demo.txt
	$(BIN)/python -m pip install $(OURS)
	@touch $@

.venv/installed-dev: locks/dev.txt .venv/installed
	$(BIN)/python -m pip install $(LOCKED) --requirement locks/dev.txt
	@touch $@

.venv-lowest/installed: locks/lowest.txt pyproject.toml | .venv-lowest/bin/python
	.venv-lowest/bin/python -m pip install $(LOCKED) --requirement locks/lowest.txt
	.venv-lowest/bin/python -m pip install $(OURS)
	@touch $@

node_modules/.installed: package.json
	@if command -v npm >/dev/null; then npm install --silent --no-audit --no-fund; \
	else echo "npm is not here: tests with JavaScript programs are skipped" >&2; fi
	@mkdir -p node_modules && touch $@

clean:  ## everything that can be made again
	rm -rf .venv .venv-lowest node_modules dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage
