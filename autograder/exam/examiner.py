"""The examiner: runs locked cells and tests; a name it does not have is the candidate's."""

import ast
import builtins
import contextlib
import itertools
import json
import os
import socket
import sys
import traceback
import weakref
from typing import Any

from autograder.exam.inside.errors import is_cell
from autograder.exam.inside.frames import Channel, ClosedError, Frame, Kind, WireError
from autograder.exam.inside.outlet import Outlet
from autograder.exam.inside.peer import EndedError, Peer
from autograder.exam.inside.shell import Shell, run, start_shell
from autograder.exam.inside.values import Codec, Tag
from autograder.exam.remote import KINDS, Remote, Scope, called


class Wire:
    """The examiner's side of the wire.

    Parameters
    ----------
    channel : Channel
    references : int
        How many of the candidate's objects may be held at a time.
    """

    def __init__(self, channel: Channel, references: int) -> None:
        self.scope = Scope(self)
        self._channel = channel
        self._most = references
        codec, questions = Codec(self._give, self._take), Codec(self._give, self._returned)
        self._peer = Peer(channel, codec, questions, self._perform)
        self._held: weakref.WeakValueDictionary[int, Remote] = weakref.WeakValueDictionary()
        self._dropped: set[int] = set()
        self._numbers = itertools.count(1)
        self._lent: dict[int, Any] = {}

    def ask(self, *request: Any) -> Any:
        """Return the result of a request."""
        return self.exchange(*request)[0]

    def exchange(self, *request: Any) -> tuple[Any, dict[int, Any]]:
        """Return the result of a request and what it changed."""
        if self._dropped:
            numbers, self._dropped = sorted(self._dropped), set()
            self._channel.send(Frame(Kind.DROP, 0, json.dumps(numbers).encode()))
        return self._peer.ask(*request)

    def call(self, function: Remote, arguments: Any, named: Any, in_place: bool) -> Any:
        """Call a function of the candidate's."""
        return called(self, function, arguments, named, in_place)

    def take_back(self) -> None:
        """Take back every function that was lent to the candidate."""
        self._lent.clear()

    def _perform(self, request: tuple[Any, ...]) -> Any:
        match request:
            case ("call", function, tuple(arguments), dict(named)) if self._is_lent(function):
                if not all(type(name) is str for name in named):
                    raise WireError("a keyword that is no word")
                return function(*arguments, **named)
        raise WireError("a candidate may call the functions it was lent, no more")

    def _is_lent(self, function: Any) -> bool:
        return any(function is lent for lent in (_taken_back, *self._lent.values()))

    def _give(self, value: Any) -> list[Any]:
        if isinstance(value, Remote):
            return [Tag.YOURS, value._descent_number]
        if not callable(value) or isinstance(value, type):
            kind = type(value).__name__
            raise TypeError(f"a test passes values and functions to a student's code, not {kind}")
        number = next(self._numbers)
        self._lent[number] = value
        return [Tag.MINE, number, str(getattr(value, "__name__", "function"))]

    def _returned(self, tree: list[Any]) -> Any:
        match tree:
            case [Tag.YOURS, int(number)]:
                # One whose test is over is no breach: a student's object may have kept it.
                return self._lent.get(number, _taken_back)
        raise WireError("a question carries values, and functions that were lent")

    def _take(self, tree: list[Any]) -> Any:
        match tree:
            case [Tag.YOURS, int()]:
                return self._returned(tree)
            case [Tag.MINE, int(number), str(kind), str(name)] if kind in KINDS:
                held = self._held.get(number)
                if held is None:
                    if len(self._held) >= self._most:
                        raise WireError(f"more than {self._most} references")
                    held = KINDS[kind](self, number, name[:200])
                    self._held[number] = held
                    weakref.finalize(held, self._dropped.add, number).atexit = False
                self._dropped.discard(number)
                return held
        raise WireError("a reference to nothing")


def _taken_back(*_: Any, **__: Any) -> None:
    raise ReferenceError("this function was lent for one test, which is over")


class Lookup(dict[str, Any]):
    """Where names are looked for last: the built-in ones, then the candidate's.

    What was found is kept until the candidate has run another cell, so that within a test a name
    means one object.
    """

    def __init__(self, wire: Wire) -> None:
        super().__init__(vars(builtins))
        self._wire = wire
        self._found: set[str] = set()

    def __missing__(self, name: str) -> Any:
        if name.startswith("__"):
            raise KeyError(name)
        try:
            value = self._wire.ask("name", name)
        except NameError as error:
            raise NameError(str(error), name=name) from None
        self._found.add(name)
        self[name] = value
        return value

    def drop(self, name: str) -> None:
        """Ask for one name again."""
        self.pop(name, None) if name in self._found else None
        self._found.discard(name)

    def forget(self) -> None:
        """Ask again from now on."""
        for name in self._found:
            self.pop(name, None)
        self._found.clear()


DELETE = "__descent_delete__"


class Deletions(ast.NodeTransformer):
    """Lets `del name` in a test reach a name of the candidate's, as it does in one kernel."""

    def visit_Delete(self, node: ast.Delete) -> list[ast.stmt]:  # noqa: D102
        statements: list[ast.stmt] = []
        for target in node.targets:
            if isinstance(target, ast.Name):
                called = ast.Call(ast.Name(DELETE, ast.Load()), [ast.Constant(target.id)], [])
                statements.append(ast.Expr(called))
            else:
                statements.append(ast.Delete([target]))
        return [ast.copy_location(statement, node) for statement in statements]

    def visit_FunctionDef(self, node: ast.AST) -> ast.AST:
        """Leave local names alone."""
        return node

    visit_AsyncFunctionDef = visit_ClassDef = visit_Lambda = visit_FunctionDef  # noqa: N815


class ExaminerShell(Shell):
    """A shell whose graded cells tell a student no more than the student may know."""

    graded = False

    def error_output(self, etype: Any, evalue: Any, stb: list[str]) -> dict[str, Any]:
        """Return an error; of a graded cell without the traceback, which quotes the test."""
        output = super().error_output(etype, evalue, stb)
        if self.graded:
            output["traceback"] = [f"{etype.__name__}: {output['evalue']}"]
        return output

    def words(self, error: BaseException) -> str:
        """Return what an exception says; in a graded cell only what was written for students.

        That is the message of a check, of an assertion in the cell itself, or of the student's own
        exception. Others may quote expected values.
        """
        if not self.graded:
            return super().words(error)
        return (_for_students(error) and super().words(error)) or "this test does not pass"


def _for_students(error: BaseException) -> bool:
    if hasattr(error, "_render_traceback_") or isinstance(error, EndedError | NotImplementedError):
        return True
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return False
    last = frames[-1].filename
    if last.startswith("<ipython-input of the candidate"):
        return True
    return isinstance(error, AssertionError) and is_cell(last)


class Examiner:
    """Everything of the examiner's side.

    Parameters
    ----------
    descriptor : int
        Of a connected socket.
    message, references : int
        See `Limits`.
    """

    def __init__(self, descriptor: int, message: int, references: int) -> None:
        self.channel = Channel(socket.socket(fileno=descriptor), message)
        self.wire = Wire(self.channel, references)
        self.lookup = Lookup(self.wire)
        self.shell = start_shell(ExaminerShell, Outlet(self.channel))
        self.shell.user_module.__dict__["__builtins__"] = self.lookup
        self.lookup[DELETE] = self._delete
        self.shell.ast_transformers.append(Deletions())
        self.shell.events.register("post_run_cell", self._put_back)
        self._bound_by_tests: set[str] = set()
        self._deleted: dict[str, Any] = {}

    def serve(self) -> None:
        """Do what is asked until nobody asks any more."""
        self.channel.send(Frame(Kind.READY, 0, b""))
        while True:
            try:
                frame = self.channel.receive()
            except KeyboardInterrupt:  # it came when the cell it was meant for had just ended
                continue
            match frame.kind:
                case Kind.RUN:
                    self._run(frame)
                case Kind.FORGET:
                    self._forget(json.loads(bytes(frame.payload)))

    def _run(self, frame: Frame) -> None:
        graded = json.loads(bytes(frame.payload))["graded"]
        self.shell.graded = graded
        before = dict(self.shell.user_ns) if graded else {}
        try:
            run(self.shell, frame)
        finally:
            self.wire.take_back()
            if graded:
                bound = self.shell.user_ns
                self._bound_by_tests |= {n for n in bound if bound[n] is not before.get(n, before)}

    def _delete(self, name: str) -> None:
        """Delete a name of the examiner's, or the candidate's until the test ends."""
        if name in self.shell.user_ns:
            del self.shell.user_ns[name]
            return
        self._deleted[name] = self.lookup[name]
        del self.wire.scope[name]
        self.lookup.drop(name)

    def _put_back(self, *_: Any) -> None:
        deleted, self._deleted = self._deleted, {}
        with contextlib.suppress(EndedError):
            for name, value in deleted.items():
                self.wire.scope[name] = value

    def _forget(self, names: list[str]) -> None:
        """Let names that a test had bound be the candidate's, whose cell binds them anew."""
        self.lookup.forget()
        for name in self._bound_by_tests.intersection(names):
            self.shell.user_ns.pop(name, None)
        self._bound_by_tests.difference_update(names)


def serve(descriptor: int, message: int, references: int) -> None:
    """Be the examiner on this descriptor, and end this process when the conductor is gone."""
    sys.argv = [""]
    try:
        Examiner(descriptor, message, references).serve()
    except ClosedError:
        os._exit(0)


if __name__ == "__main__":
    serve(*map(int, sys.argv[1:4]))
