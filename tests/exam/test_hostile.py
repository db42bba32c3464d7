"""A hostile notebook abuses the channel, the shell, the test: it gains no point by it."""
# ruff: noqa: E501  (tables of programs of one line)

from collections.abc import Callable

import pytest

from autograder.exam.examination import OWNERS
from tests.exam.conftest import QUICK, errors, graded, locked, passed, student

WRONG = "def f(x):\n    return 0"
TEST = "import numpy as np\nassert np.allclose(f(np.arange(3.)), [0, 1, 4]) and f(3) == 9, 'wrong'"
CHANNEL = """
import gc, os, struct, json
wire = next(o for o in gc.get_objects() if type(o).__name__ == 'SafeChannel')
rpc = next(o for o in gc.get_objects() if type(o).__name__ == 'RpcEndpoint')
me = next(o for o in gc.get_objects() if type(o).__name__ == 'Candidate')
def raw(content): os.write(wire.fileno(), content)
def send(kind, number, payload=b''): raw(struct.pack('!IBI', len(payload) + 5, kind, number) + payload)
"""

ON_THE_CHANNEL = {
    "zeros": "raw(bytes(100))",
    "wrong length": "raw(struct.pack('!IBI', 3, 1, 1))",
    "huge length": "raw(struct.pack('!IBI', 2**32 - 1, 3, 1))",
    "unknown kind": "send(77, 1)",
    "kind of the broker": "send(1, 1, b'{}')",
    "kind of the examiner": "send(8, 1, b'[]')",
    "kind invalidate": "send(9, 1, b'[\"check\"]')",
    "ready again, response unasked": "send(7, 0); send(5, 1, b'x')",
    "response in advance": "[send(5, i, rpc._response_codec.encode(('value', 9, {}))) for i in range(99)]",
    "done twice": "send(2, 1, b'{}'); send(2, 1, b'{}')",
    "done with other things": "send(2, 2, json.dumps({'ename': 1}).encode())",
    "output no json": "send(3, 2, b'\\xff')",
    "output deep": "send(3, 2, b'[' * 100_000)",
    "output of no kind": "send(3, 2, b'{\"output_type\": \"score\"}')",
    "output with odd data": "send(3, 2, b'{\"output_type\": \"display_data\", \"data\": {\"text/html\": {}}, \"metadata\": {}}')",
    "closed": "os.close(wire.fileno())",
    "shut": "import socket; socket.socket(fileno=wire.fileno()).shutdown(2)",
    "os._exit": "os._exit(0)",
    "segfault": "import ctypes; ctypes.string_at(0)",
    "abort": "os.abort()",
    "refuses": "send(6, 2, b'no')",
    "requests": "send(4, 2, rpc._response_codec.encode(('call', len, ([],), {})))\nos.read(0, 1)\nwhile True: pass",
}  # fmt: skip

IN_A_CALL = {
    "forged value": "rpc._response_codec.encode = lambda v: b'\\x00\\x00\\x00\\x01\\xc1'",
    "deep value": "rpc._response_codec.encode = lambda v: struct.pack('!I', 9000) + b'\\x92\\x00' * 4500",
    "object array": "rpc._response_codec.encode = lambda v: struct.pack('!I', 8) + b'\\x94\\x07\\xa2|O\\x91\\x01\\xc3'",
    "unknown reference": "import msgpack\nb = msgpack.packb([1, 'value', [18, 999], [2, [], []]])\n"
    "rpc._response_codec.encode = lambda v: struct.pack('!I', len(b)) + b",
    "another number": "import types\nold = wire.send\n"
    "wire.send = lambda fr, d=None: send(fr.kind, fr.number + 1, bytes(fr.payload))",
    "no response": "wire.send = lambda *a: None",
    "responds twice": "old = wire.send\nwire.send = lambda fr, d=None: (old(fr), old(fr))",
    "requests what it may not": "def f(x): return rpc.request('name', '__builtins__')",
    "calls what is no callback": "def f(x):\n    rpc._request_codec = rpc._response_codec\n    return rpc.request('call', me, (), {})",
    "dies": "def f(x): os._exit(0)",
    "exits": "def f(x): raise SystemExit(0)",
    "many references": "def f(x): return [lambda: i for i in range(20_000)]",
    "endless iteration": "class F:\n    def __getitem__(self, i): return i\n    def __len__(self): return 1\ndef f(x): return F()",
    "recursion": "def f(x): return f(x)",
    "threads respond": "import threading\ndef f(x):\n    threading.Thread(target=lambda: [send(5, i) for i in range(9)]).start()\n    import time; time.sleep(.2); return 0",
}  # fmt: skip

LIES = {
    "equal to all": "class A:\n    def __eq__(s, o): return True\n    def __ne__(s, o): return False\n    __hash__ = None\ndef f(x): return A()",
    "array protocol": "class A:\n    def __array__(s, *a, **k): return np.array([0, 1, 4])\n    def __eq__(s, o): return True\ndef f(x): return A()",
    "ufunc protocol": "class A:\n    def __array_ufunc__(s, *a, **k): return True\n    def __array_function__(s, *a, **k): return True\n    __array_priority__ = 99\ndef f(x): return A()",
    "array subclass": "class A(np.ndarray):\n    def __eq__(s, o): return True\n    def __array_function__(s, *a, **k): return True\ndef f(x): return np.zeros(3).view(A)",
    "number subclass": "class A(float):\n    def __eq__(s, o): return True\n    def __rsub__(s, o): return 0\ndef f(x): return A(0)",
    "class lie": "class A:\n    @property\n    def __class__(s): return list\n    def __iter__(s): return iter(())\ndef f(x): return A()",
    "truth": "class A:\n    def __bool__(s): return True\n    def __eq__(s, o): return s\ndef f(x): return A()",
    "patched numpy": "np.allclose = lambda *a, **k: True",
    "patched builtins": "import builtins; builtins.all = builtins.any = lambda *a: True; builtins.AssertionError = None",
    "patched shell": "s = get_ipython(); s.run_cell = lambda *a, **k: None; type(s).run_cell = s.run_cell",
    "transformer": "import ast\nclass T(ast.NodeTransformer):\n    def visit_Assert(s, n): return ast.Pass()\nget_ipython().ast_transformers.append(T())",
    "input transformer": "get_ipython().input_transformers_cleanup.append(lambda lines: ['pass'])",
    "hook": "get_ipython().events.register('pre_run_cell', lambda i: None)",
    "trace": "import sys; sys.settrace(lambda *a: None)",
    "frames": "import sys\ndef f(x):\n    fr = sys._getframe()\n    while fr: fr.f_locals.update(ok=True); fr = fr.f_back\n    return 0",
    "callback of a test": "f = print",
    "changes its input": "def f(x):\n    try: x[:] = 0\n    except TypeError: pass\n    return 0",
    "stops iteration": "def f(x): raise StopIteration",
    "generator": "def f(x): yield from x",
    "forged outputs": "display({'text/plain': '1.0'}, raw=True); print('score: 1')",
    "poses as passed": "class NotPassedError(AssertionError): pass\ndef f(x): raise NotPassedError('passed')",
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", ON_THE_CHANNEL)
def test_abuse_of_the_channel_ends_the_candidate_only(run: Callable, name: str) -> None:
    found = run(
        locked("import numpy as np"),
        student("def g(x):\n    return x"),
        graded("assert g(2) == 2"),
        student(WRONG + CHANNEL + ON_THE_CHANNEL[name]),
        graded(TEST),
        graded("assert g(2) == 2"),
        graded("assert 1 + 1 == 2"),
        limits=QUICK,
    )
    cells = found.notebook.cells
    assert passed(cells[2]), "what was earned stays"
    assert not passed(cells[4])
    assert passed(cells[6]), "the examiner lives"
    assert not any(reason.startswith(OWNERS["examiner"]) for reason in found.reasons)
    # Either the candidate goes on as if nothing had been (what it sent meant nothing), or it ended.
    assert found.reasons or passed(cells[5]), errors(cells[5])


@pytest.mark.slow
@pytest.mark.parametrize("name", IN_A_CALL)
def test_abuse_within_a_call_ends_the_candidate_only(run: Callable, name: str) -> None:
    found = run(
        locked("import numpy as np"),
        student(WRONG + CHANNEL + IN_A_CALL[name]),
        graded(TEST),
        graded("import numpy as np\nassert sum(x for x in f(3)) < 10"),
        graded("assert 1 + 1 == 2"),
        limits=QUICK,
    )
    cells = found.notebook.cells
    assert not passed(cells[2])
    assert not passed(cells[3])
    assert passed(cells[4]), "the examiner lives"
    assert not any(reason.startswith(OWNERS["examiner"]) for reason in found.reasons)


@pytest.mark.parametrize("name", LIES)
def test_lies_gain_nothing(run: Callable, name: str) -> None:
    cells = run(
        locked("import numpy as np"), student(WRONG), student(LIES[name]), graded(TEST)
    ).notebook.cells
    assert not passed(cells[3])


def test_the_same_test_passes_for_the_right_answer(run: Callable) -> None:
    cells = run(
        locked("import numpy as np"), student("def f(x):\n    return x * x"), graded(TEST)
    ).notebook.cells
    assert passed(cells[2]), errors(cells[2])
