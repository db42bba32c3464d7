"""Every clause of a docstring has a wrong answer that breaks it, or the build names the clause."""

from pathlib import Path

import pytest

from autograder import paths
from autograder.authoring import catalogue
from autograder.authoring.catalogue import Answer
from autograder.authoring.clause_table import ObservedAnswer, ObservedExercise, make_table
from autograder.authoring.clauses import ClauseError, broken_by, split_clauses, unit_clauses
from autograder.authoring.reference import namespace
from course.checks.check import instant_checks

UNIT, EXERCISE = "01_linear_regression", "cost"
GUARD = "    X, y, theta = as_arrays(X=X, y=y, theta=theta)\n"
SUM = f"def cost(X, y, theta):\n{GUARD}    return ((X @ theta - y) ** 2).sum() / 2\n"
NO_GUARD = "def cost(X, y, theta):\n    return ((X.dot(theta) - y) ** 2).mean() / 2\n"
RIGHT = f"def cost(X, y, theta):\n{GUARD}    return ((X @ theta - y) ** 2).mean() / 2\n"


def answer(source: str, *breaks: str, name: str = "one") -> Answer:
    path = paths.ANSWERS / UNIT / EXERCISE / "wrong" / f"{name}.py"
    return Answer(UNIT, EXERCISE, "wrong", path, source, "a mistake", "a hint", breaks)


def observed(*answers: Answer) -> dict[str, ObservedExercise]:
    check = instant_checks(UNIT)[EXERCISE]

    def observe(source: str):
        scope = namespace(UNIT)
        exec(source, scope)
        return check.observe(scope[EXERCISE])

    wrong = [ObservedAnswer(item, *observe(item.source)) for item in answers]
    return {EXERCISE: ObservedExercise(observe(RIGHT)[1], wrong)}


def test_sentences_entries_and_their_descriptions_are_clauses() -> None:
    text = """Return v, e.g. a speed.  It is
never 0; it may be negative, i.e. a fall.

A second paragraph.

Parameters
----------
x, y : floats, (m,)
    Metres,
    not 0. Half of a metre is 0.5. `z` is none.
t : float

Returns
-------
v : float; metres a second

Raises
------
ValueError
    If x is 0.

Not of any section.
"""
    assert split_clauses(text.strip()) == [
        "Return v, e.g. a speed.",
        "It is never 0",
        "it may be negative, i.e. a fall.",
        "A second paragraph.",
        "x, y : floats, (m,)",
        "Metres, not 0.",
        "Half of a metre is 0.5.",
        "`z` is none.",
        "t : float",
        "v : float",
        "metres a second",
        "If x is 0.",
        "Not of any section.",
    ]


def test_every_exercise_promises_something() -> None:
    for unit in paths.units():
        clauses = unit_clauses(unit)
        assert set(instant_checks(unit)) <= set(clauses), unit
        assert not any("" in found for found in clauses.values())


def test_the_lines_that_name_clauses_are_no_part_of_the_hint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / UNIT / "made_up" / "wrong"
    folder.mkdir(parents=True)
    (folder / "sum.py").write_text(
        '"""a sum\n\nIs it\na mean?\n\nBreaks: Return half\nBreaks: X : array_like\n"""\nx = 1\n'
    )
    (folder / "loop.py").write_text('"""a sum\n\nBreaks: y : array_like\n"""\nx = 2\n')
    monkeypatch.setattr(catalogue, "ANSWERS", tmp_path)
    loop, total = catalogue.wrong(UNIT, "made_up")
    assert loop.hint == total.hint == "Is it a mean?"
    assert loop.mistake == total.mistake == "a sum"
    assert (loop.breaks, total.breaks) == (
        ("y : array_like",),
        ("Return half", "X : array_like"),
    )
    assert total.source == "x = 1\n"


@pytest.mark.parametrize(
    ("named", "found"),
    [
        ("Return half the mean", "Return half the mean of squares."),
        ("At most 9", "At most 9."),
        ("At most 9.", "At most 9."),
        ("float", "float"),
    ],
)
def test_a_clause_is_named_whole_or_by_its_first_words(named: str, found: str) -> None:
    clauses = ["Return half the mean of squares.", "At most 9.", "float"]
    assert broken_by(answer(SUM, named), clauses) == [found]


@pytest.mark.parametrize(
    ("named", "reason"),
    [
        ("Return all the", "matches no clause"),
        ("Return half", "give 3 words at least"),
        ("a number from", "several clauses begin so"),
    ],
)
def test_a_name_that_fits_no_clause_or_several_is_reported(named: str, reason: str) -> None:
    clauses = ["Return half the mean.", "a number from 1 up", "a number from 2 up"]
    with pytest.raises(ClauseError, match=reason) as error:
        broken_by(answer(SUM, named), clauses)
    assert f"answers/{UNIT}/{EXERCISE}/wrong/one.py: `Breaks: {named}`" in str(error.value)


def test_the_table_names_the_answer_that_breaks_fewest_and_what_tells_it() -> None:
    both = answer(SUM, "Return half the mean", "If shapes disagree.", name="both")
    lists = answer(NO_GUARD, "X : array_like, shape")
    alone = answer(SUM, "Return half the mean", name="sum")
    text, problems = make_table(UNIT, observed(both, lists, alone))
    rows = text.splitlines()
    assert (
        "| cost | Return half the mean squared residual, one number. | sum "
        "| cost(X (6, 2), y (6,), theta (2,)) | caught |" in rows
    )
    assert (
        "| cost | X : array_like, shape (m, n) | one "
        "| cost(X list (3, 2), y list (3,), theta list (2,)) | caught |" in rows
    )
    unbroken = ("y : array_like, shape (m,)", "theta : array_like, shape (n,)")
    assert problems == [
        f"source/{UNIT}.py, exercise 'cost': no wrong answer breaks the clause {clause!r}; "
        f"write one, with the line `Breaks: {clause}`"
        for clause in unbroken
    ]


def test_an_answer_that_passes_breaks_nothing() -> None:
    text, problems = make_table(UNIT, observed(answer(RIGHT, "Return half the mean")))
    assert "| cost |" not in text
    where = f"answers/{UNIT}/{EXERCISE}/wrong/one.py"
    assert f"{where}: breaks a clause and passes the instant check" in problems
    assert any("no wrong answer breaks the clause 'Return half" in text for text in problems)
    _, problems = make_table(UNIT, observed(answer(SUM, "Return twice the mean")))
    assert any("`Breaks: Return twice the mean` matches no clause" in text for text in problems)
