"""Whole notebooks: what a test sees of the student's, and what becomes of what goes wrong."""
# ruff: noqa: E501  (tables of programs of one line)

import textwrap
from collections.abc import Callable

import pytest

from tests.exam.conftest import QUICK, errors, graded, locked, passed, student

Run = Callable[..., object]

RIGHT = "def f(x):\n    return x * x"
TEST = "assert f(3) == 9"


def test_a_test_calls_the_students_function(run: Run) -> None:
    right = run(student(RIGHT), graded(TEST))
    wrong = run(student("def f(x): return x"), graded(TEST))
    assert passed(right.notebook.cells[1])
    assert errors(wrong.notebook.cells[1]) == ["AssertionError: this test does not pass"]
    assert right.reasons == wrong.reasons == ()


def test_a_test_can_delete_a_students_name_for_its_time(run: Run) -> None:
    uses = "kept = g\ndel g\ntry:\n    f(1)\nexcept NameError:\n    pass\nelse:\n    assert False, 'no g'"
    found = run(
        student("def g(x): return x\ndef f(x): return g(x)\ndef h(x): return x"),
        graded(uses),
        graded(uses.replace("f(1)", "h(1)")),
        graded("x = 1\ndel x\nassert f(2) == 2"),
        student("assert f(3) == 3"),
    ).notebook.cells
    assert [errors(cell) for cell in found] == [[], [], ["AssertionError: no g"], [], []]


def test_missing_and_unwritten_answers_fail(run: Run) -> None:
    found = run(
        student("def f(x): raise NotImplementedError('write it')"),
        graded(TEST),
        graded("g(1)"),
        graded(""),
    ).notebook.cells
    assert errors(found[1]) == ["NotImplementedError: write it"]
    assert errors(found[2]) == ["NameError: this test does not pass"]
    assert errors(found[3]) == ["NotRunError: there is nothing to run in this cell"]


@pytest.mark.parametrize(
    ("define", "look"),
    [
        ("import numpy as np; a = np.arange(6.).reshape(2, 3)", "assert a.shape == (2, 3) and a.sum() == 15"),
        ("d = {'w': [1, (2, 3)], 4: {5}}", "assert d == {'w': [1, (2, 3)], 4: {5}}"),
        ("class A:\n    k = 2\n    def m(self, x): return x + self.k", "o = A(); o.k = 5; assert o.m(1) == 6 and A.k == 2"),
        ("class A: pass\nclass B(A): pass\nb = B()", "assert isinstance(b, A) and not isinstance(3, A)"),
        ("def g(n):\n    for i in range(n): yield i", "assert list(g(4)) == [0, 1, 2, 3] and next(g(1)) == 0"),
        ("class S:\n    def __len__(self): return 3\n    def __getitem__(self, i): return i * 2\n    def __contains__(self, i): return i == 1\ns = S()",
         "assert len(s) == 3 and s[4] == 8 and 1 in s and 2 not in s"),
        ("def twice(f): return lambda x: f(f(x))", "assert twice(lambda x: x + 1)(0) == 2"),
        ("def same(f): return f", "assert same(len) is len"),
        ("f = abs; fs = [f, f]", "assert fs[0] is fs[1] is f"),
        ("from collections import namedtuple\nP = namedtuple('P', 'a b')\np = P(1, 2)", "assert p.a == 1 and p == (1, 2)"),
        ("import numpy as np\ndef draw(rng): return rng.normal()",
         "import numpy as np\na, b = np.random.default_rng(1), np.random.default_rng(1)\nassert [draw(a), draw(a)] == [b.normal(), b.normal()]"),
        ("def fill(x): x[:] = 0", "import numpy as np\nx = np.ones(3); fill(x); assert x.sum() == 3\nfill.__in_place__(x); assert x.sum() == 0"),
        ("def fill(x): x[0].append(1)", "x = [[0]]; fill.__in_place__(x); assert x == [[0, 1]]"),
    ],
)  # fmt: skip
def test_what_a_test_can_do_with_the_students_objects(run: Run, define: str, look: str) -> None:
    cell = run(student(define), graded(look)).notebook.cells[1]
    assert passed(cell), errors(cell)


@pytest.mark.parametrize(
    ("raised", "name"),
    [
        ("raise ValueError('no')", "ValueError"),
        ("raise NotImplementedError", "NotImplementedError"),
        ("import numpy as np; np.linalg.inv(np.zeros((2, 2)))", "LinAlgError"),
        ("class Odd(KeyError): pass\nraise Odd('x')", "Odd"),
        ("b'\\xff'.decode()", "UnicodeDecodeError"),
        ("raise StopIteration", "RuntimeError"),
        ("raise SystemExit", "SystemExit"),
    ],
)
def test_exceptions_keep_their_class(run: Run, raised: str, name: str) -> None:
    body = "\n".join(f"    {line}" for line in raised.splitlines())
    look = (
        "import traceback\n"
        f"try:\n    f()\nexcept Exception as error:\n    kind = type(error).__name__\n"
        "    last = traceback.extract_tb(error.__traceback__)[-1]\n"
        f"assert kind == {name!r}, kind\n"
        "assert last.filename.startswith('<ipython'), last\n"
        f"assert last.line, last"
    )
    cell = run(student(f"def f():\n{body}"), graded(look)).notebook.cells[1]
    assert passed(cell), errors(cell)


def test_locked_cells_run_in_both_and_the_tests_see_their_own(run: Run) -> None:
    cells = run(
        locked("import math\nlimit = 5"),
        student("assert limit == 5\nlimit = 1000\nmath.sqrt = None\ndef f(): return limit"),
        graded("assert limit == 5 and f() == 1000 and math.sqrt(4) == 2"),
    ).notebook.cells
    assert passed(cells[1])
    assert passed(cells[2]), errors(cells[2])


def test_a_name_that_a_test_bound_is_the_students_again_when_they_bind_it(run: Run) -> None:
    cells = run(
        student("def f(): return 1"),
        graded("theta = f(); assert theta == 1"),
        graded("assert theta == 1"),
        student("theta = 7"),
        graded("assert theta == 7"),
    ).notebook.cells
    assert all(map(passed, cells)), [errors(cell) for cell in cells]


def test_a_dead_candidate_keeps_what_it_earned(run: Run) -> None:
    found = run(
        student(RIGHT),
        graded(TEST),
        student("import os, signal; os.kill(os.getpid(), signal.SIGKILL)"),
        student("1 + 1"),
        graded(TEST),
    )
    first, death, after, last = (found.notebook.cells[i] for i in (1, 2, 3, 4))
    assert passed(first)
    assert errors(death) == ["InterpreterEndedError: it died (SIGKILL), in cell 3"]
    assert errors(after) == [
        "NotRunError: not run, as the interpreter had ended: it died (SIGKILL), in cell 3"
    ]
    assert errors(last) == [
        "StoppedError: your notebook's interpreter has ended: it died (SIGKILL), in cell 3"
    ]
    assert found.reasons == ("the notebook's interpreter has ended: it died (SIGKILL), in cell 3",)


def test_output_is_bounded(run: Run) -> None:
    found = run(
        student("for i in range(20_000): print('x' * 40)"),
        student(RIGHT),
        graded(TEST),
    )
    text = "".join(output.text for output in found.notebook.cells[0].outputs)
    assert len(text) < 1.1 * QUICK.output
    assert "longer than is kept" in text
    assert passed(found.notebook.cells[2])


@pytest.mark.parametrize("show", ["print(text)", "sys.displayhook(text)", "display(text)"])
def test_output_that_is_not_kept_takes_no_memory(run: Run, show: str) -> None:
    flood = f"""
        import resource, sys
        def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        text, before = "x" * 1_000_000, peak()
        for _ in range(300): text = text[1:] + "y"; {show}
        assert peak() - before < 100, peak() - before"""
    (cell,) = run(student(textwrap.dedent(flood))).notebook.cells
    assert passed(cell), errors(cell)


def test_a_test_tells_students_only_what_was_written_for_them(run: Run) -> None:
    cells = run(
        student("def f(x):\n    raise KeyError('mine')"),
        graded("import numpy as np\nnp.testing.assert_allclose(1.0, 42.4242)"),
        graded("print('x' * 200_000)\nnp.testing.assert_allclose(1.0, 42.4242)"),
        graded("secret = 42\nassert False, 'look at the sign'"),
        graded("secret = 42\n{}['expected 42']"),
        graded("f(1)"),
        graded("from course.checks.check import NotPassedError\nraise NotPassedError('so')"),
    ).notebook.cells
    reported = [errors(cell)[0] for cell in cells[1:]]
    assert reported == [
        "AssertionError: this test does not pass",
        "AssertionError: this test does not pass",
        "AssertionError: look at the sign",
        "KeyError: this test does not pass",
        "KeyError: 'mine'",
        "NotPassedError: so",
    ]
    assert "42" not in str([cell.outputs for cell in cells[1:5]])


def test_stderr_is_no_failure_and_prints_of_the_answer_are_not_shown(run: Run) -> None:
    cell = run(
        student("def f(x):\n    print('given', x)\n    return x * x"),
        graded("import sys\nprint('careful', file=sys.stderr)\n" + TEST),
    ).notebook.cells[1]
    assert [(o.name, o.text) for o in cell.outputs] == [("stdout", "careful\n")]


def test_what_lies_in_the_folder_is_imported_by_the_student_only(run: Run, tmp_path) -> None:
    (tmp_path / "colorsys.py").write_text("where = 'folder'\n")
    cells = run(
        student("import colorsys\nassert colorsys.where == 'folder'"),
        graded("import colorsys\nassert not hasattr(colorsys, 'where')"),
    ).notebook.cells
    assert passed(cells[0])
    assert passed(cells[1]), errors(cells[1])


def test_modules_are_not_taken_from_the_student(run: Run) -> None:
    cell = run(student("import numpy as np"), graded("np.allclose(1, 1)")).notebook.cells[1]
    assert errors(cell) == ["NameError: this test does not pass"]


def test_an_answer_that_changes_its_input_is_seen(run: Run) -> None:
    look = (
        "import numpy as np\nfrom course.checks.observation import call, run_probe\n"
        "seen = run_probe([call(f, x=np.ones(2)), call(g, x=np.ones(2)), call(f, x=[3, 1])])[1]\n"
        "assert [note.raised for note in seen] == ['ChangedInputError', None, 'ChangedInputError'], seen"
    )
    cells = run(
        student("def f(x):\n    x[0] = 7\ndef g(x):\n    return x[0]"), graded(look)
    ).notebook.cells
    assert passed(cells[1]), errors(cells[1])


def test_an_invariant_sees_what_an_answer_does_to_its_arguments(run: Run) -> None:
    from_course = locked(
        "import numpy as np\nfrom course.checks.observation import leaves_inputs_alone"
    )
    found = run(
        from_course,
        student("def f(x, rng):\n    x[0] = rng.random()\ndef g(x, rng):\n    return x + 1"),
        graded("assert not leaves_inputs_alone(f, np.ones(2), np.random.default_rng(0))"),
        graded("assert leaves_inputs_alone(g, np.ones(2), np.random.default_rng(0))"),
    )
    assert all(map(passed, found.notebook.cells))


def test_a_generator_that_gives_out_so_many_draws_does_so_there(run: Run) -> None:
    endless = "def f(y, score, n, rng):\n    while True: rng.random()"
    asked = "import numpy as np\nfrom course.checks.draw_budget import with_draw_budget\n"
    asked += "with_draw_budget(f)(np.ones(3), np.ones(3), 2, np.random.default_rng(0))"
    found = run(student(endless), graded(asked), limits=QUICK)
    (error,) = errors(found.notebook.cells[1])
    assert error.startswith("DrawBudgetError")
    assert found.reasons == ()


def test_a_generator_has_other_children_in_the_next_call(run: Run) -> None:
    asked = "import numpy as np\nrng, twin = np.random.default_rng(5), np.random.default_rng(5)\n"
    asked += "assert [f(rng) for _ in range(3)] == [twin.spawn(1)[0].random() for _ in range(3)]"
    found = run(student("def f(rng): return rng.spawn(1)[0].random()"), graded(asked))
    assert passed(found.notebook.cells[1])


def test_right_functions_take_the_place_of_the_students_for_a_while(run: Run) -> None:
    look = (
        "from autograder.hidden_tests.hidden_test import substitute_functions\n"
        "with substitute_functions((fit,), {'cost': lambda x: x * x, 'fresh': len}):\n    inside = fit(3)\n"
        "assert (inside, fit(3)) == (9, -1), inside\n"
        "try:\n    fresh\nexcept NameError: pass\nelse: assert False, 'bound for good'"
    )
    cells = run(
        student("def cost(x):\n    return -1\ndef fit(x):\n    return cost(x)"),
        graded(look),
        student("assert cost(1) == -1 and cost.__name__ == 'cost'"),
    ).notebook.cells
    assert passed(cells[1]), errors(cells[1])
    assert passed(cells[2]), errors(cells[2])


def test_a_callback_takes_values_and_other_callbacks(run: Run) -> None:
    """A student's own function among its arguments would be called while a test trusts its own."""
    own = "def f(g):\n    return g(len)\ndef h(g):\n    return g([{'k': lambda: 3}])\n"
    look = (
        "taken = []\ntry: %s(lambda x: taken.append(x))\nexcept TypeError: pass\nassert not taken"
    )
    found = run(
        student(own + "def both(g, x):\n    return g(x)"),
        graded(look % "f"),
        graded(look % "h"),
        graded("assert both(lambda x: x is len, len)"),
    )
    assert all(map(passed, found.notebook.cells)), [errors(c) for c in found.notebook.cells]
    assert found.reasons == ()
    forged = (
        "import gc\nrpc = next(o for o in gc.get_objects() if type(o).__name__ == 'RpcEndpoint')\n"
    )
    forged += "rpc._request_codec = rpc._response_codec\n"
    found = run(student(forged + own), graded(look % "h"))
    assert not passed(found.notebook.cells[1])
    assert "broke the protocol: a request carries values" in found.details[0]


def test_a_callback_is_revoked_when_the_test_ends(run: Run) -> None:
    cells = run(
        student(
            "kept = []\ndef f(g):\n    kept.append(g)\n    return g(2)\ndef h(x):\n    return kept[0](x)"
        ),
        graded("assert f(lambda x: x + 1) == 3 and h(5) == 6"),
        graded("h(5)"),
        student("kept[0](5)"),
    ).notebook.cells
    assert passed(cells[1]), errors(cells[1])
    assert errors(cells[2])[0].startswith("ReferenceError")
    assert not passed(cells[3])


def test_a_reference_held_while_others_were_released_is_released_after_them(run: Run) -> None:
    look = (
        "early = [make() for _ in range(20)]\n"
        "for _ in range(40):\n    late = make()\n    del late\n"
        "early = None\nmany = [make() for _ in range(45)]"
    )
    few = type(QUICK)(**{**vars(QUICK), "references": 50})
    cells = run(student("def make(): return lambda: 0"), graded(look), limits=few).notebook.cells
    assert passed(cells[1]), errors(cells[1])


def test_threads_may_call_a_test_s_function_one_at_a_time(run: Run) -> None:
    answer = (
        "from concurrent.futures import ThreadPoolExecutor\nlate = []\n"
        "def f(g):\n    with ThreadPoolExecutor(4) as pool: return sum(pool.map(g, range(40)))\n"
        "def keep(g):\n    late.append(g)"
    )
    after = (
        "import threading\ndef ask():\n    try: late[0](1)\n    except Exception as e: late.append(e)\n"
        "thread = threading.Thread(target=ask)\nthread.start()\nthread.join()"
    )
    cells = run(
        student(answer),
        graded("assert f(lambda i: i) == 780\nkeep(abs)"),
        student(after),
        graded("assert len(late) == 2 and f(abs) == 780"),
    ).notebook.cells
    assert [errors(cell) for cell in cells] == [[], [], [], []]
