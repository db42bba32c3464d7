"""The table of notation in unit 00 has each letter of each unit's formulas, with one meaning there.

A row says in which units a letter has its meaning, and in which sections if a unit needs it for
two things: `03 7` is what follows unit 03's heading that begins with 7. A letter without a row, one
with two meanings in a section, and a row whose letter is not there are found.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_notebook

from autograder import paths
from autograder.authoring.unit_text import read_unit

START, *OTHERS = paths.units()
HEAD = "| symbol | meaning | measured in | shape | where |\n|---|---|---|---|---|\n"

FORMULA = re.compile(r"\$\$(.+?)\$\$|\$([^$]+)\$", re.DOTALL)
WORDS = re.compile(
    r"\\(?:text|mathrm|operatorname|begin|end)\s*\{[^{}]*\}|\\(?:underbrace|[bB]ig+[lr]?)"
)
INDEX = re.compile(r"[\^_](?:\{[^{}]*\}|\\[A-Za-z]+(?:\s*\{[^{}]*\})?|.)")
DIFFERENTIAL = re.compile(r"(?<![A-Za-z\\])d(?=[A-Zpuzxt](?![A-Za-z]))")
LETTER = re.compile(r"\\mathcal\s*[A-Z]|\\[A-Za-z]+|[A-Za-z]")
GREEK = {
    *("alpha", "beta", "gamma", "delta", "epsilon", "varepsilon", "eta", "theta", "lambda", "mu"),
    *("nu", "xi", "pi", "rho", "sigma", "varphi", "omega", "Delta", "Gamma", "Phi", "ell"),
}
NUMBERING = {"i", "j"}
"""Letters that number samples, units or classes everywhere; as an index others do, too."""


class Row(NamedTuple):
    """A row of the table: a letter, what it means, and where."""

    symbol: str
    meaning: str
    measure: str
    shape: str
    where: tuple[tuple[str, str], ...]


def letters(formula: str) -> set[str]:
    """Return the letters of a formula, without accents, indices and exponents."""
    text = DIFFERENTIAL.sub(" ", INDEX.sub(" ", WORDS.sub(" ", formula)))
    found = {" ".join(each.split()) for each in LETTER.findall(text)}
    return {
        each
        for each in found
        if each not in NUMBERING and (each[0] != "\\" or each[1:] in GREEK or "mathcal" in each)
    }


def sections(unit: NotebookNode) -> Iterator[tuple[str, set[str]]]:
    """Yield each section's heading and the letters of its formulas; boxes do not count."""
    heading, found = "", set()
    for cell in unit.cells:
        if cell.cell_type != "markdown":
            continue
        for part in re.split(r"^(?=## )", cell.source, flags=re.MULTILINE):
            if part.startswith("## "):
                yield heading, found
                heading, found = part[3:].partition("\n")[0], set()
            text = re.sub(re.escape(HEAD) + r"(\|.*\|\n)+", "", part)
            text = re.sub(r"^>.*$|`[^`\n]*`", " ", text, flags=re.MULTILINE)
            for formula in FORMULA.finditer(text):
                found |= letters(formula[1] or formula[2])
    yield heading, found


def table(text: str) -> list[Row]:
    """Return the rows of the table of notation in a text; a row may define several letters."""
    rows = []
    for line in text.partition(HEAD)[2].split("\n"):
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if len(cells) != 5:
            break
        where = tuple(tuple(each.strip().partition(" ")[::2]) for each in cells[4].split(","))
        for formula in FORMULA.findall(cells[0]):
            (symbol,) = letters(formula[1])
            rows.append(Row(symbol, *cells[1:4], where))  # type: ignore[arg-type]
    return rows


def problems(unit: str, text: NotebookNode, rows: list[Row]) -> Iterator[str]:
    """Yield letters without a meaning or with two, and rows whose letter is not where they say."""
    number = unit[:2]
    mine = [(row, place) for row in rows for name, place in row.where if name == number]
    used = set()
    for heading, found in sections(text):
        for letter in sorted(found):
            here = [(r, p) for r, p in mine if r.symbol == letter and heading.startswith(p)]
            used |= set(here)
            if len(here) != 1:
                meanings = " and ".join(row.meaning for row, _ in here) or "no meaning"
                yield f"{number} {heading}: {letter} has {meanings}"
    for row, place in mine:
        if (row, place) not in used:
            yield f"{number} {place}: {row.symbol}, {row.meaning}, does not occur"


def notation() -> list[Row]:
    cells = read_unit(paths.SOURCE / f"{START}.py").cells
    (page,) = [cell.source for cell in cells if HEAD in cell.source]
    return table(page)


@pytest.mark.parametrize("unit", paths.units())
def test_each_letter_of_a_unit_has_one_meaning(unit: str) -> None:
    found = list(problems(unit, read_unit(paths.SOURCE / f"{unit}.py"), notation()))
    assert not found, "\n".join(found)


def test_each_row_is_complete_and_names_units() -> None:
    rows = notation()
    for row in rows:
        assert all([row.symbol, row.meaning, row.measure, row.shape]), row
        assert all(name in {unit[:2] for unit in paths.units()} for name, _ in row.where), row


def unit_of(*parts: str) -> NotebookNode:
    return new_notebook(cells=[new_markdown_cell(part) for part in parts])


ROWS = [
    Row("m", "number of samples", "1", "()", (("01", ""), ("03", "3"))),
    Row("m", "running mean", "1", "(n,)", (("03", "7"),)),
]


@pytest.mark.parametrize(
    ("unit", "parts", "found"),
    [
        ("01_line", ("# One\n$m = 24$", "## Two\n$$\\frac1m$$"), []),
        ("01_line", ("$m$ of $\\bar x_i$",), ["01 : x has no meaning"]),
        ("01_line", ("> $x$ as printed\n\nIn code `$y$`, $m$",), []),
        ("03_back", ("## 3 · A\n$m$\n\n## 7 · B\n$\\hat m$",), []),
        ("03_back", ("## 3 · A\n$m$\n\n## 8 · B\n$m$",),
         ["03 8 · B: m has no meaning", "03 7: m, running mean, does not occur"]),
        ("03_back", ("## 7 · B\n$m$",), ["03 3: m, number of samples, does not occur"]),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_found(unit: str, parts: tuple[str, ...], found: list[str]) -> None:
    assert list(problems(unit, unit_of(*parts), ROWS)) == found


def test_a_letter_that_is_defined_twice_is_found() -> None:
    twice = [*ROWS, Row("m", "mass", "GeV", "()", (("01", ""),))]
    (found,) = problems("01_line", unit_of("$m$"), twice)
    assert found == "01 : m has number of samples and mass"


@pytest.mark.parametrize(
    ("formula", "found"),
    [
        ("h_\\theta(r) = \\theta_0 + \\theta_1 r^n", {"h", "r", "\\theta"}),
        ("\\frac{\\partial J}{\\partial W_{ij}} = \\ln \\mathcal L", {"J", "W", "\\mathcal L"}),
        ("dJ/du = -\\sin u, \\quad \\hat x^{\\mathsf T}", {"J", "u", "x"}),
        ("s_i = \\pm1 \\text{ if } p_\\text{on}", {"s", "p"}),
    ],
)
def test_letters_of_a_formula(formula: str, found: set[str]) -> None:
    assert letters(formula) == found
