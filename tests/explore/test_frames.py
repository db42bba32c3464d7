"""Frames travel whole: what is unpacked is what was packed."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.explore.base.frame import Block, Frame, background_key, pack
from tests.explore.message_schema import check_layout, errors, read_array


def frame(**arrays: object) -> Frame:
    return Frame(arrays, "seen")


@given(st.lists(st.integers(1, 7), min_size=1, max_size=6), st.booleans())
def test_arrays_of_any_length_come_back(lengths: list[int], quantise: bool) -> None:
    frames = [frame(a=np.linspace(1, 2, n), b=np.arange(2 * n).reshape(n, 2)) for n in lengths]
    block = Block({}, [("k", list(range(len(lengths))))], frames)
    header, buffer = pack(block, quantise=quantise)
    assert errors(header, "Header") == []
    check_layout(header, buffer)
    for place, sent in enumerate(frames):
        for name in "ab":
            assert header["arrays"][name]["start"] % 8 == 0, "typed arrays start at multiples"
            np.testing.assert_allclose(
                read_array(header, buffer, name, place), sent.arrays[name], rtol=0, atol=2e-5
            )


def test_codes_keep_gaps_and_many_decades() -> None:
    values = np.array([np.nan, 1e-3, 5.0, 1e9])
    header, buffer = pack(Block({}, [], [frame(a=values)]), quantise=True)
    assert header["arrays"]["a"]["log"]
    np.testing.assert_allclose(read_array(header, buffer, "a", 0), values, rtol=1e-3)


def test_background_is_sent_once_and_not_again() -> None:
    field = np.ones((50, 50), dtype=np.float32)
    field.flags.writeable = False
    frames = [frame(field=field, a=np.array([float(i)])) for i in range(40)]
    block = Block({}, [("k", list(range(40)))], frames)
    header, buffer = pack(block)
    assert field.nbytes <= len(buffer) < field.nbytes + 1000
    again, less = pack(block, known=header["arrays"]["field"]["keys"])
    assert again["arrays"]["field"]["starts"] == [None]
    assert len(less) < 1000
    np.testing.assert_array_equal(read_array(header, buffer, "field", 39), field)


def test_background_key_tells_content_and_shape() -> None:
    a = np.arange(6.0)
    assert background_key(a) == background_key(a.copy())
    assert len({background_key(x) for x in (a, a + 1, a.reshape(2, 3), a.astype("f4"))}) == 4


@pytest.mark.parametrize(
    ("given_type", "sent"),
    [("f8", "float32"), ("i8", "int32"), ("?", "uint8"), ("u1", "uint8"), ("f4", "float32")],
)
def test_only_small_types_travel(given_type: str, sent: str) -> None:
    values = np.array([0, 1, 70_000 if given_type == "i8" else 1]).astype(given_type)
    assert frame(a=values).arrays["a"].dtype.name == sent


def test_numbers_beyond_float32_become_gaps() -> None:
    assert np.isnan(frame(a=np.array([1e300, np.inf, np.nan])).arrays["a"]).all()


def test_text_is_no_array() -> None:
    with pytest.raises(ValueError, match="'a' holds"):
        frame(a=np.array(["x"]))


def test_a_block_wants_one_frame_for_each_point() -> None:
    with pytest.raises(ValueError, match="1 frames for a lattice of 2"):
        Block({}, [("k", [1, 2])], [frame()])


def test_frames_of_one_block_name_the_same_arrays() -> None:
    with pytest.raises(ValueError, match="not both"):
        pack(Block({}, [("k", [1, 2])], [frame(a=np.ones(1)), frame(b=np.ones(1))]))


def test_header_is_plain_json_without_nan() -> None:
    block = Block(
        {}, [], [Frame({"a": np.ones(2)}, "s", {"x": np.nan, "y": np.float64(1.23456789)})]
    )
    header, _ = pack(block)
    assert json.loads(json.dumps(header, allow_nan=False))["scalars"] == {"x": None, "y": 1.2346}
