"""The data sets are what they say; a figure is small, described and of one look."""

import json
from typing import Any

import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from course.data import hubble1929, nebulae_today, unlike_features
from course.figures import pictures, scatter


def shown_by(cell: str) -> list[dict[str, Any]]:
    """Return what IPython publishes for a cell."""
    shell = InteractiveShell.instance()
    with capture_output() as captured:
        shell.run_cell(cell)
    return [output.data for output in captured.outputs]


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


def test_a_figure_shows_every_point_its_lines_and_says_what_is_seen() -> None:
    figure = scatter([1, 2, 3], [2, -1, 5], "x < (m)", "y", alt="3 points", lines={"fit": (0, 1)})
    points, line = figure.data
    assert list(points.x) == [1, 2, 3]
    assert list(points.y) == [2, -1, 5]
    assert points.mode == "markers"
    assert line.name == "fit"
    assert np.asarray(line.y) == pytest.approx(line.x)
    assert line.x[0] <= 0 < 3 <= line.x[-1]
    assert figure.layout.xaxis.title.text == "x < (m)"
    assert repr(figure) == "<figure: 3 points>"


def test_the_pointer_reads_a_points_name_and_its_values() -> None:
    figure = scatter([1, 2], [3, 4], "r (Mpc)", "v (km/s)", alt="", names=["M 31", "M <33>"])
    assert list(figure.data[0].text) == ["M 31", "M &lt;33&gt;"]
    assert "%{text}<br>r (Mpc): %{x" in figure.data[0].hovertemplate
    with pytest.raises(ValueError, match="1 names for 2 points; expected one for each"):
        scatter([1, 2], [3, 4], "", "", alt="", names=["M 31"])


def test_a_figure_of_a_hundred_points_is_small_and_followed_by_its_words() -> None:
    cell = (
        "from course.figures import scatter; scatter(range(100), range(100), 'x', 'y', alt='<up>')"
    )
    shown = shown_by(cell)
    drawing, words = shown
    assert list(drawing) == ["application/vnd.plotly.v1+json"]
    assert "&lt;up&gt;" in words["text/html"]
    assert len(json.dumps(shown)) < 20_000


def test_what_nobody_looks_at_is_not_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    drawn = scatter([1], [2], "x", "y", alt="one point")
    assert repr(drawn) == "<figure: one point>"
    assert not hasattr(drawn, "data")
    with pytest.raises(ValueError, match="one length"):
        scatter([1, 2], [1], "x", "y", alt="")


def test_a_figure_refuses_what_does_not_fit() -> None:
    with pytest.raises(ValueError, match="one length"):
        scatter([1, 2], [1], "x", "y", alt="")


def test_pictures_are_on_one_scale_and_say_what_they_are() -> None:
    row = pictures([[[0, 10], [20, 5]], [[0, 0], [0, 10]]], ("<a>", 7), alt="E & T")
    first, second = row.data
    assert np.array(first.z).tolist() == [[0, 10], [20, 5]]
    assert first.coloraxis == second.coloraxis == "coloraxis"
    assert (row.layout.coloraxis.cmin, row.layout.coloraxis.cmax) == (0, 20)
    assert first.hovertemplate.startswith("&lt;a&gt;: ")
    assert [note.text for note in row.layout.annotations] == ["&lt;a&gt;", "7"]
    assert repr(row) == "<figure: E & T>"


def test_pictures_know_paper_signs_and_rows() -> None:
    spins = pictures([[-1, 1, 1, -1]], alt="", low=-1)
    assert np.array(spins.data[0].z).tolist() == [[-1, 1], [1, -1]]
    assert (spins.layout.coloraxis.cmin, spins.layout.coloraxis.cmax) == (-1, 1)
    signed = pictures([[[-1.0, 0.0, 2.0]]], alt="", signed=True).layout.coloraxis
    assert (signed.cmin, signed.cmax) == (-2, 2)
    empty = pictures(np.zeros((1, 2, 2)), alt="").layout.coloraxis
    assert empty.cmin < empty.cmax


@pytest.mark.parametrize(("count", "across"), [(4, 4), (10, 10), (20, 10), (24, 8), (11, 10)])
def test_rows_of_pictures_are_full_where_they_can_be(count: int, across: int) -> None:
    starts = [trace.x0 for trace in pictures(np.eye(3)[None].repeat(count, 0), alt="").data]
    assert len(set(starts)) == across


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
