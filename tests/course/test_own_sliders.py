"""The sliders that students build: the way folded below each works, in a notebook and graded."""

import re
from collections.abc import Callable
from typing import Any

import ipywidgets
import numpy as np
import pytest
from IPython.utils.capture import capture_output

from autograder.authoring.reference import namespace
from autograder.paths import SOURCE
from course import figures
from course.data import hubble1929
from course.data.collider import collisions
from course.validation.arrays import with_ones

FOLDED = re.compile(r"<summary>One way</summary>\n\n```python\n(.*?)```", re.DOTALL)
AXES = ("false positive rate", "true positive rate")


def one_way(unit: str) -> str:
    """Return the code that a unit folds below the cell for a slider of the student's own."""
    text = (SOURCE / f"{unit}.py").read_text(encoding="utf-8")
    (code,) = FOLDED.findall(re.sub(r"^# ?", "", text, flags=re.MULTILINE))
    return code


def _line() -> dict[str, Any]:
    r, v = hubble1929()
    return {"X": with_ones(r[:, None]), "v": v}


def _digits() -> dict[str, Any]:
    """Return what unit 04 has of 500 images: truth, answer, how sure, and whether right."""
    rng = np.random.default_rng(4)
    truth, sure = rng.integers(10, size=500), rng.uniform(0.2, 1, size=500)
    right = rng.random(500) < sure
    given = np.where(right, truth, (truth + 1) % 10)
    return {"y_validation": truth, "given": given, "sure": sure, "right": right}


def _scores() -> dict[str, Any]:
    test = collisions(300, 900, seed=2)
    return {"y": test.y, "score": -np.abs(test.X[:, 0] - 500), "axes": AXES}


SLIDERS: dict[str, tuple[Callable[[], dict[str, Any]], str, tuple[float, ...]]] = {
    "01_linear_regression": (_line, "costs_at", (0.05, 0.5, 1.0)),
    "02_perceptron": (dict, "random_network", (1, 2, 8)),
    "04_keras_mnist": (_digits, "answer", (0.2, 0.5, 0.99)),
    "05_roc": (_scores, "point", (1, 500, 1000)),
}
"""For each unit what its cells have bound by then, the slider's function, and values of it."""


def run(unit: str) -> Callable[..., Any]:
    """Run the folded code as a cell would, and return the slider's function."""
    bound, name, _ = SLIDERS[unit]
    drawing = {each: getattr(figures, each) for each in figures.__all__}
    names = {**namespace(unit), "interact": ipywidgets.interact, **drawing, **bound()}
    with capture_output():
        exec(one_way(unit), names)
    return names[name]


def test_every_unit_with_such_a_cell_is_tried() -> None:
    units = {path.stem for path in SOURCE.glob("*.py") if "One way" in path.read_text("utf-8")}
    assert units == SLIDERS.keys()


@pytest.mark.parametrize("unit", SLIDERS)
def test_the_folded_way_draws_another_figure_for_each_value(unit: str) -> None:
    drawn = [run(unit)(value) for value in SLIDERS[unit][2]]
    assert len({figure.to_json() for figure in drawn}) == len(drawn)
    assert all(figure.alt for figure in drawn)


@pytest.mark.parametrize("unit", SLIDERS)
def test_while_graded_nothing_is_drawn(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    shown = run(unit)(SLIDERS[unit][2][1])
    assert repr(shown).startswith("<figure: ")
    assert not hasattr(shown, "data")


def turning_points(code: str) -> list[int]:
    """Return how often the random networks of unit 02 turn, for each depth of its slider."""
    curves: list[np.ndarray] = []
    names = {
        **namespace("02_perceptron"),
        "interact": ipywidgets.interact,
        "scatter": lambda x, y, *axes, alt: curves.append(y),
    }
    with capture_output():
        exec(code, names)
        curves.clear()  # interact has drawn one
        for depth in range(1, 9):
            names["random_network"](depth)
    return [int(np.sum(np.diff(np.sign(np.diff(curve))) != 0)) for curve in curves]


def test_large_weights_wind_unit_02_s_curve_and_half_of_them_do_not() -> None:
    code = one_way("02_perceptron")
    assert code.count(" * 3 / ") == 1
    winding, tame = turning_points(code), turning_points(code.replace(" * 3 / ", " * 1.5 / "))
    assert max(winding[:2]) <= 1 < min(winding[2:])
    assert np.mean(winding[5:]) > np.mean(winding[2:5]) > 6
    assert max(tame) <= 3


def test_above_a_threshold_unit_04_shows_the_answers_that_are_sure_enough() -> None:
    values = _digits()
    with capture_output() as captured:
        figure = run("04_keras_mnist")(0.9)
    kept = values["sure"] >= 0.9
    counts = f"{(kept & values['right']).sum()} of {kept.sum()}"
    assert captured.stdout == f"{kept.mean():.1%} answered, {counts} rightly\n"
    assert f"{counts} on the diagonal" in figure.alt
