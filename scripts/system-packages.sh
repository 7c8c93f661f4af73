#!/bin/sh
# Installs the programs that tests use, which are Debian packages: for `make test` a server for the
# store and a second reader of PDF, with `all` what forms are filled in with as well. Elsewhere, or
# without the right to install, it says what is missing and the tests that need it are skipped.
set -eu
packages="poppler-utils postgresql"
[ "${1:-}" != all ] || packages="$packages libreoffice-calc-nogui libreoffice-writer-nogui
  python3-uno pdftk-java fonts-crosextra-carlito gir1.2-poppler-0.18 ghostscript imagemagick
  libpdfbox2-java libtiff-tools python3-gi"
missing=""
for package in $packages; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing:$missing"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  # shellcheck disable=SC2086
  apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
  echo "Not installed, so tests that need them are skipped:$missing" >&2
fi
