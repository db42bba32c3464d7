"""The readiness check says what is wrong and how to fix it."""

from importlib import metadata
from pathlib import Path

import pytest

from course import data, readiness
from course.explore import Descent
from course.readiness import Finding, Report


def _found(report: Report, what: str) -> Finding:
    return next(finding for finding in report.findings if what in finding.name)


def test_here_all_but_the_kernel_is_fine() -> None:
    wrong = [finding.name for finding in readiness.check().findings if not finding.passed]
    assert wrong == ["kernel"]  # pytest is no notebook


def test_a_missing_and_an_old_package_are_named_with_the_command(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def version(name: str) -> str:
        if name == "numpy":
            return "1.0"
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", version)
    report = readiness.check()
    assert _found(report, "numpy").found == "version 1.0"
    assert _found(report, "keras").found == "missing"
    assert '%pip install "keras==' in _found(report, "keras").fix
    assert not report.ready


def test_another_python_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "requirements", lambda: (">=4.0", []))
    assert ">=4.0" in _found(readiness.check(), "Python").fix


def test_missing_data_is_reported(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(data, "FOLDER", tmp_path)
    assert "missing" in _found(readiness.check(), "data").found


def test_a_folder_that_cannot_be_written_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(readiness.tempfile, "NamedTemporaryFile", refuse)
    assert "Permission denied" in _found(readiness.check(), "folder").found


def test_a_page_has_answered_once_it_has_moved_a_slider() -> None:
    descent = Descent(learning_rate=0.2)
    descent.learning_rate = 0.1  # as unit 00 invites to
    assert not _found(readiness.check(descent), "explorables").passed
    descent.set_state({"learning_rate": 0.1})  # what ipywidgets calls when a page has moved it
    assert _found(readiness.check(descent), "explorables").passed


def test_anything_but_an_explorable_is_refused() -> None:
    with pytest.raises(ValueError, match="expected an explorable, such as descent"):
        readiness.check(0.1)


def test_the_report_says_in_words_what_colour_shows() -> None:
    report = Report((Finding("a", True, "1 < 2"), Finding("b", False, "none", "do <this>")))
    page = report._repr_html_()
    assert "✓ fine" in page
    assert "✗ to fix" in page
    assert "1 &lt; 2" in page
    assert "do &lt;this&gt;" in page
    assert "1 of 2 checks failed; see → for the fix." in repr(report)
    assert "1 of 2 checks failed; the last column" in page


def test_pins_stand_in_the_project_alone() -> None:
    python, wanted = readiness.requirements()
    assert ">=" in python
    assert {"numpy", "anywidget"} <= {requirement.name for requirement in wanted}
    assert not {"dask-jobqueue", "pytest"} & {requirement.name for requirement in wanted}  # extras
