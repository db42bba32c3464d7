#!/bin/sh
# Importing dask_jobqueue takes away Python's KeyboardInterrupt.
#
# Expected: importing a library leaves the process's signal handlers as they are.
# Seen with dask-jobqueue 0.9.0 and distributed 2026.8.0: the import replaces the handler of SIGINT
# by one that calls sys.exit() without a status. In a program that merely imports it, Ctrl-C no longer
# reaches `except KeyboardInterrupt`, and the exit status is 0, as of work that is done.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet dask-jobqueue==0.9.0 distributed==2026.8.0
cat > "$folder/look.py" <<'PYTHON'
import signal

names = ("SIGINT", "SIGTERM")
before = {name: signal.getsignal(getattr(signal, name)) for name in names}
import dask_jobqueue

after = {name: signal.getsignal(getattr(signal, name)) for name in names}
for name in names:
    print(name, before[name], "->", after[name])
caught = "none"
try:
    signal.raise_signal(signal.SIGINT)
except BaseException as error:
    caught = f"{type(error).__name__}({error})"
print("raised by SIGINT:", caught)
print("is default:", after["SIGINT"] is signal.default_int_handler)
PYTHON
"$folder/venv/bin/python" "$folder/look.py" | tee "$folder/seen"
grep -q "^raised by SIGINT: SystemExit()$" "$folder/seen"
grep -q "^is default: False$" "$folder/seen"
echo "As described: the import replaced the handler."
