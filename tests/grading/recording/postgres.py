"""A PostgreSQL server of one's own, for as long as a test runs."""

import glob
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def program(name: str) -> str:
    """Return the path of one of PostgreSQL's programs; Debian keeps them off the path."""
    found = shutil.which(name) or next(
        iter(sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{name}"), reverse=True)), None
    )
    assert found, f"{name} is missing: tools/programs.sh postgresql"
    return os.path.realpath(found)


@contextmanager
def postgres() -> Iterator[str]:
    """Start a server on a socket in a folder of its own; yield the URL of a database.

    PostgreSQL refuses to run as root, so that root runs it as the account `postgres`.
    """
    with tempfile.TemporaryDirectory(prefix="pg-") as name:
        folder = Path(name)
        account: dict[str, str] = {}
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
            account = {"user": "postgres", "group": "postgres"}
        data = folder / "data"
        initdb = [program("initdb"), "--pgdata", str(data), "--auth", "trust", "--username", "t"]
        subprocess.run(
            [*initdb, "--no-sync", "--encoding", "UTF8"],
            check=True, capture_output=True, cwd=folder, **account,
        )  # fmt: skip
        options = ["-h", "", "-k", str(folder), "-F"]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [program("postgres"), "-D", str(data), *options],
                stdout=log, stderr=log, cwd=folder, **account,
            )  # fmt: skip
        try:
            until = time.monotonic() + 60
            while "ready to accept connections" not in (reported := (folder / "log").read_text()):
                assert server.poll() is None, reported
                assert time.monotonic() < until
                time.sleep(0.05)
            yield f"postgresql://t@/postgres?host={folder}"
        finally:
            server.send_signal(signal.SIGINT)  # not to wait for clients to leave
            server.wait(30)
