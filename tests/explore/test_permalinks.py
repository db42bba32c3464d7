"""A permalink restores a state exactly; a bad permalink or state gets an error that says why."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.explore import Batches, Descent

FRESH = Descent()
(A0, B0), (A1, B1) = FRESH.problem.window
BY_KEY = {control.key: control for control in FRESH.controls}

states = st.fixed_dictionaries(
    {
        "learning_rate": st.floats(BY_KEY["learning_rate"].low, BY_KEY["learning_rate"].high),
        "theta0": st.floats(A0, B0),
        "theta1": st.floats(A1, B1),
        "momentum": st.floats(0, 0.95),
        "features": st.sampled_from(["raw", "standardised"]),
    }
)


@given(states)
def test_permalink_round_trip(state: dict) -> None:
    FRESH.set(**state)
    permalink = FRESH.to_permalink()
    assert len(permalink) < 170  # four numbers of 24 characters at most, and their names
    assert "\n" not in permalink
    assert Descent.from_permalink(permalink).state == FRESH.state


def test_permalink_of_batches_keeps_whole_numbers() -> None:
    batches = Batches(batch_size=6, seed=3)
    assert Batches.from_permalink(f"  {batches.to_permalink()}\n").state == batches.state


GOOD = "learning_rate=0.3&theta0=1&theta1=2&momentum=0&features=raw"


@pytest.mark.parametrize(
    ("permalink", "message"),
    [
        ("", "not a permalink"),
        ("descent", "not a permalink"),
        (None, "not a permalink"),
        ("batches?seed=1", "of 'batches', not of 'descent'"),
        ("descent?learning_rate=0.3", "lacks theta0, theta1, momentum, features"),
        (f"descent?{GOOD[:-4]}", "broken at 'features'"),
        (f"descent?{GOOD}&momentum=0.1", "'momentum' twice"),
        (f"descent?{GOOD}&momentun=0.1", "did you mean 'momentum'"),
        (f"descent?{GOOD.replace('0.3', '-1')}", "learning_rate = -1.0 is out of range"),
        (f"descent?{GOOD.replace('0.3', 'nan')}", "learning_rate = nan is out of range"),
        (f"descent?{GOOD.replace('0.3', 'fast')}", "learning_rate = 'fast' is not a number"),
        (f"descent?{GOOD.replace('raw', 'row')}", "did you mean 'raw'"),
    ],
)
def test_bad_permalink_says_what_is_wrong(permalink: str, message: str) -> None:
    with pytest.raises(ValueError, match=message.replace("?", r"\?")):
        Descent.from_permalink(permalink)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"learning_rate": 0}, "learning_rate = 0 is out of range; expected a number from"),
        ({"learning_rate": float("inf")}, "out of range"),
        ({"learning_rate": "0.1"}, "learning_rate = '0.1' is str; expected a number"),
        ({"learning_rate": True}, "is bool"),
        ({"learnin_rate": 0.1}, "did you mean 'learning_rate'"),
        ({"features": "standardized"}, "did you mean 'standardised'"),
    ],
)
def test_bad_state_says_what_is_wrong(change: dict, message: str) -> None:
    descent = Descent()
    before = descent.state
    with pytest.raises(ValueError, match=message):
        descent.set(**change, momentum=0.5)
    assert descent.state == before
    with pytest.raises(ValueError, match=message):
        Descent(**change)


def test_presets_by_name() -> None:
    descent = Descent()
    descent.preset("diverges")
    assert descent.state.learning_rate == descent.presets["diverges"]["learning_rate"]
    with pytest.raises(ValueError, match="did you mean 'diverges'"):
        descent.preset("diverge")
