"""A school of three accounts in a mount namespace: who can read and write what? Run as root.

A teacher owns a copy of this tree; ada and ben hand in through nbgrader's exchange, and the teacher
collects, grades and gives feedback. Then each tries every file and folder that there is. What they
could do is printed as JSON. All files are in a file system that ends with this process.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from autograder.paths import ROOT

PLACE = Path("/mnt")
TREE, EXCHANGE = PLACE / "descent", PLACE / "exchange"
UNIT = "00_start_here"
ACCOUNTS = {"teacher": 52001, "ada": 52002, "ben": 52003}
LEFT_OUT = shutil.ignore_patterns(
    ".venv*", ".git", "build", "classroom", "node_modules", "__pycache__", ".*_cache"
)

TRY = """
import json, os, sys
can = {"read": [], "write": []}
for path in json.load(sys.stdin):
    try:
        if os.path.isdir(path):
            os.listdir(path)
        else:
            open(path, "rb").close()
        can["read"].append(path)
    except OSError:
        pass
    try:
        if os.path.isdir(path):
            tried = os.path.join(path, f"tried-{os.getuid()}")
            open(tried, "x").close()
            os.remove(tried)
        else:
            open(path, "ab").close()
        can["write"].append(path)
    except OSError:
        pass
json.dump(can, sys.stdout)
"""


def run(account: str, *command: str, folder: Path, said: str = "") -> str:
    """Run a command as an account, with nothing of root's; return what it prints."""
    number = ACCOUNTS[account]
    done = subprocess.run(
        command, cwd=folder, user=number, group=number, extra_groups=[], umask=0o022,
        input=said, text=True, capture_output=True, check=False,
        env={
            "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
            "HOME": str(PLACE / account),
            "PYTHONPATH": str(TREE),
            "PYTHONDONTWRITEBYTECODE": "1",
        },
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{account}: {command}\n{done.stdout}\n{done.stderr}")
    return done.stdout + done.stderr


def add_accounts() -> None:
    """Make a list of accounts that holds the three, in this namespace only."""
    for name, line in (("passwd", "{0}:x:{1}:{1}::/mnt/{0}:/bin/sh\n"), ("group", "{0}:x:{1}:\n")):
        text = Path("/etc", name).read_text(encoding="utf-8")
        listed = PLACE / name
        listed.write_text(text + "".join(line.format(*item) for item in ACCOUNTS.items()))
        listed.chmod(0o644)
        subprocess.run(["mount", "--bind", listed, f"/etc/{name}"], check=True)
    for name, number in ACCOUNTS.items():
        home = PLACE / name
        (home / ".jupyter").mkdir(parents=True, mode=0o755)
        (home / ".jupyter" / "nbgrader_config.py").write_text(
            f"c = get_config()\nc.CourseDirectory.course_id = 'descent'\n"
            f"c.Exchange.root = {str(EXCHANGE)!r}\n"
        )
        subprocess.run(["chown", "-R", f"{number}:{number}", home], check=True)
        home.chmod(0o750)


def add_tree() -> None:
    """Give the teacher a copy of this tree under git, all open as a clone leaves it."""
    shutil.copytree(ROOT, TREE, ignore=LEFT_OUT, symlinks=True)
    for path in (TREE, *TREE.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    number = ACCOUNTS["teacher"]
    subprocess.run(["chown", "-R", f"{number}:{number}", TREE], check=True)
    EXCHANGE.mkdir()
    EXCHANGE.chmod(0o777)
    for command in ("init --quiet", "add .", "commit --quiet --message=all"):
        who = ("-c", "user.name=teacher", "-c", "user.email=teacher@school.example")
        run("teacher", "git", *who, *command.split(), folder=TREE)


def teach(compose: str) -> None:
    """Have two students hand in, and the teacher grade and answer."""
    nbgrader = (sys.executable, "-m", "nbgrader")
    grader = (sys.executable, "-m", "autograder")
    run("teacher", *nbgrader, "release_assignment", UNIT, folder=TREE)
    for student in ("ada", "ben"):
        home = PLACE / student
        run(student, *nbgrader, "fetch_assignment", UNIT, folder=home)
        run("teacher", sys.executable, "-c", compose, folder=TREE)
        shutil.copyfile(TREE / "build" / "answered.ipynb", home / UNIT / f"{UNIT}.ipynb")
        run(student, *nbgrader, "submit", UNIT, folder=home)
    run("teacher", *nbgrader, "collect", UNIT, folder=TREE)
    run("teacher", *grader, "grade", "00", folder=TREE)
    run("teacher", *grader, "feedback", "00", folder=TREE)
    run("teacher", *grader, "report", folder=TREE)
    run("teacher", *grader, "export", folder=TREE)


COMPOSE = f"""
import nbformat
from autograder.selftest.compose import compose, solutions
nbformat.write(compose({UNIT!r}, solutions({UNIT!r})), "build/answered.ipynb")
"""


def main() -> None:
    """Print what each account could do, what there is, and the modes that were left."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", "mode=755", "none", PLACE], check=True)
    add_accounts()
    add_tree()
    teach(COMPOSE)
    there = sorted(map(str, PLACE.rglob("*")))
    tried = {
        account: json.loads(
            run(account, sys.executable, "-c", TRY, folder=PLACE / account, said=json.dumps(there))
        )
        for account in ACCOUNTS
    }
    modes = {path: oct(os.lstat(path).st_mode & 0o777) for path in there}
    json.dump({"there": there, "can": tried, "modes": modes}, sys.stdout)


if __name__ == "__main__":
    main()
