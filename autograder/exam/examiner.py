"""The examiner: runs locked cells and tests; names that it does not have are the candidate's."""

import ast
import builtins
import json
import os
import socket
import sys
import traceback
from collections.abc import Iterable
from typing import Any

from autograder.exam.guest.channel import ClosedError, Kind, Message
from autograder.exam.guest.errors import is_cell
from autograder.exam.guest.interrupts import SafeChannel
from autograder.exam.guest.output_stream import OutputPublisher
from autograder.exam.guest.rpc import StoppedError
from autograder.exam.guest.shell import Shell, run_cell_message, start_shell
from autograder.exam.proxies import CandidateClient


class NameLookup(dict[str, Any]):
    """Resolves names that the examiner's namespace lacks: built-in ones, then the candidate's.

    What it has fetched it keeps until the candidate has run another cell, so that within a test a
    name means one object.
    """

    def __init__(self, client: CandidateClient) -> None:
        super().__init__(vars(builtins))
        self._client = client
        self._fetched: set[str] = set()

    def __missing__(self, name: str) -> Any:
        if name.startswith("__"):
            raise KeyError(name)
        try:
            value = self._client.request("name", name)
        except NameError as error:
            raise NameError(str(error), name=name) from None
        self._fetched.add(name)
        self[name] = value
        return value

    def invalidate_name(self, name: str) -> None:
        """Fetch one name anew when it is looked up next."""
        self.pop(name, None) if name in self._fetched else None
        self._fetched.discard(name)

    def invalidate(self) -> None:
        """Fetch every name anew when it is looked up next."""
        for name in self._fetched:
            self.pop(name, None)
        self._fetched.clear()


DELETE = "__descent_delete__"
"""The function that deletes a name for a test."""


class DeletionRewriter(ast.NodeTransformer):
    """Makes `del name` in a test reach a name of the candidate's, as within one kernel."""

    def visit_Delete(self, node: ast.Delete) -> list[ast.stmt]:  # noqa: D102
        statements: list[ast.stmt] = []
        for target in node.targets:
            if isinstance(target, ast.Name):
                call = ast.Call(ast.Name(DELETE, ast.Load()), [ast.Constant(target.id)], [])
                statements.append(ast.Expr(call))
            else:
                statements.append(ast.Delete([target]))
        return [ast.copy_location(statement, node) for statement in statements]

    def visit_FunctionDef(self, node: ast.AST) -> ast.AST:
        """Leave local names alone."""
        return node

    visit_AsyncFunctionDef = visit_ClassDef = visit_Lambda = visit_FunctionDef  # noqa: N815


class ExaminerShell(Shell):
    """A shell whose graded cells reveal no more than a student may know."""

    graded = False

    def error_output(self, etype: Any, evalue: Any, stb: list[str]) -> dict[str, Any]:
        """Return an error output; for a graded cell without the traceback, which quotes it."""
        output = super().error_output(etype, evalue, stb)
        if self.graded:
            output["traceback"] = [f"{etype.__name__}: {output['evalue']}"]
        return output

    def message_of(self, error: BaseException) -> str:
        """Return an exception's message; in a graded cell only if it was written for students.

        That is the message of a check, of an assertion in the cell itself, or of the student's own
        exception. Others may quote expected values.
        """
        if not self.graded:
            return super().message_of(error)
        return (_is_for_students(error) and super().message_of(error)) or "this test does not pass"


def _is_for_students(error: BaseException) -> bool:
    if hasattr(error, "_render_traceback_"):
        return True
    if isinstance(error, StoppedError | NotImplementedError):
        return True
    entries = traceback.extract_tb(error.__traceback__)
    if not entries:
        return False
    last = entries[-1].filename
    if last.startswith("<ipython-input of the candidate"):
        return True
    return isinstance(error, AssertionError) and is_cell(last)


class Examiner:
    """The examiner's side of an examination.

    Parameters
    ----------
    descriptor : int
        Of a connected socket.
    max_message, references : int
        `message` and `references` of `Limits`.
    """

    def __init__(self, descriptor: int, max_message: int, references: int) -> None:
        self.channel = SafeChannel(socket.socket(fileno=descriptor), max_message)
        self.client = CandidateClient(self.channel, references)
        self.lookup = NameLookup(self.client)
        self.shell = start_shell(ExaminerShell, OutputPublisher(self.channel))
        self.shell.user_module.__dict__["__builtins__"] = self.lookup
        self.lookup[DELETE] = self._delete
        self.shell.ast_transformers.append(DeletionRewriter())
        self._bound_by_tests: set[str] = set()

    def serve(self) -> None:
        """Handle messages until the connection is closed."""
        self.channel.send(Message(Kind.READY, 0, b""))
        while True:
            message = self.channel.receive()
            match message.kind:
                case Kind.RUN:
                    self._run(message)
                case Kind.INVALIDATE:
                    self._invalidate(json.loads(bytes(message.payload)))

    def _run(self, message: Message) -> None:
        graded = json.loads(bytes(message.payload))["graded"]
        self.shell.graded = graded
        before = dict(self.shell.user_ns) if graded else {}
        run_cell_message(self.shell, message, self.client.run, self.client.end_test)
        if graded:
            bound = self.shell.user_ns
            self._bound_by_tests |= {n for n in bound if bound[n] is not before.get(n, before)}

    def _delete(self, name: str) -> None:
        """Delete a name of the examiner's, or until the test ends one of the candidate's."""
        if name in self.shell.user_ns:
            del self.shell.user_ns[name]
            return
        self.lookup[name]  # it must be there
        del self.client.namespace[name]
        self.lookup.invalidate_name(name)

    def _invalidate(self, names: Iterable[str]) -> None:
        """Drop names that tests had bound: the candidate's cell binds them anew."""
        self.lookup.invalidate()
        for name in self._bound_by_tests.intersection(names):
            self.shell.user_ns.pop(name, None)
        self._bound_by_tests.difference_update(names)


def run_examiner(descriptor: int, max_message: int, references: int) -> None:
    """Run an examiner on this descriptor; end this process when the connection is closed."""
    sys.argv = [""]
    try:
        Examiner(descriptor, max_message, references).serve()
    except ClosedError:
        os._exit(0)


if __name__ == "__main__":
    run_examiner(*map(int, sys.argv[1:4]))
