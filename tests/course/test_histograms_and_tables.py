"""Histograms, heatmaps, confusion matrices: counted right, read by the pointer, said in words."""

import json
from typing import Any

import numpy as np
import pytest
from IPython.utils.capture import capture_output

from course.figures import confusion, heatmap, histogram


def text_of(figure: Any) -> str:
    """Return what a notebook keeps of a figure."""
    with capture_output() as captured:
        figure._ipython_display_()
    return json.dumps([output.data for output in captured.outputs])


def test_a_histogram_counts_every_value_of_every_sample_in_common_bins() -> None:
    rng = np.random.default_rng(3)
    samples = {"background": rng.exponential(size=5000), "signal": rng.normal(4, 0.2, size=300)}
    figure = histogram(samples, "mass (GeV)", "events", alt="a peak on a slope", bins=25)
    values = np.concatenate(list(samples.values()))
    width = np.ptp(values) / 25
    for trace, sample in zip(figure.data, samples.values(), strict=True):
        y = np.asarray(trace.y)
        assert y.sum() == len(sample)
        assert y[0] == y[-1] == 0  # the outline comes down on both sides
        for middle, count in zip(np.asarray(trace.x)[1:-1], y[1:-1], strict=True):
            inside = np.abs(sample - middle) < width / 2
            assert abs(inside.sum() - count) <= 1  # the largest value lies on an edge
    first, second = figure.data
    assert list(first.x) == list(second.x)
    assert first.line.dash != second.line.dash
    assert first.line.color != second.line.color
    assert figure.layout.xaxis.title.text == "mass (GeV)"
    assert figure.layout.yaxis.title.text == "events"


def test_the_pointer_reads_a_bin_of_each_sample() -> None:
    figure = histogram({"a <b>": [0, 0, 1, 4]}, "t (s)", "events", alt="", bins=4)
    (trace,) = figure.data
    assert trace.hovertext[1] == "a &lt;b&gt;<br>t (s): 0 to 1<br>events: 2"
    assert trace.hovertext[4] == "a &lt;b&gt;<br>t (s): 3 to 4<br>events: 1"
    assert figure.layout.hovermode == "x"


def test_an_empty_bin_stands_below_one_on_a_logarithmic_axis_and_is_read_as_empty() -> None:
    figure = histogram({"few": [0, 10], "none": []}, "t", "events", alt="", bins=5, log=True)
    few, none = figure.data
    assert list(few.y) == [0.5, 1, 0.5, 0.5, 0.5, 1, 0.5]
    assert few.hovertext[2].endswith("events: 0")
    assert set(none.y) == {0.5}
    low, high = figure.layout.yaxis.range
    assert 10**low == pytest.approx(0.5)
    assert 10**high > 1
    assert figure.layout.yaxis.type == "log"


def test_the_size_of_a_histogram_does_not_grow_with_its_samples() -> None:
    rng = np.random.default_rng(0)
    kept = [
        len(text_of(histogram({"all": rng.normal(size=size)}, "x", "events", alt="")))
        for size in (100, 100_000)
    ]
    assert max(kept) < 8_000
    assert kept[1] < 1.2 * kept[0]


def test_a_confusion_matrix_has_its_counts_in_the_cells_and_its_mistakes_in_words() -> None:
    counts = np.diag([50, 40, 1030])
    counts[2, 0], counts[0, 1], counts[1, 0] = 7, 2, 1
    figure = confusion(counts)
    (trace,) = figure.data
    assert np.array(trace.text).tolist() == [["50", "2", ""], ["1", "40", ""], ["7", "", "1,030"]]
    assert trace.hovertext[2][0] == "7 of 1,037"
    assert trace.hovertext[0][2] == "0 of 52"
    z = np.asarray(trace.z)
    assert np.array_equal(np.argsort(z, axis=None), np.argsort(counts, axis=None))
    assert figure.layout.yaxis.title.text == "truth"
    assert figure.layout.yaxis.autorange == "reversed"
    assert figure.alt == (
        "A confusion matrix, rows the truth: 1,120 of 1,130 on the diagonal. Most frequent "
        "mistakes: 2 called 0, 7 times; 0 called 1, 2 times; 1 called 0, 1 time."
    )
    assert confusion(np.eye(2)).alt.endswith("2 of 2 on the diagonal.")
    assert "0 of 0" in confusion(np.zeros((2, 2))).alt


def test_a_confusion_matrix_of_ten_classes_is_small() -> None:
    assert len(text_of(confusion(np.full((10, 10), 12_345)))) < 8_000


def test_a_heatmap_has_its_numbers_in_the_cells_and_in_words() -> None:
    figure = heatmap(
        [[0.91, 0.5], [0.9571, 0.1]], [32, 128], [0.001, 0.1], "width", "rate <α>", "accuracy",
        alt="What was tried",
    )  # fmt: skip
    (trace,) = figure.data
    assert list(trace.x) == ["0.001", "0.1"]
    assert np.array(trace.text).tolist() == [["0.91", "0.5"], ["0.957", "0.1"]]
    assert trace.hovertemplate.startswith("width %{y}<br>rate &lt;α&gt; %{x}<br>")
    assert figure.layout.xaxis.type == "category"
    assert figure.alt == (
        "What was tried; accuracy for each width, from the top: 32: 0.91, 0.5; 128: 0.957, 0.1."
    )


@pytest.mark.parametrize("draw", [
    lambda: histogram({"a": [1, 2]}, "x", "y", alt="two values"),
    lambda: confusion([[1, 2], [3, 4]]),
    lambda: heatmap([[1]], ["a"], ["b"], "y", "x", "v", alt="one cell"),
])  # fmt: skip
def test_while_graded_they_are_words_alone(draw: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = draw().alt
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert repr(draw()) == f"<figure: {shown}>"
    assert not hasattr(draw(), "data")


@pytest.mark.parametrize(
    ("draw", "problem"),
    [
        (lambda: histogram({}, "x", "y", ""), "got 0 samples; expected one to 4"),
        (lambda: histogram({name: [1] for name in "abcde"}, "x", "y", ""), "got 5 samples"),
        (lambda: histogram({"a": [], "b": []}, "x", "y", ""), "all samples are empty"),
        (lambda: histogram({"a": [[1, 2]]}, "x", "y", ""), r"a has shape \(1, 2\)"),
        (lambda: histogram({"a": [1]}, "x", "y", "", bins=0), "bins"),
        (lambda: confusion([[1, 2]]), r"shape \(1, 2\); expected one row and column a class"),
        (lambda: confusion([[1, -2], [0, 1]]), "expected none below 0"),
        (lambda: heatmap([[1, 2]], "ab", "c", "", "", "", alt=""), r"expected \(2, 1\)"),
    ],
)
def test_they_refuse_what_they_cannot_show(draw: Any, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        draw()
