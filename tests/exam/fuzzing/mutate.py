"""Spoil a notebook file: its cells, its metadata, any node of its JSON, the bytes themselves."""

import json
import random
from collections.abc import Callable
from typing import Any

JUNK: tuple[Any, ...] = (
    None, True, False, 0, -1, 3.5, 1e308, float("nan"), float("inf"), 10**30,  "", "x", "\0",
    "\ud800", [[[[[["deep"]]]]]],
    "é" * 300, "<script>alert(1)</script>", "../../../etc/passwd", "### BEGIN SOLUTION", [], {},
    [[]], {"a": []}, ["a", 1, None], [{}], {"nbgrader": {}}, {"": ""}, "skip-execution",
)  # fmt: skip

SOURCES = (
    "", " ", "1 +", "def f(:", "\tx", "raise SystemExit", "import os; os._exit(3)", "%%bash\nexit",
    "!false", "x = " * 50, "(" * 300, "\0", "return", "await 1", "exit", "del __builtins__",
    "from course import *", "import sys; sys.stdout.close()", "assert False", "print('\\ud800')",
    ["a = 1\n", "a"], ["a", 3], 3, None, {"a": 1},
)  # fmt: skip

FIELDS = ("grade", "solution", "locked", "task", "points", "grade_id", "cell_type", "checksum",
          "schema_version")  # fmt: skip

Tree = Any
Change = Callable[[Tree, random.Random], None]


def mutated(notebook: dict[str, Any], rng: random.Random) -> bytes:
    """Return the file of a notebook after one to six changes; the notebook stays as it is."""
    tree = json.loads(json.dumps(notebook))
    for _ in range(rng.randint(1, 6)):
        tree = json.loads(json.dumps(tree))  # what is put in must not be changed in the tables
        try:
            rng.choice(CHANGES)(tree, rng)
        except (AttributeError, IndexError, KeyError, TypeError, ValueError):
            continue  # an earlier change left nothing here to change
    data = json.dumps(tree).encode()
    return rng.choice(BYTES)(data, rng) if rng.random() < 0.15 else data


def _cells(tree: Tree) -> list[Any]:
    return tree["cells"]


def _cell(tree: Tree, rng: random.Random) -> dict[str, Any]:
    return rng.choice(_cells(tree))


def _delete(tree: Tree, rng: random.Random) -> None:
    del _cells(tree)[rng.randrange(len(_cells(tree)))]


def _cut(tree: Tree, rng: random.Random) -> None:
    cells = _cells(tree)
    start = rng.randrange(len(cells))
    del cells[start : start + rng.randint(1, len(cells))]


def _copy(tree: Tree, rng: random.Random) -> None:
    copied = json.loads(json.dumps(_cell(tree, rng)))
    _cells(tree).insert(rng.randint(0, len(_cells(tree))), copied)


def _swap(tree: Tree, rng: random.Random) -> None:
    cells = _cells(tree)
    one, other = rng.randrange(len(cells)), rng.randrange(len(cells))
    cells[one], cells[other] = cells[other], cells[one]


def _shuffle(tree: Tree, rng: random.Random) -> None:
    rng.shuffle(_cells(tree))


def _retype(tree: Tree, rng: random.Random) -> None:
    kinds = ("code", "markdown", "raw", "heading", "", None)
    _cell(tree, rng)["cell_type"] = rng.choice(kinds)


def _rewrite(tree: Tree, rng: random.Random) -> None:
    _cell(tree, rng)["source"] = rng.choice(SOURCES)


def _rename(tree: Tree, rng: random.Random) -> None:
    _cell(tree, rng)["id"] = rng.choice([*JUNK, _cell(tree, rng).get("id")])


def _insert(tree: Tree, rng: random.Random) -> None:
    cell = {
        "cell_type": rng.choice(("code", "code", "markdown", "raw")),
        "metadata": rng.choice(({}, {"tags": ["skip-execution"]}, {"nbgrader": {"grade": True}})),
        "source": rng.choice(SOURCES),
        "outputs": rng.choice(([], [{}], {}, None)),
    }
    cells = _cells(tree)
    cells.insert(rng.randint(0, len(cells)), rng.choice((cell, cell, cell, *JUNK)))


def _mark(tree: Tree, rng: random.Random) -> None:
    label = _cell(tree, rng)["metadata"].setdefault("nbgrader", {})
    label[rng.choice(FIELDS)] = rng.choice(JUNK)


def _unmark(tree: Tree, rng: random.Random) -> None:
    label = _cell(tree, rng)["metadata"]["nbgrader"]
    del label[rng.choice(sorted(label))]


def _forge(tree: Tree, rng: random.Random) -> None:
    """Give one cell the marks of another, or none, or junk in their place."""
    marks = [_cell(tree, rng)["metadata"].get("nbgrader"), rng.choice(JUNK)]
    _cell(tree, rng)["metadata"]["nbgrader"] = rng.choice(marks)


def _tag(tree: Tree, rng: random.Random) -> None:
    tags = (["skip-execution"], ["raises-exception"], [1, None], "skip-execution", {"a": 1})
    _cell(tree, rng)["metadata"]["tags"] = rng.choice(tags)


def _output(tree: Tree, rng: random.Random) -> None:
    shown = {"output_type": "execute_result", "data": {"text/plain": "1.0"}, "metadata": {}}
    _cell(tree, rng)["outputs"] = rng.choice(([shown], [rng.choice(JUNK)], rng.choice(JUNK)))


def _version(tree: Tree, rng: random.Random) -> None:
    tree["nbformat"] = rng.choice((1, 2, 3, 4, 4, 5, -4, *JUNK))
    tree["nbformat_minor"] = rng.choice((0, 4, 5, 99, *JUNK))


def _about(tree: Tree, rng: random.Random) -> None:
    keys = ("kernelspec", "language_info", "descent", "widgets", "celltoolbar")
    tree["metadata"][rng.choice(keys)] = rng.choice(JUNK)


def _any_node(tree: Tree, rng: random.Random) -> None:
    """Put junk in the place of any node, or take it away."""
    while True:
        keys = list(tree) if isinstance(tree, dict) else list(range(len(tree)))
        key = rng.choice(keys)
        below = tree[key]
        if not isinstance(below, dict | list) or not below or rng.random() < 0.3:
            break
        tree = below
    if rng.random() < 0.3:
        del tree[key]
    else:
        tree[key] = rng.choice(JUNK)


CHANGES: tuple[Change, ...] = (
    _delete, _cut, _copy, _swap, _shuffle, _retype, _rewrite, _rename, _insert, _mark, _mark,
    _unmark, _forge, _tag, _output, _version, _about, _any_node, _any_node, _any_node,
)  # fmt: skip


def _truncated(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def _flipped(data: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.randint(1, 20)):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def _with_more(data: bytes, rng: random.Random) -> bytes:
    place = rng.randrange(len(data) + 1)
    more = rng.choice((b"\0", b"\xff\xfe", b"{" * 2000, b"[" * 3000, b'"', b"9" * 5000, b"NaN"))
    return data[:place] + more + data[place:]


def _otherwise_encoded(data: bytes, rng: random.Random) -> bytes:
    return data.decode().encode(rng.choice(("utf-16", "utf-8-sig", "utf-32")))


BYTES = (_truncated, _flipped, _with_more, _otherwise_encoded)
