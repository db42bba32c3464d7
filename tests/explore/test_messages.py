"""One schema for both sides: what an explorable sends keeps to it, requests are read by it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course import explore
from course.explore.base.explorable import Explorable
from course.explore.base.frame import pack
from course.explore.base.messages import (
    KINDS,
    ArithmeticQuestion,
    MalformedRequestError,
    Request,
    arithmetic_message,
    block_message,
    done_message,
    error_message,
    no_arithmetic_message,
    read_message,
    refusal_message,
    update_message,
)
from course.explore.base.sums import Arithmetic, Pick, Sum, Term
from tests.explore.message_schema import SCHEMA, check_layout, check_message, errors

EXPLORABLES = [getattr(explore, name) for name in explore.__all__]
REQUEST = Request("a", 1, "frame", {}, "", [])
QUESTION = ArithmeticQuestion("a", 1, {}, Pick(0, -1, -1, 0.5, 0.5, 1.0, 0.0))

anything = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 2) | st.floats(0, 2) | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=2), inner, max_size=2)
    ),
    max_leaves=4,
)
good = st.fixed_dictionaries(
    {
        "view": st.text(min_size=1, max_size=3),
        "number": st.integers(1, 9) | st.just(2.0),
        "kind": st.sampled_from(KINDS),
        "values": st.dictionaries(st.text(max_size=2), st.floats(0, 1) | st.text(max_size=2)),
        "priority": st.text(max_size=2),
        "known": st.lists(st.text(max_size=2), max_size=2),
    }
)


pick = st.fixed_dictionaries(
    {
        "panel": st.integers(0, 3),
        "layer": st.integers(-1, 3) | st.just(-1.0),
        "item": st.integers(-1, 3),
        "x": st.floats(-1, 1) | st.integers(-1, 1),
        "y": st.floats(-1, 1),
        "time": st.floats(0, 1) | st.integers(0, 1),
        "start": st.integers(0, 9),
    }
)


@st.composite
def nearly_good(draw: st.DrawFn, whole: st.SearchStrategy[dict[str, Any]]) -> dict[str, Any]:
    """What is drawn, or that with an entry replaced, left out or added."""
    request = draw(whole)
    name = draw(st.sampled_from([*request, "other", "none"]))
    if name == "none":
        return request
    if draw(st.booleans()):
        return request | {name: draw(anything)}
    return {key: value for key, value in request.items() if key != name}


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert tuple(SCHEMA["$defs"]["Request"]["properties"]["kind"]["enum"]) == KINDS


question = st.fixed_dictionaries(
    {
        "view": st.text(min_size=1, max_size=3),
        "number": st.integers(1, 9) | st.just(2.0),
        "kind": st.just("arithmetic"),
        "values": st.dictionaries(st.text(max_size=2), st.floats(0, 1) | st.text(max_size=2)),
        "pick": pick | nearly_good(pick) | anything,
    }
)


@given(nearly_good(good) | anything)
def test_requests_are_read_exactly_where_the_schema_allows_them(content: Any) -> None:
    if errors(content, "Request"):
        with pytest.raises(MalformedRequestError) as refused:
            read_message(content)
        check_message(refusal_message(content, refused.value))
    else:
        assert vars(read_message(content)) == content


@given(nearly_good(question))
def test_questions_are_read_exactly_where_the_schema_allows_them(content: Any) -> None:
    if errors(content, "ArithmeticQuestion") and errors(content, "Request"):
        with pytest.raises(MalformedRequestError) as refused:
            read_message(content)
        check_message(refusal_message(content, refused.value))
    else:
        read = read_message(content)
        assert isinstance(read, ArithmeticQuestion)
        assert vars(read) | {"pick": vars(read.pick), "kind": "arithmetic"} == content


@pytest.mark.parametrize("kind", EXPLORABLES, ids=lambda kind: kind.name)
def test_what_an_explorable_sends_keeps_to_the_schema(kind: type[Explorable]) -> None:
    explorable = kind()
    known: set[str] = set()
    for block in explorable.prefetch(explorable.state):
        header, buffer = pack(block, known)
        check_message(block_message(REQUEST, header), [buffer], known)
        known |= {key for a in header["arrays"].values() for key in a.get("keys", ())}
    header, buffer = pack(explorable.single(explorable.state))
    check_message(update_message(header), [buffer])
    assert errors(vars(explorable.state), "Values") == []


def test_a_page_s_codes_keep_to_the_schema() -> None:
    header, buffer = pack(explore.Descent().lattice(), quantise=True)
    assert errors(header, "Header") == []
    assert "u2" in {entry["dtype"] for entry in header["arrays"].values()}
    check_layout(header, buffer)


def test_messages_without_frames_keep_to_the_schema() -> None:
    check_message(done_message(REQUEST))
    check_message(error_message(REQUEST, ValueError("why")))
    numbers = Arithmetic("a unit", [Sum("z", "w x", [Term("w x = 1 · nan", float("nan"))], "z")])
    check_message(arithmetic_message(QUESTION, numbers))
    check_message(no_arithmetic_message(QUESTION, ValueError("why")))


def _damage(message: dict[str, Any], *path: Any) -> dict[str, Any]:
    damaged = json.loads(json.dumps(message))
    *way, last = path
    inner = damaged
    for step in way:
        inner = inner[step]
    inner[last] = object.__name__ if not isinstance(inner[last], str) else 3
    return damaged


@pytest.mark.parametrize(
    "path",
    [
        ("kind",), ("view",), ("number",), ("header", "axes"), ("header", "base"),
        ("header", "summary", 0), ("header", "arrays", "field", "keys", 0),
        ("header", "arrays", "field", "starts", 0), ("header", "arrays", "costs", "start"),
        ("header", "arrays", "costs", "dtype"), ("header", "arrays", "costs", "shape"),
        ("header", "scalars", "limit"),
    ],
    ids=lambda path: ".".join(map(str, path)),
)  # fmt: skip
def test_the_schema_finds_a_damaged_message(path: tuple[Any, ...]) -> None:
    descent = explore.Descent()
    header, _ = pack(descent.single(descent.state))
    message = block_message(REQUEST, header)
    assert errors(message) == []
    assert errors(_damage(message, *path)) != []


def test_a_buffer_too_short_is_found() -> None:
    descent = explore.Descent()
    header, buffer = pack(descent.single(descent.state))
    with pytest.raises(ValueError, match="buffer"):
        check_layout(header, buffer[:-8])


def test_scripts_do_not_write_into_what_the_kernel_has_sent() -> None:
    """JupyterLab saves it with a notebook, and can copy no function that stands in it."""
    scripts = Path(explore.__file__).with_name("js")
    kept = [path for path in scripts.rglob("*.js") if path.name != "in_page.js"]  # it has no kernel
    written = re.compile(r"\b(?:layer|spec|control)(?:\.\w+)+ (?:[-+*/]?=) .*")
    found = [hit for path in kept for hit in written.findall(path.read_text(encoding="utf-8"))]
    assert len(kept) > 20
    assert found == []
