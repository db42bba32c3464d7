"""Threshold and Classifiers, computed without a browser."""

import re
from statistics import NormalDist

import numpy as np
import pytest

from course.explore import Classifiers, Threshold
from course.explore.roc import threshold as module


@pytest.mark.parametrize("share", [0.001, 0.1, 0.5])
@pytest.mark.parametrize("threshold", [-4.0, 0.35, 1.5, 7.0])
def test_counts_are_those_of_the_events(threshold, share):
    shown = Threshold(threshold=threshold, separation=1.2, signal_share=share)
    seen = shown.frame().scalars
    normal = np.random.default_rng(5).standard_normal((2, module.EVENTS))
    n1 = round(share * module.EVENTS)
    signal, background = normal[1, :n1] + 1.2, normal[0, n1:]
    assert seen["tp"] == np.sum(signal >= threshold)
    assert seen["fp"] == np.sum(background >= threshold)
    assert seen["tp"] + seen["fn"] + seen["fp"] + seen["tn"] == module.EVENTS


def test_the_curve_is_the_theorys():
    normal = NormalDist()
    for separation in (0.0, 1.0, 3.0):
        frame = Threshold(separation=separation, signal_share=0.5).frame()
        fpr, tpr = frame.arrays["fpr"], frame.arrays["tpr"]
        inside = (fpr > 0.005) & (fpr < 0.999)
        truth = [normal.cdf(separation + normal.inv_cdf(float(x))) for x in fpr[inside]]
        assert np.abs(tpr[inside] - truth).max() < 0.012
        reported = float(re.search(r"AUC = (\d\.\d+)", frame.summary)[1])
        assert reported == pytest.approx(normal.cdf(separation / 2**0.5), abs=0.004)


def test_every_position_shares_one_sample():
    """Only the point and the numbers differ, so that a sweep is small and a drag asks nobody."""
    shown = Threshold()
    block = shown.sweep("threshold", shown.state)
    assert len(block.frames) == module.POSITIONS
    for name, array in block.frames[0].arrays.items():
        same = all(frame.arrays[name] is array for frame in block.frames)
        assert same == (name != "here")
        assert array.flags.writeable == (name == "here")


def test_a_students_counts_are_what_is_drawn():
    def counts_at(y, score, threshold):
        passed = score >= threshold
        tp, fp = np.sum(passed & (y == 1)), np.sum(passed & (y == 0))
        return tp, fp, np.sum(y == 1) - tp, np.sum(y == 0) - fp

    own, course = Threshold(counts_at=counts_at), Threshold()
    assert np.abs(own.frame().arrays["tpr"] - course.frame().arrays["tpr"]).max() < 0.12
    turned = Threshold(counts_at=lambda y, s, t: counts_at(y, -s, -t)).frame()
    assert turned.arrays["fpr"][0] < turned.arrays["fpr"][-1]
    broken = Threshold(counts_at=lambda y, s, t: (1, 2)).frame()
    assert "returns shape (2,); expected (4,)" in broken.summary
    raising = Threshold(counts_at=lambda y, s, t: 1 / 0).frame()
    assert "ZeroDivisionError" in raising.summary


def test_an_empty_cut_is_reported():
    assert "nothing passes" in Threshold(threshold=7.0, separation=0.0).frame().summary


@pytest.mark.parametrize("explorable", [Threshold(), Classifiers()])
def test_permalinks_and_pages(explorable):
    again = type(explorable).from_permalink(explorable.to_permalink())
    assert again.state == explorable.state
    assert again.frame().summary == explorable.frame().summary


def test_a_page_is_small_enough():
    assert len(Threshold().to_html()) < 1.5e6


def test_depth_pays_by_more_than_chance():
    frame = Classifiers(depth=2, events=1000).frame()
    low, high = frame.arrays["final_low"], frame.arrays["final_high"]
    assert high[0] < low[2]
    assert "by more than chance" in frame.summary
    assert frame.arrays["tpr"].shape == frame.arrays["low"].shape
    assert frame.arrays["tpr"].shape[0] == len(frame.arrays["epochs"])
    assert "One straight boundary" in Classifiers(depth=0).frame().summary
    assert frame.arrays["areas"][-1] == pytest.approx(frame.arrays["final"][2], abs=1e-6)


def test_what_is_out_of_range_is_refused():
    with pytest.raises(ValueError, match="depth"):
        Classifiers(depth=4)
    with pytest.raises(ValueError, match="separation"):
        Threshold(separation=-1)
