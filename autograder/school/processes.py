"""What runs while a school is up: as units of systemd's, or where there is none under a keeper."""

import contextlib
import os
import re
import signal
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from autograder import paths
from autograder.forkserver.server.account_group import VARIABLE
from autograder.school.machine_steps import proxy_command
from autograder.school.school_config import SchoolConfig, SchoolError
from autograder.school.step import run

_WRONG = re.compile(r"error|critical|\[[CE] ", re.IGNORECASE)
UNITS = Path("/etc/systemd/system")
PATIENCE = 120
"""Seconds until the hub answers; importing TensorFlow for the kernels takes most of them."""
GRACE = 10
"""Seconds that a process has to end by itself."""


@dataclass(frozen=True)
class Service:
    """A process that is started again whenever it ends.

    Attributes
    ----------
    name : str
    command : list of str
    folder : Path
        Where it runs.
    mark : str
        A word of its command that no other process's has.
    environment : dict of str to str
    account : str
        Who runs it, if not root.
    secret : Path or None
        A file of further variables, which no list of processes shows.
    """

    name: str
    command: list[str]
    folder: Path
    mark: str
    environment: dict[str, str] = field(default_factory=dict)
    secret: Path | None = None
    account: str = ""

    def variables(self) -> dict[str, str]:
        """Return all its variables."""
        lines = self.secret.read_text(encoding="utf-8").splitlines() if self.secret else []
        return {**self.environment, **dict(line.split("=", 1) for line in lines)}


def services(config: SchoolConfig) -> list[Service]:
    """Return what runs, in the order in which it is started."""
    port, api_port, hub_port = config.ports
    path = {"PATH": f"{config.environment}/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin"}
    limits = {VARIABLE: f"{config.memory << 20}:{config.processes}"}
    token = config.place / "hub" / "proxy_token"
    proxy = proxy_command(config)
    proxy += ["--port", str(port), "--api-ip", "127.0.0.1", "--api-port", str(api_port)]
    proxy += ["--error-target", f"http://127.0.0.1:{hub_port}/hub/error", "--log-level", "warn"]
    if config.certificate:
        proxy += ["--ssl-cert", config.certificate, "--ssl-key", config.key]
    else:
        proxy += ["--ip", ""]
    grader = [str(config.python), "-m", "autograder"]
    hub_file = str(config.place / "hub" / "jupyterhub_config.py")
    hub = [str(config.python), "-m", "jupyterhub", "-f", hub_file]
    kernels = [*grader, "kernels", "serve", str(config.kernels)]
    service = [str(config.python), "-m", "autograder.school.service", str(config.staff_folder)]
    # The grader takes the folder it runs in for a school's own, so kernels get an empty one.
    empty = {"DESCENT_FOLDER": str(config.run)}
    return [
        Service("kernels", kernels, config.run, kernels[-1], {**path, **limits, **empty}),
        Service("proxy", proxy, config.place / "proxy", proxy[1], path, token),
        Service("hub", hub, config.place / "hub", hub_file, {**path, **limits}, token),
        Service(
            "grader",
            service,
            config.staff_folder,
            service[-1],
            {**path, "DESCENT_FOLDER": service[-1]},
            account=config.staff,
        ),
    ]


def has_systemd() -> bool:
    """Tell whether systemd runs this machine; in a container it mostly does not."""
    return Path("/run/systemd/system").is_dir()


def unit(service: Service) -> str:
    """Return a service as a unit of systemd's."""
    lines = [f"Environment={name}={value}" for name, value in service.environment.items()]
    lines += [f"User={service.account}"] if service.account else []
    lines += [f"EnvironmentFile={service.secret}"] if service.secret else []
    command = " ".join(f'"{word}"' if not word or " " in word else word for word in service.command)
    return (
        f"[Unit]\nDescription=Descent: {service.name}\nAfter=network.target\n\n[Service]\n"
        f"ExecStartPre=/bin/mkdir -p {service.folder}\n"
        f"WorkingDirectory=-{service.folder}\nExecStart={command}\n"
        + "\n".join(lines)
        # Students' servers, which the hub has started, are not stopped with it.
        + "\nRestart=always\nRestartSec=1\nKillMode=process\nLimitNOFILE=65536\n\n"
        "[Install]\nWantedBy=multi-user.target\n"
    )


def start(config: SchoolConfig, config_path: Path) -> None:
    """Start what does not run, and wait until the hub answers.

    Raises
    ------
    SchoolError
        If it does not; the end of its log is in the message.
    """
    config.run.mkdir(mode=0o755, parents=True, exist_ok=True)
    config.run.chmod(0o755)
    if has_systemd():
        for service in services(config):
            name = f"descent-{service.name}.service"
            fresh = unit(service)
            changed = not (UNITS / name).exists() or (UNITS / name).read_text() != fresh
            (UNITS / name).write_text(fresh, encoding="utf-8")
            run(["systemctl", "daemon-reload"], "systemd does not read its units again")
            run(["systemctl", "enable", name], f"{name} cannot be enabled")
            run(["systemctl", "restart" if changed else "start", name], f"{name} does not start")
    elif keeper(config) is None:
        _start_keeper(config, config_path)
    if not wait_for(lambda: hub_answers(config) and config.kernels.exists()):
        raise SchoolError(f"no answer from the hub after {PATIENCE} s. {_last_words(config)}")


def _start_keeper(config: SchoolConfig, config_path: Path) -> None:
    with (config.place / "log" / "keeper.log").open("ab") as log:
        subprocess.Popen(
            [sys.executable, "-m", "autograder.school.keeper", str(config_path)],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            cwd="/", env={**os.environ, "PYTHONPATH": str(paths.ROOT)},
        )  # fmt: skip


def stop(config: SchoolConfig) -> None:
    """Stop all that runs, students' servers too; nothing that was saved is lost."""
    if has_systemd():
        for service in reversed(services(config)):
            name = f"descent-{service.name}.service"
            if (UNITS / name).exists():
                run(["systemctl", "disable", "--now", name], f"{name} does not stop")
                (UNITS / name).unlink()
        run(["systemctl", "daemon-reload"], "systemd does not read its units again")
    elif number := keeper(config):
        _end([number])
    _end(servers(config))


def servers(config: SchoolConfig) -> list[int]:
    """Return the processes that are students' servers."""
    return processes_with(str(config.environment / "bin" / "jupyterhub-singleuser"))


def keeper(config: SchoolConfig) -> int | None:
    """Return the process that keeps a school without systemd; None if there is none."""
    try:
        number = int((config.run / "keeper.pid").read_text())
        words = Path(f"/proc/{number}/cmdline").read_bytes()
    except (OSError, ValueError):
        return None
    return number if b"autograder.school.keeper" in words else None


def is_running(config: SchoolConfig, service: Service) -> bool:
    """Tell whether a service runs."""
    if has_systemd():
        asked = ["systemctl", "is-active", "--quiet", f"descent-{service.name}.service"]
        return subprocess.run(asked, check=False).returncode == 0
    return keeper(config) is not None and bool(processes_with(service.mark))


def hub_answers(config: SchoolConfig) -> bool:
    """Tell whether the hub answers behind its proxy."""
    scheme = "https" if config.certificate else "http"
    trust = ssl.create_default_context()
    trust.check_hostname, trust.verify_mode = False, ssl.CERT_NONE  # it is made for another name
    try:
        address = f"{scheme}://127.0.0.1:{config.port}/hub/health"
        with urllib.request.urlopen(address, timeout=5, context=trust) as answer:
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False


def wait_for(condition: Callable[[], bool], patience: float = PATIENCE) -> bool:
    """Wait until a condition holds; tell whether it does."""
    end = time.monotonic() + patience
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.2)
    return True


def processes_with(word: str) -> list[int]:
    """Return the processes whose command has this word."""

    def found() -> Iterator[int]:
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):
                if word.encode() in path.read_bytes().split(b"\0"):
                    yield int(path.parent.name)

    return sorted(found())


def _end(numbers: list[int]) -> None:
    """Ask processes to end; kill those that do not."""
    for how in (signal.SIGTERM, signal.SIGKILL):
        for number in numbers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, how)
        if wait_for(lambda: not any(map(lives, numbers)), GRACE):
            return


def lives(number: int) -> bool:
    """Tell whether a process runs."""
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def _last_words(config: SchoolConfig) -> str:
    """Return the last error in each log."""
    if has_systemd():
        return "`journalctl -u 'descent-*'` says why"
    said = []
    for log in sorted((config.place / "log").glob("*.log")):
        text = log.read_text(encoding="utf-8", errors="replace")
        wrong = [
            line for line in text.splitlines() if re.search(r"error|critical|\[[CE] ", line, re.I)
        ]
        said += [f"{log} ends with: {line}" for line in wrong[-1:]]
    return "\n".join(said) or f"The logs in {config.place / 'log'} say nothing of an error"
