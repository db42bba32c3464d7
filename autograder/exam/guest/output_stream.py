"""A shell's output as messages: in order, bounded, in the form that a kernel publishes."""

import base64
import ctypes
import io
import json
import os
import select
import threading
import time
from collections.abc import Callable
from typing import Any

from .channel import Kind, Message
from .interrupts import SafeChannel

FLUSH_INTERVAL = 0.2
"""Seconds after which printed text is sent, as in ipykernel."""
CHUNK = 1 << 16
"""Characters of text that are held back, and bytes that are read at a time."""
NOTICE = "\n… the output of this cell is longer than is kept.\n"


class OutputPublisher:
    """Sends outputs; one for the whole shell, usable from any thread.

    Parameters
    ----------
    channel : SafeChannel
    """

    def __init__(self, channel: SafeChannel) -> None:
        self.channel = channel
        self.number = 0
        self.max_bytes = 0
        self._process = os.getpid()
        self._lock = threading.RLock()
        self._text: list[str] = []
        self._stream = ""
        self._length = 0
        self._sent = 0.0

    def begin_cell(self, number: int, max_bytes: int) -> None:
        """Begin a cell, which may send that many bytes of output."""
        self.number, self.max_bytes = number, max_bytes

    def write(self, stream: str, text: str) -> None:
        """Add text to a stream; it is sent soon, at the latest before the next output."""
        with self.channel.holding(), self._lock:
            if stream != self._stream:
                self.flush()
                self._stream = stream
            self._text.append(text)
            self._length += len(text)
            if self._length > CHUNK or time.monotonic() - self._sent > FLUSH_INTERVAL:
                self.flush()

    def flush(self) -> None:
        """Send the text that is held back."""
        with self.channel.holding(), self._lock:
            text, self._text, self._length = "".join(self._text), [], 0
            self._sent = time.monotonic()
            if text:
                self._publish({"output_type": "stream", "name": self._stream, "text": text})

    def send(self, output: dict[str, Any]) -> None:
        """Send an output other than text of a stream."""
        with self.channel.holding(), self._lock:
            self.flush()
            self._publish(output)

    def _publish(self, output: dict[str, Any]) -> None:
        if self.max_bytes < 0 or os.getpid() != self._process:  # a forked child must not send
            return
        payload = json.dumps(output, default=_to_jsonable).encode(errors="replace")
        self.max_bytes -= len(payload)
        if self.max_bytes < 0:
            kept = output.get("text", "")[: max(0, self.max_bytes + len(payload))]
            last = {"output_type": "stream", "name": "stdout", "text": kept + NOTICE}
            payload = json.dumps(last).encode()
        self.channel.send(Message(Kind.OUTPUT, self.number, payload))


def _to_jsonable(value: Any) -> Any:
    """Convert what JSON does not know, as jupyter_client does."""
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    for convert in (lambda: value.tolist(), lambda: list(value)):
        try:
            return convert()
        except Exception:
            continue
    return repr(value)


class Stream(io.TextIOBase):
    """`sys.stdout` or `sys.stderr` of a shell."""

    encoding = "UTF-8"
    errors = "strict"

    def __init__(self, name: str, publisher: OutputPublisher, descriptor: int) -> None:
        self.name = name
        self._publisher = publisher
        self._descriptor = descriptor
        self._process = os.getpid()

    def write(self, text: str) -> int:
        """Write text."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        if os.getpid() != self._process:  # a forked child: by way of the pipe
            os.write(self._descriptor, text.encode(errors="replace"))
        else:
            self._publisher.write(self.name, text)
        return len(text)

    def writable(self) -> bool:
        """Return True."""
        return True

    def flush(self) -> None:
        """Send the text that is held back."""
        if os.getpid() == self._process:
            self._publisher.flush()

    def fileno(self) -> int:
        """Return the descriptor, for programs started with this stream."""
        return self._descriptor


class DescriptorCapture:
    """Forwards what C code and other programs write to descriptors 1 and 2 to the streams.

    Parameters
    ----------
    write : callable
        Takes the name of a stream and text.
    flush : callable
    """

    def __init__(self, write: Callable[[str, str], None], flush: Callable[[], None]) -> None:
        self._write, self._flush = write, flush
        self._lock = threading.Lock()
        # Two polls: two threads must not use one at a time.
        self._poll, self._waiting_poll = select.poll(), select.poll()
        self._stream_names: dict[int, str] = {}
        for descriptor, name in ((1, "stdout"), (2, "stderr")):
            reading, writing = os.pipe()
            os.dup2(writing, descriptor)
            os.close(writing)
            os.set_blocking(reading, False)
            for poll in (self._poll, self._waiting_poll):
                poll.register(reading, select.POLLIN)
            self._stream_names[reading] = name
        self._c_library = ctypes.CDLL(None)
        threading.Thread(target=self._forward_forever, daemon=True).start()

    def drain(self) -> None:
        """Forward everything written so far."""
        self._c_library.fflush(None)
        with self._lock:
            while self._forward():
                pass

    def _forward_forever(self) -> None:
        while True:
            self._waiting_poll.poll(1000 * FLUSH_INTERVAL)
            with self._lock:
                self._forward()
            self._flush()

    def _forward(self) -> bool:
        forwarded = False
        for descriptor, _ in self._poll.poll(0):
            try:
                content = os.read(descriptor, CHUNK)
            except BlockingIOError:
                continue
            if not content:  # a student has closed it: this process holds the other end
                for poll in (self._poll, self._waiting_poll):
                    poll.unregister(descriptor)
                continue
            self._write(self._stream_names[descriptor], content.decode(errors="replace"))
            forwarded = True
        return forwarded
