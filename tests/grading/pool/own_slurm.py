"""Slurm on this machine: one node, with its own munge, configuration, ports and folder.

Nothing of a Slurm that may be installed here is used or changed, except its programs. All daemons
run as this account, and listen on the loopback interface alone.
"""

import getpass
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.waiting import TIMEOUT, wait_until

PROGRAMS = ("munged", "slurmctld", "slurmd", "sbatch", "squeue", "scancel", "scontrol", "sinfo")
CONFIGURATION = """\
ClusterName=descent
SlurmctldHost={host}(127.0.0.1)
SlurmUser={account}
SlurmdUser={account}
SlurmctldPort={controller_port}
SlurmdPort={node_port}
# Otherwise they listen on all networks of this machine.
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
CredType=cred/munge
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
# What needs control groups, a database or a mail program is left out.
ProctrackType=proctrack/pgid
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
MailProg=/bin/true
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerType=sched/backfill
SchedulerParameters=bf_interval=1,sched_interval=2
ReturnToService=2
KillWait=5
SlurmdParameters=config_overrides
NodeName={host} NodeAddr=127.0.0.1 CPUs={cpus} RealMemory=64000 State=UNKNOWN
PartitionName=short Nodes={host} Default=YES MaxTime=INFINITE State=UP
"""


class SlurmMissingError(RuntimeError):
    """This machine cannot run Slurm; the message says what it lacks."""


@dataclass(frozen=True)
class Slurm:
    """A Slurm that runs.

    Attributes
    ----------
    node : str
        The name of its only node.
    environment : dict of str to str
        What a program needs to find it.
    folder : Path
        Where its files are, the jobs' output too.
    """

    node: str
    environment: dict[str, str]
    folder: Path

    def tell(self, *command: str) -> str:
        """Run a program of Slurm's; return what it prints."""
        done = subprocess.run(
            command, env=os.environ | self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{' '.join(command)}: {done.stderr}\n{self.logs()}"
        return done.stdout

    def jobs(self, *states: str) -> list[str]:
        """Return the numbers of the jobs in these states, or of all that have not ended."""
        chosen = [f"--states={','.join(states)}"] if states else []
        return self.tell("squeue", "--noheader", "--format=%A", *chosen).split()

    def drain(self) -> None:
        """Start no further job on the node; what runs there goes on."""
        self._update("State=DRAIN", "Reason=maintenance")

    def resume(self) -> None:
        """Start jobs on it again."""
        self._update("State=RESUME")

    def cancel_all(self) -> None:
        """Cancel all jobs, and wait until they have ended."""
        self.tell("scancel", "--user", getpass.getuser())
        wait_until(lambda: not self.jobs(), "jobs do not end")

    def state(self) -> str:
        """Return the node's state; nothing while the controller does not answer."""
        asked = ["sinfo", "--noheader", "--format=%T"]
        around = os.environ | self.environment
        done = subprocess.run(asked, env=around, capture_output=True, text=True, check=False)
        return done.stdout.strip()

    def _update(self, *settings: str) -> None:
        self.tell("scontrol", "update", f"NodeName={self.node}", *settings)

    def logs(self) -> str:
        """Return the end of each daemon's log, and of each job's output."""
        files = [*self.folder.glob("*.log"), *self.folder.glob("*.out"), *self.folder.glob("*.err")]
        return "\n".join(
            f"{path.name}: …{path.read_text(errors='replace')[-1500:]}" for path in sorted(files)
        )


@contextmanager
def running_slurm(cpus: int) -> Iterator[Slurm]:
    """Start munge, a controller and a node with this many CPUs; stop them at the end.

    Raises
    ------
    SlurmMissingError
        If a program is not installed here, or a daemon does not come up.
    """
    path = os.pathsep.join((os.environ["PATH"], "/usr/sbin", "/sbin"))
    if missing := [name for name in PROGRAMS if not shutil.which(name, path=path)]:
        raise SlurmMissingError(
            f"{', '.join(missing)} cannot be found; `apt-get install slurm-wlm munge` brings them"
        )
    host = socket.gethostname().split(".")[0]
    # munge takes no socket in a folder that others cannot pass, as pytest's are.
    with tempfile.TemporaryDirectory(dir="/var/tmp", prefix="slurm-") as made, ExitStack() as stack:
        folder = Path(made)
        folder.chmod(0o755)
        for name in ("state", "spool"):
            (folder / name).mkdir()
        key = folder / "munge.key"
        key.touch(mode=0o600)
        key.write_bytes(os.urandom(1024))
        configuration = folder / "slurm.conf"
        controller_port, node_port = _free_ports(2)
        configuration.write_text(
            CONFIGURATION.format(
                host=host, account=getpass.getuser(), folder=folder, cpus=cpus,
                controller_port=controller_port, node_port=node_port,
            )
        )  # fmt: skip
        slurm = Slurm(host, {"SLURM_CONF": str(configuration), "PATH": path}, folder)
        socket_path, log = folder / "munge.socket", folder / "munged.log"
        munge = [f"--key-file={key}", f"--socket={socket_path}", f"--log-file={log}"]
        munge += [f"--pid-file={folder}/munged.pid", f"--seed-file={folder}/munged.seed"]
        started = stack.enter_context(_daemon(["munged", "--foreground", *munge], slurm))
        _wait_for(socket_path.exists, started, slurm)
        controller = stack.enter_context(_daemon(["slurmctld", "-D"], slurm))
        node = stack.enter_context(_daemon(["slurmd", "-D"], slurm))
        for process in (controller, node):
            _wait_for(lambda: slurm.state() == "idle", process, slurm)
        try:
            yield slurm
        finally:
            slurm.cancel_all()  # jobs outlive the daemons


@contextmanager
def _daemon(command: Sequence[str], slurm: Slurm) -> Iterator["subprocess.Popen[bytes]"]:
    with (slurm.folder / f"{command[0]}.out").open("wb") as output:
        process = subprocess.Popen(
            command, env=os.environ | slurm.environment, cwd=slurm.folder,
            stdin=subprocess.DEVNULL, stdout=output, stderr=output,
        )  # fmt: skip
    try:
        yield process
    finally:
        process.terminate()
        process.wait(TIMEOUT)


def _wait_for(condition, process: "subprocess.Popen[bytes]", slurm: Slurm) -> None:
    wait_until(lambda: condition() or process.poll() is not None)
    if process.poll() is not None:
        raise SlurmMissingError(
            f"{process.args[0]} ended with {process.returncode}:\n{slurm.logs()}"
        )


def _free_ports(number: int) -> list[int]:
    sockets = [socket.socket() for _ in range(number)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()
