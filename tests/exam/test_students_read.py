"""Whatever goes wrong, a student reads no name of the grader's and no word of the protocol."""
# ruff: noqa: E501  (tables of programs of one line)

import ast
import copy
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import nbformat
import pytest
from nbformat import NotebookNode

from autograder import nbgrader_bridge
from autograder.exam.guest.channel import ProtocolError
from autograder.feedback.redact import RedactTests
from autograder.grading import marking
from autograder.grading.gradebook import register_unit
from autograder.grading.marking import Submission, mark, mark_as_failed
from autograder.grading.pool.pool import LOST, WorkerLost
from autograder.grading.verdict import GRADER_ERRORS, Verdict, verdict_of
from autograder.paths import ROOT
from autograder.plugins import examine
from autograder.plugins.examine import Examine
from autograder.selftest.compose import compose
from autograder.selftest.temporary_classroom import classroom_at
from tests.exam.conftest import graded, locked, notebook, student
from tests.exam.test_hostile import CHANNEL, IN_A_CALL, ON_THE_CHANNEL, WRONG

UNIT = "00_start_here"
SETTINGS = {
    "timeout": 5,
    "notebook_timeout": 60,
    "limits": {"cell_wall": 8.0, "call_cpu": 2.5, "call_wall": 4.0, "grace": 1.0},
}


def internal_names() -> Iterator[str]:
    """Yield the grader's class names of two words and more, but those that students shall read."""
    for path in (ROOT / "autograder").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and re.search("[a-z][A-Z]", node.name):
                yield from {node.name} - GRADER_ERRORS


INTERNAL = re.compile(
    r"(?i:\b(?:protocol|frames?|wire|broker|candidate|examiner|prox(?:y|ies)|rpc|codec|msgpack|workers?|metadata|kernels?)\b)"
    rf"|\b(?:{'|'.join(sorted(internal_names()))})\b"
)

VIOLATIONS = {
    name: WRONG + CHANNEL + code
    for name, code in {
        **{name: ON_THE_CHANNEL[name] for name in (
            "huge length", "kind of the broker", "response in advance", "done with other things",
            "output no json", "refuses",
        )},
        **{name: IN_A_CALL[name] for name in (
            "forged value", "deep value", "object array",
            "requests what it may not", "calls what is no callback",
        )},
    }.items()
}  # fmt: skip
"""What ends a candidate because of what it sends."""

FAILURES = {
    "killed": "import os, signal\ndef f(x): os.kill(os.getpid(), signal.SIGKILL)",
    "exits": "import os\ndef f(x): os._exit(3)",
    "hangs up": CHANNEL + "os.close(wire.fileno())",
    "endless cell": "while True: pass",
    "endless call": "def f(x):\n    while True: pass",
    "cannot be stopped": "import time\ndef f(x):\n    while True:\n        try: time.sleep(9)\n        except BaseException: pass",
    "floods": CHANNEL + "import json\np = json.dumps({'output_type': 'stream', 'name': 'stdout', 'text': 'x' * (1 << 20)}).encode()\nos.set_blocking(wire.fileno(), True)\nwhile True: send(3, me.shell.publisher.number, p)",
    "deep": "def f(x):\n    a = []\n    for _ in range(99): a = [a]\n    return a",
    "contains itself": "def f(x):\n    a = []\n    a.append(a)\n    return a",
    "many objects": "def f(x): return [lambda: i for i in range(20_000)]",
    "huge": "def f(x): return 'x' * (300 << 20)",
    "array of objects": "import numpy as np\ndef f(x): return np.array([object()])",
    "a module": "import math as f",
    "asks": "f = input()",
}  # fmt: skip

WITH_ITS_OBJECT = {
    "float": "float(f(3))",
    "sum": "f(3) + 1",
    "order": "f(3) < 1",
    "array": "np.asarray(f(3)) + 1",
    "close": "np.testing.assert_allclose(f(3), 1)",
    "call": "f(3)(1)",
    "length": "len(f(3))",
    "items": "list(f(3))",
    "key": "f(3)['a']",
    "attribute": "f(3).nothing",
    "truth": "bool(f(3))",
    "special": "f(3).__array__()",
    "copied": "pickle.dumps(f(3))",
    "kinds": "assert False, [type(x).__name__ for x in (f, f(3), Answer, f(3).method, f(3).inner)]",
    "shown": "assert False, [f, f(3), Answer, f(3).method, f(3).inner]",
}
"""What a test may do with an object, whose error a check passes on."""

ANSWER = "class Answer:\n    def method(self): pass\n    class Inner:\n        def __call__(self): pass\n    inner = Inner()\ndef f(x): return Answer()"

CALLBACKS = {
    "its own function": ("def f(g): return g(len)", "f(lambda x: x)"),
    "another object": ("class A: pass\ndef f(g): return g(A())", "f(lambda x: x)"),
    "of an earlier test": ("kept = []\ndef f(g):\n    kept.append(g)\n    return kept[0](1)", "f(lambda x: x)\n"),
}  # fmt: skip


def examined(*cells: NotebookNode, folder: Path) -> tuple[NotebookNode, Verdict]:
    """Examine cells as grading does, and read the verdict off."""
    for cell, name in zip(reversed(cells), ("test-f", "f"), strict=False):
        cell.metadata.setdefault("nbgrader", NotebookNode())["grade_id"] = name
    found, _ = Examine(trust_students=True, **SETTINGS).preprocess(
        notebook(*cells), {"metadata": {"path": str(folder)}}
    )
    return found, verdict_of(found, UNIT, "student")


def readable(found: NotebookNode, verdict: Verdict) -> str:
    """Return all that a student can read: verdict, outputs, and the page about the notebook."""
    texts = [*verdict.reasons, *(result.message for result in verdict.exercises.values())]
    about = {"nbgrader": {"assignment": UNIT, "student": "student"}}
    page, _ = RedactTests().preprocess(copy.deepcopy(found), about)
    outputs = [o for cell in (*found.cells, *page.cells) for o in cell.get("outputs", [])]
    for output in outputs:
        texts += [output.get("text", ""), output.get("ename", ""), output.get("evalue", "")]
        texts += output.get("traceback", [])
    return "\n".join(texts)


def assert_speaks_to_a_student(text: str) -> None:
    assert not INTERNAL.findall(text), text


@pytest.mark.parametrize("name", VIOLATIONS)
def test_a_violation_is_named_to_staff_alone(name: str, tmp_path: Path) -> None:
    found, verdict = examined(
        locked("import numpy as np"), student(VIOLATIONS[name]), graded("assert f(3) == 9"),
        folder=tmp_path,
    )  # fmt: skip
    text = readable(found, verdict)
    assert_speaks_to_a_student(text)
    assert ProtocolError.for_students in text
    detail = re.fullmatch(r"candidate: it broke the protocol: (.*), in cell \d", verdict.details[0])
    assert detail
    assert detail[1] not in text


@pytest.mark.parametrize("name", FAILURES)
def test_a_failure_speaks_to_a_student(name: str, tmp_path: Path) -> None:
    found, verdict = examined(
        locked("import numpy as np"), student(FAILURES[name]), graded("assert f(3) == 9"),
        folder=tmp_path,
    )  # fmt: skip
    assert verdict.exercises["f"].message
    assert_speaks_to_a_student(readable(found, verdict))


@pytest.mark.parametrize("name", WITH_ITS_OBJECT)
def test_an_error_about_an_object_quotes_the_student_s_class(name: str, tmp_path: Path) -> None:
    passed_on = (
        "import pickle\nimport numpy as np\nfrom course.checks.check import NotPassedError\n"
        f"try:\n    {WITH_ITS_OBJECT[name]}\nexcept Exception as error:\n"
        "    raise NotPassedError(f'{type(error).__name__}: {error}') from None"
    )
    found, verdict = examined(student(ANSWER), graded(passed_on), folder=tmp_path)
    assert verdict.exercises["f"].message
    assert_speaks_to_a_student(readable(found, verdict))


@pytest.mark.parametrize("name", CALLBACKS)
def test_an_error_about_a_callback_speaks_to_a_student(name: str, tmp_path: Path) -> None:
    answer, call = CALLBACKS[name]
    cells = [student(answer), graded(call), student("kept[0](1)"), graded("f(lambda x: x)")]
    cells = cells if "kept" in answer else cells[:2]
    found, verdict = examined(*cells, folder=tmp_path)
    assert verdict.exercises["f"].message
    assert_speaks_to_a_student(readable(found, verdict))


@pytest.mark.parametrize(
    ("module", "function"), [(marking, "repair"), (marking, "read"), (examine, "examine")]
)
def test_an_error_of_the_grader_is_named_to_staff_alone(
    module: ModuleType, function: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right, ends = getattr(module, function), iter([True])

    def broken(*given: object) -> object:
        if next(ends, False):
            raise ProtocolError("a FunctionProxy of the examiner's")
        return right(*given)

    with classroom_at(tmp_path / "classroom", "tests"):
        unit = register_unit(UNIT)
    nbformat.write(compose(UNIT, {}), tmp_path / f"{UNIT}.ipynb")
    settings = nbgrader_bridge.config()
    settings.Examine.trust_students = True
    monkeypatch.setattr(module, function, broken)
    marked = mark(Submission("student", UNIT, tmp_path), unit, settings)
    assert_speaks_to_a_student(readable(marked.notebook, marked.verdict))
    assert "through no fault of yours" in marked.verdict.reasons[0]
    assert marked.verdict.details == (
        "marking failed (ProtocolError: a FunctionProxy of the examiner's)",
    )


@pytest.mark.parametrize("lost", [LOST, WorkerLost.by(ProtocolError("a frame out of turn"))])
def test_a_lost_worker_is_named_to_staff_alone(lost: WorkerLost, tmp_path: Path) -> None:
    with classroom_at(tmp_path / "classroom", "tests"):
        unit = register_unit(UNIT)
    marked = mark_as_failed(Submission("student", UNIT, tmp_path), unit, lost.why, lost.detail)
    assert_speaks_to_a_student(readable(marked.notebook, marked.verdict))
    assert marked.verdict.reasons == (lost.why,)
    assert marked.verdict.details == (lost.detail,)


def test_what_must_not_be_read_is_found() -> None:
    for text in ("not 'FunctionProxy'", "it broke the protocol", "a frame out of turn", "no Codec"):
        with pytest.raises(AssertionError):
            assert_speaks_to_a_student(text)
    assert_speaks_to_a_student("StoppedError: it sent the grader something, framed by Answer")
