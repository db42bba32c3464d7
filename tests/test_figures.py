"""Figures: the documents show what was measured, and a ratio reads as what it is."""

import json
import re
from pathlib import Path

import pytest

from benchmarks import _figures
from benchmarks._rows import COLUMNS, cells, comparison, figure, row

README = _figures.README.read_text(encoding="utf-8")
PERFORMANCE = _figures.PERFORMANCE.read_text(encoding="utf-8")


def test_the_documents_show_the_figures_that_were_measured() -> None:
    why = "run `make bench`: this differs from benchmarks/results.json"
    assert _figures.filled(README) == README, why
    assert _figures.performance() == PERFORMANCE, why


def test_the_readme_shows_ten() -> None:
    shown = _figures.BETWEEN.search(README)
    assert shown
    head, _, *rows = re.findall(r"^\|.*\|$", shown[0], re.MULTILINE)
    assert head == f"| {' | '.join(COLUMNS)} |"
    assert len(rows) == 10


def test_every_row_that_was_measured_is_shown() -> None:
    for name, result in _figures.results().items():
        assert f"## {name}\n" in PERFORMANCE
        for measured in result["rows"]:
            assert f"| {' | '.join(cells(measured))} |" in PERFORMANCE


def test_a_row_that_is_gone_is_missed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    measured = _figures.results()
    measured["roc"]["rows"] = measured["roc"]["rows"][1:]
    other = tmp_path / "results.json"
    other.write_text(json.dumps(measured), encoding="utf-8")
    monkeypatch.setattr(_figures, "RESULTS", other)
    with pytest.raises(ValueError, match="roc: 0 rows begin with 'ROC curve"):
        _figures.headlines()


@pytest.mark.parametrize(
    ("descent", "baseline", "unit", "reads"),
    [
        (2.0, 10.0, "s", "5 times faster"),
        (10.0, 4.0, "ms", "2.5 times slower"),
        (44.4, 296.0, "MB", "6.67 times smaller"),
        (3.0, 1.0, "MB", "3 times larger"),
        (30.0, 12.0, "frames/s", "2.5 times faster"),
        (12.0, 30.0, "/s", "2.5 times slower"),
        (1.0, 1.001, "s", "equal"),
        (1.001, 1.0, "s", "equal"),
        (3, None, "", "–"),
        (-17.5, -17.7, "nats", "–"),
    ],
)
def test_a_ratio_reads_as_what_it_is(
    descent: float, baseline: float | None, unit: str, reads: str
) -> None:
    assert comparison(row("", descent, baseline, unit)["ratio"], unit) == reads


@pytest.mark.parametrize(
    ("value", "unit", "reads"),
    [(0.0663, "s", "0.0663 s"), (3045.2, "/s", "3,045 /s"), (0, "", "0"), (None, "s", "–")],
)
def test_a_figure_has_three_digits(value: float | None, unit: str, reads: str) -> None:
    assert figure(value, unit) == reads
