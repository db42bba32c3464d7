"""An interactive shell without a kernel's sockets: runs cells, sends outputs to a publisher."""

import builtins
import contextlib
import getpass
import json
import os
import random
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any

import IPython.core.logger  # noqa: F401  (it would be loaded with the first cell)
import numpy as np
from IPython.core.compilerop import CachingCompiler
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.error import StdinNotImplementedError
from IPython.core.interactiveshell import InteractiveShell, InteractiveShellABC
from IPython.core.profiledir import ProfileDir
from traitlets import Any as AnyTrait
from traitlets import Type
from traitlets.config import Config

from .channel import Kind, Message
from .commands import arrange_commands
from .output_stream import DescriptorCapture, OutputPublisher, Stream


class ForwardingDisplayPublisher(DisplayPublisher):
    """Sends what `display(…)` and figures produce."""

    def publish(  # type: ignore[override]  # without IPython's deprecated `source`
        self,
        data: dict[str, Any],
        metadata: dict[str, Any] | None = None,
        *,
        transient: dict[str, Any] | None = None,
        update: bool = False,
        **_: Any,
    ) -> None:
        """Send a display, or the new content of an earlier one."""
        self._validate_data(data, metadata)  # type: ignore[no-untyped-call]  # IPython's own
        kind = "update_display_data" if update else "display_data"
        output = {"output_type": kind, "data": data, "metadata": metadata or {}}
        identity = (transient or {}).get("display_id")
        self.shell.publisher.send(output | ({"display_id": identity} if identity else {}))

    def clear_output(self, wait: bool = False) -> None:
        """Clear the cell's outputs, at once or when the next output comes."""
        self.shell.publisher.send({"output_type": "clear_output", "wait": bool(wait)})


class ForwardingDisplayHook(DisplayHook):
    """Sends the value of a cell's last expression."""

    _result: dict[str, Any] | None = None

    def start_displayhook(self) -> None:
        """Begin a result."""
        self._result = {"output_type": "execute_result"}

    def write_output_prompt(self) -> None:
        """Add its number."""
        assert self._result is not None
        self._result["execution_count"] = self.prompt_count

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        """Add its representations."""
        assert self._result is not None
        self._result |= {"data": format_dict, "metadata": md_dict or {}}

    def finish_displayhook(self) -> None:
        """Send it."""
        if self._result and self._result.get("data"):
            self.shell.publisher.send(self._result)  # type: ignore[union-attr]  # `Shell` has it
        self._result = None

    def log_output(self, format_dict: Any) -> None:
        """Keep no copy: the sent outputs are bounded, a copy would not be."""


class CellCompiler(CachingCompiler):
    """Names cells as ipykernel does, so that tracebacks look alike and are made as fast."""

    def get_code_name(self, raw_code: str, transformed_code: str, number: int) -> str:
        """Return the name of a file, which does not exist, for a cell."""
        folder = f"{tempfile.gettempdir()}/ipykernel_{os.getpid()}"
        return f"{folder}/{zlib.crc32(raw_code.encode(errors='replace')):010}.py"


class ForgetfulStore(dict[str, Any]):
    """What IPython notes between sessions, here in memory: its folder would move with `%cd`."""

    def __delitem__(self, key: str) -> None:
        self.pop(key, None)


class Shell(InteractiveShell):
    """Runs the cells of one interpreter."""

    displayhook_class = Type(ForwardingDisplayHook)
    display_pub_class = Type(ForwardingDisplayPublisher)
    compiler_class = Type(CellCompiler)
    publisher = AnyTrait()
    descriptors: Any = None

    def __init__(self, **named: Any) -> None:
        self.db = ForgetfulStore()
        super().__init__(**named)  # type: ignore[no-untyped-call]

    def init_ipython_dir(self, ipython_dir: Any) -> None:
        """Keep no folder: nothing of one submission may persist to the next."""

    def init_profile_dir(self, profile_dir: Any) -> None:
        """Keep no profile."""
        self.profile_dir = ProfileDir()

    def init_virtualenv(self) -> None:
        """Leave the environment as it is."""

    def enable_gui(self, gui: Any = None) -> None:
        """Ignore the request: there is no window system."""

    def enable_matplotlib(self, gui: Any = None) -> Any:
        """Draw as a cell asks; inline if it asks for a window or for a package that is not here."""
        enable: Any = super().enable_matplotlib
        try:
            return enable(gui)
        except (ImportError, RuntimeError):
            return enable("inline")

    async def run_code(self, *arguments: Any, **named: Any) -> bool:
        """Run one statement of a cell; seed TensorFlow first if one before has imported it."""
        _seed_tensorflow()
        run_code: Any = super().run_code
        failed: bool = await run_code(*arguments, **named)
        return failed

    @contextlib.contextmanager
    def _tee(self, channel: str) -> Iterator[None]:
        """Keep no copy of what a cell prints: IPython's would grow until memory is full."""
        yield

    def ask_exit(self) -> None:
        """Continue: `exit` in a cell does not end a notebook."""

    def _get_exc_info(self, exc_tuple: Any = None) -> tuple[Any, Any, Any]:
        """Return class, exception and traceback to show, which ends in the student's code."""
        get_exc_info: Any = super()._get_exc_info
        etype, value, trace = get_exc_info(exc_tuple)
        return etype, value, _without_own_frames(trace)

    def _showtraceback(self, etype: Any, evalue: Any, stb: list[str]) -> None:
        self.publisher.send(self.error_output(etype, evalue, stb))

    def error_output(self, etype: Any, evalue: Any, stb: list[str]) -> dict[str, Any]:
        """Return the output that shows an exception."""
        return {
            "output_type": "error",
            "ename": str(etype.__name__),
            "evalue": self.message_of(evalue),
            "traceback": stb,
        }

    def message_of(self, error: BaseException) -> str:
        """Return an exception's message."""
        return str(error)


InteractiveShellABC.register(Shell)


def _without_own_frames(trace: TracebackType | None) -> TracebackType | None:
    """Return a traceback without its last entries if they lie in this folder."""
    own = os.path.dirname(__file__) + os.sep
    entries = []
    while trace is not None:
        entries.append(trace)
        trace = trace.tb_next
    while entries and entries[-1].tb_frame.f_code.co_filename.startswith(own):
        entries.pop()
    for entry in reversed(entries):
        trace = TracebackType(trace, entry.tb_frame, entry.tb_lasti, entry.tb_lineno)
    return trace


def preload_shell(kind: type[Shell]) -> Any:
    """Make this process's shell before a fork; it has no publisher yet.

    A silent cell and an unseen exception import the modules that a student's first ones would.
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
    """Give this process's shell its publisher, and redirect standard streams and input to it.

    Global random generators are seeded, so that two gradings of one submission agree; TensorFlow's,
    by which Keras shuffles, as soon as a statement has imported it.
    """
    shell = _instance(kind)
    shell.publisher = publisher
    arrange_commands(shell)
    shell.history_manager.dir_hist[:] = [os.getcwd()]
    random.seed(0)
    np.random.seed(0)  # noqa: NPY002  (students call this one too)
    sys.stdout = Stream("stdout", publisher, 1)
    sys.stderr = Stream("stderr", publisher, 2)
    shell.descriptors = DescriptorCapture(publisher.write, publisher.flush)
    builtins.input = _refuse_input  # type: ignore[assignment]  # its parameter has a name here
    getpass.getpass = _refuse_input
    return shell


def _seed_tensorflow() -> None:
    """Seed TensorFlow unless a cell has; no operation runs before the notebook's first."""
    context = sys.modules.get("tensorflow.python.eager.context")
    if "tensorflow" in sys.modules and context and context.global_seed() is None:
        context.set_global_seed(0)


def run_cell_message(
    shell: Any,
    message: Message,
    run: Callable[..., Any],
    before_done: Callable[[], None] = lambda: None,
) -> None:
    """Run the cell of a RUN message and send DONE.

    Parameters
    ----------
    shell : Shell
    message : Message
    run : callable
        Calls a function with arguments, and lets SIGINT interrupt it.
    before_done : callable
        Called after the cell, however that ended.
    """
    shell.publisher.channel.arm()
    cell = json.loads(bytes(message.payload))
    publisher = shell.publisher
    publisher.begin_cell(message.number, cell["max_bytes"])
    process = os.getpid()
    error: BaseException | None = None
    try:
        result = run(shell.run_cell, cell["source"], True)  # True: it gets a number
        error = result.error_before_exec or result.error_in_exec if result else None
    except KeyboardInterrupt as interrupt:  # before the cell's first statement, or after its last
        error = interrupt
    if os.getpid() != process:  # a forked child that returned from the cell must not end it too
        os._exit(0)
    shell.descriptors.drain()
    publisher.flush()
    before_done()
    outcome: dict[str, Any] = {"ename": type(error).__name__ if error else "", "evalue": ""}
    with contextlib.suppress(Exception):  # a student's exception may fail to give its message
        outcome["evalue"] = shell.message_of(error)[:2000] if error else ""
    outcome["count"] = shell.execution_count - 1
    publisher.channel.send(
        Message(Kind.DONE, message.number, json.dumps(outcome).encode(errors="replace"))
    )


def _refuse_input(prompt: str = "", *_: Any, **__: Any) -> str:
    raise StdinNotImplementedError(
        "raw_input was called, but this frontend does not support input requests."
    )
