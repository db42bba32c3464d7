"""Every number that a unit's text quotes comes from somewhere; what comes from nowhere is found.

A number is *quoted* if it stands in a text cell or in a picture's description. Numbers below 10,
exponents, indices, years, headings, code and literature do not count: they measure nothing, or any
output holds them. A quoted number must be

- printed by a cell of the same section of the solved notebook, rounded as it is quoted, or
- set there, by code, also in the text, or by a link to an explorable, or
- declared beside the text, in `source/<unit>.toml`, with where it comes from.
"""

import ast
import os
import re
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode

from autograder import paths
from autograder.authoring import time_estimate
from autograder.authoring.unit_text import read_unit
from course.data import mnist
from course.output_widgets import leave_unanswered

LEAST = 10
"""Smaller whole numbers are not looked at, unless they are percentages."""
YEARS = range(1800, 2030)

UNCOUNTED = re.compile(
    r"```.*?```"  # code
    r"|`[^`\n]*`"
    r"|^(?:> ?)?#+ [^\n]*"  # headings
    r"|^\*\d+ minutes · [^\n]*"  # checked against the cells by themselves
    r"|(?<=\])\([^)\s]*\)"  # where a link leads
    r"|\[arXiv:[\d.]+\]"
    r"|\b0\d \d+\b"  # a unit and its section
    r"|<details><summary>(?:The papers|What to read).*?</details>",
    re.DOTALL | re.MULTILINE,
)
LITERATURE = re.compile(r"^## [^\n]*\b[Rr]ead\b.*?(?=^## |\Z)", re.DOTALL | re.MULTILINE)
SPAN = re.compile(r"`([^`\n]+)`")
ADDRESS = re.compile(r"\]\(#([^)\s]*)\)")
INDEX = re.compile(r"[\^_](?:\{[^{}]*\}|\\?\w+)")
GAP = re.compile(r"(?<=\d)(?:\\,|\s|\{,\})(?=\d{3}(?!\d))")
COMMA = re.compile(r"(?<=\d)[,_](?=\d{3}(?!\d))")
RAISED = re.compile("10([⁻⁰¹²³⁴-⁹]+)")
LOWERED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
POWER = r"(?:\s*(?:\\cdot|\\times|[·×])\s*10\^\{?(?P<exponent>-?\d+)\}?)"
NUMBER = re.compile(
    r"(?<![\w.])(?P<digits>\d+(?:\.\d+)?)(?:e(?P<e>[-+]?\d+))?(?P<percent>\s?\\?,?\\?%)?(?!\w)"
)
PURE_POWER = re.compile(r"(?<![\w.])10\^\{?(-?\d+)\}?")

KINDS = ("tests", "cited", "assumed", "measured")
"""Tables of a declaration: a test that holds the number; a publication, or a property of the data
that it publishes; what a story or an exercise assumes; what no test can repeat, and how it was
measured."""

ENVIRONMENT = {
    "https_proxy": "http://127.0.0.1:9",  # no server is reached, and so no larger data set
    "CUDA_VISIBLE_DEVICES": "-1",
    # One thread each, so that sums are taken in one order, and two builds print the same.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "TF_ENABLE_ONEDNN_OPTS": "0",
}
"""What a notebook is run with, beside what is set already: on the data that the course brings."""
TIMEOUT = 600
"""Seconds for a cell: far more than any takes, so that a machine under load does not fail."""


@dataclass(frozen=True)
class Quoted:
    """A number as a text gives it.

    Attributes
    ----------
    text : str
        As it stands, thousands joined, such as "20650" or "84 %".
    value : float
        Without sign; of a percentage the fraction.
    step : float
        The place to which it is rounded: the last decimal; of a whole number from 100 on the last
        digit that is not 0, from the second on.
    place : str
        The words around it.
    """

    text: str
    value: float
    step: float
    place: str

    def fits(self, value: float) -> bool:
        """Tell whether `value`, rounded to the same place, is this number."""
        return abs(abs(value) - self.value) <= self.step / 2 * (1 + 1e-6)


def find_problems(unit: str, solved: Path) -> Iterator[str]:
    """Yield each number of a unit's text that comes from nowhere, and each void declaration.

    Parameters
    ----------
    unit : str
    solved : Path
        The solved notebook, which is run.
    """
    declared = declarations(unit)
    try:
        ran = run(nbformat.read(solved, as_version=4))
    except CellExecutionError as error:
        yield f"source/{unit}.py: solved, a cell fails with {error.ename}: {error.evalue}"
        return
    for problem in compare(read_unit(paths.SOURCE / f"{unit}.py"), ran, declared):
        yield f"source/{unit}.py: {problem}"
    for problem in find_void(declared):
        yield f"source/{unit}.toml: {problem}"


def declarations(unit: str) -> dict[str, dict[str, list[str]]]:
    """Return the numbers that a unit's table declares, by where they come from, by kind."""
    table = paths.SOURCE / f"{unit}.toml"
    return tomllib.loads(table.read_text(encoding="utf-8")) if table.exists() else {}


def run(notebook: NotebookNode) -> NotebookNode:
    """Run a notebook offline, and return it with its outputs.

    Raises
    ------
    CellExecutionError
        If a cell fails that is not meant to.
    """
    leave_unanswered()
    with tempfile.TemporaryDirectory() as scratch:
        kept = {name: value for name, value in os.environ.items() if name != mnist.VARIABLE}
        client = NotebookClient(
            notebook,
            timeout=TIMEOUT,
            kernel_name="python3",
            extra_arguments=[
                "--log-level=ERROR"
            ],  # its warnings are for those who start it by hand
        )
        client.execute(env={**kept, **ENVIRONMENT, "KERAS_HOME": scratch})
    return notebook


def compare(
    unit: NotebookNode, ran: NotebookNode, declared: Mapping[str, Mapping[str, list[str]]]
) -> Iterator[str]:
    """Yield the quoted numbers that no cell of their section explains and nobody declares.

    Parameters
    ----------
    unit, ran : NotebookNode
        The text, and the solved notebook with its outputs: the same cells.
    declared : mapping
        Numbers by where they come from, by kind, as `source/<unit>.toml` holds them.
    """
    known = {text for table in declared.values() for texts in table.values() for text in texts}
    seen = set()
    for section, outputs in zip(_sections(unit), _sections(ran), strict=True):
        explained = given(section) | printed(outputs)
        for number in _quoted_in(section):
            seen.add(number.text)
            if number.text not in known and not any(map(number.fits, explained)):
                yield f"{number.text!r} comes from no cell of its section: … {number.place} …"
    for text in sorted(known - seen):
        yield f"{text!r} is declared, but no text quotes it"


def find_void(declared: Mapping[str, Mapping[str, list[str]]]) -> Iterator[str]:
    """Yield declarations of an unknown kind, and tests that are not there or lack the number."""
    for kind in declared.keys() - set(KINDS):
        yield f"[{kind}] is no kind of declaration; expected one of {', '.join(KINDS)}"
    for name, texts in declared.get("tests", {}).items():
        held = _held_by_test(name)
        if held is None:
            yield f"there is no test {name}"
            continue
        for text in texts:
            if not any(number.fits(value) for number in quoted(text) for value in held):
                yield f"{name} does not hold {text!r}"


def _held_by_test(name: str) -> set[float] | None:
    """Return the numbers in a test, its parameters, and the helpers and constants that it names.

    None if there is no such test.
    """
    file, _, function = name.partition("::")
    path = paths.ROOT / file
    if not path.is_file():
        return None
    named: dict[str, ast.stmt] = {}
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            named[node.name] = node
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            named[node.targets[0].id] = node
    if function not in named:
        return None
    used = {part.id for part in ast.walk(named[function]) if isinstance(part, ast.Name)}
    return set().union(*(_held(named[each]) for each in {function, *used} & named.keys()))


def _held(node: ast.AST) -> set[float]:
    return _constants(node).union(*map(_values, _strings(node)))


def _sections(notebook: NotebookNode) -> list[list[NotebookNode]]:
    """Return the cells of each section; one begins with each heading of the second level.

    A text cell in which a section begins is divided there.
    """
    found: list[list[NotebookNode]] = [[]]
    for cell in notebook.cells:
        if cell.cell_type == "code":
            found[-1].append(cell)
            continue
        for number, part in enumerate(re.split(r"^(?=## )", cell.source, flags=re.MULTILINE)):
            found += [[]] if number else []
            found[-1].append(NotebookNode(cell, source=part))
    return found


def _quoted_in(cells: list[NotebookNode]) -> Iterator[Quoted]:
    for cell in cells:
        if cell.cell_type == "markdown":
            yield from quoted(cell.source)
        else:
            for node in ast.walk(ast.parse(cell.source)):
                if isinstance(node, ast.keyword) and node.arg == "alt":
                    yield from quoted(" ".join(_strings(node.value)))


def _strings(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def _constants(node: ast.AST) -> set[float]:
    values = (part.value for part in ast.walk(node) if isinstance(part, ast.Constant))
    return {
        abs(float(value))
        for value in values
        if isinstance(value, int | float) and not isinstance(value, bool)
    }


def quoted(text: str) -> Iterator[Quoted]:
    """Yield the numbers that a Markdown text quotes."""
    text = UNCOUNTED.sub(" ", LITERATURE.sub(" ", time_estimate.TABLE.sub(" ", text)))
    text = _plain(GAP.sub("", re.sub(r"^> ?", "", text, flags=re.MULTILINE)))
    for found in NUMBER.finditer(text):
        if _counts(found):
            around = text[max(0, found.start() - 30) : found.end() + 30]
            yield Quoted(*_read(found), " ".join(around.split()))


def _plain(text: str) -> str:
    """Return a text with powers of ten as 1e5, and without commas in numbers, indices and LaTeX."""
    text = COMMA.sub("", text.replace("−", "-"))
    text = RAISED.sub(lambda found: "10^" + found[1].translate(LOWERED), text)
    text = re.sub(rf"(\d){POWER}", r"\1e\g<exponent>", text)
    text = PURE_POWER.sub(r"1e\1", text)
    text = re.sub(r"\\[dt]?frac(\d)(\d)", r" \1/\2 ", text)
    return re.sub(r"\\[A-Za-z]+", " ", INDEX.sub("", text))


def _read(found: re.Match[str]) -> tuple[str, float, float]:
    """Return a number as it is declared, its value and the place to which it is rounded."""
    digits, percent, e = found["digits"], bool(found["percent"]), int(found["e"] or 0)
    whole, _, decimals = digits.partition(".")
    zeros = len(whole) - len(whole.rstrip("0"))
    place = -len(decimals) if decimals else min(zeros, max(0, len(whole) - 2))
    power = e - 2 * percent
    text = f"{digits}{f'e{e}' if found['e'] else ''}{' %' if percent else ''}"
    return text, float(f"{digits}e{power}"), 10.0 ** (place + power)


def _counts(found: re.Match[str]) -> bool:
    digits = found["digits"]
    if "." in digits or found["e"] or found["percent"]:
        return True
    named = digits.startswith("0")  # a unit, such as 03
    return int(digits) >= LEAST and int(digits) not in YEARS and not named


def printed(cells: list[NotebookNode]) -> set[float]:
    """Return the numbers in the outputs of cells that were run, pictures' descriptions left out."""
    texts = []
    for output in (output for cell in cells for output in cell.get("outputs", ())):
        if output.output_type == "stream" and output.name == "stdout":
            texts.append(output.text)
        elif output.output_type in ("execute_result", "display_data"):
            shown = output.data.get("text/plain", "")
            texts.append("" if shown.startswith(("<figure", "<pictures")) else shown)
    return set().union(*map(_values, texts))


def given(cells: list[NotebookNode]) -> set[float]:
    """Return the numbers that code sets, in cells, in the text and in links to explorables."""
    values: set[float] = set()
    for cell in cells:
        if cell.cell_type == "code":
            values |= _constants(ast.parse(cell.source))
        else:
            shown = [*ADDRESS.findall(cell.source), *SPAN.findall(cell.source)]
            values |= _values(re.sub("[=&]", " ", " ".join(shown)))
    return values


def _values(text: str) -> set[float]:
    """Return all numbers of a text, small ones too; of a percentage the fraction as well."""
    values = set()
    for found in NUMBER.finditer(_plain(text)):
        values |= {float(found["digits"] + "e" + (found["e"] or "0")), _read(found)[1]}
    return values
