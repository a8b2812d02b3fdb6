#!/bin/sh
# A Python environment from a lock with hashes: install.sh FOLDER LOCK. The same for a machine and for the image.
set -eu
venv=$1 lock=$2
uv_lock=$venv/uv.lock.txt

mkdir -p "$venv"
test -x "$venv/bin/python" || "${PYTHON:-python3}" -m venv "$venv"
# uv installs everything else, so pip installs uv alone, by the hashes of the lock.
grep -A9999 '^uv==' requirements-dev.lock | awk 'NR > 1 && !/^    --hash/ {exit} {print}' > "$uv_lock"
test -x "$venv/bin/uv" || "$venv/bin/python" -m pip install -q --disable-pip-version-check --require-hashes -r "$uv_lock"
# System certificates: an office's proxy may sign what comes through it.
"$venv/bin/uv" pip sync -q --system-certs --python "$venv/bin/python" --require-hashes --compile-bytecode "$lock"
