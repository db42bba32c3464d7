"""A JupyterLab of one's own in a headless Chromium, for tests and benchmarks.

Everything waits on a sign of the page; nothing sleeps.
"""

from __future__ import annotations

import json
import os
import pathlib
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import nbformat
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.explored import Explored, note_errors
from tests.waiting import MILLISECONDS, TIMEOUT, wait_until

ROOT = pathlib.Path(__file__).parents[2]
SCREENSHOTS = ROOT / "build" / "screenshots"
_QUIET = (
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
# The one without a window draws the same with half the processor time.
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")

# JupyterLab asks for news and updates, and opens a tour; a test wants a quiet page.
_SETTINGS = {
    "apputils-extension/notification": {
        "fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True,
    },
}  # fmt: skip

_PUT_AWAY = """
async () => {
    for (const widget of [...jupyterapp.shell.widgets('main')]) {
        await widget.sessionContext?.shutdown();
        widget.dispose();
    }
}
"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Yield the system's Chromium, or playwright's own where there is none."""
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    # Chromium's own sandbox cannot be set up by root.
    arguments = [*_QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=arguments)
        yield browser
        browser.close()


def write_notebook(path: pathlib.Path, *cells: str) -> None:
    """Write a notebook of code cells; a cell that starts with ``%md`` is Markdown."""
    made = [
        nbformat.v4.new_markdown_cell(cell.removeprefix("%md").lstrip())
        if cell.startswith("%md")
        else nbformat.v4.new_code_cell(cell)
        for cell in cells
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=made, metadata=kernel), path)


class LabServer:
    """A running JupyterLab whose folders are all below `folder`.

    Parameters
    ----------
    folder
        Empty folder; notebooks go to ``folder / "work"``.
    save_widgets
        Whether saved notebooks carry the state of their widgets.
    root
        Serve this folder in the place of ``work``, and start there.
    python
        The interpreter of another environment, whose JupyterLab is left as it is: it may ask for
        news.
    options
        Further options of JupyterLab's.
    """

    def __init__(
        self,
        folder: pathlib.Path,
        save_widgets: bool = False,
        root: pathlib.Path | None = None,
        python: pathlib.Path | None = None,
        options: Sequence[str] = (),
    ) -> None:
        self.work = root or folder / "work"
        self.work.mkdir(parents=True, exist_ok=root is not None)
        self.token = "descent"
        places = {
            name: str(folder / name.lower())
            for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR",
                         "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR", "IPYTHONDIR")
        }  # fmt: skip
        for name, values in ({} if python else _SETTINGS).items():
            self._write_settings(places, f"@jupyterlab/{name}", values)
        if save_widgets:
            self._write_settings(
                places, "@jupyter-widgets/jupyterlab-manager/plugin", {"saveState": True}
            )
        environment = os.environ | places
        if python:
            environment.pop("PYTHONPATH", None)
        else:
            environment["PYTHONPATH"] = f"{ROOT}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"
        # A tour and a start-up message would come from configuration that this run must not see.
        command = [
            python or sys.executable, "-m", "jupyterlab", "--no-browser", "--expose-app-in-browser",
            "--ServerApp.port=0", "--ServerApp.ip=127.0.0.1",
            f"--IdentityProvider.token={self.token}", f"--ServerApp.root_dir={self.work}",
            "--ServerApp.allow_root=True", *options,
        ]  # fmt: skip
        if not python:
            command += ["--LabApp.news_url="]
            command += ["--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
        self.log = (folder / "server.log").open("w+")
        self.process = subprocess.Popen(
            command, env=environment, cwd=self.work, stdout=self.log, stderr=self.log
        )
        # It takes a port that is free, and writes down which.
        written = pathlib.Path(places["JUPYTER_RUNTIME_DIR"], f"jpserver-{self.process.pid}.json")
        try:
            self.url = wait_until(lambda: self._address(written))
        except BaseException:
            self.close()
            raise

    @staticmethod
    def _write_settings(places: dict[str, str], name: str, values: dict[str, Any]) -> None:
        path = pathlib.Path(places["JUPYTERLAB_SETTINGS_DIR"]) / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values))

    def _address(self, written: pathlib.Path) -> str:
        """Return where the server answers, or nothing as long as it does not."""
        if self.process.poll() is not None:
            self.log.seek(0)
            raise RuntimeError(f"JupyterLab did not start:\n{self.log.read()[-3000:]}")
        try:
            url = json.loads(written.read_text())["url"].rstrip("/")
            urllib.request.urlopen(f"{url}/api?token={self.token}", timeout=TIMEOUT)
        except (OSError, ValueError):  # not written yet, or not to its end; or not listening yet
            return ""
        return url

    def close(self) -> None:
        """Stop the server and its kernels."""
        self.process.terminate()
        try:
            self.process.wait(TIMEOUT)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.log.close()


class Lab:
    """One JupyterLab page.

    Parameters
    ----------
    server
        Where it is served.
    page
        The browser's page; what it prints as errors is kept in `errors`.
    """

    def __init__(self, server: LabServer, page: Page) -> None:
        self.server, self.page = server, page
        page.set_default_timeout(MILLISECONDS)
        self.errors: list[str] = []
        note_errors(page, self.errors)

    def open(self, notebook: str) -> None:
        """Open a notebook of the work folder and wait until its kernel is idle."""
        if self.page.locator(".jp-LabShell").count():
            self.command("docmanager:open", path=notebook)
        else:
            # A workspace of its own, so that no tab of an earlier page comes back.
            self.page.goto(f"{self.server.url}/lab/tree/{notebook}?token={self.server.token}&reset")
            self.page.wait_for_selector(".jp-LabShell")
            # Its body has no height and hides what overflows: axe would take nothing for visible.
            self.page.add_style_tag(content="body { min-height: 100vh }")
        self.page.wait_for_selector(".jp-Notebook .jp-Cell")
        self.wait_idle()

    def put_away(self) -> None:
        """Shut the kernels down and close all tabs; what is not saved is lost."""
        self.page.evaluate(_PUT_AWAY)

    def close(self) -> None:
        """Shut the kernels down and leave the page."""
        self.put_away()
        self.page.close()

    def wait_idle(self) -> None:
        """Wait until the kernel has nothing to do."""
        self.page.wait_for_function(
            "jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'",
            timeout=MILLISECONDS,
        )

    def command(self, name: str, **arguments: object) -> None:
        """Run a command of JupyterLab and wait until it is done."""
        self.page.evaluate(
            "async ([name, args]) => { await jupyterapp.commands.execute(name, args) }",
            [name, arguments],
        )

    def run_all(self) -> None:
        """Run all cells; an error in one fails the test."""
        self.command("notebook:run-all-cells")
        self.wait_idle()
        wrong = self.page.locator(
            ".jp-Notebook [data-mime-type*='stderr'], .jp-Notebook .jp-mod-error"
        )
        if wrong.count():
            raise AssertionError(f"a cell failed: {wrong.first.inner_text()[-1500:]}")

    def run_cell(self, index: int) -> None:
        """Run one cell and wait until the kernel is idle."""
        self.page.evaluate(
            """async (index) => {
                jupyterapp.shell.currentWidget.content.activeCellIndex = index;
                await jupyterapp.commands.execute('notebook:run-cell');
            }""",
            index,
        )
        self.wait_idle()

    def dark(self, dark: bool = True) -> None:
        """Choose JupyterLab's dark or light theme."""
        theme = "JupyterLab Dark" if dark else "JupyterLab Light"
        self.command("apputils:change-theme", theme=theme)
        self.page.wait_for_selector(
            f"body[data-jp-theme-light='{str(not dark).lower()}']", state="attached"
        )
        self.page.wait_for_selector("#jupyterlab-splash", state="detached")

    def explorable(self, name: str, which: int = 0) -> Explored:
        """Return the explorable called `name`, or a further one of that name, scrolled to."""
        root = self.page.locator(f".descent-explorable[data-name='{name}']").nth(which)
        explored = Explored(self.page, root)
        root.scroll_into_view_if_needed()
        return explored


OpenLab = Callable[[str], Lab]
"""Opens a notebook of the work folder; see the fixture `jupyterlab`."""
Show = Callable[..., Lab]
"""Opens a notebook of the given cells and runs it; see the fixture `show`."""
