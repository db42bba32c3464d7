"""The readiness check: whether this computer is ready for the course, and what to fix."""

import html
import os
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

DISTRIBUTIONS = ("descent", "descent-course")
"""Distributions that contain the course: with the grader, or for students; both may be there."""
PYPROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"
WORDS = {True: ("✓", "fine", "#009E73"), False: ("✗", "to fix", "#D55E00")}


@dataclass(frozen=True)
class Finding:
    """The result of one check: whether it passed, what was found, and how to fix it."""

    name: str
    passed: bool
    found: str
    fix: str = ""


@dataclass(frozen=True)
class Report:
    """All findings; a notebook shows them as a table."""

    findings: tuple[Finding, ...]

    @property
    def ready(self) -> bool:
        """Whether every check passed."""
        return all(finding.passed for finding in self.findings)

    @property
    def verdict(self) -> str:
        """One sentence about all checks together."""
        wrong = sum(not finding.passed for finding in self.findings)
        if not wrong:
            return f"Everything is ready: all {len(self.findings)} checks passed."
        return f"{wrong} of {len(self.findings)} checks failed"

    def __repr__(self) -> str:
        lines = [
            f"{WORDS[f.passed][0]} {f.name}: {f.found}" + (f" → {f.fix}" if f.fix else "")
            for f in self.findings
        ]
        end = "" if self.ready else "; see → for the fix."
        return "\n".join([*lines, self.verdict + end])

    def _repr_html_(self) -> str:
        rows = "".join(
            f'<tr><td style="border-left:6px solid {colour}">{sign} {label}</td>'
            f'<th scope="row" style="text-align:left">{html.escape(finding.name)}</th>'
            f'<td style="text-align:left">{html.escape(finding.found)}</td>'
            f'<td style="text-align:left">{html.escape(finding.fix)}</td></tr>'
            for finding in self.findings
            for sign, label, colour in (WORDS[finding.passed],)
        )
        head = "".join(
            f'<th scope="col" style="text-align:left">{title}</th>'
            for title in ("verdict", "what", "found", "how to fix it")
        )
        end = "" if self.ready else "; the last column says how to fix it."
        return (
            f'<div role="status"><strong>{html.escape(self.verdict + end)}</strong></div>'
            f"<table><caption>What the course needs of this computer</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        )


def check(moved: Any = None, notebook: bool = True) -> Report:
    """Check everything the course needs.

    Parameters
    ----------
    moved : explorable, optional
        One that you have moved, which shows that the page reaches Python.
    notebook : bool
        Whether this runs in a notebook, and so needs a kernel.

    Raises
    ------
    ValueError
        If `moved` is not an explorable.
    """
    if moved is not None and not hasattr(moved, "moved_by_page"):
        raise ValueError(f"moved is {moved!r}; expected an explorable, such as descent")
    parts: list[Callable[[], Iterator[Finding]]] = [_python, _packages, _data, _folder]
    if notebook:
        parts.insert(2, _kernel)
    findings = [finding for part in parts for finding in part()]
    if moved is not None:
        findings.append(_answers(moved))
    return Report(tuple(findings))


def requirements() -> tuple[str, list[Requirement]]:
    """Return the Python versions and the packages that the course is tested with.

    They stand in one place only, the project's own metadata: as installed, or else the file
    beside the package.
    """
    installed = next(filter(None, map(_installed, DISTRIBUTIONS)), None)
    if installed:
        python, wanted = installed.metadata["Requires-Python"], installed.requires or []
    else:
        project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]
        python, wanted = project["requires-python"], project["dependencies"]
    applicable = [
        requirement
        for requirement in map(Requirement, wanted)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""})
    ]
    return python, applicable


def _installed(name: str) -> metadata.Distribution | None:
    try:
        return metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return None


def _python() -> Iterator[Finding]:
    wanted = requirements()[0]
    version = ".".join(map(str, sys.version_info[:3]))
    passed = version in SpecifierSet(wanted)
    fix = "" if passed else f"make a new environment with Python {wanted}, as the README says"
    yield Finding("Python", passed, version, fix)


def _packages() -> Iterator[Finding]:
    wrong = []
    wanted = requirements()[1]
    for requirement in wanted:
        try:
            version = metadata.version(requirement.name)
        except metadata.PackageNotFoundError:
            wrong.append((requirement, "missing"))
            continue
        if not requirement.specifier.contains(version, prereleases=True):
            wrong.append((requirement, f"version {version}"))
    if not wrong:
        yield Finding("packages", True, f"all {len(wanted)} in the versions of the course")
    for requirement, found in wrong:
        asked = f"{requirement.name}{requirement.specifier}"
        fix = f'run  %pip install "{asked}"  in a cell, then Kernel → Restart'
        yield Finding(f"package {requirement.name}", False, found, fix)


def _kernel() -> Iterator[Finding]:
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    passed = hasattr(shell, "kernel")
    found = f"a Jupyter kernel in {Path(sys.prefix).name}" if passed else "no Jupyter kernel"
    fix = "" if passed else "open the notebook in JupyterLab; choose Kernel → Python 3 (ipykernel)"
    yield Finding("kernel", passed, found, fix)


def _data() -> Iterator[Finding]:
    from course.data import hubble1929  # here, since a broken installation must be reported

    try:
        rows = len(hubble1929()[0])
    except (OSError, ValueError) as error:
        yield Finding("data", False, str(error), "install the course anew, as the README says")
        return
    yield Finding("data", rows == 24, f"Hubble's table, {rows} of 24 rows")


def _folder() -> Iterator[Finding]:
    name = Path.cwd().name or "/"
    try:
        with tempfile.NamedTemporaryFile(dir=os.curdir):
            pass
    except OSError as error:
        fix = "copy the notebook to a folder of your own and open it there"
        yield Finding("folder", False, f"{name}: {error.strerror}", fix)
        return
    yield Finding("folder", True, f"{name} can be written to")


def _answers(moved: Any) -> Finding:
    if moved.moved_by_page:
        return Finding("explorables", True, "the slider's move has reached Python")
    return Finding(
        "explorables",
        False,
        "no move by hand has reached Python yet",
        "move a slider above, then run this cell again; if that does not help, reload the page",
    )
