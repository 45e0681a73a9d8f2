#!/bin/sh
# Make an empty virtual environment: make_venv.sh PYTHON FOLDER
set -eu
python=$1
folder=$2

if ! command -v "$python" >/dev/null 2>&1; then
    echo "There is no $python. Install Python 3.11 or newer, or name one: make PYTHON=python3.12 …" >&2
    exit 1
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "$python is $("$python" --version 2>&1). Python 3.11 or newer is needed: make PYTHON=python3.12 …" >&2
    exit 1
fi
# Debian ships Python without ensurepip; the package python3-venv has it.
if ! "$python" -c 'import ensurepip' 2>/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "Installing python3-venv"
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null
    else
        echo "$python cannot make virtual environments. On Debian: sudo apt-get install python3-venv" >&2
        exit 1
    fi
fi
echo "Making the virtual environment $folder"
"$python" -m venv --clear "$folder"
