"""What Hopfield, Ising and RBM compute, without a browser."""

import numpy as np
import pytest

from course.explore import RBM, Hopfield, Ising


def test_presets_of_hopfield_end_where_they_promise() -> None:
    hopfield = Hopfield()
    for preset, reported in (
        ("noisy letter", "the stored X"),
        ("negative", "the negative of X"),
        ("mixture", "majority vote"),
        ("too many", "spurious"),
        ("warm", "uphill"),
        ("drawn", "the stored T"),
    ):
        hopfield.preset(preset)
        assert reported in hopfield.frame().summary


def test_hopfield_runs_on_a_student_s_weights() -> None:
    lopsided = Hopfield(hebbian_weights=lambda patterns: np.zeros((3, 3)))
    assert "returns shape (3, 3)" in lopsided.frame().summary

    def own(patterns: np.ndarray) -> np.ndarray:
        W = patterns.T @ patterns / patterns.shape[1]
        np.fill_diagonal(W, 0)
        return W

    assert Hopfield(hebbian_weights=own).frame().summary == Hopfield().frame().summary


def test_hopfield_shows_every_update() -> None:
    frame = Hopfield().frame()
    spins = frame.arrays["spins"].reshape(401, 100).astype(int)
    assert np.abs(np.diff(spins, axis=0)).sum(axis=1).max() == 1
    assert (np.diff(frame.arrays["energy"]) <= 1e-4).all()


def test_ising_does_not_order_above_the_critical_temperature() -> None:
    ising = Ising()
    ising.preset("hot")
    assert abs(ising.frame().arrays["magnetisation"][-1]) < 0.2


def test_ising_below_it_stands_against_a_field_for_a_while_and_then_turns_over() -> None:
    ising = Ising()
    ising.preset("against the field")
    magnetisation = ising.frame().arrays["magnetisation"]
    assert magnetisation[20] > 0.8
    assert magnetisation[-1] < -0.8


def test_ising_goes_on_from_where_it_was() -> None:
    ising = Ising(temperature=0.5, begin="all up")
    first = ising.frame()
    second = ising.next_frame(ising.state, first)
    assert np.array_equal(first.arrays["spins"][-1], second.arrays["spins"][0])
    assert second.scalars["start"] == first.scalars["end"]


def test_rbm_learns_and_goes_on() -> None:
    rbm = RBM(n_hidden=16)
    first = rbm.frame()
    likelihood = first.arrays["likelihood"]
    assert likelihood[-1] > likelihood[0] + 20
    second = rbm.next_frame(rbm.state, first)
    assert second.arrays["likelihood"][0] == pytest.approx(float(likelihood[-1]), abs=1e-3)
    assert np.array_equal(rbm.frame().arrays["samples"], first.arrays["samples"])


def test_rbm_tells_what_a_student_s_gradient_does_wrong() -> None:
    def cd_gradient(*arguments: object) -> None:
        return None

    assert "cd_gradient" in RBM(cd_gradient=cd_gradient).frame().summary


def test_letters_are_called_by_their_names() -> None:
    [slider] = [control for control in Hopfield().controls if control.key == "shown"]
    assert dict(zip(slider.positions(), slider.spec()["labels"], strict=True))[3] == "X"
    assert Hopfield().frame().opening == (
        "4 letters are stored. The network starts from X with 25 of 100 spins turned. Press play."
    )
