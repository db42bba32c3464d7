"""Clusters as docs/clusters.md has them: one that runs already, Slurm's jobs, Kubernetes' pods."""

import copy
import os
import re
import shlex
import signal
import socket
import stat
import subprocess
import sys
from pathlib import Path

import dask
import dask_jobqueue  # noqa: F401  (its settings are read when it is imported)
import kubernetes_validate
import pytest
import yaml
from typer.testing import CliRunner

from autograder import paths
from autograder.cli import app
from autograder.grading.gradebook import GradingError
from autograder.grading.pool.opening import DASK_SETTINGS, open_pool
from autograder.grading.pool.pool import DaskPool
from autograder.grading.pool.slurm import slurm_cluster
from autograder.grading.verdict import load_verdicts
from autograder.selftest.compose import compose, hand_in, solutions
from autograder.selftest.temporary_classroom import classroom_at
from tests.grading.pool.test_pool import pretend, task
from tests.waiting import TIMEOUT, wait_until

UNIT = "00_start_here"
DOCUMENT = paths.ROOT / "docs" / "clusters.md"
DASK = str(Path(sys.executable).with_name("dask"))

SBATCH = """\
#!/bin/sh
# Stands for Slurm: runs the job here, as `sbatch` would elsewhere; no more than that.
copy=$(mktemp -p {folder} job-XXXXXX)
cp "$1" "$copy"
setsid sh "$copy" >"$copy.log" 2>&1 </dev/null &
echo "Submitted batch job $!"
echo "$!" >>{folder}/handed-in
"""
SQUEUE = """\
#!{python} -IS
# Jobs are groups of processes; that it lists all other groups as well does no harm.
from pathlib import Path
for process in Path("/proc").glob("[0-9]*/stat"):
    try:
        state, _, group, *_ = process.read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        continue
    if state != "Z":
        print(f"{{group}}|RUNNING|2026-11-30T09:00:00|None")
"""
SCANCEL = """\
#!/bin/sh
kill -TERM -- "-$1"
echo "$1" >>{folder}/cancelled
"""


def hand_in_two() -> None:
    hand_in(compose(UNIT, solutions(UNIT), complete=False), UNIT, "right")
    hand_in(compose(UNIT, {}, complete=False), UNIT, "blank")


def points() -> dict[str, float]:
    return {student: verdict.points for student, verdict in load_verdicts(UNIT).items()}


def autograder(*arguments: str) -> tuple[int, str]:
    """Return how the command ended and what it said."""
    result = CliRunner().invoke(app, arguments)
    return result.exit_code, result.output


def address_in(file: Path) -> str:
    """Return the address that a scheduler writes into a file, or nothing as long as it has not."""
    try:
        return yaml.safe_load(file.read_text())["address"]
    except (OSError, TypeError, KeyError, yaml.YAMLError):
        return ""


@pytest.fixture
def cluster(tmp_path):
    """Start a scheduler and a worker by Dask's own commands, which know no classroom."""
    known = tmp_path / "scheduler.json"
    bare = {k: v for k, v in os.environ.items() if not k.startswith("DESCENT_")}
    quiet = {"cwd": paths.ROOT, "env": bare, "stdout": subprocess.DEVNULL, "stderr": -3}
    address = ["--scheduler-file", str(known)]
    commands = [
        ["scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", *address],
        ["worker", "--nthreads", "1", "--memory-limit", "0", "--no-dashboard", *address],
    ]
    running = []
    try:
        for command in commands:
            running.append(subprocess.Popen([DASK, *command], **quiet))
            address = wait_until(lambda: address_in(known) or running[0].poll() is not None)
        yield address
    finally:
        for process in reversed(running):
            process.terminate()
            process.wait(TIMEOUT)


def test_a_cluster_that_runs_gives_the_points_of_this_machine(cluster, tmp_path):
    with classroom_at(tmp_path / "classroom", "only known here"):
        hand_in_two()
        assert autograder("grade", "00", "--scheduler", cluster)[0] == 0
        assert points() == {"right": 1.0, "blank": 0.0}


def test_no_scheduler_no_grading(tmp_path, monkeypatch):
    monkeypatch.setattr("autograder.grading.pool.opening.CONNECT_TIMEOUT", 1.0)
    with socket.socket() as taken:  # by a process that does not listen
        taken.bind(("127.0.0.1", 0))
        address = "tcp://{}:{}".format(*taken.getsockname())
        with (
            pytest.raises(GradingError, match=f"no scheduler answers at {address}"),
            open_pool(scheduler=address),
        ):
            pass


@pytest.fixture
def documented():
    """Take the settings that the document shows."""
    (text,) = re.findall(r"```yaml\n(.*?)```", DOCUMENT.read_text(), re.DOTALL)
    slurms = yaml.safe_load(text)["jobqueue"]["slurm"]
    slurms["interface"] = "lo"  # the only network that is everywhere
    with dask.config.set({f"jobqueue.slurm.{name}": value for name, value in slurms.items()}):
        yield


def test_the_slurm_job_is_what_the_settings_say(documented, tmp_path):
    with classroom_at(tmp_path, "tests"), slurm_cluster() as cluster:
        script = cluster.job_script()
        (keys,) = tmp_path.glob("keys-*")
        assert stat.S_IMODE(keys.stat().st_mode) == 0o700
        code, shown = autograder("slurm")
        assert (code, shown.splitlines()[:8]) == (0, script.splitlines()[:8])
    directives = set(re.findall(r"^#SBATCH (.*)$", script, re.MULTILINE))
    assert {"-p short", "-A physics", "-n 1", "--cpus-per-task=16", "-t 01:00:00"} < directives
    assert f"\ncd {paths.ROOT}\n" in script
    command = shlex.split(script.strip().splitlines()[-1])
    assert command[:3] == [sys.executable, "-m", "distributed.cli.dask_worker"]
    given = dict(zip(command[4::2], command[5::2], strict=False))
    assert (given["--nthreads"], given["--nworkers"]) == ("1", "16")
    assert command[3].startswith("tls://")
    assert "--tls-key" in command
    assert "BEGIN" not in script, "a key stands in the job itself"


def test_slurm_without_settings_says_where_to_read(tmp_path):
    with (
        classroom_at(tmp_path, "tests"),
        dask.config.set({"jobqueue.slurm.cores": None}),
        pytest.raises(GradingError, match=r"docs/clusters.md"),
        slurm_cluster(),
    ):
        pass


@pytest.mark.parametrize("command", [["slurm"], ["grade", "00", "--slurm", "1"]])
def test_without_dask_jobqueue_it_says_what_to_install(tmp_path, monkeypatch, command):
    monkeypatch.setitem(sys.modules, "dask_jobqueue.slurm", None)
    monkeypatch.delitem(sys.modules, "autograder.grading.pool.slurm")
    with classroom_at(tmp_path, "tests"):
        hand_in_two()
        code, reported = autograder(*command)
    assert code == 2
    assert "pip install '.[clusters]'" in reported


@pytest.fixture
def programs(documented, tmp_path, monkeypatch):
    """Put programs called as Slurm's are where programs are found; jobs have two workers each."""
    folder = tmp_path / "programs"
    folder.mkdir()
    for name, text in (("sbatch", SBATCH), ("scancel", SCANCEL), ("squeue", SQUEUE)):
        (folder / name).write_text(text.format(folder=tmp_path, python=sys.executable))
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr("autograder.grading.pool.pool.POLL_INTERVAL", 0.2)
    monkeypatch.setattr("autograder.grading.pool.slurm.QUERY_INTERVAL", 0.2)
    small = {"jobqueue.slurm.cores": 2, "jobqueue.slurm.local-directory": str(tmp_path)}
    with classroom_at(tmp_path / "classroom", "tests"), dask.config.set(small):
        hand_in_two()
        yield folder


def test_jobs_grade_and_are_cancelled(programs, tmp_path):
    code, reported = autograder("grade", "00", "--slurm", "1")
    assert code == 0, reported
    assert points() == {"right": 1.0, "blank": 0.0}
    assert not list((tmp_path / "classroom").glob("keys-*"))
    assert (tmp_path / "cancelled").read_text() == (tmp_path / "handed-in").read_text()


def test_a_controller_that_is_away_is_named_and_jobs_go_on(programs, tmp_path):
    (programs / "squeue").write_text("#!/bin/sh\necho 'Unable to contact it' >&2; exit 1\n")
    code, reported = autograder("grade", "00", "--slurm", "1")
    assert code == 0, reported
    assert reported.count("Slurm does not say how its jobs are: Unable to contact it") == 1
    assert points() == {"right": 1.0, "blank": 0.0}


def test_a_job_that_ends_before_the_work_does_is_handed_in_anew(programs, tmp_path, monkeypatch):
    """It ends with both its workers, as at the end of its time; what they hold is lost as well."""
    monkeypatch.setattr("autograder.grading.pool.pool.RESULT_TIMEOUT", 1.0)
    names = [f"student-{number}" for number in range(6)]
    with open_pool(jobs=1) as pool:
        client = pool.client
        client.wait_for_workers(2, timeout=TIMEOUT)
        outcomes = DaskPool(client, pretend, pool.check_workers, 2).run(
            task(n, tmp_path) for n in names
        )
        done = [next(outcomes)]
        wait_until(lambda: sum(map(len, client.has_what().values())) == 3)
        assert len(client.nthreads()) == 2
        os.killpg(int((tmp_path / "handed-in").read_text()), signal.SIGKILL)
        done += outcomes
    assert sorted(marked.verdict.student for _, marked in done) == names
    assert len((tmp_path / "handed-in").read_text().split()) == 2


def test_what_waits_is_named_and_ctrl_c_ends_the_run_as_any_other(programs, tmp_path):
    """Importing dask_jobqueue alone replaces the handler; the job waits, as in a long queue."""
    (programs / "sbatch").write_text(WAITS)
    (programs / "squeue").write_text(LISTS)
    said = tmp_path / "said"
    settings = {"CORES": "1", "MEMORY": "1GB", "INTERFACE": "lo", "LOCAL_DIRECTORY": str(tmp_path)}
    around = {f"DASK_JOBQUEUE__SLURM__{name}": to for name, to in settings.items()}
    around["SQUEUE_STATES"] = "RUNNING"  # an account's own setting hides what waits
    with said.open("wb") as output:
        run = subprocess.Popen(
            [sys.executable, "-c", QUICKLY, "grade", "00", "--slurm", "1"],
            cwd=paths.ROOT, env=os.environ | around, stdout=output, stderr=output,
        )  # fmt: skip
    wait_until(lambda: "jobs wait" in said.read_text() or run.poll() is not None)
    run.send_signal(signal.SIGINT)
    assert run.wait(TIMEOUT) == 130, said.read_text()
    reported = said.read_text()
    assert "1 of 1 Slurm jobs waits, since 2026-11-30 09:00: Resources (the nodes are" in reported
    assert "Interrupted: 0 of 2 graded and saved. Run the same command" in reported
    assert not list((tmp_path / "classroom").glob("keys-*"))


QUICKLY = (
    "from autograder.grading.pool import slurm; slurm.QUERY_INTERVAL = 0.2; "
    "from autograder.cli import app; app()"
)
WAITS = "#!/bin/sh\necho 'Submitted batch job 4194305'\n"
LISTS = """\
#!/bin/sh
[ -n "$SQUEUE_STATES" ] || echo '4194305|PENDING|2026-11-30T09:00:00|Resources'
"""
REFUSES = "#!/bin/sh\necho 'sbatch: error: invalid partition specified: short' >&2; exit 1\n"


@pytest.mark.parametrize(
    ("sbatch", "reported"),
    [
        (REFUSES, "Slurm rejected a job: sbatch: error: invalid partition specified: short"),
        (WAITS, "job 4194305 ended before any of its workers connected"),
    ],
    ids=["refuses", "ends"],
)
def test_where_no_job_runs_it_says_why(programs, sbatch, reported):
    (programs / "sbatch").write_text(sbatch)
    code, output = autograder("grade", "00", "--slurm", "1")
    assert code == 2
    assert reported in output


@pytest.mark.parametrize("missing", ["sbatch", "scancel", "squeue"])
def test_where_slurm_is_not_it_says_so(programs, monkeypatch, missing):
    (programs / missing).unlink()
    # Nothing else is found either: this may be a machine that has Slurm's own programs.
    monkeypatch.setenv("PATH", str(programs))
    code, output = autograder("grade", "00", "--slurm", "1", "--trust-students")
    assert code == 2
    assert f"the program {missing} is missing here" in output


@pytest.fixture(scope="module")
def manifest():
    text = (paths.ROOT / "docs" / "clusters" / "kubernetes.yaml").read_text()
    return {(part["kind"], part["metadata"]["name"]): part for part in yaml.safe_load_all(text)}


def container(manifest, name: str) -> dict:
    (found,) = manifest["Deployment", name]["spec"]["template"]["spec"]["containers"]
    return found


def test_the_manifest_holds_together(manifest):
    versions = {
        "Deployment": "apps/v1",
        "Service": "v1",
        "NetworkPolicy": "networking.k8s.io/v1",
    }
    assert {kind for kind, _ in manifest} == versions.keys()
    for (kind, name), part in manifest.items():
        assert part["apiVersion"] == versions[kind]
        assert re.fullmatch(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?", name)
        if kind == "Deployment":
            labels = part["spec"]["template"]["metadata"]["labels"]
            assert part["spec"]["selector"]["matchLabels"].items() <= labels.items()
            volumes = {v["name"] for v in part["spec"]["template"]["spec"].get("volumes", [])}
            mounts = {m["name"] for m in container(manifest, name).get("volumeMounts", [])}
            assert volumes == mounts
    service = manifest["Service", "descent-scheduler"]["spec"]
    scheduler = manifest["Deployment", "descent-scheduler"]["spec"]["template"]
    assert service["selector"].items() <= scheduler["metadata"]["labels"].items()
    ports = {
        p["name"]: p["containerPort"] for p in container(manifest, "descent-scheduler")["ports"]
    }
    assert ports[service["ports"][0]["targetPort"]] == service["ports"][0]["port"]


@pytest.mark.parametrize("version", ["1.25", kubernetes_validate.latest_version()])
def test_kubernetes_takes_every_field_of_it(manifest, version):
    for part in manifest.values():
        kubernetes_validate.validate(part, version, strict=True)


@pytest.mark.parametrize(
    ("field", "value"), [("replica", 10), ("replicas", "ten"), ("template", "of another")]
)
def test_a_slip_in_it_is_found(manifest, field, value):
    part = copy.deepcopy(manifest["Deployment", "descent-worker"])
    part["spec"][field] = value
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(part, kubernetes_validate.latest_version(), strict=True)


def test_its_commands_and_settings_are_dasks(manifest):
    scheduler, worker = (container(manifest, f"descent-{role}") for role in ("scheduler", "worker"))
    for part in (scheduler, worker):
        assert part["command"][0] == "/descent/.venv/bin/dask"
        helped = subprocess.run(
            [DASK, part["command"][1], "--help"], capture_output=True, text=True, check=True
        ).stdout
        for option in filter(lambda word: word.startswith("--"), part["command"]):
            assert option in helped, option
    assert scheduler["command"][3] in worker["command"][2]
    settings = dask.config.collect_env({e["name"]: e["value"] for e in scheduler["env"]})
    for name, value in (
        ("distributed.scheduler.allowed-failures", 0),
        ("distributed.scheduler.work-stealing", False),
        ("distributed.admin.low-level-log-length", 10),
    ):
        assert dask.config.get(name, config=settings) == value == DASK_SETTINGS[name]
        assert name.replace(".", "__").replace("-", "_").upper() in str(scheduler["env"])
