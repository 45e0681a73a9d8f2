#!/bin/sh
# See to it that the tests find a Chromium; tests/browser/conftest.py looks in the same places.
set -eu

for candidate in "${DOSSIER_CHROMIUM:-}" chromium chromium-browser google-chrome \
    "/Applications/Chromium.app/Contents/MacOS/Chromium" \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
    if [ -n "$candidate" ] && command -v "$candidate" >/dev/null 2>&1; then
        exit 0
    fi
done

if [ "$(uname)" = Darwin ]; then
    echo "The tests need a browser: install Google Chrome or Chromium in /Applications, or set DOSSIER_CHROMIUM." >&2
    exit 1
fi
if ! command -v apt-get >/dev/null 2>&1; then
    echo "The tests need a browser: install Chromium, or set DOSSIER_CHROMIUM to one." >&2
    exit 1
fi
if [ "$(id -u)" = 0 ]; then
    as_root=
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root="sudo -n"
else
    echo "The tests need a browser: sudo apt-get install chromium, or set DOSSIER_CHROMIUM to one." >&2
    exit 1
fi
echo "Installing Chromium"
$as_root apt-get update -qq
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
