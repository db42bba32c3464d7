"""The data sets are what they say; a still picture is small, described and well formed."""

import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest

from course.data import hubble1929, nebulae_today, unlike_features
from course.figures import pictures, scatter


def test_hubbles_table_gives_the_known_line() -> None:
    r, v = hubble1929()
    assert r.shape == v.shape == (24,)
    assert np.polyfit(r, v, 1) == pytest.approx([454.158, -40.784], abs=1e-3)


def test_todays_distances_take_hubbles_constant_to_half_a_hundred() -> None:
    name, today = nebulae_today()
    r, v = hubble1929()
    assert len(set(name)) == len(today) == 24
    assert name[-2] == "M 87"
    assert (today / r).min() == pytest.approx(1.47, abs=0.01)
    assert (today / r).max() == pytest.approx(17.2, abs=0.01)
    (slope, _), covariance = np.polyfit(today, v, 1, cov=True)
    assert slope == pytest.approx(51.3, abs=0.1)
    assert covariance[0, 0] ** 0.5 == pytest.approx(6.6, abs=0.1)


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


def test_pictures_are_on_one_scale_described_and_hold_no_script() -> None:
    row = pictures([[[0, 10], [20, 5]], [[0, 0], [0, 10]]], ("<a>", 7), alt="E & T")
    assert [image.tolist() for image in row.pixels] == [
        [[255, 128], [0, 191]],
        [[255, 255], [255, 128]],
    ]
    page = row._repr_html_()
    assert ElementTree.fromstring(page).get("aria-label") == "E & T"
    assert page.count('src="data:image/png;base64,') == 2
    assert 'alt="E &amp; T: &lt;a&gt;"' in page
    assert "script" not in page


def test_pictures_know_paper_signs_and_rows() -> None:
    assert pictures([[-1, 1, 1, -1]], alt="", low=-1).pixels[0].tolist() == [[255, 0], [0, 255]]
    (signed,) = pictures([[[-2.0, 0.0, 2.0]]], alt="", signed=True).pixels
    dark, middle, bright = signed.sum(axis=-1)[0]
    assert dark < middle < bright
    assert pictures(np.zeros((1, 2, 2)), alt="").pixels[0].tolist() == [[255, 255], [255, 255]]


@pytest.mark.parametrize(
    ("given", "reported"),
    [
        (([[1, 2, 3]],), r"images has shape \(1, 3\); expected"),
        (([[[1, 2]]], ("a", "b")), "2 captions for 1 images"),
        (([[[1, np.nan]]],), "NaN"),
        (([],), "empty"),
    ],
)
def test_pictures_refuse_what_they_cannot_show(given: tuple, reported: str) -> None:
    with pytest.raises(ValueError, match=reported):
        pictures(*given, alt="")
