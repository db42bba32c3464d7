"""The one mechanism: observe an answer, diagnose its mistake, store the outcomes."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from course.checks.check import CheckResult, NotPassedError, judge
from course.checks.diagnosis import Mistake, diagnose
from course.checks.observation import (
    Observation,
    Outcome,
    agree,
    call,
    difference,
    invariant,
    refuses,
    run_probe,
)
from course.checks.stored_outcomes import DIGITS, StoredOutcomes, decode, encode

numbers = st.floats(allow_nan=True, allow_infinity=True, width=32)
plain_values = st.recursive(
    st.none()
    | st.booleans()
    | st.text(max_size=5)
    | numbers
    | st.integers(-(10**9), 10**9)
    | hnp.arrays(float, hnp.array_shapes(max_dims=2, max_side=3), elements=numbers),
    lambda inner: (
        st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.text(max_size=3), inner, max_size=2)
    ),
    max_leaves=6,
)


@given(plain_values)
def test_what_is_stored_is_read_back(value: object) -> None:
    assert agree(Outcome(value), decode(encode(Outcome(value))))


def test_what_is_stored_keeps_more_digits_than_any_comparison_needs() -> None:
    assert decode(encode(Outcome(np.pi))).value == pytest.approx(np.pi, rel=10.0 ** (1 - DIGITS))
    assert decode(encode(Outcome(raised="ValueError"))) == Outcome(raised="ValueError")


@pytest.mark.parametrize(
    ("right", "given"),
    [
        (1.0, np.array(1.0)),
        (1.0, 1),
        (np.array([1.0, 2.0]), (1, 2)),
        ((np.array([1.0]), 2.0), (np.array([1.0 + 1e-9]), 2.0)),
        ({"a": 1.0}, {"a": 1.0}),
        (np.array([np.nan, 1.0]), np.array([np.nan, 1.0])),
    ],
)
def test_equal_answers_agree_whatever_holds_them(right: object, given: object) -> None:
    assert difference(right, given) is None


@pytest.mark.parametrize(
    ("right", "given", "reported"),
    [
        (1.0, 1.1, "value"),
        (1.0, None, "None"),
        (1.0, "one", "one"),
        (1.0, np.array([1.0]), "shape"),
        (np.zeros(3), np.zeros((3, 1)), "shape"),
        (np.ones(2), np.array([1.0, np.nan]), "NaN"),
        ((1.0, 2.0), 1.0, "2 values"),
        ({"a": 1.0}, {"b": 1.0}, "keys"),
        ("once", "twice", "twice"),
    ],
)
def test_a_difference_is_reported_without_the_right_value(
    right: object, given: object, reported: str
) -> None:
    assert reported in (difference(right, given) or "")


@pytest.mark.parametrize(
    ("given", "where"),
    [
        (((np.ones(2), np.ones(3)), (np.ones(2), 2 * np.ones(1))), "db of layer 2: 1 of 1"),
        (
            ((np.ones(2), np.ones((1, 3))), (np.ones(2), np.ones(1))),
            "db of layer 1: it is an array",
        ),
        (((np.ones(2),), (np.ones(2), np.ones(1))), "layer 1: it is 1 value"),
        ((np.ones(2),), "it is 1 value"),
    ],
)
def test_parts_are_called_what_the_reader_calls_them(given: object, where: str) -> None:
    right = ((np.ones(2), np.ones(3)), (np.ones(2), np.ones(1)))
    layers = {"layer 1": ("dW", "db"), "layer 2": ("dW", "db")}
    assert (difference(right, given, layers) or "").startswith(where)
    assert (difference(right, given) is None) == (difference(right, given, layers) is None)


def test_entries_and_rows_have_words_too() -> None:
    reported = difference({"a": 1.0, "b": 2.0}, {"a": 1.0, "b": 3.0}, {"a": "df/da", "b": "df/db"})
    assert reported.startswith("df/db: 1 value")
    reported = difference(np.zeros((2, 3)), np.eye(2, 3), ("the values V_0", "the values V_1"))
    assert reported.startswith("the values V_0: 1 of 3")
    assert difference({"a": 1.0}, {"a": 2.0}).startswith("entry 'a': ")


def empty(x: np.ndarray) -> None:
    raise NotImplementedError


class Half:
    def first(self) -> float:
        return 1.0

    def second(self) -> float:
        def inner() -> float:
            raise NotImplementedError

        return inner()

    def third(self) -> float:
        raise NotImplementedError


def double(x: np.ndarray) -> np.ndarray:
    return 2 * x


def spoil(x: np.ndarray) -> np.ndarray:
    x *= 2
    return x


def test_an_answer_that_changes_its_input_is_found_out() -> None:
    x = np.ones(3)
    _, (outcome,) = run_probe([call(spoil, x=x)])
    assert outcome.raised == "ChangedInputError"
    assert "changes its input x" in outcome.message
    assert (x == 1).all()


def test_exceptions_are_noted_and_do_not_stop_the_rest() -> None:
    def fails() -> None:
        raise KeyError("x")

    _, outcomes = run_probe([Observation("a", fails), Observation("b", lambda: 2.0)])
    assert [outcome.raised for outcome in outcomes] == ["KeyError", None]


def test_a_refusal_must_be_a_value_error() -> None:
    def refusing(x: float) -> None:
        raise ValueError

    def failing(x: float) -> None:
        raise KeyError

    _, outcomes = run_probe(
        [refuses(refusing, "", 1.0), refuses(double, "", 1.0), refuses(failing, "", 1)]
    )
    assert [outcome.value for outcome in outcomes] == [True, False, None]


def _judge(answer: Callable, mistakes: tuple[Mistake, ...] = ()) -> CheckResult:
    def probe(function: Callable) -> Iterator[Observation]:
        yield call(function, x=np.arange(3.0))
        yield call(function, x=np.arange(2.0) - 4)
        yield invariant("twice nothing is nothing", lambda: function(np.zeros(1))[0] == 0)

    right = tuple(run_probe(probe(double))[1])
    return judge("double", *run_probe(probe(answer)), StoredOutcomes(right, mistakes))


def _mistake(name: str, *values: object) -> Mistake:
    return Mistake(name, f"It looks like {name}.", tuple(Outcome(value) for value in values))


TRIPLED = _mistake("tripled", np.arange(3.0) * 3, (np.arange(2.0) - 4) * 3, True)
SHIFTED = _mistake("shifted", np.arange(3.0) * 2, (np.arange(2.0) - 4) * 2 + 1, False)


def test_right_is_right() -> None:
    outcome = _judge(double, (TRIPLED,))
    assert outcome
    assert outcome.mistake is None
    outcome.assert_passed()


def test_a_known_mistake_is_named() -> None:
    outcome = _judge(lambda x: 3 * x, (SHIFTED, TRIPLED))
    assert outcome.mistake == "tripled"
    assert outcome.message == "It looks like tripled."
    with pytest.raises(NotPassedError, match="tripled"):
        outcome.assert_passed()


def test_an_unknown_mistake_is_reported_where_and_how_much() -> None:
    outcome = _judge(lambda x: 4 * x, (SHIFTED, TRIPLED))
    assert outcome.mistake is None
    assert "(x (3,))" in outcome.message
    assert "(2 of 3 checks fail.)" in outcome.message


def test_an_empty_stub_and_a_missing_return_have_their_own_words() -> None:
    assert "nothing written yet in empty: " in _judge(empty).message
    assert "return" in _judge(lambda x: None).message


def test_what_is_missing_is_named_and_the_rest_is_not() -> None:
    def probe(half: Half) -> Iterator[Observation]:
        for name in ("first", "second", "third", "second"):
            yield Observation(name, lambda name=name: getattr(half, name)())

    right = tuple(Outcome(value) for value in (1.0, 2.0, 3.0, 2.0))
    outcome = judge("Half", *run_probe(probe(Half())), StoredOutcomes(right, ()))
    assert "nothing written yet in Half.second, Half.third: " in outcome.message


def test_of_two_mistakes_that_fit_the_one_that_explains_more_is_named() -> None:
    right = [Outcome(1.0), Outcome(2.0), Outcome(3.0)]
    some = Mistake("some", "", (Outcome(1.0), Outcome(2.0), Outcome(9.0)))
    more = Mistake("more", "", (Outcome(1.0), Outcome(9.0), Outcome(9.0)))
    for catalogue in ((some, more), (more, some)):
        found = diagnose(right, [Outcome(1.0), Outcome(9.0), Outcome(9.0)], catalogue)
        assert found is more
        assert diagnose(right, [Outcome(1.0), Outcome(7.0), Outcome(9.0)], catalogue) is some
        assert diagnose(right, [Outcome(9.0), Outcome(2.0), Outcome(7.0)], catalogue) is None


def test_a_failed_invariant_alone_names_a_mistake_only_if_it_explains_everything() -> None:
    right = [Outcome(1.0), Outcome(True), Outcome("once")]
    torn = Mistake("torn", "", (Outcome(1.0), Outcome(False), Outcome("once")))
    assert diagnose(right, [Outcome(1.0), Outcome(False), Outcome("once")], [torn]) is torn
    assert diagnose(right, [Outcome(5.0), Outcome(False), Outcome("once")], [torn]) is None
    assert (
        diagnose(right, [Outcome(1.0), Outcome(False), Outcome(raised="KeyError")], [torn]) is None
    )


def test_an_outcome_shows_a_word_and_a_sign_besides_its_colour() -> None:
    page = CheckResult("cost", False, "a < b")._repr_html_()
    assert "✗ cost — not yet" in page
    assert "a &lt; b" in page
    assert 'role="status"' in page
