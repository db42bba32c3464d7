"""Values keep what they are across the wire, and nothing malformed gets through."""

import collections
import contextlib
import struct
import sys
from typing import Any

import msgpack
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from autograder.exam.guest import generators, values
from autograder.exam.guest.channel import ProtocolError
from autograder.exam.guest.values import Codec, Tag


def refer(value: object) -> list:
    raise TypeError(f"{type(value).__name__} is no value")


def resolve(tree: list) -> object:
    raise ProtocolError("a reference to nothing")


codec = Codec(refer, resolve)


def passed_on(value: object) -> object:
    return codec.decode(codec.encode(value))


plain = (
    st.none()
    | st.booleans()
    | st.integers(-(2**200), 2**200)
    | st.floats(allow_nan=False)
    | st.complex_numbers(allow_nan=False)
    | st.text(st.characters())
    | st.binary()
    | st.builds(range, st.integers(-9, 9), st.integers(-9, 9), st.integers(1, 9))
)
hashable = plain | st.tuples(plain, plain) | st.frozensets(plain, max_size=3)
nested = st.recursive(
    plain,
    lambda inner: (
        st.lists(inner)
        | st.tuples(inner, inner)
        | st.dictionaries(hashable, inner)
        | st.sets(hashable)
    ),
    max_leaves=8,
)
numeric = arrays.arrays(
    st.sampled_from([np.dtype(code) for code in "?bhilqBHILQefdgFDG"] + [np.dtype(">i4")]),
    arrays.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4),
)


def same(one: object, other: object) -> bool:
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return list(one) == list(other) and all(map(same, one.values(), other.values()))
    return type(one) is type(other) and one == other


@settings(max_examples=200)
@given(nested)
def test_containers_come_back(value: object) -> None:
    assert same(value, passed_on(value))


@settings(max_examples=200)
@given(numeric)
def test_arrays_come_back(array: np.ndarray) -> None:
    for given_array in (array, array.T, array[..., ::2] if array.ndim else array):
        back = passed_on(given_array)
        assert back.shape == given_array.shape
        assert back.dtype == given_array.dtype.newbyteorder("=")
        np.testing.assert_array_equal(back, given_array)
        if given_array.ndim == 0:
            assert passed_on(given_array[()]).dtype == back.dtype


@pytest.mark.parametrize("name", ["PCG64", "PCG64DXSM", "SFC64", "MT19937", "Philox"])
def test_generators_go_on_where_they_were(name: str) -> None:
    rng = np.random.Generator(getattr(np.random, name)(3))
    rng.normal(size=5)
    assert passed_on(rng).normal() == rng.normal()


@pytest.mark.parametrize(
    "seed",
    [3, [5, 6], None, np.int64(7), np.array([1, 2])],
    ids=["one", "two", "none", "one of NumPy", "two of NumPy"],
)
def test_generators_spawn_the_children_that_come_next(seed: Any) -> None:
    rng = np.random.default_rng(seed)
    rng.spawn(2)
    there = passed_on(rng)
    drawn = [child.random() for child in there.spawn(2)]
    generators.update(rng, there)
    (third,) = there.spawn(1)
    assert rng.spawn(1)[0].random() == third.random()
    assert len({*drawn, third.random()}) == 3


def test_the_usual_numbers_keep_their_types() -> None:
    usual = [np.int64(1), np.float64(1), np.float32(1), np.bool_(True), np.complex128(1)]
    assert [type(item) for item in passed_on(usual)] == [type(item) for item in usual]


def test_subclasses_become_what_they_are_made_of() -> None:
    class Word(str):
        def __eq__(self, other: object) -> bool:
            return True

        __hash__ = str.__hash__

    class Row(list):
        pass

    given_values = [Word("a"), Row([1]), collections.OrderedDict(a=1), np.float64(2), True]
    assert [type(item) for item in passed_on(given_values)] == [str, list, dict, np.float64, bool]
    point = collections.namedtuple("Point", "x y")(1, 2)
    assert passed_on(point).y == 2


def test_arrays_that_may_not_be_written_stay_so() -> None:
    array = np.ones(3)
    array.flags.writeable = False
    assert not passed_on(array).flags.writeable
    assert passed_on(np.ones(3)).flags.writeable


def test_what_cannot_pass_is_refused_with_a_reason() -> None:
    circle: list = []
    circle.append(circle)
    for value in (circle, [None] * (values.MAX_ITEMS + 1), 1 << (8 * values.MAX_INTEGER_BYTES + 1)):
        with pytest.raises(ValueError, match=r"contains itself|too much|more digits"):
            codec.encode(value)
    for value in (np.array([object()]), object(), np.ma.ones(3), np.array(["2020"], "M8[D]")):
        with pytest.raises(TypeError):
            codec.encode(value)


def forged(tree: object, tail: bytes = b"") -> bytes:
    body = msgpack.packb(tree)
    head = struct.pack("!I", len(body)) + body
    return head + bytes(-len(head) % values.ALIGNMENT if tail else 0) + tail


deep: object = [Tag.LIST]
for _ in range(values.MAX_DEPTH + 2):
    deep = [Tag.LIST, deep]
state = np.random.Generator(np.random.MT19937(1)).bit_generator.state


FORGED = {
    "nothing": b"",
    "no tree": b"\x00\x00\x00\x09abc",
    "tree too long": struct.pack("!I", values.MAX_TREE + 1) + bytes(9),
    "no tag": forged([]),
    "unknown tag": forged([99]),
    "tag of another type": forged(["list"]),
    "true as tag": forged([True, 1]),
    "map": forged({1: 2}),
    "extension": forged(msgpack.ExtType(5, b"x")),
    "time stamp": forged(msgpack.Timestamp(1)),
    "deep": forged(deep),
    "tail": forged(1, bytes(16)),
    "array without bytes": forged([Tag.ARRAY, "<f8", [4], True]),
    "array too large": forged([Tag.ARRAY, "<f8", [2**39, 2**39], True], bytes(64)),
    "array of objects": forged([Tag.ARRAY, "|O", [1], True], bytes(16)),
    "array of records": forged([Tag.ARRAY, "i4,O", [1], True], bytes(16)),
    "array of dates": forged([Tag.ARRAY, "<M8[s]", [1], True], bytes(8)),
    "array, negative": forged([Tag.ARRAY, "<f8", [-1], True], bytes(8)),
    "array, floating shape": forged([Tag.ARRAY, "<f8", [1.0], True], bytes(8)),
    "array, 40 dimensions": forged([Tag.ARRAY, "<f8", [1] * 40, True], bytes(8)),
    "array, odd truth": forged([Tag.ARRAY, "|b1", [1], True], b"\x07"),
    "scalar of objects": forged([Tag.SCALAR, "|O", bytes(8)]),
    "scalar too short": forged([Tag.SCALAR, "<f8", b"1"]),
    "dict uneven": forged([Tag.DICT, [1, 2], [3]]),
    "dict with a list as key": forged([Tag.DICT, [[Tag.LIST]], [3]]),
    "set of lists": forged([Tag.SET, [Tag.LIST]]),
    "huge number": forged([Tag.INTEGER, bytes(values.MAX_INTEGER_BYTES + 1)]),
    "named badly": forged([Tag.NAMED_TUPLE, ["a b", "x"], 1]),
    "named with code": forged([Tag.NAMED_TUPLE, ["P", "x=__import__('os')"], 1]),
    "named like a method": forged([Tag.NAMED_TUPLE, ["P", "_replace"], 1]),
    "named unevenly": forged([Tag.NAMED_TUPLE, ["P", "x"], 1, 2]),
    "texts too wide": forged([Tag.STRINGS, [100_000], ["a" * 100_000] + [""] * 99_999]),
    "texts that are none": forged([Tag.STRINGS, [1], [1]]),
    "texts of another shape": forged([Tag.STRINGS, [3], ["a"]]),
    "reference": forged([Tag.YOURS, 3]),
    "generator of no kind": forged([Tag.GENERATOR, [Tag.DICT, ["bit_generator"], ["system"]]]),
    "model of nothing": forged([Tag.MODEL, [Tag.LIST, "{}", "null", [Tag.LIST]]]),
    "history of nothing": forged([Tag.HISTORY, [Tag.LIST, 1, 2, 3]]),
    "range of texts": forged([Tag.RANGE, "a", "b", "c"]),
    "complex of texts": forged([Tag.COMPLEX, "1", "2"]),
}


@pytest.mark.parametrize("name", FORGED)
def test_forged_messages_are_refused(name: str) -> None:
    with pytest.raises(ProtocolError):
        codec.decode(FORGED[name])


@pytest.mark.parametrize("position", [-1, 625, 2**31, 2.5, None])
def test_a_generator_may_not_point_outside_its_buffer(position: object) -> None:
    bad = {**state, "state": {**state["state"], "pos": position}}
    with pytest.raises(ProtocolError):
        codec.decode(forged([Tag.GENERATOR, values._Encoder(refer).tree(0)]))
    encoding = values._Encoder(refer)
    tree = [Tag.GENERATOR, encoding.tree(bad)]
    tail = b"".join(bytes(buffer) for buffer in encoding._buffers)
    with pytest.raises(ProtocolError):
        codec.decode(forged(tree, tail))


@pytest.mark.parametrize(
    "change",
    [
        {"entropy": -1},
        {"entropy": "x"},
        {"entropy": [1] * 100},
        {"spawn_key": [0.5]},
        {"n_children_spawned": -1},
        {"n_children_spawned": 10**9},
        {"n_children_spawned": True},
    ],
    ids=str,
)
def test_a_seed_sequence_is_made_of_a_few_numbers(change: dict[str, Any]) -> None:
    good = np.random.default_rng(3).bit_generator
    bad = {**good.state, "seeds": {**good.seed_seq.state, **change}}
    encoding = values._Encoder(refer)
    with pytest.raises(ProtocolError):
        codec.decode(forged([Tag.GENERATOR, encoding.tree(bad)]))


@settings(max_examples=2000)
@given(st.binary(max_size=200))
def test_noise_is_refused_or_a_value(noise: bytes) -> None:
    with contextlib.suppress(ProtocolError):
        codec.decode(struct.pack("!I", len(noise)) + noise)


@settings(max_examples=500)
@given(
    nested, numeric, st.lists(st.tuples(st.integers(0, 10**6), st.binary(max_size=3)), max_size=4)
)
def test_mutations_are_refused_or_a_value(
    value: object, array: np.ndarray, changes: list[tuple[int, bytes]]
) -> None:
    payload = codec.encode([value, array, np.random.default_rng(1)])
    for place, content in changes:
        at = place % len(payload)
        payload[at : at + len(content)] = content
    with contextlib.suppress(ProtocolError):
        codec.decode(payload)


def test_nothing_that_is_decoded_imports_pickle_or_runs_a_class(tmp_path: object) -> None:
    decoder = sys.modules["autograder.exam.guest.values"].__dict__
    assert "pickle" not in decoder
    assert "marshal" not in decoder
