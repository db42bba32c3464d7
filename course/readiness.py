"""Say whether this computer is ready for the course and, where it is not, how to mend it."""

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
"""What the course comes in: with the grader, or for students alone; staff may have both."""
PYPROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"
WORDS = {True: ("✓", "fine", "#009E73"), False: ("✗", "to mend", "#D55E00")}


@dataclass(frozen=True)
class Finding:
    """One thing looked at: whether it is as it should be, what was found, what to do otherwise."""

    what: str
    fine: bool
    found: str
    mend: str = ""


@dataclass(frozen=True)
class Report:
    """All findings; a notebook shows them as a table."""

    findings: tuple[Finding, ...]

    @property
    def ready(self) -> bool:
        """Whether everything is as it should be."""
        return all(finding.fine for finding in self.findings)

    @property
    def verdict(self) -> str:
        """One sentence about all findings together."""
        wrong = sum(not finding.fine for finding in self.findings)
        if not wrong:
            return f"Everything is ready: {len(self.findings)} of {len(self.findings)} are fine."
        return f"To mend: {wrong} of {len(self.findings)}. The last column says how."

    def __repr__(self) -> str:
        lines = [
            f"{WORDS[f.fine][0]} {f.what}: {f.found}" + (f" → {f.mend}" if f.mend else "")
            for f in self.findings
        ]
        return "\n".join([*lines, self.verdict])

    def _repr_html_(self) -> str:
        rows = "".join(
            f'<tr><td style="border-left:6px solid {colour}">{sign} {word}</td>'
            f'<th scope="row" style="text-align:left">{html.escape(finding.what)}</th>'
            f'<td style="text-align:left">{html.escape(finding.found)}</td>'
            f'<td style="text-align:left">{html.escape(finding.mend)}</td></tr>'
            for finding in self.findings
            for sign, word, colour in (WORDS[finding.fine],)
        )
        head = "".join(
            f'<th scope="col" style="text-align:left">{title}</th>'
            for title in ("verdict", "what", "found", "how to mend it")
        )
        return (
            f'<div role="status"><strong>{html.escape(self.verdict)}</strong></div>'
            f"<table><caption>What the course needs of this computer</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        )


def check(moved: Any = None, notebook: bool = True) -> Report:
    """Look at everything the course needs.

    Parameters
    ----------
    moved : explorable, optional
        One that you have moved; only so can a page be seen to answer.
    notebook : bool
        Whether this runs in a notebook, where a kernel is to be found.

    Raises
    ------
    ValueError
        If `moved` is no explorable.
    """
    if moved is not None and not hasattr(moved, "state"):
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
    fine = version in SpecifierSet(wanted)
    mend = "" if fine else f"make a new environment with Python {wanted}, as the README says"
    yield Finding("Python", fine, version, mend)


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
        mend = f'run  %pip install "{asked}"  in a cell, then Kernel → Restart'
        yield Finding(f"package {requirement.name}", False, found, mend)


def _kernel() -> Iterator[Finding]:
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    fine = hasattr(shell, "kernel")
    found = f"a Jupyter kernel in {Path(sys.prefix).name}" if fine else "no Jupyter kernel"
    mend = "" if fine else "open the notebook in JupyterLab; choose Kernel → Python 3 (ipykernel)"
    yield Finding("kernel", fine, found, mend)


def _data() -> Iterator[Finding]:
    from course.data import hubble1929  # the course may be in pieces: that is to be found out here

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
        mend = "copy the notebook to a folder of your own and open it there"
        yield Finding("folder", False, f"{name}: {error.strerror}", mend)
        return
    yield Finding("folder", True, f"{name} can be written to")


def _answers(moved: Any) -> Finding:
    if moved.state != type(moved)().state:
        return Finding("explorables", True, "the slider's move has reached Python")
    return Finding(
        "explorables",
        False,
        "no move has reached Python yet",
        "move a slider above, then run this cell again; if that does not help, reload the page",
    )
