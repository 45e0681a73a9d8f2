#!/bin/sh
# See to it that the tests find what pip does not bring: two browsers, Node with what tests/node/ pins, Java, pdftoppm.
# tests/browser/conftest.py looks in the same places.
set -eu
cd "$(dirname "$0")/.."

# The first of the names or paths that can be run.
find_command() {
    for candidate in "$@"; do
        if [ -n "$candidate" ] && command -v "$candidate" >/dev/null 2>&1; then
            echo "$candidate"
            return 0
        fi
    done
    return 1
}

packages= # of Debian
missing=  # in words
need() { # PACKAGE WORDS CANDIDATE...
    package=$1 words=$2
    shift 2
    if ! find_command "$@" >/dev/null; then
        packages="$packages $package"
        missing="$missing
  $words"
    fi
}

need chromium "Chromium or Google Chrome (or set DOSSIER_CHROMIUM to one)" "${DOSSIER_CHROMIUM:-}" \
    chromium chromium-browser google-chrome \
    "/Applications/Chromium.app/Contents/MacOS/Chromium" \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
need firefox-esr "Firefox (or set DOSSIER_FIREFOX to one)" "${DOSSIER_FIREFOX:-}" \
    firefox-esr firefox "/Applications/Firefox.app/Contents/MacOS/firefox"
need nodejs "Node 18 or newer" node
need npm "npm" npm
need default-jre-headless "a Java runtime, 11 or newer" java
need poppler-utils "poppler (pdftoppm, pdftotext)" pdftoppm

if [ -n "$packages" ]; then
    if [ "$(id -u)" = 0 ]; then
        as_root=
    elif find_command sudo >/dev/null && sudo -n true 2>/dev/null; then
        as_root="sudo -n"
    else
        as_root=refused
    fi
    if [ "$as_root" = refused ] || ! find_command apt-get >/dev/null; then
        echo "The tests need:$missing" >&2
        if find_command apt-get >/dev/null; then
            echo "Install them: sudo apt-get install$packages" >&2
        fi
        exit 1
    fi
    echo "Installing$packages"
    $as_root apt-get update -qq
    # shellcheck disable=SC2086 # the packages are words of their own
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null
fi

# Installed once for each lock file.
installed=tests/node/node_modules/.installed
if ! cmp -s tests/node/package-lock.json "$installed"; then
    echo "Installing what tests/node/package-lock.json pins"
    (cd tests/node && npm ci --silent)
    cp tests/node/package-lock.json "$installed"
fi
