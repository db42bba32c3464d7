#!/bin/sh
# Find the system programs named as arguments, or install them; say what to do where neither works.
set -eu

found() {
    case $1 in
        chromium) command -v chromium-headless-shell || command -v chromium ||
            command -v chromium-browser || command -v google-chrome ;;
        bubblewrap) command -v bwrap ;;
        slurm-wlm) (PATH=$PATH:/usr/sbin && command -v slurmctld && command -v slurmd && command -v munged) ;;
        postgresql) command -v initdb || ls /usr/lib/postgresql/*/bin/initdb ;;
    esac >/dev/null
}

missing=
for program in "$@"; do
    found "$program" || missing="$missing $program"
done
[ -n "$missing" ] || exit 0

if [ "$(uname)" != Linux ]; then
    echo "Not found:$missing. Chromium: install Chrome or Chromium; PostgreSQL: its package;" >&2
    echo "bubblewrap and Slurm run on Linux only." >&2
    exit 1
fi
as_root=
[ "$(id -u)" = 0 ] || as_root="sudo -n"
if command -v apt-get >/dev/null && { [ -z "$as_root" ] || $as_root true 2>/dev/null; }; then
    echo "Installing$missing"
    export DEBIAN_FRONTEND=noninteractive
    $as_root apt-get update -qq
    # Where there is one without a window, it draws the same with half the processor time.
    if apt-cache show chromium-headless-shell >/dev/null 2>&1; then
        missing=$(echo "$missing" | sed 's/chromium/chromium-headless-shell/')
    fi
    # shellcheck disable=SC2086
    $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
    exit 0
fi
echo "Not found:$missing. Install with your system's package manager, for example:" >&2
echo "    sudo apt-get install$missing" >&2
exit 1
