"""The one mechanism: observe an answer, diagnose its mistake, store the outcomes."""

import linecache
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from course.checks.check import CheckResult, NotPassedError, judge
from course.checks.diagnosis import Diagnosis, Mistake, diagnose, say_the_same
from course.checks.difference import agree, difference
from course.checks.observation import (
    Observation,
    Outcome,
    call,
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
    raised = Outcome(raised="ValueError", message="no")
    assert decode(encode(raised)) == raised


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
        (1.0, 1.1, "10 % too large"),
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
        (
            ((np.ones(2), np.ones(3)), (np.ones(2), 2 * np.ones(1))),
            "db of layer 2: its only value is 2 times",
        ),
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
    assert reported.startswith("df/db: it is 50 % too large")
    reported = difference(np.zeros((2, 3)), np.eye(2, 3), ("the values V_0", "the values V_1"))
    assert reported.startswith("the values V_0: 1 of its 3 values is off")
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


TRIPLED_ONCE = _mistake("tripled once", np.arange(3.0) * 3, (np.arange(2.0) - 4) * 2, True)
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


def test_a_mistake_is_named_only_if_it_explains_everything() -> None:
    right = [Outcome(1.0), Outcome(2.0), Outcome(3.0)]
    some = Mistake("some", "", (Outcome(1.0), Outcome(2.0), Outcome(9.0)))
    more = Mistake("more", "", (Outcome(1.0), Outcome(8.0), Outcome(9.0)))
    for catalogue in ((some, more), (more, some)):
        assert diagnose(right, [Outcome(1.0), Outcome(8.0), Outcome(9.0)], catalogue) == Diagnosis(
            (more,)
        )
        found = diagnose(right, [Outcome(1.0), Outcome(7.0), Outcome(9.0)], catalogue)
        assert found == Diagnosis((some,), (1,))
        found = diagnose(right, [Outcome(0.5), Outcome(8.0), Outcome(9.0)], catalogue)
        assert found == Diagnosis((more,), (0,)), "the one that explains more"
        assert diagnose(right, [Outcome(9.0), Outcome(2.0), Outcome(7.0)], catalogue) is None


def test_two_mistakes_are_named_if_together_they_explain_everything() -> None:
    right = [Outcome(1.5), Outcome(2.5)]
    one = Mistake("one", "", (Outcome(7.5), Outcome(2.5)))
    other = Mistake("other", "", (Outcome(1.5), Outcome(8.5)))
    found = diagnose(right, [Outcome(7.5), Outcome(8.5)], [one, other])
    assert found == Diagnosis((one, other))
    assert diagnose([*right, Outcome(0.0)], [Outcome(6.5), Outcome(6.5), Outcome(0.0)], []) is None


def test_what_many_mistakes_give_alone_is_recognised_only_if_it_explains_everything() -> None:
    right = [Outcome(1.0), Outcome(True), Outcome("once")]
    torn = Mistake("torn", "", (Outcome(1.0), Outcome(False), Outcome("once")))
    assert diagnose(right, [Outcome(1.0), Outcome(False), Outcome("once")], [torn]) == Diagnosis(
        (torn,)
    )
    assert diagnose(right, [Outcome(5.5), Outcome(False), Outcome("once")], [torn]) is None
    assert (
        diagnose(right, [Outcome(1.0), Outcome(False), Outcome(raised="KeyError")], [torn]) is None
    )
    nothing = Mistake("nothing", "", (Outcome(0), Outcome(True), Outcome("once")))
    assert diagnose(right, [Outcome(0), Outcome(False), Outcome("once")], [nothing]) is None


def test_a_mistake_that_explains_little_is_not_worth_a_word() -> None:
    right = [Outcome(float(i)) for i in range(8)]
    shift = Mistake("shift", "", (Outcome(0.5), *right[1:]))
    assert diagnose(right, [Outcome(i + 0.5) for i in range(8)], [shift]) is None
    assert diagnose(right, [*(Outcome(i + 0.5) for i in range(3)), *right[3:]], [shift]) is not None


def test_exceptions_of_one_type_are_one_mistake_only_if_they_say_the_same() -> None:
    right, torn = [Outcome(1.0)], Outcome(raised="ValueError", message="size 2 differs from 6")
    known = Mistake("torn", "", (torn,))
    again = Outcome(raised="ValueError", message="size 3 differs from 5")
    assert diagnose(right, [again], [known]) == Diagnosis((known,))
    other = Outcome(raised="ValueError", message="the truth value of an array is ambiguous")
    assert diagnose(right, [other], [known]) is None
    assert say_the_same("", "")
    deep = "maximum recursion depth exceeded"
    for more in (" while calling a Python object", " in comparison", ""):
        assert say_the_same(deep, deep + more)
    assert not say_the_same("x", "x is not a number that can be added to another one")


def test_what_a_mistake_leaves_open_is_told_besides() -> None:
    outcome = _judge(lambda x: 3 * x if len(x) == 3 else 5.0 * x, (TRIPLED_ONCE,))
    assert outcome.mistake is None
    assert outcome.message.startswith("This may be a part of it: It looks like tripled once.")
    assert "1 of the 2 checks that fail" in outcome.message
    assert "(x (2,)): all its values are 2.5 times as large" in outcome.message


def test_a_case_without_a_return_is_named() -> None:
    message = _judge(lambda x: 2 * x if len(x) == 3 else None).message
    assert message == "<lambda>(x (2,)) returns None: is a case, or its `return`, missing?"


def test_none_that_a_check_takes_apart_is_a_missing_return_too() -> None:
    def probe(function: Callable) -> Iterator[Observation]:
        yield Observation("the sum", lambda: sum(function(np.arange(3.0))))

    right = tuple(run_probe(probe(double))[1])
    outcome = judge("double", *run_probe(probe(lambda x: None)), StoredOutcomes(right, ()))
    assert outcome.message == "your function returns None: is a `return` missing?"


@pytest.mark.parametrize(
    ("right", "given", "words"),
    [
        (2.0, 1.0, "it is 50 % too small"),
        (2.0, 2.0001, "it is less than 0.01 % too large"),
        (2.0, -2.0, "it has the wrong sign"),
        (2.0, -3.0, "it has the wrong sign, and not the right size either"),
        (2.0, 9e67, "it is more than 1000 times too large"),
        (2.0, 0.0, "it is 0; expected another number"),
        (0.0, 0.25, "it is off by 0.25"),
        (2.0, np.nan, "it is nan; expected a finite number"),
        (np.array([1.0, 2.0]), np.array([2.0, 4.0]), "all its values are 2 times as large as they"),
        (np.array([1.0, 2.0]), np.zeros(2), "all its values are 0; expected other numbers"),
        (np.array([1.0, -2.0]), np.array([1.0, 2.0]), "1 of its 2 values has the wrong sign"),
        (np.array([1.0, 2.0]), np.array([3.0, 4.0]), "all its values are too large by the same"),
        (np.array([1.0, 2.0, 4.0]), np.array([1.0, 4.0, 2.0]), "it holds the right values in the"),
        (np.array([[1.0, 2], [3, 4]]), np.array([[1.0, 3], [2, 4]]), "its rows and columns have"),
        (np.array([1.0, 2.0, 4.0]), np.array([1.0, 2.5, 4.0]), "1 of its 3 values is off, by up"),
        (np.array([1.0, 2.0]), np.array([9e7, 1.0]), "by up to more than 1000 times the largest"),
        (np.array([1.0]), np.array([3.0]), "its only value is 3 times as large as it should be"),
        (np.ones(2), np.full(2, np.inf), "all its 2 values are NaN or infinite; expected finite"),
        ("in order", "at random", "it is “at random”; expected “in order”"),
        (1.0, "<generator>", "it is an object of type generator; expected a single number"),
        (True, False, "it is False; expected True"),
    ],
)
def test_a_difference_says_what_was_expected_in_words(
    right: object, given: object, words: str
) -> None:
    assert words in (difference(right, given) or "")


@given(hnp.arrays(float, 3, elements=st.floats(-1e9, 1e9)), numbers | st.none() | st.text())
def test_no_difference_counts_in_brackets_or_quotes_a_number_it_should_not(
    right: np.ndarray, other: object
) -> None:
    for given_ in (other, right * 1.5, right[::-1].copy(), right + 1, -right):
        text = difference(right, given_) or ""
        assert "(s)" not in text
        assert "e+" not in text.partition("; expected")[0].replace("“", "") or given_ is other
    assert (difference((1.0, 2.0), (1.0, 3.0)) or "").startswith("the second of 2 results: ")


def test_a_quoted_line_is_placed_by_its_cell() -> None:
    cell = "def mse(y):\n    return sum(z / 0 for z in y)\n\n\ndef mae(y):\n    return mse(y)\n"
    name = "<ipython-input-7>"
    linecache.cache[name] = (len(cell), None, cell.splitlines(keepends=True), name)
    scope: dict[str, Callable] = {}
    exec(compile(cell, name, "exec"), scope)
    _, (outcome,) = run_probe([Observation("mae", lambda: scope["mae"](np.ones(2)[:1].tolist()))])
    assert outcome.message == "float division by zero"
    assert outcome.place == "line 2 of the cell with mse: `return sum(z / 0 for z in y)`"


def test_an_outcome_shows_a_word_and_a_sign_besides_its_colour() -> None:
    page = CheckResult("cost", False, "a < b")._repr_html_()
    assert "✗ cost — not yet" in page
    assert "a &lt; b" in page
    assert 'role="status"' in page
