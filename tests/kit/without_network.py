"""Set a kit up and open it in a network namespace without a network; print what was seen.

Usage: unshare --net python without_network.py KIT
"""

import fcntl
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import urllib.request
from pathlib import Path

from tests.waiting import wait_until

KERNEL = """\
import jupyter_client
manager, client = jupyter_client.manager.start_new_kernel()
client.execute_interactive("import course, keras; print(6 * 7, course.__file__)", timeout=300)
manager.shutdown_kernel(now=True)
"""
SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 1


def raise_loopback() -> None:
    """Let this computer reach itself, as it does without a network."""
    with socket.socket() as any_socket:
        asked = struct.pack("16sh14x", b"lo", 0)
        flags = struct.unpack("16sh14x", fcntl.ioctl(any_socket, SIOCGIFFLAGS, asked))[1]
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", flags | IFF_UP))


def run(kit: Path, *command: str) -> str:
    """Run a command in the kit; fail with what it says."""
    done = subprocess.run(
        command, cwd=kit, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{command}: {done.stdout[-3000:]}")
    return done.stdout


def opened(kit: Path) -> dict[str, object]:
    """Open JupyterLab as `start.sh` does; return what its page and its files are."""
    runtime = Path(os.environ["JUPYTER_RUNTIME_DIR"])
    options = ("--no-browser", "--ServerApp.port=0", "--ServerApp.allow_root=True")
    with (kit / "lab.log").open("w") as log:
        lab = subprocess.Popen(
            ["/bin/sh", "start.sh", *options], cwd=kit, stdout=log, stderr=log,
            start_new_session=True,
        )  # fmt: skip

    def answer() -> dict[str, object] | None:
        if lab.poll() is not None:
            raise RuntimeError((kit / "lab.log").read_text()[-3000:])
        for written in runtime.glob("jpserver-*.json"):
            try:
                server = json.loads(written.read_text())
                url, token = server["url"], f"?token={server['token']}"
                with urllib.request.urlopen(f"{url}lab{token}") as page:
                    title = "JupyterLab" in page.read().decode()
                with urllib.request.urlopen(f"{url}api/contents{token}") as listed:
                    names = [entry["name"] for entry in json.load(listed)["content"]]
            except (OSError, ValueError):  # not written to its end, or not listening yet
                return None
            return {"lab": title, "notebooks": sorted(names)}
        return None

    try:
        return wait_until(answer)
    finally:
        os.killpg(lab.pid, signal.SIGTERM)
        lab.wait()


def main(kit: Path) -> None:
    """Print as JSON what a student sees."""
    raise_loopback()
    seen: dict[str, object] = {"interfaces": [name for _, name in socket.if_nameindex()]}
    seen["first"] = run(kit, "/bin/sh", "start.sh", "check")
    seen["second"] = run(kit, "/bin/sh", "start.sh", "check")
    python = str(kit / ".venv" / "bin" / "python")
    seen["kernel"] = run(kit, python, "-c", KERNEL)
    seen["conda"] = run(
        kit, python, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--quiet",
        "--no-index", "--find-links", "wheels", "--report", "-", "--requirement", "conda.txt",
    )  # fmt: skip
    seen |= opened(kit)
    print(json.dumps(seen))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
