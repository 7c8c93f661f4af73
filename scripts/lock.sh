#!/bin/sh
# Writes down which version of everything is installed, with its digests: locks/*.txt.
#   demo.txt    what `make demo` installs
#   dev.txt     what `make test` installs
#   lowest.txt  the same, with the oldest versions that pyproject.toml allows: `make lowest`
# Needs uv, and the registry. Run it when dependencies change, and now and then for newer versions:
# `sh scripts/lock.sh --upgrade`.
set -eu
cd "$(dirname "$0")/.."
mkdir -p locks
lock() {
  uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --quiet \
    --no-annotate --no-header --no-emit-index-url --no-emit-find-links "$@" >/dev/null
}
lock "$@" --extra scan --group build --output-file locks/demo.txt
lock "$@" --all-extras --group dev --output-file locks/dev.txt
oldest=$(mktemp)
lock --all-extras --resolution lowest-direct --output-file "$oldest"
lock --upgrade --all-extras --group dev --constraints "$oldest" --output-file locks/lowest.txt
rm -f "$oldest"
