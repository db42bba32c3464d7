#!/bin/sh
# Make or refresh a virtual environment from the locked requirements, unless it is up to date.
# Usage: tools/environment.sh [FOLDER [PYTHON]]; FOLDER is .venv when left out, PYTHON the first of
# 3.11, 3.12, 3.13 on the path.
set -eu
cd "$(dirname "$0")/.."

venv=${1:-.venv}
asked=${2:-}
stamp=$venv/.locked
fingerprint=$(cat requirements.lock pyproject.toml | cksum)
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$fingerprint" ]; then
    exit 0
fi

suits() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null
}

if [ ! -x "$venv/bin/python" ] || ! suits "$venv/bin/python"; then
    python=
    for candidate in ${asked:-python3.11 python3.12 python3.13 python3 python}; do
        if command -v "$candidate" >/dev/null && suits "$candidate"; then
            python=$candidate
            break
        fi
    done
    # pyenv's own programs run the versions that are active only; any that is installed will do.
    if [ -z "$python" ] && [ -n "$asked" ] && command -v pyenv >/dev/null; then
        for candidate in "$(pyenv root)"/versions/*/bin/"$asked"; do
            suits "$candidate" && python=$candidate
        done
    fi
    if [ -z "$python" ]; then
        if [ -n "$asked" ]; then
            echo "$asked is not on the path, or is not Python 3.11, 3.12 or 3.13." >&2
        else
            echo "Descent needs Python 3.11, 3.12 or 3.13; none was found on the path." >&2
        fi
        echo "Install one from your system's packages or from python.org, then try again." >&2
        exit 1
    fi
    echo "Making $venv with $("$python" --version)"
    rm -rf "$venv"
    "$python" -m venv "$venv" || {
        echo "$python has no venv module; on Debian and Ubuntu: apt install python3-venv" >&2
        exit 1
    }
fi

# uv installs the whole environment in seconds where pip takes minutes. Compiled now, packages are
# not compiled while the first notebook waits for them.
uv=$(command -v uv || echo "$venv/bin/uv")
[ -x "$uv" ] || "$venv/bin/python" -m pip install --quiet --disable-pip-version-check uv
"$uv" pip install --quiet --python "$venv/bin/python" --compile-bytecode \
    --require-hashes --requirements requirements.lock
"$uv" pip install --quiet --python "$venv/bin/python" --no-deps --no-build-isolation --editable .
echo "$fingerprint" > "$stamp"
