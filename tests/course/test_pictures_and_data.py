"""The data sets are what they say; a still picture is small, described and well formed."""

import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest

from course.data import hubble1929, unlike_features
from course.figures import scatter


def test_hubbles_table_gives_the_known_line() -> None:
    r, v = hubble1929()
    assert r.shape == v.shape == (24,)
    assert np.polyfit(r, v, 1) == pytest.approx([454.158, -40.784], abs=1e-3)


def test_the_features_are_unlike() -> None:
    sizes = np.abs(unlike_features()).mean(axis=0)
    assert unlike_features().shape == (6, 4)
    assert sizes.max() / sizes.min() > 1e4


def test_a_picture_shows_every_point_and_says_what_is_seen() -> None:
    figure = scatter([1, 2, 3], [2, -1, 5], "x < (m)", "y", alt="3 points", lines={"fit": (0, 1)})
    page = figure._repr_html_()
    tree = ElementTree.fromstring(page)
    assert tree.get("role") == "img"
    assert tree.findtext("title") == "3 points"
    assert page.count("<circle") == 3
    assert ">fit</text>" in page
    assert len(page) < 10_000


def test_a_picture_refuses_what_does_not_fit() -> None:
    with pytest.raises(ValueError, match="one length"):
        scatter([1, 2], [1], "x", "y", alt="")
