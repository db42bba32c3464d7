"""How long a unit takes: an estimate for each section, from its words, lines and checks.

It is meant for a student in the middle of the class. Nobody was timed: what the estimate leaves of
the sitting that the title promises is shown as a reserve.
"""

import ast
import io
import re
import textwrap
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass, field

from nbformat import NotebookNode

WORDS_A_MINUTE = 200
"""Text and docstrings are read at this rate; of a formula each part counts as a word."""

SECONDS = {"given line": 3, "prediction": 20, "check": 30, "written line": 60}
"""A line of code that is given, with its output; a prediction, whose question the text has led up
to; an instant check; a line to write and correct."""

FIRST_LOOK, NEXT_LOOK, REFLECTION = 3.5, 1.5, 4.5
"""Minutes with an explorable and its questions, the first time in a unit and again; and with a
reflection."""

LIMIT = 90
"""Minutes of one sitting."""

MARK = "{timetable}"
"""What stands in a unit's text where its timetable is to be."""

TABLE = re.compile(r"\| section \| minutes \|\n(?:\|.*\n?)+")
FOLDED = re.compile(r"<details>.*?</details>", re.DOTALL)
FORMULA = re.compile(r"\$\$?(.+?)\$\$?", re.DOTALL)
PART = re.compile(r"\\?[A-Za-z]+|\d+|[=+\-<>]")
LINK = re.compile(r"\]\([^)]*\)")
WORD = re.compile(r"[\w'’.-]*\w")
SOLUTION = re.compile(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", re.DOTALL)


@dataclass
class Section:
    """What a student does between two headings.

    Attributes
    ----------
    title : str
        The heading; empty for what stands before the first.
    words, given, written, checks, predictions : int
        Words to read; lines of code given and to write; instant checks; predictions to commit to.
    looks : list of str
        Explorables, each as often as it is opened.
    reflections : int
    """

    title: str
    words: int = 0
    given: int = 0
    written: int = 0
    checks: int = 0
    predictions: int = 0
    looks: list[str] = field(default_factory=list)
    reflections: int = 0

    def minutes(self, known: set[str]) -> float:
        """Return the estimate; `known` holds the explorables opened before."""
        first = set(self.looks) - known
        seconds = (
            self.given * SECONDS["given line"]
            + self.checks * SECONDS["check"]
            + self.predictions * SECONDS["prediction"]
            + self.written * SECONDS["written line"]
        )
        return (
            self.words / WORDS_A_MINUTE
            + seconds / 60
            + len(first) * FIRST_LOOK
            + (len(self.looks) - len(first)) * NEXT_LOOK
            + self.reflections * REFLECTION
        )


def sections(unit: NotebookNode) -> list[Section]:
    """Return the sections of a unit's text, the opening included."""
    found = [Section("")]
    explorables: set[str] = set()
    for cell in unit.cells:
        if cell.cell_type == "code":
            explorables |= _explorables(cell.source)
            _add_code(found[-1], cell, explorables)
            continue
        heading = re.search(r"^## (.+)$", cell.source, re.MULTILINE)
        if heading:
            found.append(Section(heading[1]))
        found[-1].words += count_words(cell.source)
        found[-1].reflections += cell.metadata.get("nbgrader", {}).get("solution", False)
    return found


def estimate(unit: NotebookNode) -> list[tuple[str, float]]:
    """Return the minutes of each section, by its title."""
    known: set[str] = set()
    minutes = []
    for section in sections(unit):
        minutes.append((section.title, section.minutes(known)))
        known |= set(section.looks)
    return minutes


def count_words(text: str) -> int:
    """Count the words of a Markdown text, formulas by their parts; folded text does not count."""
    text = LINK.sub("]", FOLDED.sub("", TABLE.sub("", text.replace(MARK, ""))))
    formulas = FORMULA.findall(text)
    return len(WORD.findall(FORMULA.sub(" ", text))) + sum(len(PART.findall(f)) for f in formulas)


def sitting(unit: NotebookNode) -> int | None:
    """Return the minutes that the line below the title promises, None if it does not."""
    promised = re.search(r"^\*(\d+) minutes\b", unit.cells[0].source, re.MULTILINE)
    return int(promised[1]) if promised else None


def insert(unit: NotebookNode) -> None:
    """Write the timetable in place of `MARK` in the unit's first cell, if it is there."""
    if not unit.cells or MARK not in unit.cells[0].source:
        return
    minutes = _whole_minutes(unit)
    left = (sitting(unit) or 0) - sum(minutes.values())
    rows = {**minutes, "in reserve": max(0, left)}
    table = "\n".join(f"| {title} | {each} |" for title, each in rows.items())
    head = "| section | minutes |\n|---|---|\n"
    unit.cells[0].source = unit.cells[0].source.replace(MARK, head + table)


def find_overtime(unit: NotebookNode) -> Iterator[str]:
    """Yield what is wrong with a unit's times."""
    promised, minutes = sitting(unit), _whole_minutes(unit)
    total = sum(minutes.values())
    if promised is None:
        yield "no line below the title says how many minutes it takes, as in *90 minutes · …*"
    elif promised > LIMIT:
        yield f"the title says {promised} minutes; a sitting has at most {LIMIT}"
    elif total > promised:
        longest = sorted(minutes, key=minutes.__getitem__, reverse=True)[:3]
        yield (
            f"its sections take {total} minutes, the title says {promised}; cut or move some "
            f"(longest: {', '.join(f'{title} {minutes[title]}' for title in longest)})"
        )


def _whole_minutes(unit: NotebookNode) -> dict[str, int]:
    return {title or "the question": max(1, round(each)) for title, each in estimate(unit)}


def _add_code(section: Section, cell: NotebookNode, explorables: set[str]) -> None:
    label = cell.metadata.get("nbgrader", {})
    if label.get("grade") or label.get("grade_id") == "setup":
        return
    solutions = SOLUTION.findall(cell.source)
    section.written += sum(map(_logical_lines, solutions))
    shown = SOLUTION.sub("", cell.source)
    tree = ast.parse(cell.source)
    docstrings = list(_docstrings(tree))
    section.words += sum(map(count_words, docstrings))
    given = len(_code_lines(shown)) - sum(len(_code_lines(text)) for text in docstrings)
    for call in _called_names(tree):
        if call.startswith("check."):
            section.checks += 1
            given -= 1
        elif call == "ask":
            section.predictions += 1
            given -= 1
        elif call in explorables:
            section.looks.append(call)
    section.given += max(0, given)


def _logical_lines(source: str) -> int:
    """Count lines as Python does: a call that is spread over several is one."""
    tokens = tokenize.generate_tokens(io.StringIO(textwrap.dedent(source)).readline)
    return sum(token.type == tokenize.NEWLINE for token in tokens)


def _code_lines(source: str) -> list[str]:
    lines = (line.strip() for line in source.split("\n"))
    return [line for line in lines if line and not line.startswith("#")]


def _docstrings(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            text = ast.get_docstring(node)
            if text:
                yield text


def _called_names(tree: ast.Module) -> Iterator[str]:
    """Yield the name of what each statement on its own calls."""
    for node in tree.body:
        if isinstance(node, ast.Expr | ast.Assign) and isinstance(node.value, ast.Call):
            yield ast.unparse(node.value.func)


def _explorables(source: str) -> set[str]:
    return {
        alias.name
        for node in ast.parse(source).body
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("course.explore")
        for alias in node.names
    }
