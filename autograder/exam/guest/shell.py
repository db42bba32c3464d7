"""An interactive shell without sockets: runs cells and sends what they show through a publisher."""

import builtins
import contextlib
import getpass
import json
import os
import random
import sys
import tempfile
import zlib
from collections.abc import Iterator
from typing import Any

import IPython.core.logger  # noqa: F401  (it would be loaded with the first cell)
import numpy as np
from IPython.core.application import ProfileDir
from IPython.core.compilerop import CachingCompiler
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.error import StdinNotImplementedError
from IPython.core.interactiveshell import InteractiveShell, InteractiveShellABC
from traitlets import Any as AnyTrait
from traitlets import Type
from traitlets.config import Config

from .frames import Kind, Message
from .output_stream import Descriptors, OutputPublisher, Stream


class Publisher(DisplayPublisher):
    """What `display(…)` and figures end in."""

    def publish(  # type: ignore[override]
        self,
        data: dict[str, Any],
        metadata: dict[str, Any] | None = None,
        *,
        transient: dict[str, Any] | None = None,
        update: bool = False,
        **_: Any,
    ) -> None:
        """Send a display, or the new content of an earlier one."""
        self._validate_data(data, metadata)
        kind = "update_display_data" if update else "display_data"
        output = {"output_type": kind, "data": data, "metadata": metadata or {}}
        identity = (transient or {}).get("display_id")
        self.shell.publisher.send(output | ({"display_id": identity} if identity else {}))

    def clear_output(self, wait: bool = False) -> None:
        """Take back what the cell has shown, at once or when the next output comes."""
        self.shell.publisher.send({"output_type": "clear_output", "wait": bool(wait)})


class Hook(DisplayHook):
    """What the value of a cell's last expression ends in."""

    _result: dict[str, Any] | None = None

    def start_displayhook(self) -> None:
        """Begin a result."""
        self._result = {"output_type": "execute_result"}

    def write_output_prompt(self) -> None:
        """Give it its number."""
        assert self._result is not None
        self._result["execution_count"] = self.prompt_count

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        """Say how it is shown."""
        assert self._result is not None
        self._result |= {"data": format_dict, "metadata": md_dict or {}}

    def finish_displayhook(self) -> None:
        """Send it."""
        if self._result and self._result.get("data"):
            self.shell.publisher.send(self._result)  # type: ignore[union-attr]
        self._result = None

    def log_output(self, format_dict: Any) -> None:
        """Keep no copy: what was sent is bounded, what would be kept is not."""


class Compiler(CachingCompiler):
    """Names cells as ipykernel does, so that tracebacks look alike, and as quickly made."""

    def get_code_name(self, raw_code: str, transformed_code: str, number: int) -> str:
        """Return the name of a file that there is not, which stands for a cell."""
        folder = f"{tempfile.gettempdir()}/ipykernel_{os.getpid()}"
        return f"{folder}/{zlib.crc32(raw_code.encode(errors='replace')):010}.py"


class Shell(InteractiveShell):
    """The shell that student cells, or locked and test cells, run in."""

    displayhook_class = Type(Hook)
    display_pub_class = Type(Publisher)
    compiler_class = Type(Compiler)
    publisher = AnyTrait()
    descriptors: Any = None

    def init_ipython_dir(self, ipython_dir: Any) -> None:
        """Keep no folder: nothing of one submission may wait for the next."""

    def init_profile_dir(self, profile_dir: Any) -> None:
        """Keep no profile."""
        self.profile_dir = ProfileDir()

    def init_virtualenv(self) -> None:
        """Take the environment as it is."""

    def enable_gui(self, gui: Any = None) -> None:
        """Have no window system, and do not mind being asked for one."""

    async def run_code(self, *arguments: Any, **named: Any) -> bool:
        """Run one statement of a cell; TensorFlow, once it is there, begins like the others."""
        _seed_tensorflow()
        return await super().run_code(*arguments, **named)

    @contextlib.contextmanager
    def _tee(self, channel: str) -> Iterator[None]:
        """Keep no copy of what a cell prints: IPython's grows until the memory is full."""
        yield

    def ask_exit(self) -> None:
        """Go on: `exit` in a cell does not end a notebook."""

    def _showtraceback(self, etype: Any, evalue: Any, stb: list[str]) -> None:
        self.publisher.send(self.error_output(etype, evalue, stb))

    def error_output(self, etype: Any, evalue: Any, stb: list[str]) -> dict[str, Any]:
        """Return the output that tells of an exception."""
        return {
            "output_type": "error",
            "ename": str(etype.__name__),
            "evalue": self.words(evalue),
            "traceback": stb,
        }

    def words(self, error: BaseException) -> str:
        """Return what an exception says."""
        return str(error)


InteractiveShellABC.register(Shell)


def prepare(kind: type[Shell]) -> Any:
    """Make this process's shell, which cannot say anything yet; a fork finds it made.

    A silent cell and an exception that nobody sees import what the first of a student's would.
    """
    shell = _instance(kind)
    shell.run_cell("pass", silent=True, store_history=False)
    try:
        raise ValueError("never shown")
    except ValueError:
        shell.InteractiveTB.structured_traceback(*sys.exc_info(), tb_offset=0)
    return shell


def _instance(kind: type[Shell]) -> Any:
    config = Config()
    config.HistoryManager.enabled = False
    return kind.instance(config=config)


def start_shell(kind: type[Shell], publisher: OutputPublisher) -> Any:
    """Give this process's shell its publisher, and make standard streams and questions the shell's.

    Generators that nobody seeded begin alike, so that two gradings of one submission agree;
    TensorFlow's, by which Keras shuffles, as soon as a statement has imported it.
    """
    shell = _instance(kind)
    shell.publisher = publisher
    shell.history_manager.dir_hist[:] = [os.getcwd()]
    random.seed(0)
    np.random.seed(0)  # noqa: NPY002  (what students call is this one too)
    sys.stdout = Stream("stdout", publisher, 1)  # type: ignore[assignment]
    sys.stderr = Stream("stderr", publisher, 2)  # type: ignore[assignment]
    shell.descriptors = Descriptors(publisher.write, publisher.flush)
    builtins.input = _no_input  # type: ignore[assignment]
    getpass.getpass = _no_input
    return shell


def _seed_tensorflow() -> None:
    """Seed TensorFlow unless somebody has: no operation runs, the seed waits for the first."""
    context = sys.modules.get("tensorflow.python.eager.context")
    if "tensorflow" in sys.modules and context and context.global_seed() is None:
        context.set_global_seed(0)


def run(shell: Any, frame: Message) -> None:
    """Run the cell in a RUN frame and say when it is done."""
    cell = json.loads(bytes(frame.payload))
    publisher = shell.publisher
    publisher.begin(frame.number, cell["max_bytes"])
    process = os.getpid()
    result = shell.run_cell(cell["source"], store_history=True)
    if os.getpid() != process:  # a fork that came back from the cell must not end it as well
        os._exit(0)
    shell.descriptors.drain()
    publisher.flush()
    error = result.error_before_exec or result.error_in_exec if result else None
    ended: dict[str, Any] = {"ename": type(error).__name__ if error else "", "evalue": ""}
    with contextlib.suppress(Exception):  # the words of a student's own exception may fail
        ended["evalue"] = shell.words(error)[:2000] if error else ""
    ended["count"] = shell.execution_count - 1
    publisher.channel.send(
        Message(Kind.DONE, frame.number, json.dumps(ended).encode(errors="replace"))
    )


def _no_input(prompt: str = "", *_: Any, **__: Any) -> str:
    raise StdinNotImplementedError(
        "raw_input was called, but this frontend does not support input requests."
    )
