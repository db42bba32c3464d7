"""A made-up class from the catalogue of answers, with every kind of broken submission."""

import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder import paths
from autograder.authoring import catalogue
from autograder.authoring.cells import name_of, named_cells
from autograder.grading.gradebook import open_gradebook, register_unit
from autograder.selftest.compose import compose, hand_in, solutions
from course.predictions.prediction_record import MIME, as_record
from course.predictions.question import ChoiceQuestion, CurveQuestion, NumberQuestion
from course.predictions.questions import questions_of

SEED = 1929
SECRET = "demo"

REFLECTION = (
    "The slope comes out near 454 km/s per Mpc, close to what was published in 1929. The scatter "
    "of the nearby galaxies is as large as their velocities, so I would not trust two digits."
)


@dataclass(frozen=True)
class DemoStudent:
    """A made-up student: how able, and how the submitted file was damaged.

    Attributes
    ----------
    first, last : str
    ability : float
        Probability that an answer is right.
    mishap : callable or None
        Takes the notebook and returns what is submitted instead: a notebook or text.
    """

    first: str
    last: str
    ability: float
    mishap: Callable[[NotebookNode], NotebookNode | str] | None = None

    @property
    def name(self) -> str:
        """The student's folder."""
        return f"{self.first}-{self.last}".lower()


def _truncate(notebook: NotebookNode) -> str:
    text = nbformat.writes(notebook)
    return text[: len(text) // 2]


def _change_kernel(notebook: NotebookNode) -> NotebookNode:
    notebook.metadata.kernelspec = {
        "name": "julia-1.10",
        "display_name": "Julia",
        "language": "julia",
    }
    return notebook


def _duplicate_answer(notebook: NotebookNode) -> NotebookNode:
    index = _first_cell(notebook, "solution")
    copy = nbformat.from_dict(notebook.cells[index])
    copy.id = "copied"
    notebook.cells.insert(index + 1, copy)
    return notebook


def _delete_test(notebook: NotebookNode) -> NotebookNode:
    del notebook.cells[_first_cell(notebook, "grade")]
    return notebook


def _edit_test(notebook: NotebookNode) -> NotebookNode:
    notebook.cells[_first_cell(notebook, "grade")].source = "assert True"
    return notebook


def _first_cell(notebook: NotebookNode, kind: str) -> int:
    cells = enumerate(notebook.cells)
    return next(i for i, cell in cells if name_of(cell) and cell.metadata.nbgrader[kind])


CLASS = (
    DemoStudent("Amara", "Okafor", 1.0),
    DemoStudent("Lin", "Zhao", 0.95),
    DemoStudent("Sofia", "Marchetti", 0.9),
    DemoStudent("Jonas", "Weber", 0.8),
    DemoStudent("Priya", "Raman", 0.8),
    DemoStudent("Mateo", "Fuentes", 0.7),
    DemoStudent("Freya", "Lindqvist", 0.65),
    DemoStudent("Tomasz", "Zielinski", 0.55),
    DemoStudent("Noor", "Haddad", 0.5),
    DemoStudent("Callum", "Reid", 0.35),
    DemoStudent("Ines", "Carvalho", 0.2),
    DemoStudent("Viktor", "Petrov", 0.05),
    DemoStudent("Aiko", "Tanabe", 0.9, _change_kernel),
    DemoStudent("Samuel", "Osei", 0.75, _duplicate_answer),
    DemoStudent("Leila", "Farahani", 0.7, _delete_test),
    DemoStudent("Bram", "de-Vries", 0.4, _edit_test),
    DemoStudent("Hana", "Novak", 0.6, lambda notebook: ""),
    DemoStudent("Diego", "Salas", 0.8, _truncate),
    DemoStudent(
        "Ewa", "Kowalska", 0.7, lambda notebook: "I attach my homework, sorry for the delay!"
    ),
    DemoStudent(
        "Rasmus", "Holm", 0.5, lambda notebook: '{"name": "settings", "values": [1, 2, 3]}\n'
    ),
)


def make_class(unit: str) -> Path:
    """Write the class's submissions for a unit into the classroom; return their folder.

    Submissions of other students stay.
    """
    for position, student in enumerate(CLASS):
        rng = random.Random(f"{SEED} {unit} {position}")
        notebook = compose(unit, dict(_answers(unit, student, rng)))
        _predict(notebook, unit, student, rng)
        submitted = student.mishap(notebook) if student.mishap else notebook
        path = hand_in(notebook, unit, student.name)
        if isinstance(submitted, str):
            path.write_text(submitted, encoding="utf-8")
        else:
            nbformat.write(submitted, path)
    register_unit(unit)
    with open_gradebook() as gradebook:
        for student in CLASS:
            gradebook.update_or_create_student(
                student.name, first_name=student.first, last_name=student.last.replace("-", " ")
            )
    return paths.classroom() / "submitted"


def _predict(notebook: NotebookNode, unit: str, student: DemoStudent, rng: random.Random) -> None:
    """Put into a notebook's outputs what a student has committed; half as often right as able."""
    for question in questions_of(unit):
        cell = next(cell for cell in notebook.cells if f'ask("{question.name}")' in cell.source)
        right = rng.random() < student.ability / 2
        match question:
            case ChoiceQuestion(answer=answer, options=options):
                value: object = answer if right else rng.choice(list(options))
            case NumberQuestion(truth=truth, low=low, high=high):
                value = truth if right else rng.uniform(low, high)
            case CurveQuestion(truth=heights, low=low, high=high):
                value = heights.tolist() if right else [rng.uniform(low, high)] * len(heights)
        given = {"skipped": True} if rng.random() < 0.1 else {"value": value}
        record = as_record(question, given)
        cell.outputs = [nbformat.v4.new_output("display_data", data={MIME: record})]


def remove_classroom(folder: Path) -> None:
    """Remove the classroom of an earlier run."""
    if folder.exists():
        shutil.rmtree(folder)


def _answers(unit: str, student: DemoStudent, rng: random.Random) -> Iterator[tuple[str, str]]:
    for exercise in solutions(unit):
        choices = {
            verdict: [item for item in catalogue.answers(unit, exercise) if item.verdict == verdict]
            for verdict in ("right", "wrong")
        }
        if rng.random() < student.ability and choices["right"]:
            yield exercise, rng.choice(choices["right"]).source
        elif rng.random() < 0.25 + 0.7 * student.ability and choices["wrong"]:
            # A few mistakes are much commoner than others, as in any class.
            common = choices["wrong"][:3] if rng.random() < 0.5 else choices["wrong"]
            yield exercise, rng.choice(common).source
    if student.ability > 0.3:
        yield from ((name, REFLECTION) for name in _by_hand(unit))


def _by_hand(unit: str) -> list[str]:
    return [
        name
        for name, cell in named_cells(compose(unit, {})).items()
        if cell.metadata.nbgrader.grade and cell.metadata.nbgrader.solution
    ]
