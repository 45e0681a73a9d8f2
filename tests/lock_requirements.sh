#!/bin/sh
# Write both lock files anew, for every platform; they name no host.
set -eu
lock() {
    uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-header --no-annotate "$@" pyproject.toml
}
lock --group build --output-file requirements.lock
lock --group dev --constraint requirements.lock --output-file requirements-dev.lock
if grep -n '://' requirements.lock requirements-dev.lock; then
    echo "A lock file names a host." >&2
    exit 1
fi
