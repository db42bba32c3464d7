"""The files that JupyterHub, the students' servers and nbgrader read, written from a school's."""

import json
from pathlib import Path
from typing import Any

from autograder import paths
from autograder.kernels.install import KERNELS, spec
from autograder.school.school_config import SchoolConfig
from course import live_board
from course.update import EARLIER

COURSE = "descent"
FORMGRADER = (
    "nbgrader.server_extensions.formgrader",
    "nbgrader.server_extensions.course_list",
)
"""Extensions of nbgrader's that are for teachers."""

HUB = '''\
# Written by `autograder school up` from the school's own file; changes here are lost.
import os
import pwd
from contextlib import suppress
from pathlib import Path

from jupyterhub.spawner import LocalProcessSpawner

from autograder.forkserver.server.account_group import join_group

c = get_config()

# Each student is an account of this machine: what they may read, hand in and run is decided by the
# system, by their number. A password of the hub's own would be a second one for the same person;
# one for the whole class would let each hand in as any other.
c.JupyterHub.authenticator_class = "pam"
c.Authenticator.allowed_users = set({users!r})
c.PAMAuthenticator.check_account = True

# The proxy is a process of its own, and servers outlive the hub: when the hub is started again
# nobody at work notices.
c.JupyterHub.cleanup_servers = False
c.JupyterHub.cleanup_proxy = False
c.ConfigurableHTTPProxy.should_start = False
# A proxy that is started again knows no way to anybody, until the hub looks: every five minutes.
c.JupyterHub.last_activity_interval = 5
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{api_port}"
c.JupyterHub.bind_url = "{scheme}://:{port}"
c.JupyterHub.hub_bind_url = "http://127.0.0.1:{hub_port}"
c.JupyterHub.db_url = "sqlite:///{hub}/jupyterhub.sqlite"
c.JupyterHub.cookie_secret_file = "{hub}/cookie_secret"
c.JupyterHub.concurrent_spawn_limit = 30
c.JupyterHub.active_server_limit = 0

STAFF = {staff!r}
RUN = Path({run!r})


class SchoolSpawner(LocalProcessSpawner):
    """Starts a server as its student, within the student's limits."""

    def make_preexec_fn(self, name):
        become = super().make_preexec_fn(name)
        account = pwd.getpwnam(name).pw_uid
        folder = os.path.expanduser(self.notebook_dir.replace("~", f"~{{name}}", 1))

        def preexec():
            if name != STAFF:
                join_group(account)
            become()
            # nbgrader's Assignment List looks where the server runs, not into the server's root.
            with suppress(OSError):
                os.chdir(folder)

        return preexec


def prepare(spawner):
    """Make the folder of the sockets of a student's kernels, which nobody else can open."""
    account = pwd.getpwnam(spawner.user.name)
    folder = RUN / "users" / spawner.user.name
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.chown(folder, account.pw_uid, account.pw_gid)
    staff = spawner.user.name == STAFF
    spawner.notebook_dir = {staff_folder!r} if staff else "~/descent"
    spawner.environment = {{
        **{environment!r},
        "JUPYTER_RUNTIME_DIR": str(folder),
        "JUPYTER_CONFIG_PATH": {jupyter!r} + ("/staff" if staff else "/students"),
        **({{"DESCENT_FOLDER": {staff_folder!r}}} if staff else {{}}),
    }}


c.JupyterHub.spawner_class = SchoolSpawner
c.Spawner.pre_spawn_hook = prepare
c.Spawner.cmd = [{singleuser!r}]
c.Spawner.default_url = "/lab"
c.Spawner.env_keep = ["LANG", "LC_ALL", "TZ"]
c.Spawner.start_timeout = c.Spawner.http_timeout = 120
'''

NBGRADER = '''\
"""nbgrader's settings for staff. A school's own settings belong at the end."""

from autograder.authoring import source_notebooks
from autograder.nbgrader_settings import configure

c = get_config()  # noqa: F821  (nbgrader puts it here)
configure(c)
source_notebooks.refresh()  # formgrader lists the units by them
c.Exchange.root = {exchange!r}
'''


def hub_file(config: SchoolConfig) -> str:
    """Return the hub's configuration."""
    port, api_port, hub_port = config.ports
    environment = {"PATH": f"{config.environment}/bin:/usr/local/bin:/usr/bin:/bin"}
    if config.mnist:
        environment["COURSE_MNIST"] = str(config.place / "data" / "mnist.npz")
    if config.board:
        environment[live_board.VARIABLE] = config.board
    return HUB.format(
        users=sorted([config.staff, *(entry.id for entry in config.students())]),
        port=port,
        api_port=api_port,
        hub_port=hub_port,
        scheme="https" if config.certificate else "http",
        hub=config.place / "hub",
        staff=config.staff,
        staff_folder=str(config.staff_folder),
        run=str(config.run),
        environment=environment,
        jupyter=str(config.place / "jupyter"),
        singleuser=str(config.environment / "bin" / "jupyterhub-singleuser"),
    )


def public_files(config: SchoolConfig) -> dict[Path, str]:
    """Return the files that all accounts read, by path."""
    jupyter = config.place / "jupyter"
    ignored = [".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback", EARLIER]
    course = {
        "CourseDirectory": {"course_id": COURSE, "ignore": ignored},
        "Exchange": {"root": str(config.exchange)},
    }
    server = server_settings(config)
    without = {"ServerApp": {"jpserver_extensions": dict.fromkeys(FORMGRADER, False)}}
    page = (paths.ROOT / "course" / "jupyter" / "page_config.json").read_text(encoding="utf-8")
    news = (paths.ROOT / "course" / "jupyter" / "lab_settings.json").read_text(encoding="utf-8")
    shared = config.environment / "share" / "jupyter"
    return {
        jupyter / "students" / "nbgrader_config.json": _as_json(course),
        jupyter / "students" / "jupyter_server_config.json": _as_json(_merged(server, without)),
        jupyter / "students" / "labconfig" / "page_config.json": page,
        jupyter / "staff" / "jupyter_server_config.json": _as_json(server),
        jupyter / "staff" / "nbgrader_config.py": NBGRADER.format(exchange=str(config.exchange)),
        shared / "lab" / "settings" / "overrides.json": news,
        shared / "kernels" / "python3" / "kernel.json": _as_json(kernel(config)),
    }


def kernel(config: SchoolConfig) -> dict[str, Any]:
    """Return the kernelspec `python3`, which the notebooks name: forked from the shared server."""
    made = spec(next(iter(KERNELS)), str(config.kernels))
    return {**made, "argv": [str(config.python), *made["argv"][1:]], "display_name": PYTHON3}


PYTHON3 = "Python 3 (ipykernel)"
"""The name by which ipykernel's own kernelspec goes, and the notebooks with it."""


def server_settings(config: SchoolConfig) -> dict[str, Any]:
    """Return the settings of everybody's Jupyter server."""
    idle = int(config.idle * 3600)
    return {
        # Sockets in a folder of the student's own: TCP on this machine is open to every account.
        "KernelManager": {"transport": "ipc"},
        "MappingKernelManager": {"cull_idle_timeout": idle, "cull_interval": 300},
        "ServerApp": {"shutdown_no_activity_timeout": idle},
    }


def _merged(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    return {key: {**one.get(key, {}), **other.get(key, {})} for key in {**one, **other}}


def _as_json(content: dict[str, Any]) -> str:
    return json.dumps(content, indent=1) + "\n"
