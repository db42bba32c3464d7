"""A made-up class, composed from the catalogue of answers, with every kind of broken submission."""

import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder import paths
from autograder.authoring import catalogue
from autograder.authoring.cells import name_of
from autograder.grading.gradebook import enrol, open_gradebook
from autograder.selftest.compose import compose, hand_in, solutions

SEED = 1929
SECRET = "demo"

REFLECTION = (
    "The slope comes out near 454 km/s per Mpc, close to what was published in 1929. The scatter "
    "of the nearby galaxies is as large as their velocities, so I would not trust two digits."
)


@dataclass(frozen=True)
class Pupil:
    """A made-up student: how able, and what befell the file on its way.

    Attributes
    ----------
    first, last : str
    ability : float
        How likely an answer is right, from 0 to 1.
    mishap : callable or None
        Takes the notebook, returns what is handed in instead: a notebook or text.
    """

    first: str
    last: str
    ability: float
    mishap: Callable[[NotebookNode], NotebookNode | str] | None = None

    @property
    def name(self) -> str:
        """The student's folder."""
        return f"{self.first}-{self.last}".lower()


def _truncated(notebook: NotebookNode) -> str:
    text = nbformat.writes(notebook)
    return text[: len(text) // 2]


def _wrong_kernel(notebook: NotebookNode) -> NotebookNode:
    notebook.metadata.kernelspec = {
        "name": "julia-1.10",
        "display_name": "Julia",
        "language": "julia",
    }
    return notebook


def _duplicated(notebook: NotebookNode) -> NotebookNode:
    index = _first(notebook, "solution")
    copy = nbformat.from_dict(notebook.cells[index])
    copy.id = "copied"
    notebook.cells.insert(index + 1, copy)
    return notebook


def _deleted(notebook: NotebookNode) -> NotebookNode:
    del notebook.cells[_first(notebook, "grade")]
    return notebook


def _edited(notebook: NotebookNode) -> NotebookNode:
    notebook.cells[_first(notebook, "grade")].source = "assert True"
    return notebook


def _first(notebook: NotebookNode, kind: str) -> int:
    cells = enumerate(notebook.cells)
    return next(i for i, cell in cells if name_of(cell) and cell.metadata.nbgrader[kind])


CLASS = (
    Pupil("Amara", "Okafor", 1.0),
    Pupil("Lin", "Zhao", 0.95),
    Pupil("Sofia", "Marchetti", 0.9),
    Pupil("Jonas", "Weber", 0.8),
    Pupil("Priya", "Raman", 0.8),
    Pupil("Mateo", "Fuentes", 0.7),
    Pupil("Freya", "Lindqvist", 0.65),
    Pupil("Tomasz", "Zielinski", 0.55),
    Pupil("Noor", "Haddad", 0.5),
    Pupil("Callum", "Reid", 0.35),
    Pupil("Ines", "Carvalho", 0.2),
    Pupil("Viktor", "Petrov", 0.05),
    Pupil("Aiko", "Tanabe", 0.9, _wrong_kernel),
    Pupil("Samuel", "Osei", 0.75, _duplicated),
    Pupil("Leila", "Farahani", 0.7, _deleted),
    Pupil("Bram", "de-Vries", 0.4, _edited),
    Pupil("Hana", "Novak", 0.6, lambda notebook: ""),
    Pupil("Diego", "Salas", 0.8, _truncated),
    Pupil("Ewa", "Kowalska", 0.7, lambda notebook: "I attach my homework, sorry for the delay!"),
    Pupil("Rasmus", "Holm", 0.5, lambda notebook: '{"name": "settings", "values": [1, 2, 3]}\n'),
)


def make_class(unit: str) -> Path:
    """Write the made-up class's submissions for a unit into the classroom; return their folder.

    What was in the classroom's folder of submissions before stays, except for the same students.
    """
    for position, student in enumerate(CLASS):
        rng = random.Random(f"{SEED} {unit} {position}")
        notebook = compose(unit, dict(_answers(unit, student, rng)))
        handed_in = student.mishap(notebook) if student.mishap else notebook
        path = hand_in(notebook, unit, student.name)
        if isinstance(handed_in, str):
            path.write_text(handed_in, encoding="utf-8")
        else:
            nbformat.write(handed_in, path)
    enrol(unit)
    with open_gradebook() as gradebook:
        for student in CLASS:
            gradebook.update_or_create_student(
                student.name, first_name=student.first, last_name=student.last.replace("-", " ")
            )
    return paths.classroom() / "submitted"


def clear(folder: Path) -> None:
    """Remove a made-up class of an earlier run."""
    if folder.exists():
        shutil.rmtree(folder)


def _answers(unit: str, student: Pupil, rng: random.Random) -> Iterator[tuple[str, str]]:
    for exercise in solutions(unit):
        pile = {
            verdict: [item for item in catalogue.answers(unit, exercise) if item.verdict == verdict]
            for verdict in ("right", "wrong")
        }
        if rng.random() < student.ability and pile["right"]:
            yield exercise, rng.choice(pile["right"]).source
        elif rng.random() < 0.25 + 0.7 * student.ability and pile["wrong"]:
            # One mistake is everybody's favourite, as in any class.
            common = pile["wrong"][:3] if rng.random() < 0.5 else pile["wrong"]
            yield exercise, rng.choice(common).source
    if student.ability > 0.3:
        yield from ((name, REFLECTION) for name in _by_hand(unit))


def _by_hand(unit: str) -> list[str]:
    cells = compose(unit, {}).cells
    return [
        name_of(cell)
        for cell in cells
        if name_of(cell) and cell.metadata.nbgrader.grade and cell.metadata.nbgrader.solution
    ]
