#!/bin/sh
# Linux and macOS: set the course up in this folder and open it. The first time takes minutes.
cd "$(dirname "$0")" || exit 1
for python in python3.12 python3.13 python3.11 python3 python; do
    if "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
        >/dev/null 2>&1; then
        exec "$python" start.py "$@"
    fi
done
echo "The course needs Python 3.11, 3.12 or 3.13. START.md says where to get one." >&2
exit 1
