"""The examiner: runs locked cells and tests; a name it does not have is the candidate's."""

import ast
import builtins
import contextlib
import json
import os
import socket
import sys
import traceback
from typing import Any

from autograder.exam.guest.errors import is_cell
from autograder.exam.guest.frames import Channel, ClosedError, Kind, Message
from autograder.exam.guest.output_stream import OutputPublisher
from autograder.exam.guest.rpc import EndedError
from autograder.exam.guest.shell import Shell, run, start_shell
from autograder.exam.proxies import Wire


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
        self.shell = start_shell(ExaminerShell, OutputPublisher(self.channel))
        self.shell.user_module.__dict__["__builtins__"] = self.lookup
        self.lookup[DELETE] = self._delete
        self.shell.ast_transformers.append(Deletions())
        self.shell.events.register("post_run_cell", self._put_back)
        self._bound_by_tests: set[str] = set()
        self._deleted: dict[str, Any] = {}

    def serve(self) -> None:
        """Do what is asked until nobody asks any more."""
        self.channel.send(Message(Kind.READY, 0, b""))
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

    def _run(self, frame: Message) -> None:
        graded = json.loads(bytes(frame.payload))["graded"]
        self.shell.graded = graded
        before = dict(self.shell.user_ns) if graded else {}
        try:
            run(self.shell, frame)
        finally:
            self.wire.revoke()
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
    """Be the examiner on this descriptor, and end this process when the broker is gone."""
    sys.argv = [""]
    try:
        Examiner(descriptor, message, references).serve()
    except ClosedError:
        os._exit(0)


if __name__ == "__main__":
    serve(*map(int, sys.argv[1:4]))
