"""Set the course up in this folder and open it; run by start.sh and start.bat.

With the word `check` it opens nothing. All other words go to JupyterLab. It is written for Pythons
too old for the course as well, which are to be told so.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
PROGRAMS = VENV / ("Scripts" if os.name == "nt" else "bin")
LOCK, WHEELS = HERE / "requirements.lock", HERE / "wheels"
NEEDED = 3 << 30
"""Bytes of disk; TensorFlow alone takes half of it."""


class SetUpError(Exception):
    """The course cannot be set up here; the message says what to do."""


def main(words):
    """Set up if that is not done, check, and open JupyterLab on the notebooks."""
    try:
        if not is_ready():
            set_up()
    except SetUpError as error:
        sys.exit(f"\n{error}")
    checked = subprocess.call([str(PROGRAMS / "course"), "check"], cwd=str(HERE))
    if checked or words == ["check"]:
        sys.exit(checked)
    print(
        "\nJupyterLab opens in your browser. Leave this window open; Ctrl-C ends it.\n", flush=True
    )
    lab = [str(PROGRAMS / "python"), "-m", "jupyterlab", "--ServerApp.root_dir=notebooks"]
    try:
        sys.exit(subprocess.call(lab + words, cwd=str(HERE)))
    except KeyboardInterrupt:  # JupyterLab has asked, and said goodbye
        sys.exit(0)


def fingerprint():
    """Return what the environment is made of, and for which place: it cannot be moved."""
    parts = [LOCK.read_bytes(), course().read_bytes(), str(HERE).encode()]
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def course():
    """Return the course's own package."""
    found = sorted(HERE.glob("descent_course-*.whl"))
    if len(found) != 1:
        raise SetUpError(
            "One file descent_course-….whl should lie in this folder; there are "
            f"{len(found)}. Unpack the whole kit once more."
        )
    return found[0]


def is_ready():
    """Tell whether an earlier run has set up the same course here, to the end."""
    done = VENV / "set-up"
    return done.exists() and done.read_text() == fingerprint()


def set_up():
    """Make an environment in this folder, with nothing but what the lock file names."""
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        raise SetUpError(
            "The course needs Python 3.11, 3.12 or 3.13; this is "
            f"{sys.version_info[0]}.{sys.version_info[1]}. START.md says where to get one."
        )
    if shutil.disk_usage(str(HERE)).free < NEEDED:
        raise SetUpError("Less than 3 GB are free on this disk. Make room, then start again.")
    print("Setting up, once: this takes some minutes.", flush=True)
    try:
        if VENV.exists():
            shutil.rmtree(str(VENV))
        venv.create(str(VENV), with_pip=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise SetUpError(
            f"No environment can be made in {HERE} ({error}).\nIf this is a USB stick, copy the "
            "folder to your own disk and start there. On Debian and Ubuntu: sudo apt install "
            "python3-venv"
        ) from error
    locked = ["--require-hashes", "--requirement", str(LOCK)]
    if not (WHEELS.is_dir() and install(["--no-index", "--find-links", str(WHEELS), *locked])):
        if WHEELS.is_dir():
            print("Not all is in wheels/ for this computer: fetching it instead.", flush=True)
        if not install(locked):
            raise SetUpError(
                "The packages could not be installed; the lines above say why. Without a network, "
                "ask your school for a kit with the packages of this computer in it."
            )
    if not install(["--no-index", "--no-deps", str(course())]):
        raise SetUpError("The course could not be installed; the lines above say why.")
    (VENV / "set-up").write_text(fingerprint())


def install(options):
    """Run pip; return whether it has installed everything."""
    pip = [str(PROGRAMS / "python"), "-m", "pip", "--disable-pip-version-check", "install"]
    quietly = ["--quiet", "--only-binary", ":all:"]
    return subprocess.call(pip + quietly + options, cwd=str(HERE)) == 0


if __name__ == "__main__":
    main(sys.argv[1:])
